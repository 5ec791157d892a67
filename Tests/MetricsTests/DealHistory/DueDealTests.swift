import Metrics
import Records
import Testing

/// As of 2026-11-20, by calendar quarters: the last that was over is July to September.
@Suite("Due and slipped deals")
struct DueDealTests {
  private func organisation() -> Organisation {
    var o = Organisation()
    o.usualStages()
    o.add(.user, "ann")
    o.territory("T1")
    // Due on the last day of September, moved to December within the quarter, still open.
    o.deal(
      "Slipped", .open, amount: 12, close: "2026-12-31", owner: "ann", territory: "T1",
      created: "2026-05-01")
    o.history("s1", of: "Slipped", at: "2026-05-01", amount: 10, close: "2026-09-30")
    o.history("s2", of: "Slipped", at: "2026-08-01", amount: 11, close: "2026-12-31")
    // Due in the second quarter, slipped; due in the third, won in it.
    o.deal("Won", .won, amount: 25, close: "2026-09-30", owner: "ann", created: "2026-01-15")
    o.history("w1", of: "Won", at: "2026-01-15", amount: 20, close: "2026-04-01")
    o.history("w2", of: "Won", at: "2026-06-30", amount: 21, close: "2026-07-01")
    o.history("w3", of: "Won", at: "2026-09-30", "won", amount: 25, close: "2026-09-30")
    // Lost the day after the quarter: still open at its end.
    o.deal("Late", .lost, amount: 5, close: "2026-10-01", created: "2026-06-30")
    o.history("l1", of: "Late", at: "2026-06-30", amount: 4, close: "2026-07-01")
    o.history("l2", of: "Late", at: "2026-10-01 12:00", "lost", amount: 5, close: "2026-10-01")
    // Created in the quarter, due in another, closed before, or without history and lost within.
    o.deal("New", .open, amount: 100, close: "2026-09-30", created: "2026-07-01")
    o.deal("Other", .open, amount: 200, close: "2026-10-01", created: "2026-01-01")
    o.deal("Over", .won, amount: 400, close: "2026-06-30", created: "2026-01-01")
    o.deal("Plain", .lost, amount: 3, close: "2026-07-20", created: "2026-03-15")
    return o
  }

  private let third = PeriodSpec.fiscalQuarter(offset: -1)

  @Test("Slipped is what was open when the quarter began, due in it, and open after it")
  func quarter() throws {
    let engine = try organisation().engine()
    // Slipped 10 + Won 21 + Late 4 + Plain 3, at what they were worth when July began.
    #expect(try engine.figure("due_count", third) == "4")
    #expect(try engine.figure("due_amount", third) == "38.00")
    #expect(try engine.figure("slipped_count", third) == "2")
    #expect(try engine.figure("slipped_amount", third) == "14.00")
    #expect(try engine.figure("slip_rate", third) == "0.500000")
    #expect(try engine.figure("due_count", third, filter: "Outcome = 'won'") == "1")
    #expect(try engine.figure("due_count", third, filter: "Outcome = 'lost'") == "1")
  }

  @Test("A deal is due once in each quarter in which it was, and completed quarters alone count")
  func quarters() throws {
    let table = try organisation().engine().run([
      Query(
        metrics: ["due_count", "slipped_count", "slipped_amount"], by: [.fiscalQuarter])
    ])[0]
    // The second quarter: Won, due on 1 April, and Over, won on its last day.
    #expect(
      table.csv().split(separator: "\n").dropFirst() == [
        "Q2 FY2026,2,1,20.00", "Q3 FY2026,4,2,14.00",
      ])
  }

  @Test("Due deals are sliced and scoped as their deals are")
  func slices() throws {
    let engine = try organisation().engine()
    let table = try engine.run([
      Query(metrics: ["due_count"], by: [.owner], period: third)
    ])[0]
    #expect(table.csv() == "owner_id,owner,due_count\n(unknown),(unknown),2\nann,ann,2\n")
    #expect(try engine.figure("due_count", third, scope: .territory(0)) == "1")
    #expect(try engine.figure("due_amount", third, filter: "Opportunity.IsOpen") == "10.00")
  }

  @Test("Only bookings are due, from the stage on which they had when the quarter began")
  func bookings() throws {
    var o = organisation()
    o.settings.bookingsFrom = "Proposal"
    o.deal("Lead", .open, amount: 9, close: "2026-12-31", created: "2026-06-01")
    o.history("b1", of: "Lead", at: "2026-06-01", "Lead", amount: 9, close: "2026-09-01")
    o.history("b2", of: "Lead", at: "2026-07-02", "Proposal", amount: 9, close: "2026-12-31")
    #expect(try o.engine().figure("due_count", third) == "4")
  }
}
