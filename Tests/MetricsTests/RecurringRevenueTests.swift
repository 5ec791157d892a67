import Metrics
import Records
import Testing

/// Hand-computed movements; as of 2026-11-20 the last completed month is October.
@Suite("Recurring revenue")
struct RecurringRevenueTests {
  /// Movements of the table, without rates: month, opening, new, expansion, contraction, churned,
  /// reactivation, closing, and the customers of the same.
  private func movements(_ organisation: Organisation, _ month: String) throws -> String {
    let row = try organisation.engine().month(month) ?? ""
    return row.split(separator: ",", omittingEmptySubsequences: false).dropFirst().prefix(14)
      .joined(separator: " ")
  }

  @Test("36 completed months before D, oldest first, and the month of D is none of them")
  func months() throws {
    var o = Organisation()
    o.account("A")
    o.subscription("S", of: "A", from: "2020-01-01", cents: 100)
    let rows = try o.engine().csv(.recurringRevenue).split(separator: "\n")
    #expect(rows.count == 37)
    #expect(rows[1].hasPrefix("2023-11,1.00,0.00,"))
    #expect(rows[36].hasPrefix("2026-10,1.00,0.00,"))
    #expect(
      rows[0]
        == """
        month,opening,new,expansion,contraction,churned,reactivation,closing,customers_opening,\
        customers_new,customers_expanding,customers_contracting,customers_churned,\
        customers_reactivated,customers_closing,logo_churn,grr,nrr
        """)
    #expect(
      rows[36]
        == "2026-10,1.00,0.00,0.00,0.00,0.00,0.00,1.00,1,0,0,0,0,0,1,0.000000,1.000000,1.000000")
    // On the last day of a month that month is not over yet.
    o.asOf = Organisation.day("2026-11-30")
    #expect(
      try o.engine().csv(.recurringRevenue).split(separator: "\n").last?.prefix(7) == "2026-10")
    o.asOf = Organisation.day("2026-12-01")
    #expect(
      try o.engine().csv(.recurringRevenue).split(separator: "\n").last?.prefix(7) == "2026-11")
  }

  @Test("Each kind of movement")
  func kinds() throws {
    var o = Organisation()
    for name in ["New", "Grown", "Less", "Gone", "Back"] { o.account(name) }
    o.subscription("1", of: "New", from: "2026-10-31", cents: 1_000)
    o.subscription("2", of: "Grown", from: "2026-01-01", cents: 2_000)
    o.subscription("3", of: "Grown", from: "2026-10-05", cents: 500)
    // Cancelling one of several is contraction.
    o.subscription("4", of: "Less", from: "2026-01-01", cents: 4_000)
    o.subscription("5", of: "Less", from: "2026-01-01", to: "2026-10-30", cents: 300)
    o.subscription("6", of: "Gone", from: "2025-11-01", to: "2026-10-15", cents: 700)
    o.subscription("7", of: "Back", from: "2025-01-01", to: "2025-06-30", cents: 900)
    o.subscription("8", of: "Back", from: "2026-10-01", to: "2027-09-30", cents: 1_100)
    // Opening 20 + 43 + 7; closing 10 + 25 + 40 + 11.
    #expect(
      try movements(o, "2026-10") == "70.00 10.00 5.00 3.00 7.00 11.00 86.00 3 1 1 1 1 1 4")
    let row = try o.engine().month("2026-10")
    // 1 / 3; (70 − 3 − 7) / 70; (70 + 5 − 3 − 7) / 70.
    #expect(row?.hasSuffix(",0.333333,0.857143,0.928571") == true)
  }

  @Test("A subscription counts from the month of its start to that of the day after its end")
  func edges() throws {
    var o = Organisation()
    o.account("A")
    o.account("B")
    o.account("C")
    // Ends on the last day of a leap February: still active at its end, gone at the end of March.
    o.subscription("1", of: "A", from: "2024-01-31", to: "2024-02-29", cents: 100)
    // Ends one day before it: gone at the end of February.
    o.subscription("2", of: "B", from: "2024-01-31", to: "2024-02-28", cents: 10)
    // The same days of a common year end the month.
    o.subscription("3", of: "C", from: "2025-01-31", to: "2025-02-28", cents: 1_000)
    #expect(try movements(o, "2024-01") == "0.00 1.10 0.00 0.00 0.00 0.00 1.10 0 2 0 0 0 0 2")
    #expect(try movements(o, "2024-02") == "1.10 0.00 0.00 0.00 0.10 0.00 1.00 2 0 0 0 1 0 1")
    #expect(try movements(o, "2024-03") == "1.00 0.00 0.00 0.00 1.00 0.00 0.00 1 0 0 0 1 0 0")
    #expect(try movements(o, "2025-02") == "10.00 0.00 0.00 0.00 0.00 0.00 10.00 1 0 0 0 0 0 1")
    #expect(try movements(o, "2025-03") == "10.00 0.00 0.00 0.00 10.00 0.00 0.00 1 0 0 0 1 0 0")
  }

  @Test("A gap of a day within a month is none, over the end of a month it is churn")
  func gaps() throws {
    var o = Organisation()
    o.account("A")
    o.subscription("1", of: "A", from: "2025-01-01", to: "2026-05-14", cents: 100)
    o.subscription("2", of: "A", from: "2026-05-16", to: "2026-07-30", cents: 120)
    o.subscription("3", of: "A", from: "2026-08-01", to: "2026-08-31", cents: 120)
    o.subscription("4", of: "A", from: "2026-10-01", cents: 120)
    #expect(try movements(o, "2026-05") == "1.00 0.00 0.20 0.00 0.00 0.00 1.20 1 0 1 0 0 0 1")
    #expect(try movements(o, "2026-07") == "1.20 0.00 0.00 0.00 1.20 0.00 0.00 1 0 0 0 1 0 0")
    #expect(try movements(o, "2026-08") == "0.00 0.00 0.00 0.00 0.00 1.20 1.20 0 0 0 0 0 1 1")
    // A gap of a month.
    #expect(try movements(o, "2026-09") == "1.20 0.00 0.00 0.00 1.20 0.00 0.00 1 0 0 0 1 0 0")
    #expect(try movements(o, "2026-10") == "0.00 0.00 0.00 0.00 0.00 1.20 1.20 0 0 0 0 0 1 1")
  }

  @Test(
    "What begins and ends between two ends of months is in no figure and makes nobody a customer")
  func between() throws {
    var o = Organisation()
    o.account("A")
    o.subscription("1", of: "A", from: "2026-03-02", to: "2026-03-30", cents: 500)
    o.subscription("2", of: "A", from: "2026-09-01", cents: 100)
    #expect(try movements(o, "2026-03") == "0.00 0.00 0.00 0.00 0.00 0.00 0.00 0 0 0 0 0 0 0")
    #expect(try movements(o, "2026-09") == "0.00 1.00 0.00 0.00 0.00 0.00 1.00 0 1 0 0 0 0 1")
  }

  @Test(
    "A customer of long ago who returns is no new one, and one who swaps for the same is unchanged")
  func longAgo() throws {
    var o = Organisation()
    o.account("A")
    o.account("B")
    o.subscription("1", of: "A", from: "2012-01-01", to: "2012-12-31", cents: 100)
    o.subscription("2", of: "A", from: "2026-10-01", cents: 100)
    o.subscription("3", of: "B", from: "2026-01-01", to: "2026-10-10", cents: 250)
    o.subscription("4", of: "B", from: "2026-10-11", cents: 250)
    #expect(try movements(o, "2026-10") == "2.50 0.00 0.00 0.00 0.00 1.00 3.50 1 0 0 0 0 1 2")
    #expect(try o.engine().figure("renewal_rate", .last12Months) == "1.000000")
  }

  @Test("Rates of a month without customers at its opening are undefined")
  func undefined() throws {
    var o = Organisation()
    o.account("A")
    o.subscription("1", of: "A", from: "2026-10-01", cents: 100)
    #expect(
      try o.engine().month("2026-10")
        == "2026-10,0.00,1.00,0.00,0.00,0.00,0.00,1.00,0,1,0,0,0,0,1,,,")
  }

  @Test("Without subscriptions with values the table has its header and says why it has no rows")
  func absent() throws {
    var o = Organisation()
    o.account("A")
    let none = try o.engine().standardTables([.recurringRevenue], scope: .company)[0]
    o.add(.contract, "1", ["AccountId": .id("A"), "StartDate": .day("2026-01-01")])
    let valueless = try o.engine().standardTables([.recurringRevenue], scope: .company)[0]
    for table in [none, valueless] {
      #expect(table.rowCount == 0)
      #expect(table.columns.count == 18)
      #expect(
        table.notes == [
          "The export has no subscriptions with a monthly value, so there are no rows."
        ])
    }
  }

  @Test("A subscription that cannot count is left out, and one finding says each why")
  func findings() throws {
    var o = Organisation()
    o.account("A")
    o.subscription("1", of: "A", from: "2026-01-01", cents: 100)
    o.subscription("2", of: "absent", from: "2026-01-01", cents: 100)
    o.subscription("3", of: "A", from: nil, cents: 100)
    o.subscription("4", of: "A", from: "2026-01-01", cents: nil)
    let engine = try o.engine()
    #expect(try engine.month("2026-10")?.hasPrefix("2026-10,1.00,") == true)
    #expect(
      engine.findings.entries.map(\.first.description) == [
        "Contract.csv:3: warning: a subscription names no account that the export holds; it is left"
          + " out of recurring revenue; export the account too, or correct the subscription's"
          + " account.",
        "Contract.csv:4: warning: a subscription has no first day; it is left out of recurring"
          + " revenue; fill in its start date in the CRM.",
        "Contract.csv:5: warning: a subscription has no value; it is left out of recurring revenue;"
          + " fill in its value in the CRM, or name its status under subscriptions: exclude_status.",
      ])
  }

  @Test("Amounts convert at the static rate, rounded once a row, so that no movement is a rate's")
  func currencies() throws {
    var o = Organisation()
    o.account("A")
    o.add(
      .currencyType, "USD",
      [
        "IsoCode": .text("USD"), "ConversionRate": .number(1_000_000_000),
        "IsCorporate": .flag(true),
      ])
    o.add(
      .currencyType, "EUR",
      [
        "IsoCode": .text("EUR"), "ConversionRate": .number(3_000_000_000),
        "IsCorporate": .flag(false),
      ])
    for (id, start, end, rate) in [
      ("1", "2026-01-01", "2026-09-30", 2_000_000_000),
      ("2", "2026-10-01", "2027-01-01", 4_000_000_000),
    ] {
      o.add(
        .datedRate, id,
        [
          "IsoCode": .text("EUR"), "ConversionRate": .number(Int64(rate)), "StartDate": .day(start),
          "NextStartDate": .day(end),
        ])
    }
    // 10.00 ÷ 3 = 3.3333 and 20.00 ÷ 3 = 6.6667, each rounded: together 10.0000.
    o.subscription("1", of: "A", from: "2026-01-01", cents: 1_000, currency: "EUR")
    o.subscription("2", of: "A", from: "2026-01-01", cents: 2_000, currency: "EUR")
    o.subscription("3", of: "A", from: "2026-01-01", cents: 100, currency: "NOK")
    let engine = try o.engine()
    #expect(
      try engine.month("2026-10")
        == "2026-10,10.00,0.00,0.00,0.00,0.00,0.00,10.00,1,0,0,0,0,0,1,0.000000,1.000000,1.000000")
    #expect(engine.findings.count(of: "subscription-rate-missing") == 1)
  }
}
