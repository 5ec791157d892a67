import Metrics
import Records
import Reports
import Territories

/// An export read for reports, with the change of territory models where one of them is about it.
struct ReportSource {
  let pipeline: Pipeline
  let context: ReportContext
  /// nil where no report is about it, or nothing can be said of it.
  let change: ChangeDesk?
  /// Why nothing can be said of a change that a report is about.
  let whyNoChange: [Finding]

  /// - Parameters:
  ///   - project: the project.
  ///   - catalogue: its metrics.
  ///   - demand: what the reports ask for, with their definitions.
  ///   - options: the command's options.
  ///   - console: where progress is told.
  /// - Throws: `FindingsError` where nothing can be computed.
  init(
    _ project: Project, catalogue: MetricCatalogue, demand: Pipeline.Demand,
    options: CommonOptions, console: Console
  ) throws {
    let aboutChange = demand.definitions.filter(\.isAboutChange)
    guard !aboutChange.isEmpty else {
      pipeline = try Pipeline(
        project, catalogue: catalogue, demand: demand, options: options, console: console)
      (context, change, whyNoChange) = (pipeline.context, nil, [])
      return
    }
    let demand = demand.adding(ChangeDesk.demand(project.configuration))
    let read = try TerritoryPipeline(project, demand: demand, options: options, console: console)
    pipeline = read.pipeline
    do {
      let desk = try ChangeDesk(
        read, showsModels: aboutChange.contains(where: \.showsModels), console: console)
      (change, whyNoChange) = (desk, [])
    } catch {
      guard let refused = error as? FindingsError else { throw error }
      (change, whyNoChange) = (nil, refused.findings)
    }
    var context = pipeline.context
    context.readiness?.hasPlannedModel = change != nil
    self.context = context
  }

  /// How many steps of progress the change takes beside reading.
  static func steps(_ definitions: [ReportDefinition]) -> Int {
    definitions.contains(where: \.isAboutChange) ? 2 : 0
  }

  /// Why a report about the change has no edition, as a note; nil where it has.
  func whyNone(of definition: ReportDefinition) -> String? {
    guard definition.isAboutChange, change == nil else { return nil }
    return whyNoChange.map { finding in
      // What lies at no place is no mistake: once a model is in force, none is planned.
      guard finding.at == nil else { return finding.description }
      return "It is left out: \(finding.what). To have it: \(finding.suggestion)."
    }.joined(separator: " ")
  }
}
