import BuiltIns
import Engines
import Foundation
import Intake
import Metrics
import Records
import Sample
import TestKit
import Testing

/// An export read by Intake, with the local engine over it and DuckDB over its files.
struct SQLSession {
  let export: Export
  let engine: LocalEngine
  let catalogue: MetricCatalogue
  let settings: MetricSettings
  let schema: ExportSchema

  /// The built-in metrics.
  static func catalogue() throws -> MetricCatalogue {
    let builtIn = try #require(BuiltIns.text("reports/metrics.yaml"))
    return try MetricCatalogue([.init(path: "reports/metrics.yaml", text: builtIn)])
  }

  /// Writes a sample with its dirt and conflicts as of 2026-11-20; gives the folder of the export.
  static func sample(in folder: URL, accounts: Int) throws -> URL {
    let export = folder.appending(path: "export")
    let asOf = try #require(Day(iso: "2026-11-20"))
    _ = try SampleWriter(
      SampleOptions(accounts: accounts, seed: 7, asOf: asOf, profile: .full)
    ).write(to: export)
    return export
  }

  /// Reads an export of Salesforce, or of the CRM that a mapping is for.
  init(
    _ folder: URL, asOf: String, timeZone: String = "UTC",
    settings: MetricSettings = MetricSettings(), mapping: Mapping? = nil, queries: [Query] = [],
    tables: [StandardTable] = [], besides: Set<Entity> = [],
    userRecords: (RecordSet) -> UserRecords = { _ in UserRecords() }
  ) throws {
    catalogue = try SQLSession.catalogue()
    var required = RequiredFields(catalogue: catalogue, settings: settings)
    required.add(queries)
    required.add(tables)
    let preset = try #require(BuiltIns.text("presets/salesforce.yaml"))
    let mapping = try mapping ?? Mapping(text: preset, file: "presets/salesforce.yaml")
    export = try ExportLoader.load(
      LoadRequest(
        paths: [folder.path], mapping: mapping,
        fields: required.fields, asOf: Day(iso: asOf), timeZone: timeZone))
    let userRecords = userRecords(export.records)
    let assignment = Assignment(of: export.records, crosswalk: userRecords.crosswalk)
    var settings = settings
    settings.calendar.customYears = export.organisation?.calendar?.customYears ?? []
    engine = LocalEngine(
      records: export.records, assignment: assignment, catalogue: catalogue, settings: settings,
      userRecords: userRecords)
    self.settings = settings
    func path(_ file: String) -> String {
      folder.appending(path: URL(filePath: file).lastPathComponent).path
    }
    var sources: [Entity: ExportSchema.Source] = [:]
    for report in export.files {
      sources[report.entity, default: .init()].add(
        path(report.file), delimiter: Character(Unicode.Scalar(report.dialect.delimiter)),
        cells: report.cells.mapValues { cell in
          var cell = cell
          cell.lookup = cell.lookup.map { file in
            CellSource.LookupFile(
              file: path(file.file), delimiter: file.delimiter, match: file.match, take: file.take)
          }
          return cell
        })
    }
    let keys: KeyForm =
      switch mapping.keys {
      case .salesforce: .salesforce
      case .number: .number
      case .text: .text
      }
    schema = ExportSchema(
      records: export.records, assignment: assignment, sources: sources, keys: keys,
      forms: mapping.forms,
      stages: mapping.outcomes.map {
        .init(name: $0.key, isClosed: $0.value != .open, isWon: $0.value == .won)
      }, timeZone: timeZone, userRecords: userRecords, besides: besides,
      headers: Dictionary(
        export.files.map { (path($0.file), $0.headers) }, uniquingKeysWith: { first, _ in first }),
      ragged: Set(export.files.filter { $0.counts.ragged > 0 }.map { path($0.file) }))
  }

  /// Reads the export of a fixture, with the calendar that it is seen by.
  init(_ fixture: TableFixture, queries: [Query] = [], tables: [StandardTable] = []) throws {
    try self.init(
      fixture.export, asOf: fixture.asOf, timeZone: fixture.timeZone ?? "UTC",
      settings: MetricSettings(calendar: FiscalCalendar(startMonth: fixture.fiscalStart ?? 1)),
      queries: queries, tables: tables)
  }

  /// What DuckDB gives for some SELECTs, in one session.
  static func rows(
    _ definitions: [SQLScript.Statement], _ selects: [SQLScript.Statement]
  ) async throws -> [[[String?]]] {
    let mark = "@ next @"
    let null = "\u{2400}null"
    var text = definitions.map { $0.sql + ";\n" }.joined()
    for select in selects { text += "SELECT '\(mark)';\n\(select.sql);\n" }
    let printed = try await DuckDB.text(text, arguments: ["-noheader", "-nullvalue", null])
    return try printed.components(separatedBy: mark).dropFirst().map { result in
      try CSVReader.rows(String(result.drop(while: \.isNewline)))
        .map { $0.map { $0 == null ? nil : $0 } }
    }
  }

  /// The answers of DuckDB to queries, in one session.
  func answers(_ queries: [Query]) async throws -> [MetricTable] {
    let plan = try engine.plan(queries)
    let script = try SQLScript(plan, catalogue: catalogue, settings: settings, schema: schema)
    let results = try await SQLSession.rows(script.definitions, script.queries)
    return try results.enumerated().map { index, rows in
      try script.table(rows, of: index, catalogue: catalogue)
    }
  }

  /// Holds DuckDB's standard tables to the local engine's, byte by byte as CSV.
  func expectEqual(
    tables: [StandardTable], scope: Scope = .company,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let local = try engine.standardTables(tables, scope: scope)
    for (table, own) in zip(tables, local) {
      do {
        let script = try TableScript(
          table, catalogue: catalogue, scope: scope, settings: settings, schema: schema)
        let rows = try await SQLSession.rows(script.definitions, [script.query])
        let (left, right) = (own.csv(), try script.table(rows.first ?? []).csv())
        let isEqual = left == right
        #expect(
          isEqual, "\(table.rawValue) of \(scope): \(SQLSession.difference(right, left))",
          sourceLocation: sourceLocation)
      } catch {
        Issue.record("\(table.rawValue): \(error)", sourceLocation: sourceLocation)
      }
    }
  }

  /// Holds DuckDB's answers to the local engine's, cell by cell and in their order.
  func expectEqual(
    _ asked: [Query], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    // A state is not known in a period that is over: such a metric is refused before any engine.
    let queries = asked.compactMap { query -> Query? in
      guard query.period == .trailingFourQuarters else { return query }
      var query = query
      query.metrics = query.metrics.filter { name in
        !catalogue.measures(of: name).contains {
          $0.measure.additivity == .semiAdditive && $0.measure.date == nil
        }
      }
      return query.metrics.isEmpty ? nil : query
    }
    let local = try engine.run(queries)
    let printed = try await answers(queries)
    #expect(local.count == printed.count, sourceLocation: sourceLocation)
    for (query, (own, other)) in zip(queries, zip(local, printed)) {
      let (left, right) = (own.csv(), other.csv())
      let isEqual = left == right
      #expect(
        isEqual, "\(SQLSession.words(query)): \(SQLSession.difference(right, left))",
        sourceLocation: sourceLocation)
    }
  }

  private static func words(_ query: Query) -> String {
    let by = query.by.map(\.rawValue).joined(separator: ", ")
    return "\(query.metrics.joined(separator: ", ")) by \(by) \(query.period) \(query.scope)"
  }

  static func difference(_ found: String, _ expected: String) -> String {
    let pairs = zip(
      found.split(separator: "\n", omittingEmptySubsequences: false),
      expected.split(separator: "\n", omittingEmptySubsequences: false))
    return pairs.first { $0 != $1 }.map { "SQL gives \($0), the local engine \($1)" }
      ?? "one is longer: \(found.count) and \(expected.count) bytes"
  }
}
