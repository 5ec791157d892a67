import Metrics
import Records

// Subscriptions that count, and for how long one that expired stays for its open renewal.
extension Relations {
  /// The class whose deals are renewals; nil where nothing stays for one.
  private var renewalClass: String? {
    settings.renewalGrace > 0
      ? settings.classes.first { $0.name.lowercased() == "renewal" }?.name : nil
  }

  /// Notes what subscriptions are made from.
  func noteSubscriptions() {
    if renewalClass != nil { note("class", of: .opportunity) }
  }

  /// Defines the subscriptions that count: from the month of the start up to, not including, that of
  /// the day after the end; months that are not completed are left out.
  func subscriptions() throws {
    try datedSubscriptions()
    let horizon = dialect.literal(schema.asOf.startOfMonth())
    func before(_ month: String) -> String {
      "CASE WHEN \(month) < \(horizon) THEN \(month) END"
    }
    guard let renewalClass else {
      return try define("subscription", "Subscriptions, each from its first month to its last.") {
        """
        SELECT account, first_month, \(dialect.null("DATE")) AS expiry_month,
          \(before("expiry")) AS end_month, value
        FROM dated_subscription WHERE first_month < expiry
        """
      }
    }
    try renewals(renewalClass)
    try define(
      "subscription", "Subscriptions; one that expired stays in the months of an open renewal."
    ) {
      """
      WITH stretch AS (
        SELECT known.row, known.account, known.first_month, known.expiry,
          coalesce(stay.next_month, known.expiry) AS until_month, known.value
        FROM dated_subscription AS known
        LEFT JOIN renewal_stay AS stay ON stay.row = known.row AND stay.month = known.expiry
        UNION ALL
        SELECT known.row, known.account, stay.month, stay.month, stay.next_month, known.value
        FROM dated_subscription AS known
        JOIN renewal_stay AS stay ON stay.row = known.row AND stay.month <> known.expiry
      )
      SELECT account, first_month,
        CASE WHEN expiry < until_month THEN \(before("expiry")) END AS expiry_month,
        \(before("until_month")) AS end_month, value
      FROM stretch WHERE first_month < until_month
      """
    }
  }

  /// Defines subscriptions with the month in which they begin and that from which on they are over,
  /// at most the month that is not completed.
  private func datedSubscriptions() throws {
    try exported(.contract)
    try exported(.account)
    let value = columnOrNull("MonthlyValue__c", of: .contract, "c")
    let converted = try conversion(value, currency: column("CurrencyIsoCode", of: .contract, "c"))
    let start = column("StartDate", of: .contract, "c") ?? dialect.null("DATE")
    let end = column("EndDate", of: .contract, "c") ?? dialect.null("DATE")
    let account = column("AccountId", of: .contract, "c") ?? dialect.null("VARCHAR")
    let horizon = dialect.literal(schema.asOf.startOfMonth())
    /// The month that begins some days after the last one of a subscription.
    func month(after days: Int) -> String {
      let month = dialect.start(of: "month", dialect.day("end_day", movedBy: days))
      return "CASE WHEN end_day IS NULL THEN \(horizon) ELSE least(\(month), \(horizon)) END"
    }
    let until =
      "CASE WHEN start_day <= end_day THEN \(month(after: 1 + settings.renewalGrace)) END"
    try define("dated_subscription", "Subscriptions with a value, at the static rate.") {
      """
      SELECT row, account, \(dialect.start(of: "month", "start_day")) AS first_month,
        \(month(after: 1)) AS expiry, \(until) AS grace, value
      FROM (
        SELECT c.row, a.Id AS account, \(start) AS start_day, \(end) AS end_day,
          \(converted.value) AS value
        FROM Contract AS c
        JOIN Account AS a ON a.Id = \(account)\(converted.joins.map { "\n  " + $0 }.joined())
      ) AS known
      WHERE start_day IS NOT NULL AND value IS NOT NULL AND start_day < \(horizon)
      """
    }
  }

  /// Defines the months in which each subscription that expired stays for a renewal: one row a stretch.
  private func renewals(_ renewalClass: String) throws {
    try opportunities()
    let created = column("CreatedDate", of: .opportunity, "deal")
    let from = created.map { dialect.start(of: "month", $0) } ?? dialect.null("DATE")
    let closed = dialect.start(of: "month", "deal.CloseDate")
    try define("renewal_span", "The months at whose end an account had an open renewal.") {
      // A deal whose creation is not known was always there; one closed on no known day is gone.
      """
      SELECT deal.AccountId AS account, \(from) AS from_month,
        CASE WHEN deal.IsClosed THEN \(closed) END AS until_month
      FROM opportunities AS deal
      WHERE deal.Class = \(dialect.literal(renewalClass))
        AND (NOT deal.IsClosed OR deal.CloseDate IS NOT NULL)
      """
    }
    let next = dialect.day("month", movedByMonths: "1")
    // No month is shorter than 28 days, and the grace begins in the month of the expiry at the latest.
    let months = 0...(settings.renewalGrace / 28 + 2)
    let passed = dialect.values(["months"], months.map { ["\($0)"] })
    try define("renewal_stay", "Stretches of months in which a subscription stays for a renewal.") {
      """
      WITH passed AS (
      \(indented(passed, by: 2))
      ), wait AS (
        SELECT row, account, \(dialect.day("expiry", movedByMonths: "passed.months")) AS month
        FROM dated_subscription CROSS JOIN passed
        WHERE \(dialect.day("expiry", movedByMonths: "passed.months")) < grace
      ), kept AS (
        SELECT DISTINCT wait.row, wait.month FROM wait JOIN renewal_span AS r
          ON r.account = wait.account AND (r.from_month IS NULL OR r.from_month <= wait.month)
          AND (r.until_month IS NULL OR wait.month < r.until_month)
      ), begun AS (
        SELECT row, month, CASE WHEN lag(\(next)) OVER (PARTITION BY row ORDER BY month) = month
          THEN 0 ELSE 1 END AS begins
        FROM kept
      ), stretch AS (
        SELECT row, month, sum(begins) OVER (PARTITION BY row ORDER BY month) AS number FROM begun
      )
      SELECT row, min(month) AS month, max(\(next)) AS next_month
      FROM stretch GROUP BY row, number
      """
    }
  }
}
