import Foundation

/// DuckDB's command line, the second oracle.
public enum DuckDB {
  /// What DuckDB said of a query that it refused.
  public struct Refused: Error, CustomStringConvertible {
    /// DuckDB's own sentence.
    public let description: String
  }

  /// A null in the CSV that DuckDB prints: a text that no export holds.
  private static let null = "\u{2400}null"

  /// The rows of the last result of `sql`, each cell as DuckDB prints it, nil for null.
  ///
  /// - Parameters:
  ///   - sql: One or several statements; all but the last should give no rows.
  ///   - variables: Set before the query; read them with `getvariable('name')`.
  /// - Returns: A row a row, without a header.
  /// - Throws: `Refused` with DuckDB's sentence; `Missing` where there is no DuckDB.
  public static func query(
    _ sql: String, variables: [String: String] = [:]
  ) async throws -> [[String?]] {
    let rows = try await CSVReader.rows(
      text(sql, variables: variables, arguments: ["-noheader", "-nullvalue", null]))
    return rows.map { $0.map { $0 == null ? nil : $0 } }
  }

  /// What DuckDB prints for `sql` as CSV, with a header.
  public static func text(
    _ sql: String, variables: [String: String] = [:], arguments: [String] = []
  ) async throws -> String {
    let settings = variables.sorted { $0.key < $1.key }.map {
      "SET VARIABLE \($0.key) = \(literal($0.value));\n"
    }
    let finished = try await run(
      Tool.duckdb.require(), ["-bail", "-csv", "-init", "/dev/null"] + arguments,
      input: Data((settings.joined() + sql).utf8))
    guard finished.status == 0 else { throw Refused(description: finished.errors) }
    return finished.output
  }

  /// A text as an SQL literal.
  public static func literal(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }

  /// Standard tables as the oracle computes them from an export, in one run.
  ///
  /// - Parameters:
  ///   - names: Tables of METRICS §3 that have a file in Tests/Oracle.
  ///   - export: The folder of the CSVs.
  ///   - options: The options of `scripts/oracle.sh`, such as `["--as-of", "2026-11-20"]`.
  /// - Returns: By name each table in the format of METRICS §3, with a header.
  /// - Throws: `Refused` with DuckDB's sentence; `Missing` where there is no DuckDB.
  public static func standardTables(
    _ names: [String], export: URL, options: [String]
  ) async throws -> [String: String] {
    _ = try Tool.duckdb.require()
    let tools = Repository.root.appending(path: ".build-tools/bin").path
    let path = Repository.environment["PATH"] ?? ""
    return try await withTemporaryFolder { folder in
      let finished = try await run(
        Repository.root.appending(path: "scripts/oracle.sh"),
        [export.path, names.joined(separator: ",")] + options + ["--out", folder.path],
        environment: Repository.environment.merging(["PATH": "\(tools):\(path)"]) { $1 },
        seconds: 300)
      guard finished.status == 0 else { throw Refused(description: finished.errors) }
      return try Dictionary(
        uniqueKeysWithValues: names.map { name in
          let file = folder.appending(path: "\(name).csv")
          return (name, try String(contentsOf: file, encoding: .utf8))
        })
    }
  }
}
