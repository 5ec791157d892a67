import Graphics
import Metrics
import Records

/// Turns answers into the sections of a document.
struct SectionBuilder {
  let plan: ReportPlan
  let answers: ReportPlan.Answers
  let drawing: Drawing

  var context: ReportContext { plan.context }
  var format: ValueFormatter { plan.context.formatter }

  /// The section of a step; one with nothing to show says why, and so does one that says less.
  func section(
    _ step: ReportPlan.Step, _ section: ReportDefinition.Section, _ state: SectionState,
    isPart: Bool = false
  ) -> ReportDocument.Section {
    var result = content(step, section, state, isPart: isPart)
    if !result.blocks.isEmpty, let poorer = poorer(step, state) {
      result.blocks.append(.paragraph(poorer))
    }
    return result
  }

  private func content(
    _ step: ReportPlan.Step, _ section: ReportDefinition.Section, _ state: SectionState,
    isPart: Bool
  ) -> ReportDocument.Section {
    var result = ReportDocument.Section(id: section.id, title: section.title)
    switch step {
    case .headline: break
    case .keyFigures(let figures): result.blocks = keyFigures(figures, state)
    case .text(let pattern):
      result.blocks = pattern.filled(common).map { [.paragraph($0)] } ?? []
    case .callout(let callout):
      if let text = callout.text.filled(common) {
        result.blocks = [.callout(ReportDocument.Callout(kind: callout.kind, text: text))]
      }
    case .group(let parts): fill(&result, with: parts)
    case .chart(let step):
      let (block, why) = chart(step, section, state, isPart: isPart)
      result.isNarrow = Drawing.width(of: step.chart.kind) == Drawing.width
      result.blocks = block.map { [.chart($0)] } ?? []
      result.absence = why
    // Chosen once the others are made.
    case .takeaways: break
    case .changedFamilies(let families):
      result.blocks = self.families(families, section: section)
      if result.blocks.isEmpty { result.absence = why(families.empty, nil) }
    case .changedModels: result.blocks = models(section)
    case .rows, .listing, .standard, .detail, .data, .changed:
      let table = self.table(step, section, state)
      if table.rows.isEmpty {
        result.absence = table.whyEmpty
      } else if case .data(_, .trend) = step, let chart = trendChart(section, table) {
        result.blocks = [.chart(chart)]
      } else {
        result.blocks = [.table(table)]
      }
    case .tree(let tree, let families):
      let found = families.compactMap { answers.families[$0] }.filter { !$0.nodes.isEmpty }
      result.blocks = found.enumerated().map { index, family in
        .tree(self.tree(tree, family, section: section, index: index))
      }
      if found.isEmpty { result.absence = why(tree.empty, nil) }
    }
    return result
  }

  /// Why there is nothing: what the engine noted, else what the definition says.
  func why(_ empty: Pattern?, _ table: MetricTable?) -> ReportDocument.Prose {
    if let notes = table?.notes, !notes.isEmpty {
      return ReportDocument.Prose(notes.joined(separator: " "))
    }
    return empty?.filled(common) ?? ReportDocument.Prose(format.words[.nothingToShow])
  }

  /// The one sentence, made of the parts whose figures are known.
  func headline(
    _ headline: ReportDefinition.Headline, _ steps: [ReportPlan.FigureStep], _ state: SectionState
  ) -> ReportDocument.Prose {
    var values: [String: ReportDocument.Prose] = [:]
    for (index, (key, step)) in zip(headline.figures.map(\.key), steps).enumerated()
    where state.missing(String(index)).isEmpty {
      let figure = keyFigure(step)
      if figure.value.strength != .undefined {
        values[key] = ReportDocument.Prose(runs: [.value(figure.value)])
      }
      if let change = figure.change {
        values[key + ".change"] = ReportDocument.Prose(runs: [.value(change.value)])
      }
    }
    let parts = headline.parts.compactMap { part in
      part.filled { values[$0] ?? common($0) }
    }
    let sentence = parts.reduce("") { $0 + $1 }.startingSentence
    if sentence.isEmpty, !state.reasons.isEmpty { return absentHeadline(state) }
    // The last part may have been left out with the figure it needs.
    return sentence.plain.hasSuffix(".") ? sentence : sentence + "."
  }

  /// The figures that are known; a sentence for those that are not, and for missing changes.
  private func keyFigures(
    _ steps: [ReportPlan.FigureStep], _ state: SectionState
  ) -> [ReportDocument.Block] {
    var figures: [ReportDocument.KeyFigure] = []
    var sentences = context.readiness.map { $0.words.notShown(state) } ?? []
    var past = FigurePast(self)
    for (index, step) in steps.enumerated() where state.missing(String(index)).isEmpty {
      let figure = keyFigure(step)
      if figure.value.strength == .undefined {
        let reason = step.figure.unknown ?? format.words[.figureNotKnown]
        sentences.append(
          format.words.say(
            .figureNotShown,
            ["figure": ReportDocument.Prose(figure.label), "reason": ReportDocument.Prose(reason)]))
        continue
      }
      if step.figure.compare != nil, figure.change == nil, let compare = step.figure.compare {
        sentences.append(
          format.words.say(
            .changeNotKnown,
            [
              "figure": ReportDocument.Prose(figure.label),
              "period": ReportDocument.Prose(PeriodWords(context).against(compare)),
            ]))
      }
      figures.append(past?.compared(figure, step) ?? figure)
    }
    if !figures.isEmpty { sentences += past?.sentences ?? [] }
    let notes: [ReportDocument.Block] =
      sentences.isEmpty
      ? [] : [.paragraph(ReportDocument.Prose(sentences.joined(separator: " ")))]
    return (figures.isEmpty ? [] : [.figures(figures)]) + notes
  }

  func keyFigure(_ step: ReportPlan.FigureStep) -> ReportDocument.KeyFigure {
    let figure = step.figure
    if figure.isOfChange { return changeFigure(figure) }
    let table = answers.queries[step.present]
    if figure.spans != nil { return median(of: figure, table) }
    guard let column = table[figure.metric], table.rowCount > 0 else {
      return ReportDocument.KeyFigure(
        label: figure.label ?? figure.metric, value: format.undefined(.number))
    }
    let cases = figure.cases.flatMap { table[$0]?.value(0) }.map(ValueFormatter.whole)
    let value = format.shown(column, 0, isShort: true, cases: cases, form: figure.form)
    let note = figure.note?.filled { name in
      if let common = plan.common(name) { return common }
      guard let column = table[name] else { return nil }
      let shown = format.shown(column, 0, isShort: true)
      return shown.strength == .undefined ? nil : ReportDocument.Prose(runs: [.value(shown)])
    }
    let weak = ReportDocument.Prose("; " + format.words[.weak])
    return ReportDocument.KeyFigure(
      label: figure.label ?? column.title, value: value,
      change: change(of: figure, column, earlier: step.earlier),
      note: value.strength == .weak ? (note ?? "") + weak : note,
      definition: column.definition.isEmpty ? nil : figure.metric)
  }

  /// The change since the earlier period, nil where that holds nothing.
  private func change(
    of figure: ReportDefinition.Figure, _ column: MetricColumn, earlier: Int?
  ) -> ReportDocument.Change? {
    guard let earlier, let compare = figure.compare,
      let before = answers.queries[earlier][figure.metric], before.cells.count > 0,
      let from = before.value(0), let to = column.value(0), from.numerator != 0
    else { return nil }
    let against = format.words.say(
      .againstPeriod, ["period": ReportDocument.Prose(PeriodWords(context).against(compare))])
    let better = figure.moreIsBetter
    switch column.unit {
    case .money: return format.change(from: from, to: to, against: against, moreIsBetter: better)
    case .rate: return format.rateChange(from: from, to: to, against: against, moreIsBetter: better)
    default: return format.countChange(from: from, to: to, against: against, moreIsBetter: better)
    }
  }
}

/// The rows of an answer with one dimension: member by member its Id and name.
struct MemberRows {
  let table: MetricTable
  let dimension: Dimension

  init(_ table: MetricTable, dimension: Dimension) {
    self.table = table
    self.dimension = dimension
  }

  var rows: Range<Int> { 0..<table.rowCount }

  /// The name of a row's member.
  func name(_ row: Int) -> String {
    table[dimension.rawValue]?.shownText(row) ?? id(row) ?? ""
  }

  /// The Id of a row's member, nil for a dimension without records and for a remainder.
  func id(_ row: Int) -> String? {
    guard let id = table[dimension.rawValue + "_id"]?.text(row), !MemberRows.isRemainder(id) else {
      return nil
    }
    return id
  }

  /// Whether a member stands for what is in no other: `(unassigned)`, `other`.
  static func isRemainder(_ id: String) -> Bool {
    id.isEmpty || id.hasPrefix("(") || id == Remainder.other
  }
}
