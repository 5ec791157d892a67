import Metrics
import Records
import Testing

@Suite("The records behind a figure")
struct RecordsBehindTests {
  /// Deals of three owners in a tree of territories, an account in two of them, lines and quotas.
  private var organisation: Organisation {
    var o = Organisation()
    o.add(.user, "ann")
    o.add(.user, "bob")
    o.territory("T")
    o.territory("T1", parent: "T", users: ["ann"])
    o.territory("T2", parent: "T", users: ["bob"])
    o.account("A", owner: "ann", in: ["T1", "T2"], revenue: 500, country: "NO")
    o.account("B", parent: "A", owner: "bob", in: ["T2"], country: "DE")
    o.account("C", owner: "bob")
    o.deal(
      "D1", .won, amount: 100, close: "2026-10-05", account: "A", owner: "ann", territory: "T1",
      created: "2026-09-05")
    o.deal(
      "D2", .won, amount: 50, close: "2026-12-05", account: "B", owner: "ann", territory: "T2",
      created: "2026-09-05")
    o.deal("D3", .won, amount: 20, close: "2026-12-31", account: "B", owner: "bob")
    o.deal("D4", .lost, amount: 30, close: "2026-12-05", account: "B", owner: "bob")
    o.deal("D5", .open, amount: 8, close: "2026-12-05", owner: "bob", probability: 10)
    o.deal("D6", .won, amount: nil, close: "2026-12-06", account: "C", owner: "gone")
    o.add(.product, "P")
    o.add(
      .lineItem, "L1",
      ["OpportunityId": .id("D1"), "Product2Id": .id("P"), "TotalPrice": .number(700_000)])
    for (id, territory, amount) in [("Q1", "T", 900), ("Q2", "T1", 400), ("Q3", "T2", 600)] {
      o.add(
        .quota, id,
        [
          "Territory2Id": .id(territory), "QuotaOwnerId": .id("ann"),
          "StartDate": .day("2026-10-01"), "QuotaAmount": .number(Int64(amount) * 10_000),
        ])
    }
    return o
  }

  @Test("They come the largest value first, with name and date, and sum to the figure")
  func won() throws {
    let behind = try organisation.engine().records(
      behind: "won_amount", of: Query(metrics: ["won_amount"]))
    #expect(
      behind.table.csv() == """
        id,name,value,date
        D1,D1,100.00,2026-10-05
        D2,D2,50.00,2026-12-05
        D3,D3,20.00,2026-12-31
        D6,D6,,2026-12-06

        """)
    #expect(behind.recordCount == 6)
    #expect(behind.ofRecords?.text(places: 2) == "170.00")
    #expect(behind.agrees)
  }

  @Test("Period, filter and scope leave out what they leave out of the figure")
  func conditions() throws {
    let engine = try organisation.engine()
    let december = try PeriodText("2026-12", at: SourcePosition(file: "--period"))
    let query = Query(
      metrics: ["won_amount"], filter: ExpressionText("Account.BillingCountry = 'DE'"),
      period: december.spec(FiscalCalendar()))
    let behind = try engine.records(behind: "won_amount", of: query, limit: 1)
    #expect(behind.table.csv() == "id,name,value,date\nD2,D2,50.00,2026-12-05\n")
    #expect(behind.table.totalRowCount == 2)
    #expect(behind.ofRecords?.text(places: 2) == "70.00")
    #expect(behind.agrees)
  }

  @Test("A median is the value in the middle, and members are counted once")
  func notAdditive() throws {
    let engine = try organisation.engine()
    let median = try engine.records(behind: "median_deal", of: Query(metrics: ["median_deal"]))
    #expect(median.ofRecords?.text(places: 2) == "50.00")
    let accounts = try engine.records(
      behind: "accounts_sold_to", of: Query(metrics: ["accounts_sold_to"]))
    #expect(accounts.table["value"]?.text(0) == "A")
    #expect(accounts.ofRecords?.text(places: 0) == "3")
    #expect(median.agrees && accounts.agrees)
  }

  @Test("A quota of all is the row of the top territory, so its levels are not behind it")
  func quota() throws {
    let behind = try organisation.engine().records(behind: "quota", of: Query(metrics: ["quota"]))
    #expect(behind.table.csv() == "id,name,value,date\nQ1,T,900.00,2026-10-01\n")
    #expect(behind.agrees)
  }

  @Test("The records behind every built-in measure give its figure, whole and in slices")
  func everyMeasure() throws {
    let engine = try organisation.engine()
    let catalogue = try Organisation.catalogue()
    for by in [[], [Dimension.owner], [.territory], [.territorySubtree], [.owner, .fiscalQuarter]] {
      for metric in catalogue.metrics {
        guard case .measure = metric.kind,
          let behind = try? engine.records(
            behind: metric.name, of: Query(metrics: [metric.name], by: by))
        else { continue }
        #expect(behind.agrees, "\(metric.name) by \(by)")
      }
    }
  }

  @Test("A formula adds up where it only adds; a rate never does")
  func additivity() throws {
    let catalogue = try Organisation.catalogue(
      adding: """
        formulas:
          gap: {title: Gap, description: Quota less won., unit: money, formula: quota - won_amount}
          mix: {title: Mix, description: Won and open., unit: money, formula: won_amount + open_amount}
          twice: {title: Twice, description: Twice., unit: money, formula: won_amount * 2}
        """)
    #expect(catalogue.additivity(of: "gap") == .additive)
    #expect(catalogue.additivity(of: "mix") == .semiAdditive)
    #expect(catalogue.additivity(of: "twice") == .nonAdditive)
    #expect(catalogue.additivity(of: "win_rate_count") == .nonAdditive)
  }
}
