import Metrics
import Records

// Quotas with what is derived for them and their holders.
extension Relations {
  private static let derivedOfHolders = [
    "quarterattainment", "yearattainment", "isrampingquarter", "isrampingyear", "ismanager",
    "teamquota",
  ]

  /// Whether something reads how the holders of quotas do.
  var readsHolders: Bool {
    Relations.derivedOfHolders.contains { reads($0, of: .quota) }
  }

  func quotas() throws {
    try exported(.quota)
    guard lacks(.quotas) else { return }
    let converted = try conversion(
      columnOrNull("QuotaAmount", of: .quota, "quota"),
      currency: column("CurrencyIsoCode", of: .quota, "quota"))
    var counted = ""
    if let type = column("ForecastingTypeId", of: .quota, "quota") {
      counted = """

        WHERE \(type) IS NULL OR \(type) = (
          SELECT ForecastingTypeId FROM ForecastingQuota WHERE ForecastingTypeId IS NOT NULL
          GROUP BY ForecastingTypeId ORDER BY count(*) DESC, ForecastingTypeId LIMIT 1)
        """
    }
    let columns = schema.columns(of: .quota).map { "quota.\(dialect.identifier($0.name))" }
    let plain =
      "SELECT \((columns + ["\(converted.value) AS Value"]).joined(separator: ", "))"
      + "\(readsHolders ? ", quota.row" : "")"
      + "\nFROM ForecastingQuota AS quota" + converted.joins.map { "\n" + $0 }.joined() + counted
    let comment =
      "Quotas of the one forecasting type that most are of, in corporate currency."
    guard readsHolders else { return try define(Fact.quotas.rawValue, comment) { plain } }
    try define("counted_quota", comment) { plain }
    try holders()
    try define(Fact.quotas.rawValue, "Quotas, with how their holders do.") {
      let names = schema.columns(of: .quota).map { "quota.\(dialect.identifier($0.name))" }
      let isManager =
        column("QuotaOwnerId", of: .quota, "quota") == nil
        ? dialect.null("BOOLEAN")
        : "CASE WHEN holder.Id IS NOT NULL THEN leader.person IS NOT NULL END"
      return """
        SELECT \((names + ["quota.Value"]).joined(separator: ", ")),
          of_quarter.attainment AS QuarterAttainment, of_year.attainment AS YearAttainment,
          of_quarter.is_ramping AS IsRampingQuarter, of_year.is_ramping AS IsRampingYear,
          \(isManager) AS IsManager, team.value AS TeamQuota
        FROM counted_quota AS quota
        LEFT JOIN \(name(of: .user)) AS holder
          ON holder.Id = \(column("QuotaOwnerId", of: .quota, "quota") ?? dialect.null("VARCHAR"))
        LEFT JOIN held_quota AS held ON held.row = quota.row
        LEFT JOIN quarter_attainment AS of_quarter
          ON of_quarter.person = held.person AND of_quarter.start = held.quarter
        LEFT JOIN year_attainment AS of_year
          ON of_year.person = held.person AND of_year.start = held.year
        LEFT JOIN quota_leader AS leader ON leader.person = holder.Id
        LEFT JOIN team_quota AS team ON team.row = quota.row
        """
    }
  }

  /// Defines quotas that have a holder, a first day and an amount, and what is known by holder.
  private func holders() throws {
    try require(.user)
    try opportunities()
    var joins: [String] = []
    let day = column("StartDate", of: .quota, "quota") ?? dialect.null("DATE")
    let holder = column("QuotaOwnerId", of: .quota, "quota") ?? dialect.null("VARCHAR")
    let quarter = try fiscalSpan(.fiscalQuarter, of: day, alias: "quarter") { joins.append($0) }
    let year = try fiscalSpan(.fiscalYear, of: day, alias: "fiscal") { joins.append($0) }
    try define("held_quota", "Quotas with a holder, a first day and an amount.") {
      """
      SELECT quota.row, person.Id AS person, \(day) AS day, quota.Value AS value,
        \(quarter.start) AS quarter, \(year.start) AS year
      FROM counted_quota AS quota JOIN \(name(of: .user)) AS person ON person.Id = \(holder)
      \(joins.map { $0 + "\n" }.joined())WHERE \(day) IS NOT NULL AND quota.Value IS NOT NULL
      """
    }
    try ramps()
    try attainment(.fiscalQuarter)
    try attainment(.fiscalYear)
    try teams()
  }

  /// Defines the months in which a holder of the file of people has less than a full quota.
  private func ramps() throws {
    let full = 100 * Exact.scale
    let rows = schema.userRecords.people.flatMap { entry -> [[String]] in
      guard let start = entry.person.startDate else { return [] }
      return entry.person.ramp.indices.filter { entry.person.ramp[$0] < full }.map { month in
        [dialect.literal(entry.user), dialect.literal(start.startOfMonth(adding: month))]
      }
    }
    try define("ramp_month", "Months in which a holder's quota is not yet full.") {
      rows.isEmpty
        ? "SELECT \(dialect.null("VARCHAR")) AS person, \(dialect.null("DATE")) AS month WHERE false"
        : dialect.values(["person", "month"], rows)
    }
  }

  /// Defines what holders won up to the as-of date by what their quotas have been by then.
  private func attainment(_ dimension: Dimension) throws {
    let isYear = dimension == .fiscalYear
    let span = isYear ? "year" : "quarter"
    let asOf = dialect.literal(schema.asOf)
    let whole = dialect.wholeType
    var joins: [String] = []
    let won = try fiscalSpan(dimension, of: "deal.CloseDate", alias: "span") { joins.append($0) }
    let owner = column("OwnerId", of: .opportunity, "deal") ?? dialect.null("VARCHAR")
    let month = dialect.start(of: "month", "q.day")
    // Rounded down, so that nobody reaches a bound by rounding.
    let above = "won.value * \(Exact.scale)"
    let rest = "((\(above)) % quota.value + quota.value) % quota.value"
    try define("\(span)_attainment", "How the holders of quotas do in each fiscal \(span).") {
      """
      WITH quota AS (
        SELECT q.person, q.\(span) AS start,
          CAST(\(dialect.sum("q.value", where: "q.day <= \(asOf)")) AS \(whole)) AS value,
          max(CASE WHEN r.month IS NULL THEN 0 ELSE 1 END) AS ramping
        FROM held_quota AS q
        LEFT JOIN ramp_month AS r ON r.person = q.person AND r.month = \(month)
        GROUP BY q.person, q.\(span)
      ), deal AS (
        SELECT \(owner) AS person, deal.Value AS value, \(won.start) AS start
        FROM (SELECT * FROM \(countedDeals) deal.IsWon AND deal.IsBooking
          AND deal.CloseDate <= \(asOf)) AS deal\(joins.map { "\n  " + $0 }.joined())
      ), won AS (
        SELECT quota.person, quota.start, CAST(coalesce(sum(deal.value), 0) AS \(whole)) AS value
        FROM quota LEFT JOIN deal ON deal.person = quota.person AND deal.start = quota.start
        GROUP BY quota.person, quota.start
      )
      SELECT quota.person, quota.start, quota.ramping = 1 AS is_ramping,
        CASE WHEN quota.value > 0 THEN divided(\(above) - \(rest), quota.value) END AS attainment
      FROM quota JOIN won ON won.person = quota.person AND won.start = quota.start
      """
    }
  }

  /// Defines the sum of the quotas of those who report to a holder of quotas: on the holder's first
  /// row of the same day, else of the same fiscal quarter.
  private func teams() throws {
    try managers()
    let whole = dialect.wholeType
    try define("quota_leader", "Holders of quotas to whom another holder reports.") {
      "SELECT DISTINCT m.parent AS person FROM manager_of AS m"
        + " JOIN held_quota AS own ON own.person = m.account"
        + " JOIN held_quota AS above ON above.person = m.parent"
    }
    try define("team_quota", "The quotas of those who report to a holder, on the holder's rows.") {
      """
      WITH by_day AS (
        SELECT person, day, min(row) AS row FROM held_quota GROUP BY person, day
      ), by_quarter AS (
        SELECT person, quarter, row FROM (
          SELECT person, quarter, row,
            row_number() OVER (PARTITION BY person, quarter ORDER BY day, row) AS place
          FROM held_quota) AS ranked WHERE place = 1
      )
      SELECT coalesce(by_day.row, by_quarter.row) AS row, CAST(sum(q.value) AS \(whole)) AS value
      FROM held_quota AS q
      JOIN manager_of AS m ON m.account = q.person AND m.parent <> q.person
      JOIN quota_leader AS leader ON leader.person = m.parent
      LEFT JOIN by_day ON by_day.person = m.parent AND by_day.day = q.day
      LEFT JOIN by_quarter ON by_quarter.person = m.parent AND by_quarter.quarter = q.quarter
      WHERE coalesce(by_day.row, by_quarter.row) IS NOT NULL
      GROUP BY coalesce(by_day.row, by_quarter.row)
      """
    }
  }
}
