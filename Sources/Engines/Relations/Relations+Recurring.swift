import Metrics
import Records

// Recurring revenue by customer and month.
extension Relations {
  /// How many completed months the fact reaches back.
  private static let months = 60

  /// Defines the fact of revenue movements: of accounts, or of families by their ultimate parents.
  func revenueMovements(ofFamilies: Bool) throws {
    let fact = ofFamilies ? Fact.familyRevenueMovements : .revenueMovements
    guard lacks(fact) else { return }
    let steps = try revenueSteps(ofFamilies: ofFamilies)
    try revenueMonths()
    let previous = dialect.day("m.first_day", movedByMonths: "-1")
    let yearAgo = dialect.day("m.first_day", movedByMonths: "-12")
    let whole = dialect.wholeType
    func level(_ alias: String, _ month: String) -> String {
      """
      LEFT JOIN \(steps) AS \(alias) ON \(alias).customer = c.customer
          AND \(alias).month <= \(month) AND (\(alias).next IS NULL OR \(month) < \(alias).next)
      """
    }
    try define(
      fact.rawValue,
      "Recurring revenue of each \(ofFamilies ? "family" : "account") in each completed month."
    ) {
      """
      WITH movement AS (
        SELECT c.customer, m.last_day, m.first_day, c.first_active,
          coalesce(before.closing, 0) AS opening, coalesce(now.closing, 0) AS closing,
          coalesce(a_year_ago.closing, 0) AS year_opening,
          CASE WHEN now.month = m.first_day THEN now.begins ELSE 0 END AS begins,
          CASE WHEN now.month = m.first_day THEN now.stops ELSE 0 END AS due,
          coalesce(now.renewing, 0) AS renewing
        FROM (
          SELECT customer, min(CASE WHEN closing <> 0 THEN month END) AS first_active
          FROM \(steps) GROUP BY customer
        ) AS c CROSS JOIN revenue_month AS m
        \(level("now", "m.first_day"))
        \(level("before", previous))
        \(level("a_year_ago", yearAgo))
      )
      SELECT customer AS AccountId, last_day AS Month,
        CASE WHEN opening = closing THEN NULL
          WHEN opening = 0 THEN CASE WHEN first_active < first_day THEN 'reactivation'
            ELSE 'new' END
          WHEN closing = 0 THEN 'churned' WHEN closing > opening THEN 'expansion'
          ELSE 'contraction' END AS Kind,
        opening AS Opening, closing AS Closing, year_opening AS YearOpening, due AS Due,
        \(settings.renewalGrace > 0 ? "renewing" : dialect.null(whole)) AS Renewing,
        CASE WHEN due > 0 THEN greatest(least(due, begins), 0) ELSE 0 END AS Renewed
      FROM movement
      WHERE opening <> 0 OR closing <> 0 OR year_opening <> 0 OR due <> 0
      """
    }
  }

  /// Defines the months in which the subscriptions of a customer change, and gives the name.
  private func revenueSteps(ofFamilies: Bool) throws -> String {
    try subscriptions()
    if ofFamilies { try families() }
    let name = ofFamilies ? "family_revenue_step" : "revenue_step"
    let customer = ofFamilies ? "f.root" : "s.account"
    let join = ofFamilies ? " JOIN family_member AS f ON f.account = s.account" : ""
    let whole = dialect.wholeType
    try define(name, "The months in which subscriptions begin or stop, and what runs after each.") {
      """
      WITH change AS (
        SELECT \(customer) AS customer, s.first_month AS month, s.value AS begins, 0 AS stops,
          0 AS lapses
        FROM subscription AS s\(join)
        UNION ALL
        SELECT \(customer), s.end_month, 0, s.value,
          CASE WHEN s.expiry_month IS NULL THEN 0 ELSE -s.value END
        FROM subscription AS s\(join) WHERE s.end_month IS NOT NULL
        UNION ALL
        SELECT \(customer), s.expiry_month, 0, 0, s.value
        FROM subscription AS s\(join) WHERE s.expiry_month IS NOT NULL
      ), step AS (
        SELECT customer, month, CAST(sum(begins) AS \(whole)) AS begins,
          CAST(sum(stops) AS \(whole)) AS stops, CAST(sum(lapses) AS \(whole)) AS lapses
        FROM change GROUP BY customer, month
      )
      SELECT customer, month, begins, stops,
        CAST(sum(begins - stops) OVER (PARTITION BY customer ORDER BY month) AS \(whole)) AS closing,
        CAST(sum(lapses) OVER (PARTITION BY customer ORDER BY month) AS \(whole)) AS renewing,
        lead(month) OVER (PARTITION BY customer ORDER BY month) AS next
      FROM step
      """
    }
    return name
  }

  /// Defines the completed months that the fact reaches back.
  func revenueMonths() throws {
    let horizon = schema.asOf.startOfMonth()
    let first = horizon.startOfMonth(adding: -Relations.months)
    try define("revenue_month", "The completed months, each by its first and last day.") {
      dialect.values(
        ["first_day", "last_day"],
        (0..<Relations.months).map { month in
          let next = first.startOfMonth(adding: month + 1)
          return [
            dialect.literal(first.startOfMonth(adding: month)),
            dialect.literal(next.adding(days: -1)),
          ]
        })
    }
  }

  /// Defines the rows of the user's file of costs.
  func costs() throws {
    guard lacks(.costs) else { return }
    let text = "VARCHAR"
    func cell(_ value: String?) -> String { value.map(dialect.literal) ?? dialect.null(text) }
    let rows = schema.userRecords.costs.map { cost -> [String] in
      let last = cost.month.startOfMonth(adding: 1).adding(days: -1)
      return [
        dialect.literal(last),
        "CAST(\(dialect.number(Int128(cost.amount))) AS \(dialect.wholeType))",
        cell(cost.currency), cell(cost.category), cell(cost.segment),
      ]
    }
    let none =
      "SELECT \(dialect.null("DATE")) AS Month, \(dialect.null(dialect.wholeType)) AS Amount,"
      + " \(dialect.null(text)) AS CurrencyIsoCode, \(dialect.null(text)) AS Category,"
      + " \(dialect.null(text)) AS Segment WHERE false"
    let all =
      rows.isEmpty
      ? none
      : dialect.values(["Month", "Amount", "CurrencyIsoCode", "Category", "Segment"], rows)
    let converted = try conversion("cost.Amount", currency: "cost.CurrencyIsoCode")
    try define(Fact.costs.rawValue, "The file of costs, in corporate currency.") {
      "SELECT cost.Month, cost.Category, cost.Segment, \(converted.value) AS Value\nFROM (\n"
        + indented(all, by: 2) + "\n) AS cost" + converted.joins.map { "\n" + $0 }.joined()
    }
  }
}
