import Foundation
import TestKit
import Testing

/// What was known on one day is not unsaid on a later one.
@Suite("The same organisation seen on three days")
struct ThreeDaysTests {
  private static let days = ["2026-09-30", "2026-10-31", "2026-11-20"]
  private static let settings = """
    time_zone: America/New_York
    fiscal_year: {starts: february, named_by: ending_year}

    """

  @Test("One export, seen on three days, agrees with DuckDB and with itself", .needs(.duckdb))
  func oneExport() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, accounts: 100)
      try folder.write(files: ["cadastre.yaml": "export: export\n" + Self.settings])
      var seen: [Seen] = []
      for day in Self.days {
        let tables = try await Program.tables(folder, ["--as-of", day])
        try await expectOracle(
          tables, export: folder.appending(path: "export"), Self.options(day))
        seen.append(try await self.seen(tables, on: day, in: folder))
      }
      expectOneHistory(seen, of: 0..<17)
    }
  }

  @Test("Three exports, each of its day, tell one history", .needs(.duckdb))
  func threeExports() async throws {
    try await withTemporaryFolder { folder in
      var seen: [Seen] = []
      for day in Self.days {
        let project = folder.appending(path: day)
        try folder.write(files: ["\(day)/cadastre.yaml": "export: export\n" + Self.settings])
        try await Program.run(
          "sample", "export", "--accounts", "100", "--profile", "full", "--as-of", day, "--quiet",
          in: project)
        let tables = try await Program.tables(project, ["--as-of", day])
        try await expectOracle(
          tables, export: project.appending(path: "export"), Self.options(day))
        seen.append(try await self.seen(tables, on: day, in: project))
      }
      // Recurring revenue is at the static rate, which is each export's own: it moves within none of
      // them, and between them. Who was a customer when does not hang on it.
      expectOneHistory(seen, of: 7..<15)
    }
  }

  /// What has to be the same whenever it is looked at.
  private struct Seen {
    /// By completed fiscal quarter what was won and lost.
    let quarters: [String: [String]]
    /// By month the rows of `recurring-revenue`.
    let months: [String: [String]]
  }

  private static func options(_ day: String) -> [String] {
    ["--as-of", day, "--time-zone", "America/New_York", "--fiscal-start", "2"]
  }

  private func seen(
    _ tables: [String: String], on day: String, in folder: URL
  ) async throws -> Seen {
    let quarters = try await Program.run(
      "query", "won_amount", "won_count", "lost_count", "--by", "fiscal_quarter", "--period",
      "2023-02-01..2026-07-31", "--format", "csv", "--as-of", day, "--quiet", in: folder)
    return Seen(
      quarters: try Self.byFirstCell(quarters),
      months: try Self.byFirstCell(tables["recurring-revenue"] ?? ""))
  }

  private static func byFirstCell(_ table: String) throws -> [String: [String]] {
    Dictionary(
      try CSVReader.rows(table).dropFirst().map { ($0[0], Array($0.dropFirst())) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Q2 FY2027 ends with July, before the first of the days.
  private func expectOneHistory(_ seen: [Seen], of columns: Range<Int>) {
    #expect(seen[0].quarters.count >= 14)
    for later in seen.dropFirst() {
      #expect(later.quarters == seen[0].quarters)
      let shared = seen[0].months.keys.filter { later.months[$0] != nil }.sorted()
      #expect(shared.count >= 33)
      for month in shared {
        let (before, after) = (seen[0].months[month] ?? [], later.months[month] ?? [])
        #expect(before.count == 17)
        #expect(before[columns] == after[columns], "\(month)")
      }
    }
  }
}
