import Metrics
import Records
import Testing

/// The metrics over the facts of recurring revenue; as of 2026-11-20.
@Suite("Metrics of recurring revenue")
struct RevenueMetricTests {
  private func span(_ from: String, _ to: String) -> PeriodSpec {
    .days(Period(start: Organisation.day(from), end: Organisation.day(to)))
  }

  /// P with its subsidiary C, and Q alone; two territories, two owners.
  private var organisation: Organisation {
    var o = Organisation()
    o.add(.user, "ann")
    o.add(.user, "bo")
    o.territory("N")
    o.territory("S")
    o.account("P", owner: "ann", in: ["N"], employees: 20)
    o.account("C", parent: "P", owner: "bo", in: ["N", "S"], employees: 100)
    o.account("Q", owner: "bo", employees: 20)
    o.subscription("1", of: "P", from: "2025-01-01", cents: 10_000)
    o.subscription("2", of: "C", from: "2025-01-01", to: "2026-08-31", cents: 3_000)
    o.subscription("3", of: "Q", from: "2026-02-01", cents: 500)
    o.subscription("4", of: "Q", from: "2026-10-01", cents: 200)
    return o
  }

  @Test("A subsidiary's churn is its family's contraction")
  func family() throws {
    let engine = try organisation.engine()
    let september = span("2026-09-01", "2026-10-01")
    let metrics = [
      "churned_mrr", "contraction_mrr", "family_churned_mrr", "family_contraction_mrr",
      "customers_churned", "family_customers_churned", "logo_churn", "family_logo_churn", "grr",
      "family_grr",
    ]
    // 30 of 135; one customer of three, no family of two.
    #expect(
      try engine.run([Query(metrics: metrics, period: september)])[0].csv()
        .split(separator: "\n").last
        == "30.00,0.00,0.00,30.00,1,0,0.333333,0.000000,0.777778,0.777778")
    // A subsidiary's first subscription is its family's growth.
    var o = organisation
    o.account("D", parent: "P")
    o.subscription("5", of: "D", from: "2026-10-01", cents: 100)
    #expect(
      try o.engine().months(["new_mrr", "family_new_mrr", "family_expansion_mrr"], september)
        .isEmpty)
    #expect(
      try o.engine().months(
        ["new_mrr", "family_new_mrr", "family_expansion_mrr"], span("2026-10-01", "2026-11-01"))
        == ["2026-10,1.00,0.00,3.00"])
  }

  @Test("A state over time is that of the last completed month of each span")
  func states() throws {
    let engine = try organisation.engine()
    // Completed months only: October is the last, whatever period has no end before.
    for period in [
      PeriodSpec.always, .asOfDay, .fiscalYear(offset: 0), span("2026-10-05", "2027-01-01"),
    ] {
      #expect(try engine.figure("mrr", period) == "107.00")
    }
    #expect(try engine.figure("arr") == "1284.00")
    #expect(try engine.figure("mrr", .fiscalYear(offset: -1)) == "130.00")
    #expect(try engine.figure("opening_mrr") == "105.00")
    // No month ends between the 1st and the 20th: the state before it holds.
    #expect(try engine.figure("mrr", span("2026-09-01", "2026-09-20")) == "135.00")
    #expect(
      try engine.months(["mrr", "new_mrr"], span("2026-07-01", "2026-12-01")) == [
        "2026-07,135.00,0.00", "2026-08,135.00,0.00", "2026-09,105.00,0.00", "2026-10,107.00,0.00",
      ])
    // Beside another fact the months to come have rows, and no state: that is not zero.
    var o = organisation
    o.deal("D", .won, amount: 7, close: "2026-11-03", account: "Q")
    #expect(
      try o.engine().months(["mrr", "arr", "won_amount"], span("2026-09-01", "2027-01-01")) == [
        "2026-09,105.00,1260.00,0.00", "2026-10,107.00,1284.00,0.00", "2026-11,,,7.00",
      ])
    let quarters = try engine.run([
      Query(
        metrics: ["mrr", "new_mrr", "churned_mrr"], by: [.fiscalQuarter],
        period: .fiscalYear(offset: 0))
    ])[0]
    #expect(
      quarters.csv() == """
        fiscal_quarter,mrr,new_mrr,churned_mrr
        Q1 FY2026,135.00,5.00,0.00
        Q2 FY2026,135.00,0.00,0.00
        Q3 FY2026,105.00,0.00,30.00
        Q4 FY2026,107.00,0.00,0.00

        """)
  }

  @Test("Revenue by what an account has; one in two territories counts in both and once in all")
  func slices() throws {
    let engine = try organisation.engine()
    func csv(_ dimension: Dimension, _ metric: String = "mrr", _ period: PeriodSpec = .always)
      throws
      -> [String]
    {
      try engine.run([Query(metrics: [metric], by: [dimension], period: period)])[0].csv()
        .split(separator: "\n").dropFirst().map(String.init)
    }
    let august = span("2026-08-01", "2026-09-01")
    #expect(
      try csv(.territory, "mrr", august) == [
        "(unassigned),(unassigned),5.00", "N,N,130.00", "S,S,30.00",
      ])
    #expect(try csv(.owner, "mrr", august) == ["ann,ann,100.00", "bo,bo,35.00"])
    #expect(try csv(.family, "mrr", august) == ["P,P,130.00", "Q,Q,5.00"])
    #expect(try csv(.segment, "customers", august) == ["0-49,2", "50-249,1"])
    #expect(try engine.figure("mrr", august) == "135.00")
    // In a scope are its accounts, and the families that lie in it whole.
    #expect(try engine.figure("mrr", august, scope: .territory(1)) == "30.00")
    #expect(try engine.figure("family_kept_mrr", august, scope: .territory(0)) == "130.00")
    #expect(try engine.figure("family_kept_mrr", august, scope: .territory(1)) == "0.00")
    #expect(try engine.month("2026-08", scope: .territory(1))?.hasPrefix("2026-08,30.00,") == true)
  }

  @Test("Rates over twelve months have the customers of a year before, and no others")
  func trailing() throws {
    var o = Organisation()
    for name in ["Stays", "Shrinks", "Returns", "Leaves", "Grows", "Comes", "Passes"] {
      o.account(name)
    }
    // October 2025 against October 2026.
    o.subscription("1", of: "Stays", from: "2025-01-01", cents: 10_000)
    o.subscription("2", of: "Shrinks", from: "2025-01-01", to: "2026-03-31", cents: 4_000)
    o.subscription("3", of: "Shrinks", from: "2025-01-01", cents: 6_000)
    // Away in between, and back with less.
    o.subscription("4", of: "Returns", from: "2025-01-01", to: "2025-12-31", cents: 5_000)
    o.subscription("5", of: "Returns", from: "2026-07-01", cents: 3_000)
    o.subscription("6", of: "Leaves", from: "2025-01-01", to: "2026-06-30", cents: 2_000)
    o.subscription("7", of: "Grows", from: "2025-01-01", cents: 1_000)
    o.subscription("8", of: "Grows", from: "2026-01-01", cents: 2_500)
    // New ones are no part of it, nor who came and went within the year.
    o.subscription("9", of: "Comes", from: "2026-05-01", cents: 9_900)
    o.subscription("10", of: "Passes", from: "2025-12-01", to: "2026-04-30", cents: 7_700)
    let engine = try o.engine()
    // Opening 100 + 100 + 50 + 20 + 10 = 280; lost 40 + 20 + 20; grown 25.
    #expect(try engine.figure("opening_mrr_12m") == "280.00")
    #expect(try engine.figure("grr_12m") == "0.714286")
    #expect(try engine.figure("nrr_12m") == "0.803571")
    #expect(try engine.figure("logo_churn_12m") == "0.200000")
    // Events of the same year: three times someone left.
    #expect(try engine.figure("customers_churned", .last12Months) == "3")
    #expect(try engine.figure("customers_reactivated", .last12Months) == "1")
    // A year earlier nobody was a customer.
    #expect(try engine.figure("grr_12m", span("2025-01-01", "2025-11-01")) == "")
  }

  @Test("Renewal rate: of what ended in a month, what began in it for the same account")
  func renewals() throws {
    var o = Organisation()
    for name in ["A", "B", "C"] { o.account(name) }
    o.subscription("1", of: "A", from: "2025-10-01", to: "2026-09-30", cents: 1_000)
    o.subscription("2", of: "A", from: "2026-10-01", cents: 1_500)
    o.subscription("3", of: "B", from: "2025-10-01", to: "2026-09-30", cents: 800)
    o.subscription("4", of: "B", from: "2026-10-20", cents: 600)
    o.subscription("5", of: "C", from: "2025-10-01", to: "2026-09-30", cents: 200)
    let engine = try o.engine()
    // 10 + 6 of 10 + 8 + 2.
    #expect(
      try engine.months(["due_mrr", "renewed_mrr"], .last12Months) == ["2026-10,20.00,16.00"])
    #expect(try engine.figure("renewal_rate", .last12Months) == "0.800000")
  }

  @Test("Cost of a customer, value of its life and payback from the file of costs")
  func costs() throws {
    var o = organisation
    o.settings.grossMargin = 8_000
    o.costs = [
      ("2026-02-01", 120), ("2026-10-01", 30),
      // Months that are not over count when they are.
      ("2026-11-01", 999),
    ].map {
      Cost(
        month: Organisation.day($0.0), amount: $0.1 * 10_000, currency: nil, category: nil,
        segment: nil)
    }
    let engine = try o.engine()
    #expect(try engine.figure("acquisition_cost", .last12Months) == "150.00")
    // One new customer in twelve months: Q, for 5.00 a month.
    #expect(try engine.figure("cac", .last12Months) == "150.00")
    // 150 ÷ (5 × 0.8).
    #expect(try engine.figure("payback_months", .last12Months) == "37.500000")
    // (107 ÷ 2) × 12 × 0.8 ÷ (1 of 2).
    #expect(try engine.figure("ltv") == "1027.20")
    #expect(try engine.figure("ltv_bound") == "")
    // No cost of a month, no figure.
    #expect(try engine.figure("cac", span("2026-03-01", "2026-04-01")) == "")
  }

  @Test(
    "Where nobody was lost the value of a life is a bound, and without a margin it is not known")
  func bound() throws {
    var o = Organisation()
    o.account("A")
    o.account("B")
    o.subscription("1", of: "A", from: "2025-01-01", cents: 1_000)
    o.subscription("2", of: "B", from: "2025-01-01", cents: 3_000)
    #expect(try o.engine().figure("ltv_bound") == "")
    o.settings.grossMargin = 5_000
    #expect(try o.engine().figure("ltv") == "")
    // 20 a customer × 12 × 0.5, over less than one of two.
    #expect(try o.engine().figure("ltv_bound") == "240.00")
  }

  @Test(
    "Values of which a month's sum has no 64 bits stand in the table and are a finding of queries")
  func large() throws {
    var o = Organisation()
    o.account("A")
    for index in 0..<20 {
      o.add(
        .contract, "\(index)",
        [
          "AccountId": .id("A"), "StartDate": .day("2026-10-01"),
          "MonthlyValue__c": .number(1_000_000_000_000_000_099),
        ])
    }
    let engine = try o.engine()
    // 20 × 10^14 and 20 × 0.0099, rounded once.
    #expect(try engine.month("2026-10")?.hasPrefix("2026-10,0.00,2000000000000000.20,") == true)
    #expect(engine.findings.isEmpty)
    #expect(try engine.figure("mrr") == "0.00")
    #expect(
      engine.findings.entries.map(\.first.description) == [
        "Account.csv:2: warning: the subscriptions of an account are worth more than a figure can"
          + " hold; the months in which they are, are taken as empty by metrics; correct the values"
          + " of its subscriptions."
      ])
  }
}
