import Foundation
import TestKit
import Testing

/// The figures of the generator's truth file, which it adds up from what it writes.
@Suite("Figures of a sample and its truth file")
struct TruthTests {
  @Test("Tables of a sample hold the figures that were planted")
  func figures() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(
        folder, accounts: CadastreBinary.isRelease ? 10_000 : Program.usual)
      let tables = try await Program.tables(folder).mapValues { try CSVReader.records($0) }
      let truth = try Truth(folder.appending(path: "export.truth.json"))
      territories(tables["territories"] ?? [], truth.figures)
      winRates(tables["win-rates"] ?? [], truth.figures)
      owners(tables["owners"] ?? [], truth.figures)
      families(tables["families"] ?? [], truth.figures)
      unassigned(tables["unassigned-accounts"] ?? [], truth.figures)
    }
  }

  @Test("check counts every kind of planted dirt, and its counts add up")
  func dirt() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sampleProject(
        folder, accounts: CadastreBinary.isRelease ? 10_000 : Program.usual)
      let planted = try Truth(folder.appending(path: "export.truth.json"))
      let report = CheckReport(try await Program.run("check", "--quiet", in: folder))
      let count = { (kind: String) in planted.planted[kind]?.count ?? 0 }
      let expected = [
        "account-own-parent": count("own_parent"),
        // One finding a cycle; a cycle that is planted has two accounts.
        "account-parent-cycle": count("parent_cycle") / 2,
        "cell-unreadable-Opportunity-Amount": count("opportunity_bad_amount"),
        "date-impossible-Opportunity-CloseDate": count("opportunity_bad_date"),
        "key-duplicate-Account": count("duplicate_account"),
        "key-duplicate-Opportunity": count("duplicate_opportunity"),
        "reference-dangling-Account-ParentId": count("parent_absent"),
        "reference-deleted-Account-ParentId": count("parent_deleted"),
        "reference-dangling-Opportunity-AccountId": count("opportunity_without_account"),
        "row-cell-count": count("account_row_too_short") + count("opportunity_row_too_short"),
      ]
      let found = report.findings.filter { $0.severity != "notice" }.map { ($0.code, $0.count) }
      // A small sample need not have dirt of every kind.
      #expect(
        Dictionary(uniqueKeysWithValues: found) == expected.filter { $0.value > 0 })
      #expect(report.files.count > 10)
      for file in report.files {
        #expect(file.read == planted.rows[file.name], "\(file.name)")
        #expect(file.read == file.used + file.setAside + file.deleted, "\(file.name)")
      }
      let deleted = report.files.first { $0.name == "Account.csv" }?.deleted
      #expect(deleted == count("deleted_account") + count("merged_account"))
    }
  }

  // MARK: Tables

  private func territories(_ rows: [[String: String]], _ figures: Truth.Figures) {
    #expect(rows.count == figures.territories.count)
    var total = Truth.Sums()
    for truth in figures.territories {
      let id = truth.territoryId
      let row = rows.first { $0["territory_id"] == id } ?? [:]
      #expect(row["territory"] == truth.territory, "\(id)")
      #expect(row["users"] == String(truth.users), "\(id)")
      #expect(row["accounts"] == String(truth.accounts), "\(id)")
      expectSums(row, truth.sums, id)
      // No row of the quotas is no quota; the sample plants none of zero.
      let quota = Exactly.units(truth.quota)
      #expect(row["quota"] == (quota == 0 ? "" : Exactly.cents(quota)), "\(id)")
      total.add(truth.sums)
    }
    #expect(total == Truth.Sums(figures.totals))
  }

  private func winRates(_ rows: [[String: String]], _ figures: Truth.Figures) {
    #expect(rows.count == figures.winRates.count)
    for truth in figures.winRates {
      let name = "\(truth.dimension) \(truth.memberId)"
      let row = rows.first {
        $0["dimension"] == truth.dimension && $0["member_id"] == truth.memberId
      }
      let won = Exactly.units(truth.wonAmount)
      let lost = Exactly.units(truth.lostAmount)
      #expect(row?["won_count"] == String(truth.wonCount), "\(name)")
      #expect(row?["lost_count"] == String(truth.lostCount), "\(name)")
      #expect(row?["won_amount"] == Exactly.cents(won), "\(name)")
      #expect(row?["lost_amount"] == Exactly.cents(lost), "\(name)")
      let closed = truth.wonCount + truth.lostCount
      #expect(row?["win_rate_count"] == Exactly.rate(truth.wonCount, closed), "\(name)")
      #expect(row?["win_rate_amount"] == Exactly.rate(won, won + lost), "\(name)")
    }
  }

  private func owners(_ rows: [[String: String]], _ figures: Truth.Figures) {
    let known = Dictionary(uniqueKeysWithValues: rows.map { ($0["owner_id"] ?? "", $0) })
    #expect(known.count == rows.count)
    #expect(Set(known.keys).isSubset(of: Set(figures.owners.map(\.ownerId))))
    for truth in figures.owners {
      guard let row = known[truth.ownerId] else {
        #expect(truth.accounts == 0 && truth.sums == Truth.Sums(), "\(truth.ownerId)")
        continue
      }
      #expect(row["accounts"] == String(truth.accounts), "\(truth.ownerId)")
      expectSums(row, truth.sums, truth.ownerId, counts: ["won_count"])
    }
  }

  private func families(_ rows: [[String: String]], _ figures: Truth.Figures) {
    #expect(rows.count == figures.families.families)
    #expect(rows.compactMap { Int($0["accounts"] ?? "") }.reduce(0, +) == figures.families.accounts)
    let largest = figures.families.largest
    #expect(rows.prefix(largest.count).map { $0["root_id"] ?? "" } == largest.map(\.rootId))
    for (row, truth) in zip(rows, largest) {
      let id = truth.rootId
      #expect(row["accounts"] == String(truth.accounts), "\(id)")
      #expect(row["annual_revenue"] == Exactly.cents(Exactly.units(truth.annualRevenue)), "\(id)")
      #expect(row["won_amount"] == Exactly.cents(Exactly.units(truth.wonAmount)), "\(id)")
      #expect(row["open_amount"] == Exactly.cents(Exactly.units(truth.openAmount)), "\(id)")
      #expect(row["products"] == String(truth.products), "\(id)")
      #expect(row["territories"] == String(truth.territories), "\(id)")
      #expect(row["owners"] == String(truth.owners), "\(id)")
    }
  }

  private func unassigned(_ rows: [[String: String]], _ figures: Truth.Figures) {
    let truth = figures.unassignedAccounts
    #expect(rows.count == truth.count)
    #expect(rows.compactMap { Int($0["open_count"] ?? "") }.reduce(0, +) == truth.openCount)
    // Each row is rounded to the cent on its own, so their sum may be off by half a cent a row.
    let sum = rows.map { Exactly.units($0["open_amount"] ?? "") }.reduce(0, +)
    #expect(abs(sum - Exactly.units(truth.openAmount)) <= 50 * rows.count)
  }

  private func expectSums(
    _ row: [String: String], _ truth: Truth.Sums, _ name: String,
    counts: [String] = ["won_count", "open_count"]
  ) {
    #expect(row["won_amount"] == Exactly.cents(truth.won), "\(name)")
    #expect(row["open_amount"] == Exactly.cents(truth.open), "\(name)")
    #expect(row["weighted_pipeline"] == truth.weighted, "\(name)")
    if counts.contains("won_count") {
      #expect(row["won_count"] == String(truth.wonCount), "\(name)")
    }
    if counts.contains("open_count") {
      #expect(row["open_count"] == String(truth.openCount), "\(name)")
    }
  }
}
