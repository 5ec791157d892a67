import Foundation
import TestKit
import Testing

/// The tables that a person gets from the command line, held to both oracles.
@Suite("Standard tables from the command line")
struct StandardTablesTests {
  @Test(
    "Hand-made exports give the tables computed by hand, and all others as DuckDB does",
    .needs(.duckdb), arguments: TableFixture.all)
  func fixture(_ fixture: TableFixture) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(files: ["cadastre.yaml": fixture.settings])
      let tables = try await Program.tables(folder)
      for (name, expected) in try fixture.expected() where Program.names.contains(name) {
        #expect(try Contract.difference(tables[name] ?? "", expected) == nil, "\(name)")
      }
      try await expectOracle(tables, export: fixture.export, fixture.oracleOptions)
    }
  }

  @Test(
    "A full sample gives what DuckDB computes from the definitions, byte for byte", .needs(.duckdb))
  func full() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(
        folder, accounts: CadastreBinary.isRelease ? 10_000 : Program.usual)
      try await expectOracle(
        Program.tables(folder), export: folder.appending(path: "export"),
        ["--as-of", Program.asOf, "--time-zone", "America/New_York", "--fiscal-start", "2"])
    }
  }

  @Test(
    "A clean sample without a project is read by calendar years, as DuckDB does", .needs(.duckdb))
  func core() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, profile: "core")
      let tables = try await Program.tables(
        folder, ["--export", "export", "--as-of", Program.asOf])
      try await expectOracle(
        tables, export: folder.appending(path: "export"), ["--as-of", Program.asOf])
    }
  }

  @Test("The rows of the files in another order give the same tables, byte for byte")
  func shuffled() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, profile: "core")
      let export = folder.appending(path: "export")
      for file in export.filesBelow() {
        let lines = try export.text(file).split(separator: "\n")
        // A clean export has no line breaks within cells.
        let mixed = lines.dropFirst().enumerated().sorted {
          ($0.offset * 7919 % 10_007, $0.offset) < ($1.offset * 7919 % 10_007, $1.offset)
        }
        let text = ([lines[0]] + mixed.map(\.element)).joined(separator: "\n") + "\n"
        try folder.write(files: ["shuffled/\(file)": text])
      }
      let given = try await Program.tables(
        folder, ["--export", "export", "--as-of", Program.asOf])
      let mixed = try await Program.tables(
        folder, ["--export", "shuffled", "--as-of", Program.asOf])
      for name in Program.names {
        let isEqual = given[name] == mixed[name]
        #expect(isEqual, "\(name)")
      }
    }
  }
}

/// Holds tables of the program to DuckDB's over the same files; those that the oracle has not are
/// not compared.
func expectOracle(
  _ tables: [String: String], export: URL, _ options: [String],
  of some: [String] = Program.names, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let names = some.filter {
    FileManager.default.fileExists(atPath: Repository.oracle("\($0).sql").path)
  }
  let expected = try await DuckDB.standardTables(names, export: export, options: options)
  for name in names {
    // Not shown whole: some are a megabyte.
    let difference = try Contract.difference(tables[name] ?? "", expected[name] ?? "")
    #expect(difference == nil, "\(name)", sourceLocation: sourceLocation)
  }
}
