import Metrics
import Records

/// Tells what the sections of reports will be on one export, before a figure is made.
///
/// It is derived from what a section's queries, lists and tables are made from; a definition says
/// nothing of it.
public struct ReadinessCheck: Sendable {
  /// Whether a territory model is known that is to take the place of the active one.
  public var hasPlannedModel = false
  private let finder: NeedsFinder
  private let contents: ExportContents
  let words: LackWords

  /// - Parameters:
  ///   - records: the export.
  ///   - assignment: who holds what.
  ///   - catalogue: the metrics.
  ///   - settings: what the configuration says about figures.
  ///   - mapping: name of the mapping file where the CRM is not Salesforce, nil where it is.
  public init(
    records: RecordSet, assignment: Assignment, catalogue: MetricCatalogue,
    settings: MetricSettings, mapping: String? = nil
  ) {
    finder = NeedsFinder(catalogue: catalogue, settings: settings)
    contents = ExportContents(of: records, assignment: assignment)
    words = LackWords(settings: settings, mapping: mapping)
  }

  /// The sections of a report over the editions that are made of it: a section is as ready as it is
  /// in the poorest of them, and absent where it is in all.
  public func sections(
    of definition: ReportDefinition, editions: [EditionScope], in context: ReportContext
  ) -> [SectionReadiness] {
    let plans = editions.map { ReportPlan(definition, for: $0, in: context) }
    return definition.sections.indices.map { index in
      let states = plans.map { state(of: $0.steps[index], in: $0) }
      let poorest = states.max { $0.level < $1.level } ?? SectionState(parts: [])
      let isAbsent = states.allSatisfy { $0.level == .absent }
      let section = definition.sections[index]
      return SectionReadiness(
        report: definition.name, id: section.id,
        title: section.title.isEmpty ? "Headline" : section.title,
        level: isAbsent ? poorest.level : min(poorest.level, .degraded),
        because: words.because(poorest), remedy: words.remedy(poorest))
    }
  }

  /// Why a report has no editions by territory; nil where it has them.
  public func territoryEditions(of report: String) -> SectionReadiness? {
    guard let lack = contents.lack(of: .activeModel) else { return nil }
    return SectionReadiness(
      report: report, id: "editions", title: "Editions by territory", level: .absent,
      because: words.because([lack]), remedy: words.remedy([lack]))
  }

  /// What a standard table will be.
  public func table(_ table: StandardTable) -> SectionReadiness {
    let state = SectionState(parts: finder.parts(of: table).map(part))
    return SectionReadiness(
      report: "", id: table.rawValue, title: table.rawValue, level: state.level,
      because: words.because(state), remedy: words.remedy(state))
  }

  /// Whether a figure can be made at all.
  func canMake(_ figure: ReportDefinition.Figure) -> Bool {
    if figure.isOfChange { return hasPlannedModel }
    return finder.needs(of: figure.metric, where: figure.filter).essential
      .allSatisfy { contents.lack(of: $0) == nil }
  }

  /// Whether a metric can be made at all.
  public func canMake(_ metric: String) -> Bool {
    finder.needs(of: metric).essential.allSatisfy { contents.lack(of: $0) == nil }
  }

  /// What is missing of a section of a plan.
  func state(of step: ReportPlan.Step, in plan: ReportPlan) -> SectionState {
    switch step {
    case .headline(let headline, _): SectionState(parts: parts(of: headline.figures.map(\.figure)))
    case .keyFigures(let figures): SectionState(parts: parts(of: figures.map(\.figure)))
    case .chart(let step): SectionState(parts: chart(step, in: plan))
    case .rows(let table, _, _, let dimension):
      SectionState(parts: rows(table, by: dimension))
    case .listing(let table, let index):
      SectionState(parts: columns(of: table, plan.listings[index]))
    case .standard(let table, let index):
      SectionState(parts: standard(plan.tables[index], columns: table.columns.map(\.name)))
    case .tree:
      SectionState(parts: [part("tree", "the tree", finder.familyTree)])
    case .detail(let table, let index):
      SectionState(parts: detail(plan.details[index], columns: table.columns.map(\.name)))
    case .group(let parts): group(parts, in: plan)
    case .changed, .changedFamilies, .changedModels:
      SectionState(parts: [change("change", "the change")])
    case .text, .callout, .data, .takeaways: SectionState(parts: [])
    }
  }

  /// A part that takes a planned model.
  private func change(_ key: String, _ label: String) -> SectionState.Part {
    SectionState.Part(
      key: key, label: label, missing: hasPlannedModel ? [] : [.plannedModel], poorer: [])
  }

  /// A group has the parts of all that it groups, each named after what it is a part of.
  private func group(
    _ parts: [(section: ReportDefinition.Section, step: ReportPlan.Step)], in plan: ReportPlan
  ) -> SectionState {
    SectionState(
      parts: parts.flatMap { section, step -> [SectionState.Part] in
        let state = state(of: step, in: plan)
        let isTitled = !section.title.isEmpty && state.level == .absent
        return state.parts.map { part in
          SectionState.Part(
            key: section.id + "/" + part.key, label: isTitled ? section.title : part.label,
            missing: part.missing, poorer: part.poorer)
        }
      })
  }

  private func parts(of figures: [ReportDefinition.Figure]) -> [SectionState.Part] {
    figures.enumerated().map { index, figure in
      if figure.isOfChange { return change(String(index), figure.label ?? figure.metric) }
      return part(
        String(index), figure.label ?? finder.title(of: figure.metric),
        finder.needs(of: figure.metric, where: figure.filter))
    }
  }

  private func chart(_ step: ChartStep, in plan: ReportPlan) -> [SectionState.Part] {
    if case .detail(let index) = step.content {
      return finder.parts(of: plan.details[index]).map(part)
    }
    if case .table(_, let index) = step.content {
      guard case .rows(let table, let values, _) = step.chart.source else {
        return finder.parts(of: plan.tables[index]).map(part)
      }
      return standard(table, columns: values)
    }
    let (metrics, by) = step.asked
    var parts: [SectionState.Part] = []
    var first: Needs?
    for name in metrics {
      let own = finder.needs(of: name, by: by, where: step.chart.filter)
      // What is held against a target is needed with it.
      let needs = first.map { $0.and(own) } ?? own
      if first == nil { first = own }
      parts.append(part(name, finder.title(of: name), needs))
    }
    return parts
  }

  private func rows(
    _ table: ReportDefinition.Table, by dimension: Dimension
  ) -> [SectionState.Part] {
    guard case .metrics(let metrics, _) = table.source else { return [] }
    return metrics.map { metric($0, by: [dimension], where: table.filter) }
  }

  private func columns(
    of table: ReportDefinition.Table, _ listing: Listing
  ) -> [SectionState.Part] {
    let columns = finder.parts(of: listing).compactMap { found in
      table.columns.first { $0.name == found.name }.map { part(found.name, $0.title, found.needs) }
    }
    return columns
      + table.reasons.enumerated().map { index, reason in
        part(
          DefinitionReader.reasonsColumn + "-\(index)", "deals " + reason.words.plainWords,
          finder.needs(of: reason.condition, over: listing.fact))
      }
  }

  /// The parts of a standard table: of the columns that a definition shows, where it names some.
  private func standard(_ table: StandardTable, columns: [String]) -> [SectionState.Part] {
    let parts = finder.parts(of: table)
    let shown = parts.filter { columns.contains($0.name) }
    return (shown.isEmpty ? parts : shown).map(part)
  }

  /// The same of a detail table.
  private func detail(_ table: DetailTable, columns: [String]) -> [SectionState.Part] {
    let parts = finder.parts(of: table)
    let shown = parts.filter { columns.contains($0.name) }
    return (shown.isEmpty ? parts : shown).map(part)
  }

  /// The metrics of a table that can be made: a row that only another has is no row of it.
  func makeable(
    _ metrics: [String], by dimension: Dimension, where filter: ExpressionText?
  ) -> [String] {
    let made = metrics.filter { metric($0, by: [dimension], where: filter).missing.isEmpty }
    return made.isEmpty ? metrics : made
  }

  private func metric(
    _ name: String, by dimensions: [Dimension], where filter: ExpressionText?
  ) -> SectionState.Part {
    part(name, finder.title(of: name), finder.needs(of: name, by: dimensions, where: filter))
  }

  private func part(_ found: NeedsFinder.Part) -> SectionState.Part {
    part(found.name, found.title, found.needs)
  }

  private func part(_ key: String, _ label: String, _ needs: Needs) -> SectionState.Part {
    let lacks = SectionState.unique(needs.essential.compactMap(contents.lack))
    // Where one of several would do and one of them is needed anyway, that one says it all.
    let missing = lacks.filter { lack in
      guard case .all(let several) = lack else { return true }
      return !several.contains(where: lacks.contains)
    }
    let poorer = SectionState.unique(needs.refining.compactMap(contents.lack))
    return SectionState.Part(
      key: key, label: label, missing: missing, poorer: poorer.filter { !missing.contains($0) })
  }
}
