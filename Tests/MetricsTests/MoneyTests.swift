import Metrics
import Records
import Testing

@Suite("Value, class and currency of deals")
struct MoneyTests {
  /// USD is corporate; EUR has dated rates 0.8 until June 2026 and 0.9 from then; GBP none.
  private var twoCurrencies: Organisation {
    var o = Organisation()
    o.add(
      .currencyType, "USD",
      [
        "IsoCode": .text("USD"), "ConversionRate": .number(1_000_000_000),
        "IsCorporate": .flag(true),
      ])
    o.add(
      .currencyType, "EUR",
      [
        "IsoCode": .text("EUR"), "ConversionRate": .number(700_000_000),
        "IsCorporate": .flag(false),
      ])
    o.add(
      .datedRate, "E1",
      [
        "IsoCode": .text("EUR"), "ConversionRate": .number(800_000_000),
        "StartDate": .day("2025-01-01"), "NextStartDate": .day("2026-06-01"),
      ])
    o.add(
      .datedRate, "E2",
      [
        "IsoCode": .text("EUR"), "ConversionRate": .number(900_000_000),
        "StartDate": .day("2026-06-01"),
      ])
    return o
  }

  @Test("A deal converts at the rate of its close date, rounded once a row")
  func datedRate() throws {
    var o = twoCurrencies
    // 100 / 0.8 = 125; 100 / 0.9 = 111.1111 to 1/10,000, twice; 125 + 222.2222 + 7 = 354.2222.
    o.deal("D1", .won, amount: 100, close: "2026-05-31", currency: "EUR")
    o.deal("D2", .won, amount: 100, close: "2026-06-01", currency: "EUR")
    o.deal("D3", .won, amount: 100, close: "2026-06-02", currency: "EUR")
    o.deal("D4", .won, amount: 7, close: "2026-06-02", currency: "USD")
    let table = try o.engine().run([Query(metrics: ["won_amount"])])[0]
    #expect(table.columns[0].cells == .money([3_542_222]))
    #expect(table.dataText(row: 0, column: 0) == "354.22")
  }

  @Test("A deal without a rate is left out of every figure and found")
  func missingRate() throws {
    var o = twoCurrencies
    o.deal("D1", .won, amount: 100, close: "2024-12-31", currency: "EUR")
    o.deal("D2", .won, amount: 100, close: "2026-06-01", currency: "GBP")
    o.deal("D3", .won, amount: 5, close: "2026-06-01")
    let engine = try o.engine()
    #expect(try engine.figure("won_count") == "1")
    #expect(try engine.figure("won_amount") == "5.00")
    let entry = engine.findings.entries.first { $0.first.code == "deal-rate-missing" }
    #expect(entry?.count == 2)
    #expect(
      entry?.first.description
        == "Opportunity.csv:2: warning: the currency of a deal has no exchange rate for its day;"
        + " the deal is left out of every figure; add the rate to CurrencyType or"
        + " DatedConversionRate.")
  }

  @Test("An account's revenue converts at the static rate")
  func staticRate() throws {
    var o = twoCurrencies
    // 70 / 0.7 = 100
    o.add(
      .account, "A", ["AnnualRevenue": .number(700_000), "CurrencyIsoCode": .text("EUR")])
    #expect(try o.engine().figure("annual_revenue") == "100.00")
  }

  @Test("The first class that matches decides, and only the classes listed are bookings")
  func classes() throws {
    var o = Organisation()
    o.deal("D1", .won, amount: 1, close: "2026-06-01", type: "New Business")
    o.deal("D2", .won, amount: 2, close: "2026-06-01", type: "Renewal")
    o.deal("D3", .won, amount: 4, close: "2026-06-01", type: "Gift")
    o.settings.classes = [
      MetricSettings.NamedCondition(
        name: "new", condition: ExpressionText("Type = 'New Business'")),
      MetricSettings.NamedCondition(name: "renewal", condition: ExpressionText("Type = 'Renewal'")),
      MetricSettings.NamedCondition(
        name: "late", condition: ExpressionText("Amount > 0 and Amount < 3")),
    ]
    o.settings.bookings = ["new"]
    let engine = try o.engine()
    #expect(try engine.figure("won_amount") == "1.00")
    let table = try engine.run([Query(metrics: ["deals"], by: [.dealClass])])[0]
    #expect(table.csv() == "class,deals\nnew,1\nrenewal,1\n(unclassed),1\n")
    #expect(engine.findings.count(of: "deal-unclassed") == 1)
  }

  @Test("Deals are lost for the reasons that the CRM keeps, those without one for none")
  func lossReasons() throws {
    var o = Organisation()
    o.deal("D1", .lost, amount: 10, close: "2026-06-01", lossReason: "Price")
    o.deal("D2", .lost, amount: 20, close: "2026-06-02", lossReason: "Price")
    o.deal("D3", .lost, amount: 5, close: "2026-06-03", lossReason: "Timing")
    o.deal("D4", .lost, amount: 1, close: "2026-06-04")
    o.deal("D5", .won, amount: 100, close: "2026-06-05", lossReason: "Price")
    let table = try o.engine().run([
      Query(
        metrics: ["lost_amount", "lost_count"], by: [.lossReason],
        order: [Order("lost_amount", descending: true)])
    ])[0]
    #expect(
      table.csv()
        == "loss_reason,lost_amount,lost_count\nPrice,30.00,2\nTiming,5.00,1\n(none),1.00,1\n")
  }

  @Test("A negative amount is out of the win rate by value and in the sum")
  func negative() throws {
    var o = Organisation()
    o.deal("D1", .won, amount: 100, close: "2026-06-01")
    o.deal("D2", .won, amount: -40, close: "2026-06-01")
    o.deal("D3", .lost, amount: 100, close: "2026-06-01")
    let engine = try o.engine()
    #expect(try engine.figure("win_rate_amount") == "0.500000")
    #expect(try engine.figure("win_rate_count") == "0.666667")
    #expect(try engine.figure("won_amount") == "60.00")
  }

  @Test("A cycle that ends before it began counts as no days and is found")
  func negativeCycle() throws {
    var o = Organisation()
    o.deal("D1", .won, amount: 1, close: "2026-06-01", created: "2026-06-03")
    o.deal("D2", .won, amount: 1, close: "2026-06-05", created: "2026-06-01")
    let engine = try o.engine()
    // 0 and 4: the median is the smallest value with half of them at or below it.
    #expect(try engine.figure("median_days") == "0")
    #expect(try engine.figure("p90_days") == "4")
    #expect(try engine.figure("mean_days") == "2.00")
    #expect(engine.findings.count(of: "deal-closed-before-created") == 1)
  }

  @Test("A rate over nothing is undefined, not zero")
  func undefined() throws {
    let engine = try Organisation().engine()
    #expect(try engine.figure("win_rate_count") == "")
    #expect(try engine.figure("won_amount") == "0.00")
    #expect(try engine.figure("median_deal") == "")
    #expect(try engine.figure("quota") == "")
  }

  @Test(
    "Deals without an account or a close date are counted with their sum, and stay in the totals")
  func gaps() throws {
    var o = Organisation()
    o.account("A")
    o.deal("D1", .won, amount: 100, close: "2026-03-01", account: "A")
    o.deal("D2", .open, amount: 250, close: "2026-12-01")
    o.add(.opportunity, "D3", ["StageName": .text("open"), "IsClosed": .flag(false)])
    let engine = try o.engine()
    _ = try engine.run([Query(metrics: ["open_amount"])])
    #expect(
      engine.findings.entries.map(\.first.description) == [
        "Opportunity.csv:3: notice: 2 deals are without an account, worth 250.00 in all; they count in every total and "
          + "in segment (unknown), and in no family; name their accounts in the CRM.",
        "Opportunity.csv:4: notice: 1 deal is open without a close date, worth 0.00 in all; they count as open and are "
          + "due in no period; fill in their close dates in the CRM.",
      ])
  }
}
