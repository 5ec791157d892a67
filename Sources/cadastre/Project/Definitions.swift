import Foundation
import Metrics
import Records
import Reports
import Settings

/// The report definitions a project has: its own `reports/*.yaml` before the built-in ones.
struct Definitions {
  private let project: Project
  private let metrics: Set<String>

  init(_ project: Project, catalogue: MetricCatalogue) {
    self.project = project
    metrics = Set(catalogue.metrics.map(\.name))
  }

  /// The reports of the configuration with the kinds of edition that are made of each; the built-in
  /// ones where it has none.
  ///
  /// - Throws: `FindingsError` where one is not there, or wrong.
  func configured() throws -> [Configured] {
    let configured = project.configuration.reports
    guard !configured.isEmpty else {
      return try ReportDefinition.builtInNames.map { try named($0) }.map {
        Configured(definition: $0, kinds: $0.editions, families: nil)
      }
    }
    return try configured.map { report in
      let definition = try named(report.name.value, at: report.name.at)
      guard let editions = report.editions else {
        return Configured(
          definition: definition, kinds: definition.editions, families: report.families)
      }
      // The company's edition is made with those of its parts.
      let kinds = [ReportDocument.Edition.Kind(rawValue: editions.rawValue), .company]
      guard definition.editions.contains(where: { $0.rawValue == editions.rawValue }) else {
        throw FindingsError([
          Finding(
            code: "report-editions", severity: .error, at: report.name.at,
            what: "the report \"\(definition.name)\" has no editions by \(editions.rawValue)",
            done: "nothing was rendered",
            suggestion: "its editions are "
              + Suggestion.list(definition.editions.map(\.rawValue), conjunction: "and"))
        ])
      }
      return Configured(
        definition: definition, kinds: definition.editions.filter { kinds.contains($0) },
        families: report.families)
    }
  }

  /// A report with what is made of it.
  struct Configured {
    let definition: ReportDefinition
    let kinds: [ReportDocument.Edition.Kind]
    /// Which families have an edition; nil: the usual number of the largest.
    let families: Configuration.Families?
  }

  /// The definition of a name.
  ///
  /// - Throws: `FindingsError` where there is none, or where it is wrong.
  func named(_ name: String, at: SourcePosition? = nil) throws -> ReportDefinition {
    let path = "reports/\(name).yaml"
    let own = project.folder.appending(path: path)
    if !name.contains("/"), FileManager.default.fileExists(atPath: own.path) {
      return try ReportDefinition(
        text: Project.text(of: own, named: path), file: path, metrics: metrics)
    }
    guard let builtIn = try ReportDefinition.builtIn(name, metrics: metrics) else {
      throw FindingsError([
        Finding(
          code: "report-unknown", severity: .error, at: at,
          what: "there is no report \"\(name)\"", done: "nothing was rendered",
          suggestion: Suggestion.sentence(
            for: name, in: ReportDefinition.builtInNames,
            otherwise: "the reports are \(Suggestion.list(ReportDefinition.builtInNames))"))
      ])
    }
    return builtIn
  }
}
