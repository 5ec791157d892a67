import Foundation
import Records
import TestKit
import Testing

@testable import History

@Suite("Runs that are kept")
struct KeepingTests {
  private func day(_ text: String) -> Day { HistoryKit.day(text) }

  @Test("A run is read back as it was kept, exact beyond 64 bits")
  func whole() throws {
    try withTemporaryFolder { folder in
      let huge = Ratio(Int128(Int64.max) * 1_000, over: 3)
      let figures = [
        KeptFigure(key: "open_amount", label: "Open", unit: "money", value: huge),
        KeptFigure(key: "coverage", label: "Coverage", unit: "rate", value: nil),
      ]
      let snapshot = HistoryKit.snapshot(
        "2026-11-20", deals: [HistoryKit.deal("D2", 20), HistoryKit.deal("D1", 10)],
        in: [("A2", "T1"), ("A1", "T2"), ("A1", "T1")], figures: figures)
      let file = try HistoryKit.open(folder)
      try file.keep(snapshot)
      file.close()
      let path = folder.appending(path: "cadastre.db").path
      let kept = try #require(try HistoryFile.forReading(path, named: "cadastre.db"))
      #expect(try kept.runs() == [snapshot.run])
      #expect(try kept.editions(on: day("2026-11-20")) == snapshot.editions)
      #expect(try kept.deals(on: day("2026-11-20")) == [snapshot.deals[1], snapshot.deals[0]])
      #expect(try kept.associations(on: day("2026-11-20")) == snapshot.associations.sorted())
      #expect(try kept.daysOfReports() == ["weekly-territory": [day("2026-11-20")]])
      #expect(
        try kept.counts()
          == [day("2026-11-20"): HistoryFile.Counts(editions: 1, deals: 2, associations: 3)])
      // All of it stands in the one file.
      #expect(folder.filesBelow() == ["cadastre.db"])
    }
  }

  @Test("A run of the same day takes the place of the one before, and gives the same rows")
  func again() throws {
    try withTemporaryFolder { folder in
      let file = try HistoryKit.open(folder)
      try file.keep(
        HistoryKit.snapshot("2026-11-13", deals: [HistoryKit.deal("D1", 10)], in: [("A1", "T1")]))
      let right = HistoryKit.snapshot(
        "2026-11-20", deals: [HistoryKit.deal("D1", 10), HistoryKit.deal("D2", 5)],
        in: [("A1", "T2")])
      try file.keep(right)
      let rows = try HistoryKit.rows(file).filter {
        !$0.hasPrefix("edition") && !$0.hasPrefix("figure")
      }
      // A run on half an export, then the right one again.
      try file.keep(HistoryKit.snapshot("2026-11-20", deals: [HistoryKit.deal("D1", 99)]))
      #expect(try file.deals(on: day("2026-11-20")) == [HistoryKit.deal("D1", 99)])
      #expect(try file.deals(on: day("2026-11-13")) == [HistoryKit.deal("D1", 10)])
      try file.keep(right)
      let again = try HistoryKit.rows(file).filter {
        !$0.hasPrefix("edition") && !$0.hasPrefix("figure")
      }
      #expect(again == rows)
      #expect(try file.editions(on: day("2026-11-20")) == right.editions)
    }
  }

  @Test("Days in any order give each its own deals and territories")
  func anyOrder() throws {
    let days = ["2026-11-06", "2026-11-13", "2026-11-20", "2026-11-27", "2026-12-04"]
    // Amounts of two deals by week; zero: not open.
    let amounts: [(Int64, Int64)] = [(10, 0), (10, 7), (12, 7), (0, 7), (12, 0)]
    func snapshot(_ week: Int) -> RunSnapshot {
      let (one, other) = amounts[week]
      return HistoryKit.snapshot(
        days[week],
        deals: (one > 0 ? [HistoryKit.deal("D1", one)] : [])
          + (other > 0 ? [HistoryKit.deal("D2", other)] : []),
        in: [("A1", one > 10 ? "T2" : "T1")])
    }
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [0, 4, 2, 2, 1, 3, 0]] {
      try withTemporaryFolder { folder in
        let file = try HistoryKit.open(folder)
        for week in order { try file.keep(snapshot(week)) }
        for week in days.indices {
          let wanted = snapshot(week)
          #expect(try file.deals(on: day(days[week])) == wanted.deals, "\(order) \(week)")
          #expect(try file.associations(on: day(days[week])) == wanted.associations)
        }
      }
    }
  }

  @Test("Who held a deal when it was seen open last is that of the last run before a day")
  func holders() throws {
    try withTemporaryFolder { folder in
      let file = try HistoryKit.open(folder)
      for (week, owner) in [("2026-11-06", "U1"), ("2026-11-13", "U2"), ("2026-11-20", "U3")] {
        try file.keep(
          HistoryKit.snapshot(
            week,
            deals: [HistoryKit.deal("D1", 10, owner: owner)]
              + (week == "2026-11-06" ? [HistoryKit.deal("D2", 5)] : [])))
      }
      let holders = try file.lastHolders(before: day("2026-11-20"))
      #expect(
        holders == [
          "D1": DealHolder(owner: "U2", territory: "T1"),
          "D2": DealHolder(owner: "U1", territory: "T1"),
        ])
    }
  }

  @Test("A deal that does not change is one row, however many runs saw it")
  func compact() throws {
    try withTemporaryFolder { folder in
      let file = try HistoryKit.open(folder)
      for week in ["2026-11-06", "2026-11-13", "2026-11-20"] {
        try file.keep(
          HistoryKit.snapshot(week, deals: [HistoryKit.deal("D1", 10)], in: [("A1", "T1")]))
      }
      let states = try HistoryKit.rows(file).filter { $0.contains("_state") }
      #expect(states.count == 2)
      #expect(states[0].contains("since=20261106 until=NULL"))
    }
  }

  @Test("Old runs go with what they alone saw; what others saw stays")
  func removed() throws {
    try withTemporaryFolder { folder in
      let file = try HistoryKit.open(folder)
      let kept = HistoryKit.snapshot(
        "2026-11-20", deals: [HistoryKit.deal("D1", 10)], in: [("A1", "T1")])
      try file.keep(
        HistoryKit.snapshot(
          "2026-11-06", deals: [HistoryKit.deal("D1", 10), HistoryKit.deal("D0", 3, owner: "U0")],
          in: [("A1", "T1"), ("A1", "T9")]))
      try file.keep(HistoryKit.snapshot("2026-11-13", deals: [HistoryKit.deal("D1", 10)]))
      try file.keep(kept)
      try file.remove([day("2026-11-06"), day("2026-11-13")])
      #expect(try file.runs().map(\.asOf) == [day("2026-11-20")])
      #expect(try file.deals(on: day("2026-11-20")) == kept.deals)
      #expect(try file.associations(on: day("2026-11-20")) == kept.associations)
      let rows = try HistoryKit.rows(file)
      #expect(!rows.contains { $0.contains("D0") || $0.contains("U0") || $0.contains("T9") })
      #expect(rows.count { $0.hasPrefix("edition") } == 1)
    }
  }

  @Test("What fails in the middle of a run leaves what was kept before, to the row")
  func allOrNothing() throws {
    try withTemporaryFolder { folder in
      let file = try HistoryKit.open(folder)
      try file.keep(HistoryKit.snapshot("2026-11-13", deals: [HistoryKit.deal("D1", 10)]))
      let before = try HistoryKit.rows(file)
      var twice = HistoryKit.snapshot("2026-11-20", deals: [HistoryKit.deal("D1", 11)])
      twice.editions += twice.editions
      #expect(throws: HistoryError.self) { try file.keep(twice) }
      #expect(try HistoryKit.rows(file) == before)
    }
  }

  @Test("Two runs differ in figures, in deals that came, went and changed, and in territories")
  func difference() throws {
    func figure(_ value: Int128) -> KeptFigure {
      KeptFigure(key: "won_amount", label: "Won", unit: "money", value: Ratio(value, over: 1))
    }
    let same = KeptFigure(key: "deals", label: "Deals", unit: "count", value: Ratio(3, over: 1))
    let before = HistoryKit.snapshot(
      "2026-11-13",
      deals: [HistoryKit.deal("D1", 10), HistoryKit.deal("D2", 5), HistoryKit.deal("D3", 1)],
      in: [("A1", "T1"), ("A2", "T1")], figures: [figure(100), same])
    let after = HistoryKit.snapshot(
      "2026-11-20",
      deals: [HistoryKit.deal("D1", 10), HistoryKit.deal("D4", 2), HistoryKit.deal("D3", 4)],
      in: [("A1", "T1"), ("A2", "T2"), ("A2", "T3")], figures: [figure(120), same])
    let difference = HistoryDifference(
      editions: (before.editions, after.editions), deals: (before.deals, after.deals),
      associations: (before.associations, after.associations))
    #expect(difference.figures.map(\.before) == [figure(100)])
    #expect(difference.figures.map(\.after) == [figure(120)])
    #expect(difference.deals.map(\.id) == ["D4", "D2", "D3"])
    #expect(difference.deals.map(\.fate) == [.came, .went, .changed])
    #expect(difference.accounts.map(\.account) == ["A2"])
    #expect(difference.accounts.first?.left == ["T1"])
    #expect(difference.accounts.first?.entered == ["T2", "T3"])
  }
}
