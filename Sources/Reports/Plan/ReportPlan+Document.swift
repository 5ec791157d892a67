import Graphics
import Metrics
import Records

extension ReportPlan {
  /// The document of the edition.
  ///
  /// - Parameters:
  ///   - answers: what an engine answered to the plan's questions.
  ///   - canvas: what draws charts.
  ///   - theme: how charts look.
  ///   - comment: what a person wrote for the edition, a paragraph each.
  /// - Returns: the document, ready for every writer.
  public func document(
    _ answers: Answers, canvas: CairoCanvas, theme: ReportTheme = .builtIn,
    comment: [ReportDocument.Prose] = []
  ) -> ReportDocument {
    let answers = people.applied(to: answers, of: self)
    let drawing = Drawing(canvas: canvas, theme: theme)
    let builder = SectionBuilder(plan: self, answers: answers, drawing: drawing)
    var headline = ReportDocument.Prose("")
    var sections: [ReportDocument.Section] = []
    var quiet: [ReportDocument.QuietSection] = []
    var absent: [ReportDocument.AbsentSection] = []
    var shown: [MetricTable] = []
    for (step, section) in zip(steps, definition.sections) where builder.shows(section) {
      let state = context.readiness?.state(of: step, in: self) ?? SectionState(parts: [])
      if state.level != .absent { shown += step.tables(in: answers) }
      switch step {
      case .headline(let content, let figures):
        headline =
          state.level == .absent
          ? builder.absentHeadline(state) : builder.headline(content, figures, state)
      default:
        if state.level == .absent {
          if !section.isCallout { absent.append(builder.absent(section, state)) }
          continue
        }
        let built = builder.section(step, section, state)
        if let why = built.absence, section.isOmittedWhenEmpty {
          quiet.append(ReportDocument.QuietSection(id: section.id, title: section.title, why: why))
        } else {
          sections.append(built)
        }
      }
    }
    for (step, section) in zip(steps, definition.sections) {
      guard case .takeaways(let takeaways) = step,
        let index = sections.firstIndex(where: { $0.id == section.id })
      else { continue }
      sections[index].blocks = Messages(sections, of: definition)
        .blocks(takeaways, hasComment: !comment.isEmpty)
    }
    var document = ReportDocument(
      report: definition.name, title: definition.title, organisation: context.organisation,
      edition: ReportDocument.Edition(
        kind: edition.kind, id: edition.id, name: editionName,
        path: edition.path.map {
          ReportDocument.Name($0.name, link: context.link($0.id))
        }),
      locale: context.formatter.locale, currency: context.formatter.currency,
      asOf: context.formatter.day(context.asOf), headline: headline, comment: comment,
      sections: sections, quiet: quiet, absent: absent,
      definitions: definitions(in: shown), footer: footer)
    document.words = context.formatter.words
    document.exact = builder.exactFigures
    return document
  }

  /// The name of the scope, linked to its record.
  var editionName: ReportDocument.Name {
    ReportDocument.Name(
      edition.name, link: edition.kind == .company ? nil : context.link(edition.id))
  }

  /// What a name in braces stands for in every pattern.
  func common(_ name: String) -> ReportDocument.Prose? {
    switch name {
    case "edition": ReportDocument.Prose(runs: [.name(editionName)])
    case "quarter": ReportDocument.Prose(PeriodWords(context).quarter)
    case "year": ReportDocument.Prose(PeriodWords(context).year)
    case "as_of":
      ReportDocument.Prose(runs: [.value(context.formatter.day(context.asOf))])
    case "prediction_day":
      context.past?.prediction.map {
        ReportDocument.Prose(runs: [.value(context.formatter.day($0.day))])
      }
    case "prediction_model":
      context.past?.prediction.map {
        ReportDocument.Prose(runs: [.name(ReportDocument.Name($0.model))])
      }
    case "movement_from", "movement_to":
      context.movement.map { days in
        let day = name == "movement_from" ? days.from : days.to
        return ReportDocument.Prose(runs: [.value(context.formatter.day(day))])
      }
    default: nil
    }
  }

  /// The definition of every figure that the shown answers hold, by title.
  private func definitions(in shown: [MetricTable]) -> [ReportDocument.Definition] {
    var byName: [String: ReportDocument.Definition] = [:]
    for table in shown {
      for column in table.columns
      where !column.definition.isEmpty && context.readiness?.canMake(column.name) ?? true {
        byName[column.name] = ReportDocument.Definition(
          id: column.name, term: column.title, text: column.definition)
      }
    }
    return byName.values.sorted { ($0.term, $0.id) < ($1.term, $1.id) }
  }

  private var footer: ReportDocument.Footer {
    let format = context.formatter
    let words = format.words
    let year = context.calendar.year(containing: context.asOf)
    let scope: String =
      switch edition.kind {
      case .company: words[.scopeCompany]
      case .region, .territory:
        words[.scopeTerritory]
      case .manager: words[.scopeManager]
      case .family: words[.scopeFamily]
      }
    var facts = [
      ReportDocument.Fact(key: "edition", label: words[.edition], value: format.text(edition.name)),
      ReportDocument.Fact(key: "scope", label: words[.scope], value: format.text(scope)),
      ReportDocument.Fact(key: "as-of", label: words[.asOf], value: format.day(context.asOf)),
      ReportDocument.Fact(
        key: "export", label: words[.exportTaken], value: format.day(context.exportDay)),
    ]
    if let exportDay = context.exportDay {
      facts.append(
        ReportDocument.Fact(
          key: "age", label: words[.dataAge],
          value: format.days(Int128(exportDay.days(until: context.asOf)), named: true)))
    }
    facts += [
      ReportDocument.Fact(
        key: "time-zone", label: words[.timeZone], value: format.text(context.timeZone)),
      ReportDocument.Fact(
        key: "fiscal-year", label: words[.fiscalYear],
        value: format.text(
          PeriodWords(context).year + ": "
            + PeriodWords(context).against(.days(year)))),
      ReportDocument.Fact(
        key: "value-field", label: words[.dealValue], value: format.text(context.valueField)),
      ReportDocument.Fact(
        key: "classes", label: words[.dealsThatCount], value: format.text(context.classes)),
      ReportDocument.Fact(
        key: "currency", label: words[.currency], value: format.text(format.currency)),
      ReportDocument.Fact(key: "run", label: words[.madeBy], value: format.text(context.run)),
    ]
    // The person that an edition is made for, else whom the definition names.
    let recipients =
      edition.recipient.map { [$0.name + ($0.because.map { " (\($0))" } ?? "")] }
      ?? definition.recipients.map(\.shown)
    if !recipients.isEmpty {
      facts.append(
        ReportDocument.Fact(
          key: "recipient", label: words[.recipient],
          value: format.text(words.list(recipients))))
    }
    if let classification = context.classification {
      facts.append(
        ReportDocument.Fact(
          key: "classification", label: words[.classification], value: format.text(classification)))
    }
    return ReportDocument.Footer(
      facts: facts, quality: context.quality,
      notes: context.notes.map { ReportDocument.Prose($0) } + words.notes)
  }
}

extension ReportPlan.Step {
  /// The answers that a section is made from.
  func tables(in answers: ReportPlan.Answers) -> [MetricTable] {
    func figures(_ steps: [ReportPlan.FigureStep]) -> [MetricTable] {
      steps.map { step in
        step.figure.isOfChange
          ? answers.shownChange([step.figure.metric]) : answers.queries[step.present]
      }
    }
    return switch self {
    case .headline(_, let steps), .keyFigures(let steps): figures(steps)
    case .chart(let step):
      switch step.content {
      case .question(_, let first): [answers.queries[first]]
      case .table(_, let table): [answers.tables[table]]
      case .detail(let detail): [answers.details[detail]]
      case .refused: []
      }
    case .rows(_, let query, _, _): [answers.queries[query]]
    case .listing(_, let listing): [answers.listings[listing]]
    case .standard(_, let table): [answers.tables[table]]
    case .detail(_, let detail): [answers.details[detail]]
    case .group(let parts): parts.flatMap { $0.step.tables(in: answers) }
    case .changed(let table, let rows):
      answers.change?.table(rows).map { [$0.only(table.columns.map(\.name))] } ?? []
    case .tree, .text, .callout, .data, .changedFamilies, .changedModels, .takeaways: []
    }
  }
}
