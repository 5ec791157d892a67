import Metrics
import Records
import Testing

@Suite("Why a deal has another value in the report")
struct ValueRuleTests {
  /// Rates of EUR: static 0.8, dated 0.9 to the end of June and 0.5 from then on.
  private var organisation: Organisation {
    var o = Organisation()
    o.add(
      .currencyType, "C1",
      [
        "IsoCode": .text("USD"), "ConversionRate": .number(1_000_000_000),
        "IsCorporate": .flag(true),
      ])
    o.add(
      .currencyType, "C2",
      [
        "IsoCode": .text("EUR"), "ConversionRate": .number(800_000_000),
        "IsCorporate": .flag(false),
      ])
    for (id, rate, start, end) in [
      ("R1", 900_000_000, "2026-01-01", "2026-07-01"), ("R2", 500_000_000, "2026-07-01", nil),
    ] as [(String, Int64, String, String?)] {
      var cells: [String: Organisation.Cell] = [
        "IsoCode": .text("EUR"), "ConversionRate": .number(rate), "StartDate": .day(start),
      ]
      if let end { cells["NextStartDate"] = .day(end) }
      o.add(.datedRate, id, cells)
    }
    return o
  }

  /// The rule of one deal, and what it says.
  private func rule(
    _ o: Organisation, _ metric: String = "won_amount", places: Int = 2,
    _ fill: (inout HandReport) -> Void
  ) throws -> [String] {
    var report = HandReport(o)
    fill(&report)
    let found = try o.engine().reconcile(
      metric, of: Query(metrics: [metric]), with: report.report(places: places))
    #expect(found.addsUp && found.agrees)
    return found.lines
  }

  /// One deal of 900 EUR won in March: 1,000 USD at the dated rate.
  private var euro: Organisation {
    var o = organisation
    o.deal("D", .won, amount: 900, close: "2026-03-05", currency: "EUR")
    return o
  }

  @Test("A report rounds to the places that it shows")
  func rounding() throws {
    var o = organisation
    o.deal("D", .won, amount: 100, close: "2026-03-05", currency: "EUR")
    #expect(try rule(o) { $0.add("D", 111_11) } == ["other_value rounding D 111.11 111.11"])
    #expect(
      try rule(o, places: 0) { $0.add("D", 111_00) } == ["other_value rounding D 111.00 111.11"])
    #expect(try rule(o) { $0.add("D", 111_00) } == ["other_value value D 111.00 111.11"])
  }

  @Test("Another rate, or none, is named by its currency")
  func rates() throws {
    #expect(
      try rule(euro) { $0.add("D", 900_00) }
        == ["other_value record-currency D 900.00 1000.00 in EUR, not converted"])
    #expect(
      try rule(euro) { $0.add("D", 1_125_00) }
        == ["other_value static-rate D 1125.00 1000.00 static rate of EUR"])
    #expect(
      try rule(euro) { $0.add("D", 1_800_00) } == [
        "other_value rate-of-another-day D 1800.00 1000.00 rate of EUR from 2026-07-01"
      ])
  }

  @Test("A report in the currency of its reader is converted back")
  func userCurrency() throws {
    var o = organisation
    o.deal("D", .won, amount: 1_000, close: "2026-03-05", currency: "USD")
    #expect(
      try rule(o) { $0.add("D", 800_00, currency: "EUR") }
        == ["other_value user-currency D 800.00 1000.00 in EUR"])
    #expect(try rule(o) { $0.add("D", 800_00) } == ["other_value value D 800.00 1000.00"])
  }

  @Test("A deal without a rate is only in the report")
  func missingRate() throws {
    var o = organisation
    o.deal("D", .won, amount: 900, close: "2026-03-05", currency: "GBP")
    #expect(
      try rule(o) { $0.add("D", 900_00) }
        == ["only_there rate-missing D 900.00 – no rate of GBP for its day"])
  }

  @Test("Weighted by probability on one side only, at whatever rate")
  func weighted() throws {
    var o = organisation
    o.deal("D", .open, amount: 900, close: "2026-03-05", probability: 20, currency: "EUR")
    #expect(
      try rule(o, "open_amount") { $0.add("D", 200_00) }
        == ["other_value weighted-there D 200.00 1000.00 probability 20 %"])
    #expect(
      try rule(o, "weighted_pipeline") { $0.add("D", 1_000_00) }
        == ["other_value not-weighted-there D 1000.00 200.00 probability 20 %"])
    #expect(
      try rule(o, "weighted_pipeline") { $0.add("D", 180_00) }
        == ["other_value record-currency D 180.00 200.00 in EUR, not converted"])
  }

  @Test("Another field of the deal is named")
  func field() throws {
    var o = Organisation()
    o.settings.valueField = "ACV__c"
    o.add(
      .opportunity, "D",
      [
        "StageName": .text("won"), "IsClosed": .flag(true), "IsWon": .flag(true),
        "CloseDate": .day("2026-03-05"), "ACV__c": .number(100_0000), "Amount": .number(300_0000),
      ])
    #expect(
      try rule(o) { $0.add("D", 300_00) } == [
        "other_value other-field D 300.00 100.00 field Amount"
      ])
  }

  @Test("Empty, unreadable, of the other sign, in thousands, twice in the export, or changed")
  func others() throws {
    var o = Organisation()
    o.deal("D", .won, amount: 5_000, close: "2026-03-05")
    #expect(try rule(o) { $0.add("D", nil) } == ["other_value empty-there D – 5000.00"])
    #expect(try rule(o) { $0.add("D", 0) } == ["other_value empty-there D 0.00 5000.00"])
    #expect(
      try rule(o) { $0.addUnreadable("D") } == ["other_value unreadable-there D – 5000.00"])
    #expect(try rule(o) { $0.add("D", -5_000_00) } == ["other_value sign D -5000.00 5000.00"])
    #expect(
      try rule(o) { $0.add("D", 5_00) }
        == ["other_value thousands-or-cents D 5.00 5000.00 in thousands"])
    #expect(
      try rule(o) { $0.add("D", 70_00, repeated: [70_00]) } == [
        "other_value twice-in-export D 70.00 5000.00 a later row of the export has the report's value"
      ])
    #expect(
      try rule(o) { $0.add("D", 70_00, day: "2026-03-09") } == [
        "other_value changed D 70.00 5000.00 close date 2026-03-05; in the report 2026-03-09"
      ])
    #expect(try rule(o) { $0.add("D", 70_00) } == ["other_value value D 70.00 5000.00"])
    o.deal("E", .won, amount: nil, close: "2026-03-05")
    #expect(
      try rule(o) {
        $0.add("D", 5_000_00)
        $0.add("E", 7_00)
      } == ["other_value empty-here E 7.00 –"])
  }

  @Test("Accounts are compared by their revenue, lines by their price")
  func otherFacts() throws {
    var o = Organisation()
    o.account("A", revenue: 500)
    o.account("B", revenue: 20)
    var report = HandReport(o, of: .account)
    report.add("A", 400_00)
    report.add("C", 1_00)
    let found = try o.engine().reconcile(
      "annual_revenue", of: Query(metrics: ["annual_revenue"]), with: report.report())
    #expect(found.addsUp && found.agrees)
    #expect(
      found.lines == [
        "only_there not-in-export C 1.00 –", "only_here not-in-report B – 20.00",
        "other_value value A 400.00 500.00",
      ])
  }

  @Test("What no list of records sums to is refused, with what to reconcile instead")
  func refusals() throws {
    let catalogue = try Organisation.catalogue()
    func refusal(_ metric: String) -> String {
      do {
        _ = try catalogue.reconcilable(metric, at: SourcePosition(file: "METRIC"))
        return ""
      } catch {
        return error.findings.map(\.description).joined()
      }
    }
    #expect(
      refusal("win_rate_count")
        == "METRIC: error: metric \"win_rate_count\" is a quotient, which no list of records sums to;"
        + " nothing was compared; reconcile what it is made of: won_count, then closed_count.")
    #expect(
      refusal("median_deal")
        == "METRIC: error: metric \"median_deal\" is a median, to which records do not add up;"
        + " nothing was compared; run cadastre explain median_deal --rows for the records behind it."
    )
    #expect(
      refusal("quota")
        == "METRIC: error: metric \"quota\" is made from quotas, of which a CRM has no report with"
        + " Ids; nothing was compared; reconcile a metric of opportunities, accounts or line items."
    )
    #expect(refusal("won_amount") == "")
  }
}
