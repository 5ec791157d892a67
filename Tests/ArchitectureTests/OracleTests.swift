import Foundation
import TestKit
import Testing

/// The second oracle is held to tables computed by hand before it judges the program.
@Suite("The second oracle")
struct OracleTests {
  @Test(
    "Ten rows a file give the tables computed by hand", .needs(.duckdb),
    arguments: TableFixture.all)
  func fixture(_ fixture: TableFixture) async throws {
    let expected = try fixture.expected()
    let found = try await DuckDB.standardTables(
      expected.keys.sorted(), export: fixture.export, options: fixture.oracleOptions)
    for (name, table) in expected {
      #expect(try Contract.difference(found[name] ?? "", table) == nil, "\(name)")
    }
  }

  @Test("Every table of the oracle has a case computed by hand")
  func complete() throws {
    let tables = Set(try TableFixture.all.flatMap { try $0.expected().keys })
    #expect(Self.tables.filter { !tables.contains($0) } == [])
  }

  @Test("An export that lacks objects gives tables with a header and no rows", .needs(.duckdb))
  func absent() async throws {
    try await withTemporaryFolder { folder in
      let found = try await DuckDB.standardTables(
        Self.tables, export: folder, options: ["--as-of", "2026-06-15"])
      for (name, table) in found { #expect(try CSVReader.rows(table).count == 1, "\(name)") }
    }
  }

  /// What Tests/Oracle can make of an export; the other files are parts of these, or other questions.
  private static let tables = Repository.oracle("").filesBelow()
    .filter { $0.hasSuffix(".sql") && !$0.contains("/") }.map { String($0.dropLast(4)) }
    .filter { !["exact", "prelude", "scope", "maven-crm"].contains($0) }
}
