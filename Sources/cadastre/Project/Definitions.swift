import Foundation
import Metrics
import Records
import Reports

/// The report definitions a project has: its own `reports/*.yaml` before the built-in ones.
struct Definitions {
  private let project: Project
  private let catalogue: MetricCatalogue

  init(_ project: Project, catalogue: MetricCatalogue) {
    self.project = project
    self.catalogue = catalogue
  }

  /// The reports of the configuration with the kinds of edition that are made of each; the built-in
  /// ones where it has none.
  ///
  /// - Throws: `FindingsError` where one is not there, or wrong.
  func configured() throws -> [(definition: ReportDefinition, kinds: [ReportDocument.Edition.Kind])]
  {
    let configured = project.configuration.reports
    guard !configured.isEmpty else {
      return try ReportDefinition.builtInNames.map { try named($0) }.map { ($0, $0.editions) }
    }
    return try configured.map { report in
      let definition = try named(report.name.value, at: report.name.at)
      guard let editions = report.editions else { return (definition, definition.editions) }
      // The company's edition is made with those of its parts.
      let kinds = [ReportDocument.Edition.Kind(rawValue: editions.rawValue), .company]
      return (definition, definition.editions.filter { kinds.contains($0) })
    }
  }

  /// The definition of a name.
  ///
  /// - Throws: `FindingsError` where there is none, or where it is wrong.
  func named(_ name: String, at: SourcePosition? = nil) throws -> ReportDefinition {
    let path = "reports/\(name).yaml"
    let own = project.folder.appending(path: path)
    if !name.contains("/"), FileManager.default.fileExists(atPath: own.path) {
      return try ReportDefinition(
        text: Project.text(of: own, named: path), file: path, catalogue: catalogue)
    }
    guard let builtIn = try ReportDefinition.builtIn(name, catalogue: catalogue) else {
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
