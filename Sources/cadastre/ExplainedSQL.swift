import Engines
import Foundation
import Intake
import Metrics
import Records

/// How a question is asked of a database: the SQL over the export's own files.
struct ExplainedSQL {
  private let script: Result<SQLScript, any Error>

  init(_ query: Query, _ pipeline: Pipeline, catalogue: MetricCatalogue) {
    script = Result {
      try SQLScript(
        try pipeline.engine.plan([query]), catalogue: catalogue,
        settings: pipeline.engine.settings, schema: pipeline.exportSchema())
    }
  }

  /// The lines of a section of an explanation.
  ///
  /// - Parameter isWhole: whether to print the definitions too, and not the question alone.
  /// - Returns: the lines, the heading first.
  func lines(isWhole: Bool) -> [String] {
    switch script {
    case .failure(let error):
      let findings = (error as? FindingsError)?.findings ?? []
      return ["SQL"] + findings.map { "  \($0.what): \($0.done); \($0.suggestion)." }
    case .success(let script):
      guard !isWhole else {
        return ["SQL for DuckDB"] + ExplainedSQL.lines(of: script.text)
      }
      return ["SQL (with --engine duckdb: also what defines its tables)"]
        + script.queries.flatMap { ExplainedSQL.lines(of: $0.sql).map { "  " + $0 } }
    }
  }

  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

extension Pipeline {
  /// What must be known of the export before SQL over its files can be printed.
  func exportSchema() -> ExportSchema {
    let mapping = project.mapping
    var sources: [Entity: ExportSchema.Source] = [:]
    var isPacked = false
    for report in export.files {
      let path = path(of: report.file)
      isPacked = isPacked || path == nil
      let file = path ?? report.file
      let delimiter = Character(Unicode.Scalar(report.dialect.delimiter))
      sources[
        report.entity,
        default: ExportSchema.Source(
          files: [], delimiter: delimiter, columns: report.columns)
      ].files.append(file)
    }
    return ExportSchema(
      records: export.records, assignment: assignment, sources: sources,
      timeZone: context.timeZone, dealRule: project.configuration.opportunityTerritory,
      currency: engine.settings.currency,
      userRecords: export.userRecords,
      unread: (mapping.name == "salesforce" && mapping.outcomes.isEmpty
        ? madeFields.map { "the field \($0), which is not one column of a file" }
        : ["an export that a mapping brings into Salesforce's shape"])
        + (isPacked ? ["an export in an archive"] : []),
      unreadEntities: project.configuration.subscriptions == nil
        ? [:] : [.contract: "subscriptions that the configuration describes"])
  }

  /// Where a file of the export stands; nil for one that an archive holds.
  private func path(of file: String) -> String? {
    let roots = (try? project.exportPaths()) ?? []
    return (roots.flatMap { ["\($0)/\(file)", $0] } + [project.folder.appending(path: file).path])
      .map { URL(filePath: $0).standardizedFileURL.path }
      .first { path in
        var isFolder: ObjCBool = false
        return URL(filePath: path).lastPathComponent == URL(filePath: file).lastPathComponent
          && FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
          && !isFolder.boolValue
      }
  }

  /// Fields that are read in another way than from one column as it is, by entity and name.
  private var madeFields: [String] {
    Set(
      export.files.flatMap { report in
        report.madeFields.map { "\(report.entity.rawValue).\($0)" }
      }
    ).sorted()
  }
}
