import Foundation
import TestKit
import Testing

/// Every standard table of exports that no organisation should have, from the command line.
@Suite("Standard tables of hostile exports")
struct HostileTablesTests {
  private static let asOf = "2026-06-15"

  @Test("Headers without rows, or one file of accounts without any, give headers without rows")
  func empty() async throws {
    for export in [HostileExport(), HostileExport().only("Account")] {
      for (name, table) in try await tables(of: export) {
        #expect(try CSVReader.rows(table).count == 1, "\(name)")
      }
    }
  }

  @Test(
    "Shapes at the edge give what DuckDB computes from the definitions", .needs(.duckdb),
    arguments: HostileExport.edges.keys.sorted())
  func edges(name: String) async throws {
    let export = try #require(HostileExport.edges[name])
    try await withTemporaryFolder { folder in
      try write(export, to: folder)
      try await expectOracle(
        Program.tables(folder), export: folder.appending(path: "export"), ["--as-of", Self.asOf])
    }
  }

  @Test("Amounts of 10^14 with cents, whose sums leave 64 bits, are exact", .needs(.duckdb))
  func large() async throws {
    let export = HostileExport.amounts(1500) {
      "\($0 % 2 == 0 ? "" : "-")\(100_000_000_000_000 + $0).\(10 + $0 * 7 % 90)"
    }
    try await withTemporaryFolder { folder in
      try write(export, to: folder)
      // The squares of these leave 128 bits, beyond which DuckDB has no whole numbers.
      let tables = try await Program.tables(folder)
        .filter { !["balance", "concentration"].contains($0.key) }
      try await expectOracle(
        tables, export: folder.appending(path: "export"), ["--as-of", Self.asOf],
        of: tables.keys.sorted())
    }
  }

  @Test("Amounts a billion times as large leave shares and spreads as they are")
  func scaled() async throws {
    let small = try await tables(of: .amounts(600) { "\(1000 + $0 * $0 % 977).25" })
    let large = try await tables(of: .amounts(600) { "\(1000 + $0 * $0 % 977)25" + "0000000.00" })
    for (name, columns) in [
      ("balance", ["cv", "gini", "max_min_ratio", "within_15_percent"]),
      ("concentration", ["top_20_percent_share", "n_to_70_percent", "n_to_80_percent", "hhi"]),
      ("win-rates", ["win_rate_count", "win_rate_amount"]),
      ("owners", ["win_rate_amount", "attainment", "median_days"]),
    ] {
      func cells(_ tables: [String: String]) throws -> [[String?]] {
        try CSVReader.records(tables[name] ?? "").map { row in columns.map { row[$0] } }
      }
      let (before, after) = (try cells(small), try cells(large))
      #expect(before == after && !before.isEmpty, "\(name)")
    }
    let sums = try [small, large].map { tables in
      try CSVReader.records(tables["territories"] ?? "").last?["subtree_won_amount"] ?? ""
    }
    // Ten billion times, to the cent.
    #expect(sums[0].contains("."))
    #expect(sums[0].replacing(".", with: "") + "0000000.00" == sums[1])
  }

  @Test("A family of 50,000 in one chain is one family in every table")
  func chain() async throws {
    let count = 50_000
    var export = HostileExport.organisation(territories: 2)
    export.accounts(count) { $0 == 1 ? nil : $0 - 1 }
    // The first and the last account: two territories, one product each, of three deals two won.
    export.assign(account: 1, to: 2)
    export.assign(account: count, to: 3)
    export.deal(1, of: 1, "100.10", .won)
    export.deal(2, of: count, "200.20", .won)
    export.deal(3, of: count, "400.40", .open)
    export.line(1, of: 1, product: 1)
    export.line(2, of: 2, product: 2)
    let tables = try await tables(of: export)
    let root = HostileExport.printed(HostileExport.account(1))
    #expect(
      tables["families"]?.split(separator: "\n").last.map(String.init)
        == "\(root),A1,50000,50000.00,1.00,300.30,400.40,2,2,1")
    #expect(
      tables["split-families"]?.split(separator: "\n").last.map(String.init)
        == "\(root),A1,50000,2,1,400.40")
    #expect(
      tables["penetration"]?.split(separator: "\n").last.map(String.init)
        == "\(root),A1,50000,2,2,2,0.000020,99998")
    // n = 1 family, 2 accounts.
    #expect(
      tables["concentration"]?.contains("\nfamily,1,1.000000,1,1,1.000000\n") == true)
    #expect(tables["conflicts"]?.contains("\nC5,,\(root),") == true)
    let open = try CSVReader.records(tables["territories"] ?? "").map { $0["open_amount"] ?? "" }
    #expect(open.filter { $0 != "0.00" } == ["400.40"])
    let unassigned = try CSVReader.rows(tables["unassigned-accounts"] ?? "")
    #expect(unassigned.count == 1 + count - 2)
  }

  @Test("A cycle through 10,000 accounts is cut at its smallest Id, and counts everyone once")
  func cycle() async throws {
    let count = 10_000
    var export = HostileExport.organisation(territories: 2)
    export.accounts(count) { $0 == 1 ? count : $0 - 1 }
    export.assign(account: 5000, to: 2)
    export.deal(1, of: 7, "100.10", .won)
    export.deal(2, of: count, "200.20", .open)
    let tables = try await tables(of: export)
    let root = HostileExport.printed(HostileExport.account(1))
    #expect(
      tables["families"]?.split(separator: "\n").dropFirst().map(String.init)
        == ["\(root),A1,10000,10000.00,1.00,100.10,200.20,0,1,1"])
    #expect(tables["split-families"]?.split(separator: "\n").count == 1)
  }

  private func tables(of export: HostileExport) async throws -> [String: String] {
    try await withTemporaryFolder { folder in
      try write(export, to: folder)
      return try await Program.tables(folder)
    }
  }

  private func write(_ export: HostileExport, to folder: URL) throws {
    var files = export.files
    files["cadastre.yaml"] = "export: export\nas_of: \(Self.asOf)\n"
    try folder.write(files: files)
  }
}
