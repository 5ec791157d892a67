import Foundation
import Metrics
import Records
import Sample
import TestKit
import Testing

@testable import Territories

@Suite("What holds of every change set")
struct ChangePropertyTests {
  private let folder: TemporarySample

  /// A sample that is written once.
  final class TemporarySample: Sendable {
    let url: URL

    init() throws {
      url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      _ = try SampleWriter(SampleOptions(accounts: 600, seed: 11)).write(to: url)
    }

    deinit {
      try? FileManager.default.removeItem(at: url)
      try? FileManager.default.removeItem(at: url.appendingPathExtension("truth.json"))
    }
  }

  init() throws { folder = try TemporarySample() }

  private func export() throws -> ChangeExport {
    try ChangeExport(folder.url, asOf: "2026-11-20")
  }

  @Test("From a model to itself nothing changes hands", arguments: ["active", "planned"])
  func identity(_ model: String) throws {
    let changes = try export().changes(model, model).changes
    #expect(changes.accounts.isEmpty)
    #expect(changes.deals.isEmpty)
    #expect(changes.families.isEmpty)
    #expect(changes.tasks.isEmpty)
  }

  @Test("Backwards, every move stands the other way round")
  func mirror() throws {
    let export = try export()
    func moves(_ tables: ChangeTables, isBackwards: Bool) -> [String] {
      let (from, to) = isBackwards ? ("to", "from") : ("from", "to")
      let accounts = tables.accounts.lines(
        "account_id", "\(from)_territory_keys", "\(to)_territory_keys", "territory_changes")
      let deals = tables.opportunities.lines(
        "opportunity_id", "\(from)_territory_key", "\(to)_territory_key", "territory_changes")
      return (accounts + deals).filter { $0.hasSuffix("|yes") }.sorted()
    }
    let forwards = moves(try export.changes(), isBackwards: false)
    #expect(!forwards.isEmpty)
    #expect(forwards == moves(try export.changes("planned", "active"), isBackwards: true))
  }

  @Test("Σ lost = Σ gained, remainders included, of territories and of users, held out or not")
  func balance() throws {
    let export = try export()
    for isHeld in [false, true] {
      let tables = try export.changes { rules in
        guard isHeld else { return }
        rules.isHeld = (0..<export.records[.account].count).map { $0 % 3 == 0 }
      }
      for entries in [tables.totals.territories, tables.totals.users] {
        func sum<Number: AdditiveArithmetic>(
          _ figure: KeyPath<ChangeTotals.Entry, Number>
        ) -> Number {
          entries.reduce(.zero) { $0 + $1[keyPath: figure] }
        }
        #expect(sum(\.accounts.lost) == sum(\.accounts.gained))
        #expect(sum(\.revenue.lost) == sum(\.revenue.gained))
        #expect(sum(\.deals.lost) == sum(\.deals.gained))
        #expect(sum(\.open.lost) == sum(\.open.gained))
        #expect(sum(\.weighted.lost) == sum(\.weighted.gained))
      }
      // What a territory has afterwards is what the model to come gives it.
      if !isHeld {
        let held = tables.changes.to.assignment.territoriesOfAccount
        var counts = [Int](repeating: 0, count: tables.changes.match.count)
        for account in 0..<export.records[.account].count {
          for code in tables.changes.match.codes(to: held[account]) { counts[Int(code)] += 1 }
        }
        #expect(counts == tables.totals.territories.prefix(counts.count).map(\.accounts.after))
      }
    }
  }

  @Test("Rows in another order, or read by one thread, change nothing")
  func order() throws {
    try withTemporaryFolder { other in
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
      where name.hasSuffix(".csv") {
        let text = try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
        // Twins of a row would change which of them counts.
        guard
          ["ObjectTerritory2Association.csv", "Territory2.csv", "Task.csv", "User.csv"]
            .contains(name)
        else {
          try text.write(to: other.appending(path: name), atomically: true, encoding: .utf8)
          continue
        }
        var lines = text.split(separator: "\n").map(String.init)
        let header = lines.removeFirst()
        try ([header] + lines.reversed()).joined(separator: "\n").appending("\n")
          .write(to: other.appending(path: name), atomically: true, encoding: .utf8)
      }
      let one = try export().changes()
      let two = try ChangeExport(other, asOf: "2026-11-20").changes { $0.threads = 1 }
      #expect(one.accounts.csv() == two.accounts.csv())
      #expect(one.opportunities.csv() == two.opportunities.csv())
      #expect(one.tasks.csv() == two.tasks.csv())
      #expect(one.familyChanges.csv() == two.familyChanges.csv())
      #expect(one.territories.csv() == two.territories.csv())
      #expect(one.users.csv() == two.users.csv())
      #expect(one.exceptions().csv() == two.exceptions().csv())
    }
  }

  @Test("A prediction is fulfilled by the model that was planned, and by nothing less")
  func prediction() throws {
    let export = try export()
    let tables = try export.changes()
    func rows(_ table: MetricTable) throws -> [[String: String]] {
      try CSVReader.records(table.csv())
    }
    var prediction = Prediction()
    for table in [tables.accounts, tables.opportunities, tables.before] {
      let isTaken = prediction.add(try rows(table))
      #expect(isTaken)
    }
    // Nothing has happened yet.
    let today = PredictionOutcome(
      prediction, now: try export.holdings("active"), records: export.records,
      crosswalk: Crosswalk())
    let results = Set(today.entries.flatMap { [$0.territories, $0.owner] })
    #expect(results == [.notHappened, nil])
    // All has happened.
    let tomorrow = PredictionOutcome(
      prediction, now: tables.changes.to,
      records: tables.changes.recordsAfterwards(export.records), crosswalk: Crosswalk())
    #expect(Set(tomorrow.entries.flatMap { [$0.territories, $0.owner] }) == [.happened, nil])
    #expect(tomorrow.entries.count == today.entries.count)
    // Without the accounts that were to change, all that they did is unpredicted.
    var blind = Prediction()
    let isTaken = blind.add(try rows(tables.before))
    #expect(isTaken)
    let surprise = PredictionOutcome(
      blind, now: tables.changes.to,
      records: tables.changes.recordsAfterwards(export.records), crosswalk: Crosswalk())
    #expect(
      surprise.counts(deals: false) { $0.territories }.map(\.result) == [.unpredicted])
    #expect(
      surprise.entries.count { !$0.isDeal && $0.territories == .unpredicted }
        == tables.changes.accounts.count(where: \.isMoved))
  }
}
