import Metrics
import Records

// The report's own figures: what conditions and words may name in every section.
extension SectionBuilder {
  /// What a name in braces stands for: the edition, its days, or a figure of the report.
  func common(_ name: String) -> ReportDocument.Prose? {
    if let prose = plan.common(name) ?? changeWord(name) { return prose }
    let isChange = name.hasSuffix(".change")
    let key = isChange ? String(name.dropLast(".change".count)) : name
    guard let step = knownFigure(key) else { return nil }
    let figure = keyFigure(step)
    if isChange {
      return figure.change.map { ReportDocument.Prose(runs: [.value($0.value)]) }
    }
    guard figure.value.strength != .undefined else { return nil }
    return ReportDocument.Prose(runs: [.value(figure.value)])
  }

  /// Whether a section is shown: it has no condition, or it holds.
  func shows(_ section: ReportDefinition.Section) -> Bool {
    section.condition?.holds(value) ?? true
  }

  /// The exact value of a figure of the report; nil where it is not known.
  private func value(_ name: String) -> Ratio? {
    guard let step = knownFigure(name) else { return nil }
    if step.figure.isOfChange { return answers.change?.figures[step.figure.metric]?.value(0) }
    let table = answers.queries[step.present]
    if step.figure.spans != nil { return Spread(of: step.figure.metric, in: table).median }
    guard table.rowCount > 0, let value = table[step.figure.metric]?.value(0), value.isDefined
    else { return nil }
    return value
  }

  /// A figure of the report that the export lets be made.
  private func knownFigure(_ name: String) -> ReportPlan.FigureStep? {
    guard let step = plan.figures.first(where: { $0.key == name })?.step,
      context.readiness?.canMake(step.figure) ?? true
    else { return nil }
    return step
  }

  /// The median of a figure over several spans of time, with its range in the note.
  func median(
    of figure: ReportDefinition.Figure, _ table: MetricTable
  ) -> ReportDocument.KeyFigure {
    let label = figure.label ?? table[figure.metric]?.title ?? figure.metric
    let spread = Spread(of: figure.metric, in: table)
    guard let column = table[figure.metric], let median = spread.median, let range = spread.range
    else {
      return ReportDocument.KeyFigure(label: label, value: format.undefined(.number))
    }
    func shown(_ value: Ratio) -> Shown { format.shown(value, column.unit, isShort: true) }
    let note = figure.note?.filled { name in
      switch name {
      case "least": ReportDocument.Prose(runs: [.value(shown(range.least))])
      case "greatest": ReportDocument.Prose(runs: [.value(shown(range.greatest))])
      case "spans":
        ReportDocument.Prose(runs: [.value(format.count(Int128(spread.values.count)))])
      default: common(name)
      }
    }
    return ReportDocument.KeyFigure(
      label: label, value: shown(median), note: note,
      definition: column.definition.isEmpty ? nil : figure.metric)
  }
}
