import Records
import Testing

@testable import Metrics

/// Every cycle begins on 2026-01-01; each reading of its end gives another number of days.
@Suite("Sales cycles")
struct CycleTests {
  /// One won deal, created 2026-01-01, whose CloseDate is 120 days later.
  private func organisation(
    _ history: [(id: String, at: String, stage: String)], outcome: Organisation.Outcome = .won,
    lists stages: [(label: String, isClosed: Bool)] = [
      ("Proposal", false), ("Closed Won", true), ("Closed Lost", true),
    ]
  ) -> Organisation {
    var o = Organisation()
    for stage in stages {
      o.add(
        .stage, stage.label,
        ["MasterLabel": .text(stage.label), "IsClosed": .flag(stage.isClosed)])
    }
    o.deal("D", outcome, amount: 100, close: "2026-05-01", created: "2026-01-01")
    for row in history {
      o.add(
        .opportunityHistory, row.id,
        [
          "OpportunityId": .id("D"), "StageName": .text(row.stage),
          "CreatedDate": .instant(row.at),
        ])
    }
    return o
  }

  private func days(_ organisation: Organisation) throws -> String {
    try organisation.engine().figure("median_days")
  }

  @Test("A cycle ends where the deal was last closed, not at its first close, an edit or CloseDate")
  func reopened() throws {
    // First close 40 days, last close 70, last edit 90, CloseDate 120.
    var o = organisation([
      ("h4", "2026-03-12 12:00", "Closed Won"), ("h1", "2026-01-01 12:00", "Proposal"),
      ("h5", "2026-04-01 12:00", "Closed Won"), ("h3", "2026-02-20 12:00", "Proposal"),
      ("h2", "2026-02-10 12:00", "Closed Lost"),
    ])
    #expect(try days(o) == "70")
    o.reverse()
    #expect(try days(o) == "70")
  }

  @Test("Without a row that closes it, a deal's cycle ends on its CloseDate")
  func noClose() throws {
    #expect(try days(organisation([])) == "120")
    #expect(try days(organisation([("h1", "2026-01-01 12:00", "Proposal")])) == "120")
  }

  @Test("A history that begins at a closed stage closes there")
  func beginsClosed() throws {
    let o = organisation([
      ("h1", "2026-01-31 12:00", "Closed Won"), ("h2", "2026-02-10 12:00", "Closed Won"),
    ])
    #expect(try days(o) == "30")
  }

  @Test("Within a day the time orders the history, whatever the Ids")
  func timeOfDay() throws {
    // By Id the day would end closed, and the row of 2 March would be an edit of 31 January's close.
    let o = organisation([
      ("h2", "2026-01-31 15:00", "Closed Won"), ("h1", "2026-01-31 16:00", "Proposal"),
      ("h3", "2026-03-02 12:00", "Closed Won"),
    ])
    #expect(try days(o) == "60")
  }

  @Test("Rows of one instant are in the order of their Ids")
  func sameInstant() throws {
    let closes = "2026-03-02 12:00"
    let reopened = organisation([
      ("h2", "2026-01-31 15:00", "Proposal"), ("h1", "2026-01-31 15:00", "Closed Won"),
      ("h3", closes, "Closed Won"),
    ])
    #expect(try days(reopened) == "60")
    let edited = organisation([
      ("h1", "2026-01-31 15:00", "Proposal"), ("h2", "2026-01-31 15:00", "Closed Won"),
      ("h3", closes, "Closed Won"),
    ])
    #expect(try days(edited) == "30")
  }

  @Test("A cycle ends on the local day of its close")
  func localDay() throws {
    // 31 January, 04:59 UTC is the 30th in New York.
    #expect(try days(organisation([("h1", "2026-01-31 04:59", "Closed Won")])) == "29")
    #expect(try days(organisation([("h1", "2026-01-31 05:00", "Closed Won")])) == "30")
  }

  @Test("A deal that goes from lost straight to won closes again")
  func closedToClosed() throws {
    let o = organisation([
      ("h1", "2026-01-01 12:00", "Proposal"), ("h2", "2026-02-10 12:00", "Closed Lost"),
      ("h3", "2026-03-12 12:00", "Closed Won"),
    ])
    // 2026-01-01 to 2026-03-12: 30 days of January, 28 of February, 12 of March.
    #expect(try days(o) == "70")
  }

  @Test("Each deal's history is its own, and a row of no deal of the export closes none")
  func severalDeals() throws {
    var o = organisation([("h1", "2026-01-31 12:00", "Closed Won")])
    o.deal("E", .won, amount: 1, close: "2026-05-01", created: "2026-01-01")
    o.deal("F", .won, amount: 1, close: "2026-01-11", created: "2026-01-01")
    for (id, deal, at) in [
      ("h2", "E", "2026-01-21 12:00"), ("h3", "absent", "2026-01-02 12:00"),
    ] {
      o.add(
        .opportunityHistory, id,
        [
          "OpportunityId": .id(deal), "StageName": .text("Closed Won"),
          "CreatedDate": .instant(at),
        ])
    }
    // 10 by CloseDate, 20 and 30 by history.
    #expect(try days(o) == "20")
    #expect(try o.engine().figure("mean_days") == "20.00")
  }

  @Test("The list of stages says which are closed, in any case of letters and by either name")
  func listedStages() throws {
    var o = organisation(
      [("h1", "2026-01-31 12:00", "SIGNED"), ("h2", "2026-02-10 12:00", "won")],
      lists: [("won", false)])
    // The list calls the stage "won" open, though a closed deal is at it.
    o.add(.stage, "Signed", ["ApiName": .text("Signed"), "IsClosed": .flag(true)])
    #expect(try days(o) == "30")
  }

  @Test("A stage that is not listed is closed where a closed deal is at it")
  func unlistedStages() throws {
    let o = organisation(
      [("h1", "2026-01-11 12:00", "open"), ("h2", "2026-01-31 12:00", "Won")], lists: [])
    #expect(try days(o) == "30")
  }

  @Test("An open deal that was closed once ends its span on its CloseDate")
  func openAgain() throws {
    let o = organisation(
      [("h1", "2026-01-31 12:00", "Closed Lost"), ("h2", "2026-02-10 12:00", "Proposal")],
      outcome: .open)
    let listing = Listing(
      fact: .opportunities, columns: ["Id", "CycleDays"])
    #expect(try o.engine().list([listing])[0].csv() == "Id,CycleDays\nD,120\n")
  }

  @Test("A close before the creation counts as 0 days, with a finding where it stands")
  func negative() throws {
    var o = organisation([("h1", "2025-12-30 12:00", "Closed Won")])
    o.deal("E", .won, amount: 1, close: "2025-12-31", created: "2026-01-01")
    let engine = try o.engine()
    #expect(try engine.figure("median_days") == "0")
    #expect(
      engine.findings.entries.map(\.first.description).filter { $0.contains("cycle") } == [
        "Opportunity.csv:3: warning: a won deal closed before it was created;"
          + " its sales cycle counts as 0 days; correct its CloseDate.",
        "OpportunityHistory.csv:2: warning: the history of a won deal closes it before the day it"
          + " was created; its sales cycle counts as 0 days; correct the deal's CreatedDate, or"
          + " export OpportunityHistory again.",
      ])
  }

  @Test("Any history, in any order, ends as one that is sorted and walked", arguments: 1...5)
  func walked(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var o = organisation([])
    var rows: [(deal: Int, at: String, id: String, isClosed: Bool)] = []
    for number in 0..<900 {
      // Few deals and minutes, so that many rows are of one deal and some of one instant.
      let (deal, minute) = (
        Int.random(in: 0..<100, using: &random), Int.random(in: 10..<40, using: &random)
      )
      rows.append(
        (deal, "2026-03-01 12:\(minute)", "h\(1000 + number)", Bool.random(using: &random)))
    }
    rows.shuffle(using: &random)
    for deal in 0..<100 { o.deal("d\(deal)", .won, amount: 1, close: "2026-05-01") }
    for row in rows {
      o.add(
        .opportunityHistory, row.id,
        [
          "OpportunityId": .id("d\(row.deal)"), "CreatedDate": .instant(row.at),
          "StageName": .text(row.isClosed ? "Closed Won" : "Proposal"),
        ])
    }
    let records = o.records
    let found = LastCloses(records).rows.dropFirst().map {
      $0 < 0 ? "none" : records[.opportunityHistory].id(Int($0))
    }
    let expected = (0..<100).map { deal in
      var wasClosed = false
      var entered = "none"
      for row in rows.filter({ $0.deal == deal }).sorted(by: { ($0.at, $0.id) < ($1.at, $1.id) }) {
        if row.isClosed, !wasClosed { entered = row.id }
        wasClosed = row.isClosed
      }
      return entered
    }
    #expect(found == expected)
  }

  @Test("The history is asked for where cycles are, and only there")
  func required() throws {
    let catalogue = try Organisation.catalogue()
    var required = RequiredFields(catalogue: catalogue, settings: MetricSettings())
    required.add([Query(metrics: ["won_amount", "win_rate_count"], by: [.owner])])
    #expect(required.fields[.opportunityHistory] == nil)
    required.add([Query(metrics: ["median_days"])])
    #expect(
      required.fields[.opportunityHistory] == ["Id", "OpportunityId", "StageName", "CreatedDate"])
  }
}
