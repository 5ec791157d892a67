import Engines
import Foundation
import Intake
import Metrics
import Records

/// How a question is asked of a database: the SQL over the export's own files.
struct ExplainedSQL {
  private let script: Result<SQLScript, any Error>

  private let isSpark: Bool

  init(_ query: Query, _ pipeline: Pipeline, catalogue: MetricCatalogue, isSpark: Bool = false) {
    self.isSpark = isSpark
    script = Result {
      try SQLScript(
        try pipeline.engine.plan([query]), catalogue: catalogue,
        settings: pipeline.engine.settings, schema: pipeline.exportSchema(isSpark: isSpark),
        dialect: isSpark ? SparkDialect() : DuckDBDialect())
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
        return ["SQL for \(isSpark ? "Spark" : "DuckDB")"] + ExplainedSQL.lines(of: script.text)
      }
      return ["SQL (with --engine duckdb or spark: also what defines its tables)"]
        + script.queries.flatMap { ExplainedSQL.lines(of: $0.sql).map { "  " + $0 } }
    }
  }

  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

extension Pipeline {
  /// What must be known of the export before SQL over its files can be printed.
  ///
  /// - Parameter isSpark: whether Spark is to read them, where its configuration says that they are.
  /// - Returns: the schema.
  func exportSchema(isSpark: Bool = false) -> ExportSchema {
    let mapping = project.mapping
    let subscriptions = project.configuration.subscriptions
    var sources: [Entity: ExportSchema.Source] = [:]
    var isPacked = false
    var headers: [String: [String]] = [:]
    var ragged: Set<String> = []
    var unread: Set<String> = []
    func located(_ file: String) -> String {
      let path = path(of: file)
      isPacked = isPacked || path == nil
      guard isSpark else { return path ?? file }
      return sparkPath(of: path ?? file)
    }
    for report in export.files {
      headers[located(report.file)] = report.headers
      if report.counts.ragged > 0 { ragged.insert(located(report.file)) }
      let encoding = report.dialect.encoding.name
      if isSpark, !["UTF-8", "US-ASCII"].contains(encoding) {
        unread.insert("a file in \(encoding)")
      }
      sources[report.entity, default: ExportSchema.Source()].add(
        located(report.file), delimiter: Character(Unicode.Scalar(report.dialect.delimiter)),
        cells: report.cells.mapValues { cell in
          var cell = cell
          cell.lookup = cell.lookup.map { $0.standing(at: located($0.file)) }
          return cell
        })
    }
    if case .object(let object) = subscriptions?.source {
      sources[.contract]?.isYearly = object.per == .year
      sources[.contract]?.excludedStatuses = subscriptions?.excludedStatuses ?? []
    }
    // A file beside the export stands for whatever the export holds.
    var besides: Set<Entity> = project.configuration.userFiles.quotas == nil ? [] : [.quota]
    if case .file = subscriptions?.source { besides.insert(.contract) }
    return ExportSchema(
      records: export.records, assignment: assignment, sources: sources,
      keys: KeyForm(mapping.keys),
      forms: request.forms.filled(by: mapping.forms),
      stages: mapping.outcomes.map {
        .init(name: $0.key, isClosed: $0.value != .open, isWon: $0.value == .won)
      },
      timeZone: context.timeZone, dealRule: project.configuration.opportunityTerritory,
      currency: engine.settings.currency,
      userRecords: export.userRecords,
      unread: (isPacked ? ["an export in an archive"] : []) + unread.sorted(), besides: besides,
      headers: headers, ragged: ragged)
  }

  /// Where Spark finds a file that stands here at a path.
  private func sparkPath(of path: String) -> String {
    let spark = project.configuration.spark
    guard let export = spark?.export?.value else { return "file://\(path)" }
    let roots = ((try? project.exportPaths()) ?? []).map {
      URL(filePath: $0).standardizedFileURL.path + "/"
    }
    let root = roots.first { path.hasPrefix($0) }
    var name =
      root.map { String(path.dropFirst($0.count)) } ?? URL(filePath: path).lastPathComponent
    if spark?.format == .parquet {
      name = URL(filePath: name).deletingPathExtension().relativePath + ".parquet"
    }
    return export.hasSuffix("/") ? export + name : "\(export)/\(name)"
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
}

extension KeyForm {
  init(_ keys: Mapping.KeyForm) {
    switch keys {
    case .salesforce: self = .salesforce
    case .number: self = .number
    case .text: self = .text
    }
  }
}

extension CellSource.LookupFile {
  /// The same file where it really stands.
  fileprivate func standing(at path: String) -> CellSource.LookupFile {
    CellSource.LookupFile(file: path, delimiter: delimiter, match: match, take: take)
  }
}
