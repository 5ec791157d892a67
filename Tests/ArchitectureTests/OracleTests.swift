import Foundation
import TestKit
import Testing

/// The second oracle is held to tables computed by hand before it judges the program.
@Suite("The second oracle")
struct OracleTests {
  static let smallOrg = [
    "--as-of", "2026-11-20", "--time-zone", "America/New_York", "--fiscal-start", "2",
  ]
  static let twoCurrencies = ["--as-of", "2026-06-15"]
  static let tables = ["territories", "win-rates", "families", "unassigned-accounts", "owners"]

  @Test("Ten rows a file give the tables computed by hand", .needs(.duckdb), arguments: tables)
  func smallOrg(table: String) async throws {
    try await expectTable(table, of: "small-org", options: Self.smallOrg)
  }

  @Test("Two currencies give the tables computed by hand", .needs(.duckdb), arguments: tables)
  func twoCurrencies(table: String) async throws {
    try await expectTable(table, of: "two-currencies", options: Self.twoCurrencies)
  }

  @Test("An export that lacks objects gives tables with a header and no rows", .needs(.duckdb))
  func absent() async throws {
    try await withTemporaryFolder { folder in
      for table in Self.tables {
        let text = try await DuckDB.standardTable(
          table, export: folder, options: Self.twoCurrencies)
        #expect(try CSVReader.rows(text).count == 1, "\(table)")
      }
    }
  }

  private func expectTable(_ table: String, of fixture: String, options: [String]) async throws {
    let folder = Repository.fixture(fixture)
    let text = try await DuckDB.standardTable(
      table, export: folder.appending(path: "export"), options: options)
    let expected = try CSVReader.rows(of: folder.appending(path: "expected/\(table).csv"))
    #expect(try CSVReader.rows(text) == expected)
  }
}
