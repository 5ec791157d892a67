import Metrics
import Records
import Testing

@Suite("Queries")
struct QueryTests {
  private var organisation: Organisation {
    var o = Organisation()
    o.add(.user, "ann")
    o.add(.user, "bob")
    o.account("A", owner: "ann", country: "NO")
    o.account("B", parent: "A", owner: "bob", country: "DE")
    o.deal("D1", .won, amount: 100, close: "2026-10-05", account: "A", owner: "ann")
    o.deal("D2", .won, amount: 50, close: "2026-12-05", account: "B", owner: "ann")
    o.deal("D3", .won, amount: 20, close: "2026-12-31", account: "B", owner: "bob")
    o.deal("D4", .lost, amount: 30, close: "2026-12-05", account: "B", owner: "bob")
    o.deal("D5", .open, amount: 8, close: "2026-12-05", owner: "bob", probability: 10)
    return o
  }

  @Test("Months of a period come in order, empty ones included")
  func months() throws {
    let table = try organisation.engine().run([
      Query(metrics: ["won_amount"], by: [.month], period: .fiscalQuarter(offset: 0))
    ])[0]
    #expect(table.csv() == "month,won_amount\n2026-10,100.00\n2026-11,0.00\n2026-12,70.00\n")
  }

  @Test("Two dimensions list the combinations that have a row")
  func twoDimensions() throws {
    let table = try organisation.engine().run([
      Query(metrics: ["won_amount", "win_rate_count"], by: [.owner, .country])
    ])[0]
    #expect(
      table.csv() == """
        owner_id,owner,country,won_amount,win_rate_count
        ann,ann,DE,50.00,1.000000
        ann,ann,NO,100.00,1.000000
        bob,bob,DE,20.00,0.500000

        """)
    #expect(table["win_rate_count"]?.n == [1, 1, 2])
  }

  @Test("What a limit cuts stands in one row, so that slices sum to the total")
  func rest() throws {
    let table = try organisation.engine().run([
      Query(
        metrics: ["won_amount", "median_deal"], by: [.owner],
        order: [Order("won_amount", descending: true)], limit: 1, keepsRest: true)
    ])[0]
    // A median does not add up, so the rest has none.
    #expect(
      table.csv()
        == "owner_id,owner,won_amount,median_deal\nann,ann,150.00,50.00\nother,other,20.00,\n")
    #expect(table.totalRowCount == 2)
  }

  @Test("A filter names records by their Ids, the row's own or one that it refers to")
  func ids() throws {
    let engine = try organisation.engine()
    let deals = try engine.run([
      Query(metrics: ["won_amount"], filter: ExpressionText("Id in ('D1', 'D3', 'D9')")),
      Query(metrics: ["won_amount"], filter: ExpressionText("Account.Id = 'B'")),
    ])
    #expect(deals.map { $0.csv() } == ["won_amount\n120.00\n", "won_amount\n70.00\n"])
  }

  @Test("A filter keeps the rows it holds for")
  func filter() throws {
    let engine = try organisation.engine()
    #expect(try engine.figure("won_amount", filter: "Account.BillingCountry = 'NO'") == "100.00")
    #expect(try engine.figure("won_count", filter: "Value >= 50") == "2")
  }

  @Test("A weighted amount is rounded once, when it is printed")
  func weighted() throws {
    // 8 × 10 % = 0.8
    #expect(try organisation.engine().figure("weighted_pipeline") == "0.80")
  }

  @Test("An unknown metric is refused with the one that was meant")
  func unknownMetric() throws {
    #expect(
      refusal(Query(metrics: ["won_amout"])) == [
        "error: metric \"won_amout\" is not known; the query was not run;"
          + " did you mean \"won_amount\"?"
      ])
  }

  @Test("A sum of the open pipeline over time is refused with the reason")
  func additivity() throws {
    #expect(
      refusal(Query(metrics: ["open_amount"], by: [.month])) == [
        "error: metric \"open_amount\" cannot be summed by month: it is a state on one day, and"
          + " the sum of states counts what lasts again and again; the query was not run; slice"
          + " it by another dimension, or take a metric with a date."
      ])
    #expect(
      refusal(Query(metrics: ["accounts"], period: .fiscalQuarter(offset: -1))) == [
        "error: metric \"accounts\" is known as of 2026-11-20 only, which is not in the period"
          + " 2026-07-01 to 2026-09-30; the query was not run; ask for it without a period, or"
          + " take a metric with a date."
      ])
  }

  @Test("A dimension that a fact does not have is refused")
  func dimension() throws {
    #expect(
      refusal(Query(metrics: ["won_amount"], by: [.product])) == [
        "error: metric \"won_amount\" cannot be sliced by product: a deal has none; the query was"
          + " not run; slice it by another dimension."
      ])
  }

  @Test("Quotas of users are not added over the levels of management")
  func levels() throws {
    #expect(
      refusal(Query(metrics: ["owner_attainment"])) == [
        "error: metric \"owner_quota\" would add the levels of a hierarchy; the query was not run;"
          + " slice it by owner, owner_at_close or owner_subtree."
      ])
  }

  @Test("A wrong filter points at its character")
  func wrongFilter() throws {
    let filter = ExpressionText(
      "Valeu > 5", at: SourcePosition(file: "reports/x.yaml", line: 4, column: 13))
    #expect(
      refusal(Query(metrics: ["won_amount"], filter: filter)).first?.hasPrefix(
        "reports/x.yaml:4:13: error: ") == true)
  }

  @Test("Aggregations that several queries need stand in the plan once")
  func plan() throws {
    let engine = try organisation.engine()
    let plan = try engine.plan([
      Query(metrics: ["won_amount", "win_rate_count"], by: [.owner]),
      Query(metrics: ["won_count"], by: [.owner]),
    ])
    #expect(
      plan.description == """
        pass over opportunities
          0: sum(Value) where (IsWon and IsBooking) by owner
          1: count where (IsWon and IsBooking) by owner
          2: count where (IsClosed and IsBooking) by owner

        """)
  }

  @Test("Every built-in metric runs by every dimension of its facts, or is refused with a reason")
  func everyMetric() throws {
    let catalogue = try Organisation.catalogue()
    let engine = try organisation.engine()
    let reasons: Set<String> = [
      "metric-dimension", "metric-not-additive-over-time", "metric-levels-added",
    ]
    for metric in catalogue.metrics {
      for dimension in Dimension.allCases {
        let refused = refusals(Query(metrics: [metric.name], by: [dimension]), engine)
        #expect(refused.isSubset(of: reasons), "\(metric.name) by \(dimension)")
      }
    }
  }

  @Test("Quotas of two forecasting types are never added")
  func quotaTypes() throws {
    var o = Organisation()
    o.territory("T")
    for (id, type, amount) in [("Q1", "revenue", 10), ("Q2", "revenue", 20), ("Q3", "units", 5)] {
      o.add(
        .quota, id,
        [
          "Territory2Id": .id("T"), "StartDate": .day("2026-01-01"),
          "ForecastingTypeId": .text(type), "QuotaAmount": .number(Int64(amount) * 10_000),
        ])
    }
    let engine = try o.engine()
    #expect(try engine.figure("quota") == "30.00")
    #expect(engine.findings.count(of: "quota-other-type") == 1)
  }

  @Test("A metric of the user's own is sliced like a built-in one")
  func ownMetric() throws {
    let yaml = """
      measures:
        big_won:
          title: Big deals won
          description: Won bookings of 50 and more.
          unit: money
          fact: opportunities
          aggregate: sum
          of: Value
          where: IsWon and Value >= 50
          date: CloseDate
          additivity: additive
      ratios:
        big_share:
          title: Share of big deals
          description: Big deals won divided by won.
          unit: rate
          numerator: big_won
          denominator: won_amount
      """
    let records = organisation.records
    let engine = LocalEngine(
      records: records, assignment: Assignment(of: records),
      catalogue: try Organisation.catalogue(adding: yaml), settings: MetricSettings())
    let table = try engine.run([Query(metrics: ["big_share"], by: [.owner])])[0]
    // ann 150 / 150; bob 0 / 20.
    #expect(table.csv() == "owner_id,owner,big_share\nann,ann,1.000000\nbob,bob,0.000000\n")
  }

  @Test("A median that claims to add up is refused where it is written")
  func catalogueErrors() throws {
    let yaml = """
      measures:
        m:
          title: M
          description: A median.
          unit: money
          fact: opportunities
          aggregate: median
          of: Value
          additivity: additive
      ratios:
        r:
          title: R
          description: A ratio.
          unit: rate
          numerator: won_amout
          denominator: won_amount
      """
    let error = #expect(throws: FindingsError.self) { try Organisation.catalogue(adding: yaml) }
    #expect(
      error?.findings.map(\.description) == [
        "metrics.yaml:2:3: error: measure \"m\" is a median, which does not add up; nothing was"
          + " read; write additivity: non_additive.",
        "metrics.yaml:11:3: error: metric \"r\" is made of \"won_amout\", which is not known;"
          + " nothing was read; did you mean \"won_amount\"?",
      ])
  }

  private func refusals(_ query: Query, _ engine: LocalEngine) -> Set<String> {
    do {
      _ = try engine.run([query])
      return []
    } catch {
      return Set(error.findings.map(\.code))
    }
  }

  private func refusal(_ query: Query) -> [String] {
    do {
      _ = try organisation.engine().run([query])
      return []
    } catch let error as FindingsError {
      return error.findings.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }
}
