import Metrics
import Records

// How much of a quarter is over when deals close.
extension Relations {
  /// METRICS §2, "Pace": whether a deal closes by the working day of its quarter that the as-of date is
  /// of its own.
  func isByThisDay(_ joins: inout [String]) throws -> String {
    let (quarter, number) = Pace.workingDay(
      of: schema.asOf, settings.calendar, holidays: schema.userRecords.holidays)
    let deals = FactSelect(.opportunity, alias: "deal", relations: self, knowsDerived: false)
    let start = try deals.span(.fiscalQuarter, "CloseDate").known
    let holidays = schema.userRecords.holidays.map(\.day).filter { $0.weekday <= 5 }
    let rows =
      holidays.isEmpty
      ? "SELECT \(dialect.null("DATE")) AS day WHERE false"
      : dialect.values(["day"], Set(holidays).sorted().map { [dialect.literal($0)] })
    // Mondays to Fridays before a day, from a Monday before all others on.
    func workingDays(before day: String) -> String {
      let passed = dialect.days(from: "DATE '0001-01-01'", to: day)
      return "divided(\(passed) - \(passed) % 7, 7) * 5 + least(\(passed) % 7, 5)"
    }
    try define("close_day", "How many working days of its quarter are before each close date.") {
      """
      SELECT c.day, c.quarter, (\(workingDays(before: "c.day")))
        - (\(workingDays(before: "c.quarter"))) - count(h.day) AS passed
      FROM (
        SELECT DISTINCT deal.CloseDate AS day, \(start) AS quarter
        FROM Opportunity AS deal\(deals.joins.map { "\n  " + $0 }.joined())
        WHERE deal.CloseDate IS NOT NULL
      ) AS c LEFT JOIN (\(rows)) AS h ON h.day >= c.quarter AND h.day < c.day
      GROUP BY c.day, c.quarter
      """
    }
    joins.append("LEFT JOIN close_day ON close_day.day = deal.CloseDate")
    // The present quarter goes up to the as-of date, though that be no working day.
    return "CASE WHEN close_day.quarter = \(dialect.literal(quarter.start))"
      + " THEN deal.CloseDate <= \(dialect.literal(schema.asOf))"
      + " ELSE close_day.passed < \(number) END"
  }
}
