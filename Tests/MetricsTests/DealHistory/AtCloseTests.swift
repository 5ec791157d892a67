import Metrics
import Records
import Testing

@Suite("Owners and territories at close")
struct AtCloseTests {
  private func organisation() -> Organisation {
    var o = Organisation()
    o.usualStages()
    for user in ["ann", "bob", "cid"] { o.add(.user, user) }
    o.territory("T1")
    o.territory("T2")
    return o
  }

  private func by(_ dimension: Dimension, _ o: Organisation) throws -> [String] {
    try o.engine().run([Query(metrics: ["won_amount"], by: [dimension])])[0].csv()
      .split(separator: "\n").dropFirst().map { String($0.split(separator: ",", maxSplits: 1)[1]) }
  }

  @Test("The owner at close is whom the first change after the close replaced")
  func changedLater() throws {
    var o = organisation()
    o.deal("D", .won, amount: 100, close: "2026-05-01", owner: "cid")
    // The CRM writes one row with names and one with Ids; the rows of names say nothing.
    o.change("f1", of: "D", "Owner", from: "Ann A", to: "Bob B", at: "2026-03-01")
    o.change("f2", of: "D", "Owner", from: "ann", to: "bob", at: "2026-03-01")
    o.change("f3", of: "D", "Owner", from: "bob", to: "ann", at: "2026-06-01")
    o.change("f4", of: "D", "OwnerId", from: "ann", to: "cid", at: "2026-07-01")
    #expect(try by(.owner, o) == ["cid,100.00"])
    #expect(try by(.ownerAtClose, o) == ["bob,100.00"])
    o.reverse()
    #expect(try by(.ownerAtClose, o) == ["bob,100.00"])
  }

  @Test("A change on the day of the close counts by its time where the history knows the close")
  func sameDay() throws {
    var o = organisation()
    o.deal("D", .won, amount: 100, close: "2026-05-01", owner: "bob")
    o.change("f1", of: "D", "Owner", from: "ann", to: "bob", at: "2026-05-01 15:00")
    // By CloseDate alone the day's changes had all happened.
    #expect(try by(.ownerAtClose, o) == ["bob,100.00"])
    o.history("h1", of: "D", at: "2026-05-01 14:00", "won")
    #expect(try by(.ownerAtClose, o) == ["ann,100.00"])
  }

  @Test(
    "Without a change the configured field tells, else the present owner is credited, and said so")
  func credited() throws {
    var o = organisation()
    o.settings.ownerAtCloseField = "Closer__c"
    func deal(_ id: String, _ amount: Int64, _ close: String, closer: String? = nil) {
      var cells: [String: Organisation.Cell] = [
        "StageName": .text("won"), "IsClosed": .flag(true), "IsWon": .flag(true),
        "CloseDate": .day(close), "Amount": .number(amount * 10_000), "OwnerId": .id("ann"),
      ]
      if let closer { cells["Closer__c"] = .text(closer) }
      o.add(.opportunity, id, cells)
    }
    deal("Field", 1, "2026-02-01", closer: "bob")
    deal("Early", 2, "2026-02-01")
    // Closed since changes are tracked, and none is of it: it is still who it was.
    deal("Tracked", 4, "2026-09-01")
    deal("Nobody", 8, "2026-02-01", closer: "absent")
    o.deal("Open", .open, amount: 16, close: "2026-12-31", owner: "cid")
    o.deal("Other", .lost, amount: 32, close: "2026-08-01", owner: "cid")
    o.change("f1", of: "Other", "Owner", from: "bob", to: "cid", at: "2026-08-15")
    #expect(try by(.ownerAtClose, o).sorted() == ["ann,14.00", "bob,1.00"])
    let engine = try o.engine()
    func notes(_ period: PeriodSpec) throws -> [String] {
      try engine.run([
        Query(metrics: ["won_amount"], by: [.ownerAtClose], period: period)
      ])[0].notes
    }
    #expect(
      try notes(.always) == [
        "As was, by owner at close. Credited to present owner: 2 of 5 deals closed."
      ])
    #expect(
      try notes(.fiscalQuarter(offset: -1)) == [
        "As was, by owner at close. Credited to present owner: 0 of 2 deals closed in the period."
      ])
    #expect(
      try engine.run([Query(metrics: ["open_amount"], by: [.ownerAtClose])])[0].csv()
        == "owner_at_close_id,owner_at_close,open_amount\ncid,cid,16.00\n")
    #expect(try engine.run([Query(metrics: ["won_amount"], by: [.owner])])[0].notes == [])
  }

  @Test("Attainment as was credits who owned the deals when they closed")
  func attainment() throws {
    var o = organisation()
    o.deal("D", .won, amount: 30, close: "2026-05-01", owner: "bob")
    o.change("f1", of: "D", "Owner", from: "ann", to: "bob", at: "2026-06-01")
    for user in ["ann", "bob"] {
      o.add(
        .quota, "q-\(user)",
        [
          "QuotaOwnerId": .id(user), "StartDate": .day("2026-01-01"),
          "QuotaAmount": .number(1_000_000),
        ])
    }
    func attained(_ dimension: Dimension) throws -> [String] {
      try o.engine().run([
        Query(
          metrics: ["owner_attainment"], by: [dimension], period: .fiscalYear(offset: 0))
      ])[0].csv().split(separator: "\n").dropFirst().map(String.init)
    }
    #expect(try attained(.ownerAtClose) == ["ann,ann,0.300000", "bob,bob,0.000000"])
    #expect(try attained(.owner) == ["ann,ann,0.000000", "bob,bob,0.300000"])
  }

  @Test("What a kept run saw last stands behind the field history and before the present")
  func kept() throws {
    var o = organisation()
    for (id, amount) in [("D", Int64(1)), ("E", 2), ("F", 4), ("G", 8)] {
      o.deal(id, .won, amount: amount, close: "2026-05-01", owner: "cid", territory: "T2")
    }
    // Changed hands between the run and the close: the field history knows.
    o.change("f1", of: "D", "Owner", from: "bob", to: "cid", at: "2026-06-01")
    var records = UserRecords()
    records.lastHolders = [
      "D": DealHolder(owner: "ann", territory: "T1"),
      "E": DealHolder(owner: "ann", territory: "T1"),
      "F": DealHolder(owner: "gone", territory: "gone"),
    ]
    let engine = try o.engine(userRecords: records)
    func rows(_ dimension: Dimension) throws -> [String] {
      try engine.run([Query(metrics: ["won_amount"], by: [dimension])])[0].csv()
        .split(separator: "\n").dropFirst().map(String.init).sorted()
    }
    let owners = try rows(.ownerAtClose)
    #expect(owners.contains("ann,ann,2.00"))
    #expect(owners.contains("bob,bob,1.00"))
    #expect(owners.contains("cid,cid,8.00"))
    let territories = try rows(.territoryAtClose)
    #expect(territories.contains("T1,T1,3.00"))
    #expect(territories.contains("T2,T2,8.00"))
    #expect(territories.contains { $0.hasPrefix("(former territory)") && $0.hasSuffix(",4.00") })
    // Of the deals that no run saw nobody can tell.
    #expect(
      try engine.run([Query(metrics: ["won_amount"], by: [.territoryAtClose])])[0].notes == [
        "As was, by territory at close. Counted in present territory: 1 of 4 deals closed."
      ])
  }

  @Test("The territory at close is told in the same way; one of no model is (former territory)")
  func territories() throws {
    var o = organisation()
    o.account("A", in: ["T2"])
    o.deal("D", .won, amount: 1, close: "2026-05-01", territory: "T1")
    o.change("f1", of: "D", "Territory2Id", from: "T2", to: "T1", at: "2026-06-01")
    // None of its own at the close: its account's.
    o.deal("E", .won, amount: 2, close: "2026-05-01", account: "A", territory: "T1")
    o.change("f2", of: "E", "Territory2Id", from: nil, to: "T1", at: "2026-06-01")
    o.deal("F", .won, amount: 4, close: "2026-01-01", territory: "T1")
    o.deal("G", .open, amount: 8, close: "2026-12-31", territory: "T1")
    #expect(try by(.territoryAtClose, o) == ["T1,4.00", "T2,3.00"])
    #expect(try by(.territory, o) == ["T1,7.00"])
    #expect(
      try o.engine().run([Query(metrics: ["won_amount"], by: [.territoryAtClose])])[0].notes == [
        "As was, by territory at close. Counted in present territory: 1 of 3 deals closed."
      ])
  }

  @Test("Of a change from empty the row of Ids tells, whichever of its two rows comes last")
  func fromEmpty() throws {
    for (names, ids) in [("f1", "f2"), ("f2", "f1")] {
      var o = organisation()
      o.account("A", in: ["T2"])
      o.deal("D", .won, amount: 1, close: "2026-05-01", account: "A", territory: "T1")
      o.change(names, of: "D", "Territory2", from: nil, to: "North", at: "2026-03-01")
      o.change(ids, of: "D", "Territory2Id", from: nil, to: "T1", at: "2026-03-01")
      #expect(try by(.territoryAtClose, o) == ["T1,1.00"])
    }
  }

  @Test(
    "A territory at close that the export does not hold is that of today"
  )
  func untold() throws {
    var o = organisation()
    o.deal("D", .won, amount: 1, close: "2026-05-01", territory: "T1")
    o.change("f1", of: "D", "Territory2Id", from: "T2", to: "gone", at: "2026-03-01")
    #expect(try by(.territoryAtClose, o) == ["T1,1.00"])
  }

  @Test("Slices by owner at close sum to the total, with owners that the export does not hold")
  func sums() throws {
    var o = organisation()
    o.deal("D", .won, amount: 1, close: "2026-05-01", owner: "gone")
    o.deal("E", .won, amount: 2, close: "2026-05-01")
    #expect(try by(.ownerAtClose, o) == ["(unknown),3.00"])
  }
}
