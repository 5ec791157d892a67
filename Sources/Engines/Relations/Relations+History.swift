import Metrics
import Records

// What OpportunityHistory says of deals.
extension Relations {
  /// Whether OpportunityHistory says of which deal and of when its rows are.
  var hasHistory: Bool {
    schema.has(.opportunityHistory)
      && ["OpportunityId", "CreatedDate"].allSatisfy {
        schema.column($0, of: .opportunityHistory) != nil
      }
  }

  /// What orders the rows of a history at one instant.
  func historyKey(of history: Entity, _ alias: String) -> String {
    column("Id", of: history, alias) ?? "\(alias).row"
  }

  /// Defines the rows of OpportunityHistory by deal, in their order.
  ///
  /// A row speaks for its deal on the days from `since`, null for all before, until `until`. After the
  /// last row the deal speaks for itself.
  func dealEntries() throws {
    try exported(.opportunityHistory)
    try define(
      "deal_entry", "The rows of each deal's history, and the days on which each speaks for it."
    ) {
      func cell(_ name: String, _ type: String) -> String {
        column(name, of: .opportunityHistory, "h") ?? dialect.null(type)
      }
      guard hasHistory else {
        let text = dialect.null("VARCHAR")
        return "SELECT \(text) AS deal, 0 AS nth, \(dialect.null("DATE")) AS day,"
          + " \(dialect.null("DATE")) AS since, \(dialect.null("DATE")) AS until, \(text) AS stage,"
          + " \(dialect.null(dialect.wholeType)) AS amount, \(dialect.null("DATE")) AS close"
          + " WHERE false"
      }
      return """
        SELECT deal, nth, day, CASE WHEN nth > 1 THEN day END AS since,
          coalesce(next, day) AS until, stage, amount, close
        FROM (
          SELECT h.OpportunityId AS deal, row_number() OVER changes AS nth, h.CreatedDate AS day,
            lead(h.CreatedDate) OVER changes AS next,
            lower(\(cell("StageName", "VARCHAR"))) AS stage,
            \(cell("Amount", dialect.wholeType)) AS amount, \(cell("CloseDate", "DATE")) AS close
          FROM OpportunityHistory AS h
          WHERE h.OpportunityId IS NOT NULL AND h.CreatedDate IS NOT NULL
          WINDOW changes AS (
            PARTITION BY h.OpportunityId
            ORDER BY h.CreatedDate_at, \(historyKey(of: .opportunityHistory, "h")))
        ) AS entry
        """
    }
  }

  /// Defines when each deal last entered a closed stage, and says whether the export knows.
  func closes() throws -> Bool {
    guard hasHistory, schema.column("StageName", of: .opportunityHistory) != nil else {
      return false
    }
    try exported(.opportunityHistory)
    try stageOutcomes()
    let closed =
      schema.column("IsClosed", of: .opportunity) != nil ? "o.IsClosed" : "outcome.closed"
    let id = historyKey(of: .opportunityHistory, "h")
    try define("last_close", "When each deal last entered a closed stage.") {
      """
      WITH closed_stage AS (
        SELECT name FROM stage_outcome WHERE place > 0 AND is_listed
        UNION
        SELECT lower(o.StageName) FROM Opportunity AS o
        LEFT JOIN stage_outcome AS outcome ON outcome.name = lower(o.StageName)
        WHERE coalesce(\(closed), outcome.closed, false)
          AND (outcome.name IS NULL OR outcome.place = 0)
      ), entry AS (
        SELECT h.OpportunityId AS deal, lower(h.StageName) AS stage, h.CreatedDate AS day,
          h.CreatedDate_at AS moment,
          lag(h.StageName) OVER changes IS NOT DISTINCT FROM h.StageName AS stays,
          row_number() OVER changes AS place
        FROM OpportunityHistory AS h WHERE h.CreatedDate IS NOT NULL
        WINDOW changes AS (PARTITION BY h.OpportunityId ORDER BY h.CreatedDate_at, \(id))
      ), ranked AS (
        SELECT entry.deal, entry.day, entry.moment,
          row_number() OVER (PARTITION BY entry.deal ORDER BY entry.place DESC) AS later
        FROM entry JOIN closed_stage ON closed_stage.name = entry.stage
        WHERE NOT entry.stays OR entry.place = 1
      )
      SELECT deal, day, moment FROM ranked WHERE later = 1
      """
    }
    return true
  }

  /// METRICS §2, "Pushes": how often the close date moved to a later day, null where no row tells.
  func pushes(_ joins: inout [String]) throws -> String {
    guard hasHistory, schema.column("CloseDate", of: .opportunityHistory) != nil else {
      return dialect.null(dialect.wholeType)
    }
    try dealEntries()
    try exported(.opportunity)
    // The deal itself stands behind its last row.
    try define("deal_push", "How often the close date of each deal moved to a later day.") {
      """
      WITH move AS (
        SELECT deal, close, lag(close) OVER (PARTITION BY deal ORDER BY nth) AS before,
          row_number() OVER (PARTITION BY deal ORDER BY nth DESC) AS later
        FROM deal_entry WHERE close IS NOT NULL
      )
      SELECT move.deal, CAST(count(*)\(dialect.filter("move.close > move.before"))
        + count(*)\(dialect.filter("move.later = 1 AND o.CloseDate > move.close"))
        AS \(dialect.wholeType)) AS pushes
      FROM move JOIN Opportunity AS o ON o.Id = move.deal
      GROUP BY move.deal
      """
    }
    joins.append("LEFT JOIN deal_push ON deal_push.deal = deal.Id")
    return "deal_push.pushes"
  }

  /// What the histories say of deals, where something reads it.
  func past(_ dealClass: String, _ cells: inout [String], _ joins: inout [String]) throws {
    if reads("pushes", of: .opportunity) { cells.append("\(try pushes(&joins)) AS Pushes") }
    if reads("daysinstage", of: .opportunity) {
      let days = dialect.days(from: try stageEntry(&joins), to: dialect.literal(schema.asOf))
      cells.append("CASE WHEN \(days) < 0 THEN 0 ELSE \(days) END AS DaysInStage")
    }
    if reads("isstalled", of: .opportunity) {
      cells.append("\(try isStalled(dealClass, &joins)) AS IsStalled")
    }
    if reads("isbythisday", of: .opportunity) {
      cells.append("\(try isByThisDay(&joins)) AS IsByThisDay")
    }
    if reads("owneratclose", of: .opportunity) {
      cells.append("\(try ownerAtClose(&joins)) AS owner_at_close")
    }
    if reads("territoryatclose", of: .opportunity) {
      cells.append("\(try territoryAtClose(&joins)) AS territory_at_close")
    }
  }
}
