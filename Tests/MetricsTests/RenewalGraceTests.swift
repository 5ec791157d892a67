import Metrics
import Records
import Testing

@Suite("Expired subscriptions with an open renewal")
struct RenewalGraceTests {
  /// A's subscription ends on June 15 and is renewed from September 1.
  private func organisation(grace: Int) -> Organisation {
    var o = Organisation()
    o.account("A")
    o.account("B")
    o.subscription("1", of: "A", from: "2025-06-16", to: "2026-06-15", cents: 1_000)
    o.subscription("2", of: "A", from: "2026-09-01", cents: 1_200)
    o.subscription("3", of: "B", from: "2025-06-16", to: "2026-06-15", cents: 70)
    o.settings.renewalGrace = grace
    o.settings.classes = [
      MetricSettings.NamedCondition(name: "renewal", condition: ExpressionText("Type = 'Renewal'"))
    ]
    return o
  }

  private func closings(_ o: Organisation) throws -> [String] {
    let rows = try o.engine().csv(.recurringRevenue).split(separator: "\n").suffix(6)
    return rows.map { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return "\(cells[0]) \(cells[7]) \(cells.count > 18 ? cells[18] : "-")"
    }
  }

  @Test("Without grace what has expired is gone, and the table has no line for it")
  func none() throws {
    var o = organisation(grace: 0)
    o.renewal("D", of: "A", created: "2026-05-01", closed: "2026-09-10")
    #expect(
      try closings(o) == [
        "2026-05 10.70 -", "2026-06 0.00 -", "2026-07 0.00 -", "2026-08 0.00 -", "2026-09 12.00 -",
        "2026-10 12.00 -",
      ])
  }

  @Test("An expired subscription stays for the days of grace while its account's renewal is open")
  func stays() throws {
    // June 15 and 76 days are August 30, one day before the end of August.
    for (grace, august) in [(76, "2026-08 0.00 0.00"), (77, "2026-08 10.00 10.00")] {
      var o = organisation(grace: grace)
      o.renewal("D", of: "A", created: "2026-05-01", closed: "2026-09-10")
      #expect(
        try closings(o) == [
          "2026-05 10.70 0.00", "2026-06 10.00 10.00", "2026-07 10.00 10.00", august,
          "2026-09 12.00 0.00", "2026-10 12.00 0.00",
        ])
    }
    // Renewed without a gap: growth, and no churn.
    var o = organisation(grace: 90)
    o.renewal("D", of: "A", created: "2026-05-01", closed: "2026-09-10")
    #expect(
      try o.engine().month("2026-09")
        == "2026-09,10.00,0.00,2.00,0.00,0.00,0.00,12.00,1,0,1,0,0,0,1,0.000000,1.000000,1.200000,0.00"
    )
    #expect(
      try o.engine().month("2026-06")?.hasPrefix("2026-06,10.70,0.00,0.00,0.00,0.70,") == true)
  }

  @Test("The renewal must be open at the end of the month: created by then, and not yet closed")
  func open() throws {
    var o = organisation(grace: 90)
    // Created on the last day of July, closed in August.
    o.renewal("D", of: "A", created: "2026-07-31", closed: "2026-08-31")
    #expect(
      try closings(o) == [
        "2026-05 10.70 0.00", "2026-06 0.00 0.00", "2026-07 10.00 10.00", "2026-08 0.00 0.00",
        "2026-09 12.00 0.00", "2026-10 12.00 0.00",
      ])
    #expect(
      try o.engine().figure(
        "expired_renewing_mrr",
        .days(
          Period(start: Organisation.day("2026-07-01"), end: Organisation.day("2026-08-01"))))
        == "10.00")
  }

  @Test("Several renewals of an account keep its subscription once")
  func several() throws {
    var o = organisation(grace: 120)
    o.renewal("D1", of: "A", created: "2026-01-01", closed: "2026-07-10")
    o.renewal("D2", of: "A", created: "2026-06-20", closed: "2026-08-10")
    o.renewal("D3", of: "A", created: "2026-08-20")
    #expect(
      try closings(o) == [
        "2026-05 10.70 0.00", "2026-06 10.00 10.00", "2026-07 10.00 10.00", "2026-08 10.00 10.00",
        "2026-09 22.00 10.00", "2026-10 12.00 0.00",
      ])
  }

  @Test("Grace without a class of renewals is a finding, and what has expired is gone")
  func noClass() throws {
    var o = organisation(grace: 90)
    o.settings.classes = []
    o.renewal("D", of: "A", created: "2026-05-01")
    let engine = try o.engine()
    #expect(try engine.month("2026-07")?.hasPrefix("2026-07,0.00,") == true)
    #expect(
      engine.findings.entries.map(\.first.description) == [
        "warning: renewal_grace is set, and no class of deals is called renewal; every expired"
          + " subscription counts as ended; define the class under deals: classes:, such as"
          + " renewal: \"Type = 'Renewal'\"."
      ])
  }
}
