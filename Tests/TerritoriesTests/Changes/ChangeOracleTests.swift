import Foundation
import Metrics
import Records
import Sample
import TestKit
import Testing

@testable import Territories

@Suite("A change set agrees with the sample's truth and with an oracle in SQL")
struct ChangeOracleTests {
  /// Each change as a line: kind, Id, keys before and afterwards, the new owner.
  private func lines(_ tables: ChangeTables) -> [String] {
    func keys(_ text: String) -> String {
      text.split(separator: ";").sorted().joined(separator: ";")
    }
    let accounts = tables.accounts
    let deals = tables.opportunities
    func cell(_ table: MetricTable, _ column: String, _ row: Int) -> String {
      table[column]?.dataText(row) ?? "no column \(column)"
    }
    let ofAccounts = (0..<accounts.rowCount).map { row in
      let owner =
        cell(accounts, "owner_changes", row) == "no"
        ? ""
        : accounts["to_owner_id"]?.text(row) ?? "(to be named)"
      return [
        "account", cell(accounts, "account_id", row),
        keys(cell(accounts, "from_territory_keys", row)),
        keys(cell(accounts, "to_territory_keys", row)), owner,
      ].joined(separator: "|")
    }
    let ofDeals = (0..<deals.rowCount).filter {
      cell(deals, "territory_changes", $0) == "yes"
    }.map { row in
      [
        "deal", cell(deals, "opportunity_id", row), cell(deals, "from_territory_key", row),
        cell(deals, "to_territory_key", row), "",
      ].joined(separator: "|")
    }
    return (ofAccounts + ofDeals).sorted()
  }

  private func oracle(_ folder: URL) async throws -> [String] {
    let sql = try String(
      contentsOf: Repository.oracle("territories/changes.sql"), encoding: .utf8)
    return try await DuckDB.query(
      sql, variables: ["export": folder.path, "role": "Account Executive"]
    ).map { row in
      row.enumerated().map { column, cell in
        column == 2 || column == 3
          ? (cell ?? "").split(separator: ";").sorted().joined(separator: ";") : cell ?? ""
      }.joined(separator: "|")
    }.sorted()
  }

  @Test("The fixture's changes are those that SQL finds in its files", .needs(.duckdb))
  func fixture() async throws {
    let folder = Repository.fixture("territory-changes").appending(path: "export")
    let tables = try ChangeExport(folder, asOf: "2026-06-15").changes()
    #expect(try await lines(tables) == oracle(folder))
  }

  @Test("The sample's changes are the planted ones, and those that SQL finds", .needs(.duckdb))
  func sample() async throws {
    try await withTemporaryFolder { folder in
      let summary = try SampleWriter(SampleOptions(accounts: 1_500, seed: 7)).write(
        to: folder.appending(path: "export"))
      let tables = try ChangeExport(summary.directory, asOf: "2026-11-20").changes()
      let found = lines(tables)
      #expect(try await found == oracle(summary.directory))
      let truth = try #require(
        JSONSerialization.jsonObject(with: Data(contentsOf: summary.truthFile)) as? [String: Any])
      let planted = try #require(truth["change_set"] as? [String: Any])
      func list(_ kind: String) throws -> [[String: Any]] {
        let part = try #require(planted[kind] as? [String: Any])
        return try #require(part["list"] as? [[String: Any]])
      }
      let accounts = try list("accounts").map { entry in
        let (from, to) = (entry["from"] as? [String], entry["to"] as? [String])
        return "account|\(entry["id"] ?? "")|\((from ?? []).sorted().joined(separator: ";"))|"
          + (to ?? []).sorted().joined(separator: ";")
      }
      let deals = try list("open_deals").map { entry in
        "deal|\(entry["id"] ?? "")|\(entry["from"] as? String ?? "")|"
          + (entry["to"] as? String ?? "")
      }
      #expect(!accounts.isEmpty && !deals.isEmpty)
      // Owners are no part of the truth; what changes its owner alone is no part of its lists.
      let moved = found.filter { line in
        let parts = line.split(separator: "|", omittingEmptySubsequences: false)
        return parts[2] != parts[3]
      }.map { $0.split(separator: "|", omittingEmptySubsequences: false).prefix(4) }
      #expect(moved.map { $0.joined(separator: "|") } == (accounts + deals).sorted())
    }
  }
}
