import Metrics
import Records

// What OpportunityFieldHistory says of deals.
extension Relations {
  /// Defines the changes of a field of deals.
  ///
  /// A row says what the field held before, on the days from `since`, null for all earlier ones, until
  /// `until`, and what it held from then on, where `is_told`. The history of a reference holds two rows
  /// a change, one with the names and one with the Ids: a row of which the former value cannot be told
  /// is left out.
  ///
  /// - Parameters:
  ///   - name: what the relation is called.
  ///   - comment: what it holds.
  ///   - fields: by what the history may call the field, in lower case.
  ///   - value: the value of a cell, null where the cell holds none of its kind.
  /// - Throws: what SQL cannot say.
  private func changes(
    _ name: String, _ comment: String, of fields: [String], value: (_ cell: String) -> String
  ) throws {
    let history = Entity.opportunityFieldHistory
    try exported(history)
    let names = ["OpportunityId", "Field", "OldValue", "NewValue", "CreatedDate"]
    let isKnown = schema.has(history) && names.allSatisfy { schema.column($0, of: history) != nil }
    try define(name, comment) {
      guard isKnown else {
        let day = dialect.null("DATE")
        return "SELECT \(dialect.null("VARCHAR")) AS deal, \(dialect.null("TIMESTAMP")) AS moment,"
          + " \(day) AS since, \(day) AS until, '' AS id, \(value(dialect.null("VARCHAR"))) AS before,"
          + " \(value(dialect.null("VARCHAR"))) AS after, false AS is_told WHERE false"
      }
      return """
        SELECT deal, moment, day AS until, id, before, after, is_told,
          lag(day) OVER (PARTITION BY deal ORDER BY moment, id) AS since
        FROM (
          SELECT h.OpportunityId AS deal, h.CreatedDate_at AS moment, h.CreatedDate AS day,
            \(historyKey(of: history, "h")) AS id, \(value("h.OldValue")) AS before,
            \(value("h.NewValue")) AS after,
            h.NewValue IS NULL OR \(value("h.NewValue")) IS NOT NULL AS is_told
          FROM OpportunityFieldHistory AS h
          WHERE lower(h.Field) IN (\(fields.map(dialect.literal).joined(separator: ", ")))
            AND h.OpportunityId IS NOT NULL AND h.CreatedDate IS NOT NULL
            AND (h.OldValue IS NULL OR \(value("h.OldValue")) IS NOT NULL)
        ) AS change
        """
    }
  }

  /// The key in a cell, null where no record of an entity has it.
  private func known(_ entity: Entity, _ cell: String) -> String {
    "(CASE WHEN record_key(\(cell)) IN (SELECT Id FROM \(name(of: entity)))"
      + " THEN record_key(\(cell)) END)"
  }

  /// Defines the changes of the field that values deals.
  func valueChanges() throws {
    try changes(
      "value_change", "Changes of the field that values deals.",
      of: [SQLExpression.lowercased(settings.valueField)]
    ) { "units(\($0))" }
  }

  /// Defines the changes of the territory of deals.
  func territoryChanges() throws {
    try require(.territory)
    try changes(
      "territory_change", "Changes of the territory of deals.",
      of: ["territory2", "territory2id"]
    ) { known(.territory, $0) }
  }

  private func ownerChanges() throws {
    try require(.user)
    try changes("owner_change", "Changes of the owner of deals.", of: ["owner", "ownerid"]) {
      known(.user, $0)
    }
  }

  /// METRICS §1, "Owner of a closed deal": what the history tells, a configured field, else today's.
  func ownerAtClose(_ joins: inout [String]) throws -> String {
    try ownerChanges()
    try atClose("owner_at_close", "owner_change", "Who owned closed deals when they closed.")
    joins.append("LEFT JOIN owner_at_close AS was_owned ON was_owned.deal = deal.Id")
    let present = column("OwnerId", of: .opportunity, "deal") ?? dialect.null("VARCHAR")
    var configured = ""
    if let field = settings.ownerAtCloseField, let known = schema.column(field, of: .opportunity),
      let cell = column(field, of: .opportunity, "deal")
    {
      let isReference = known.kind == .reference(.user)
      let key = isReference ? cell : "record_key(\(cell))"
      joins.append(
        "LEFT JOIN \(name(of: .user)) AS closer ON closer.Id = \(key)")
      configured = "closer.Id, "
    }
    return "CASE WHEN deal.IsClosed THEN coalesce(was_owned.member, \(configured)\(present))"
      + " ELSE \(present) END"
  }

  /// The territory of a closed deal when it closed, as the present model has it.
  func territoryAtClose(_ joins: inout [String]) throws -> String {
    try territoryChanges()
    try atClose("territory_at_close", "territory_change", "Where closed deals were at their close.")
    joins.append("LEFT JOIN territory_at_close AS was_held ON was_held.deal = deal.Id")
    let present = column("Territory2Id", of: .opportunity, "deal") ?? dialect.null("VARCHAR")
    let own = "CASE WHEN was_held.deal IS NOT NULL THEN was_held.member ELSE \(present) END"
    return try territory(own: own, of: "deal", as: "own_then", &joins)
  }

  /// Defines what a field of closed deals held when they closed, as far as its changes tell: what the
  /// first later one says that it held before, else what the last one says that it held from then on.
  private func atClose(_ name: String, _ changes: String, _ comment: String) throws {
    try stageOutcomes()
    try exported(.opportunity)
    let isKnown = try closes()
    let moment = isKnown ? "last_close.moment" : dialect.null("TIMESTAMP")
    let join = isKnown ? "\n  LEFT JOIN last_close ON last_close.deal = deal.Id" : ""
    try define(name, comment) {
      """
      WITH deal AS (
      \(indented(outcomes(), by: 2))
      ), closed AS (
        SELECT deal.Id AS deal, \(moment) AS moment, deal.CloseDate AS day
        FROM deal\(join)
        WHERE deal.IsClosed
      ), change AS (
        SELECT c.*, CASE WHEN closed.moment IS NOT NULL THEN c.moment > closed.moment
            ELSE c.until > closed.day END AS is_later
        FROM closed JOIN \(changes) AS c ON c.deal = closed.deal
        WHERE closed.moment IS NOT NULL OR closed.day IS NOT NULL
      ), ranked AS (
        SELECT *, row_number() OVER (
          PARTITION BY deal ORDER BY CASE WHEN is_later THEN 0 ELSE 1 END,
            CASE WHEN is_later THEN moment END, CASE WHEN is_later THEN id END, moment DESC,
            CASE WHEN is_told THEN 0 ELSE 1 END, id DESC) AS place
        FROM change
      )
      SELECT deal, CASE WHEN is_later THEN before ELSE after END AS member
      FROM ranked WHERE place = 1 AND (is_later OR is_told)
      """
    }
  }
}
