import Metrics
import Records

// How long deals are in their stages.
extension Relations {
  /// The day on which an open deal came into its present stage, as far as its last rows say.
  func stageEntry(_ joins: inout [String]) throws -> String {
    try dealEntries()
    try define("stage_entry", "When each deal came into the stage of its last row.") {
      """
      WITH entry AS (
        SELECT deal, nth, stage, day, lag(stage) OVER (PARTITION BY deal ORDER BY nth) AS before
        FROM deal_entry
      ), ranked AS (
        SELECT deal, stage, day, row_number() OVER (PARTITION BY deal ORDER BY nth DESC) AS later
        FROM entry WHERE nth = 1 OR stage IS DISTINCT FROM before
      )
      SELECT deal, stage, day FROM ranked WHERE later = 1
      """
    }
    let join =
      "LEFT JOIN stage_entry ON stage_entry.deal = deal.Id"
      + " AND stage_entry.stage = lower(deal.StageName) AND NOT deal.IsClosed AND NOT deal.IsWon"
    if !joins.contains(join) { joins.append(join) }
    return "stage_entry.day"
  }

  /// METRICS §2, "Stalled": in its stage longer than the p75 of won deals of its class, null where too
  /// few are known.
  func isStalled(_ dealClass: String, _ joins: inout [String]) throws -> String {
    let since = try stageEntry(&joins)
    let dealClass = settings.classes.isEmpty ? dialect.literal("") : dealClass
    try stageLimits()
    joins.append(
      "LEFT JOIN stage_limit ON stage_limit.stage = lower(deal.StageName)"
        + " AND stage_limit.class = (\(dealClass))")
    return dialect.days(from: since, to: dialect.literal(schema.asOf)) + " > stage_limit.days"
  }

  /// Defines the p75 of the days that won deals of a class spent in a stage.
  private func stageLimits() throws {
    let select = FactSelect(.opportunity, alias: "deal", relations: self, knowsDerived: false)
    let dealClass = settings.classes.isEmpty ? dialect.literal("") : try self.dealClass(select)
    for entity in select.entities { try exported(entity) }
    let joins = select.joins.map { "\n  " + $0 }.joined()
    let passed = dialect.days(from: "stay.day", to: "stay.until")
    try define("stage_limit", "Days in which three quarters of won deals of a class left a stage.")
    {
      """
      WITH stay AS (
        SELECT deal, stage, day, lead(day) OVER (PARTITION BY deal ORDER BY nth) AS until,
          lead(stage) OVER (PARTITION BY deal ORDER BY nth) AS next
        FROM deal_entry
      ), spent AS (
        SELECT stay.deal, stay.stage, sum(CASE WHEN \(passed) > 0 THEN \(passed) ELSE 0 END) AS days
        FROM stay WHERE stay.until IS NOT NULL AND stay.stage IS NOT NULL
        GROUP BY stay.deal, stay.stage
        HAVING count(*)\(dialect.filter("stay.next IS DISTINCT FROM stay.stage")) > 0
      ), deal AS (
      \(indented(outcomes(), by: 2))
      ), won AS (
        SELECT \(dealClass) AS class, spent.stage, spent.days
        FROM deal JOIN spent ON spent.deal = deal.Id\(joins)
        WHERE deal.IsWon
      )
      SELECT class, stage, \(dialect.quantile(75, of: "days", where: "")) AS days
      FROM won GROUP BY class, stage HAVING count(*) >= \(MetricSettings.fewestStays)
      """
    }
  }
}
