import Foundation
import TestKit
import Testing

/// The tables that a person gets from the command line, held to both oracles.
@Suite("Standard tables from the command line")
struct StandardTablesTests {
  @Test(
    "Hand-made exports give the tables computed by hand",
    arguments: [
      (
        "small-org",
        """
        as_of: 2026-11-20
        time_zone: America/New_York
        fiscal_year: {starts: february, named_by: ending_year}
        """
      ), ("two-currencies", "as_of: 2026-06-15"),
    ])
  func fixture(name: String, settings: String) async throws {
    let fixture = Repository.fixture(name)
    try await withTemporaryFolder { folder in
      let export = fixture.appending(path: "export").path
      try folder.write(files: ["cadastre.yaml": "export: \"\(export)\"\n\(settings)\n"])
      let tables = try await Program.tables(folder)
      for table in Program.names {
        let expected = try fixture.text("expected/\(table).csv")
        #expect(contract(table, tables[table]) == expected, "\(table)")
      }
    }
  }

  @Test(
    "A full sample gives what DuckDB computes from the definitions, byte for byte", .needs(.duckdb))
  func full() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(
        folder, accounts: CadastreBinary.isRelease ? 10_000 : Program.usual)
      try await expectOracle(
        folder, Program.tables(folder),
        options: ["--time-zone", "America/New_York", "--fiscal-start", "2"])
    }
  }

  @Test(
    "A clean sample without a project is read by calendar years, as DuckDB does", .needs(.duckdb))
  func core() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, profile: "core")
      let tables = try await Program.tables(
        folder, ["--export", "export", "--as-of", Program.asOf])
      try await expectOracle(folder, tables, options: [])
    }
  }

  private func expectOracle(
    _ folder: URL, _ tables: [String: String], options: [String]
  ) async throws {
    for table in Program.names {
      let expected = try await DuckDB.standardTable(
        table, export: folder.appending(path: "export"),
        options: ["--as-of", Program.asOf] + options)
      let found = contract(table, tables[table])
      // Not shown whole: some are a megabyte.
      #expect(found.count == expected.count, "\(table)")
      let isEqual = found == expected
      #expect(isEqual, "\(table): \(firstDifference(found, expected))")
    }
  }

  /// A table without the columns that follow those of METRICS §3: `territories` has one more.
  private func contract(_ table: String, _ text: String?) -> String {
    guard let text, table == "territories" else { return text ?? "" }
    return text.split(separator: "\n").map { line in
      // The last column holds names of developers, which have neither commas nor quotes.
      line.lastIndex(of: ",").map { line[..<$0] } ?? line
    }.joined(separator: "\n") + "\n"
  }

  private func firstDifference(_ found: String, _ expected: String) -> String {
    let pairs = zip(
      found.split(separator: "\n", omittingEmptySubsequences: false),
      expected.split(separator: "\n", omittingEmptySubsequences: false))
    return pairs.first { $0 != $1 }.map { "is \($0), should be \($1)" } ?? "one is longer"
  }
}
