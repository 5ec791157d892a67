import Metrics
import Records

/// What rows of `past_deal`, called `deal`, were at the end of a day, as conditions and values.
struct PastMoment {
  /// The relations that speak of the day.
  let joins: [String]
  let exists: String
  let isGone: String
  let isClosed: String
  let isWon: String
  /// At a stage that counts as a booking.
  let isStaged: String
  let close: String
  /// Value in corporate currency at the deal's one rate.
  let value: String
}

// What deals were on earlier days.
extension Relations {
  /// Defines the deals that count, with what is said of each today.
  ///
  /// - Parameter takesDeleted: whether deleted deals are among them.
  /// - Throws: what SQL cannot say.
  func pastDeals(takesDeleted: Bool) throws {
    let hasDeleted = takesDeleted && schema.has(.deletedOpportunity)
    try stageOutcomes()
    try dealEntries()
    try stagesThen(hasDeleted)
    var parts = [try pastDeals(of: .opportunity)]
    if hasDeleted { parts.append(try pastDeals(of: .deletedOpportunity)) }
    try define(
      "past_deal",
      "Deals that count\(hasDeleted ? ", deleted ones among them" : ""), as they are today."
    ) {
      parts.count == 1
        ? parts[0]
        : parts.map { "(\n\(indented($0, by: 2))\n)" }.joined(separator: " UNION ALL ")
    }
    try dealStates()
  }

  /// Bookings by their class that have a rate; from which stage on is asked of the day.
  private func pastDeals(of entity: Entity) throws -> String {
    try exported(entity)
    let isDeleted = entity == .deletedOpportunity
    let select = FactSelect(.opportunity, alias: "deal", relations: self, knowsDerived: false)
    let dealClass = try self.dealClass(select)
    for other in select.entities { try exported(other) }
    let amount = columnOrNull(settings.valueField, of: .opportunity, "deal")
    let converted = try conversion(
      amount, currency: column("CurrencyIsoCode", of: .opportunity, "deal"), deal: "deal.Id",
      of: entity)
    var joins = select.joins + converted.joins
    let isStaged = try isBookingStage("lower(deal.StageName)", &joins) ?? "true"
    let conditions = [isListed(dealClass), converted.hasRate].compactMap { $0 }
    func cell(_ name: String, _ type: String) -> String {
      column(name, of: entity, "deal") ?? dialect.null(type)
    }
    let gone =
      isDeleted
      ? "coalesce(\(cell("SystemModstamp", "DATE")), \(cell("LastModifiedDate", "DATE")))"
      : dialect.null("DATE")
    let kept = ["AccountId", "IsExcludedFromTerritory2Filter"]
      .compactMap { column($0, of: .opportunity, "deal") }.map { ", \($0)" }.joined()
    return """
      WITH deal AS (
      \(indented(outcomes(of: entity), by: 2))
      )
      SELECT deal.Id, \(isDeleted) AS is_deleted, \(gone) AS gone,
        \(cell("CreatedDate", "DATE")) AS created, deal.CloseDate AS close,
        deal.IsClosed AS is_closed, deal.IsWon AS is_won, \(isStaged) AS is_staged,
        deal.Id IN (SELECT deal FROM deal_entry) AS is_recorded, \(amount) AS amount,
        \(converted.rate ?? dialect.null(dialect.wholeType)) AS rate,
        \(cell("Territory2Id", "VARCHAR")) AS own_territory\(kept)
      FROM deal\(joins.map { "\n" + $0 }.joined())
      """ + (conditions.isEmpty ? "" : "\nWHERE \(conditions.joined(separator: " AND "))")
  }

  /// Defines what stages of a history say: as listed, else as the deals that are at them.
  private func stagesThen(_ hasDeleted: Bool) throws {
    try exported(.opportunity)
    if hasDeleted { try exported(.deletedOpportunity) }
    let all: [Entity] = hasDeleted ? [.opportunity, .deletedOpportunity] : [.opportunity]
    let parts = all.map {
      "SELECT StageName, IsClosed, IsWon FROM (\n\(indented(outcomes(of: $0), by: 2))\n) AS known"
    }
    try define("stage_then", "Which stages are closed, and which of them won.") {
      """
      SELECT name, is_listed AS is_closed, is_listed AND won AS is_won
      FROM stage_outcome WHERE place > 0
      UNION ALL
      SELECT lower(deal.StageName), true, bool_or(deal.IsWon)
      FROM (\(parts.joined(separator: " UNION ALL "))) AS deal
      WHERE deal.IsClosed AND deal.StageName IS NOT NULL
        AND lower(deal.StageName) NOT IN (SELECT name FROM stage_outcome WHERE place > 0)
      GROUP BY lower(deal.StageName)
      """
    }
  }

  /// Defines what each deal was by spans of days, as long as its history speaks for it.
  private func dealStates() throws {
    var joins = ["LEFT JOIN stage_then ON stage_then.name = entry.stage"]
    let isStaged = try isBookingStage("entry.stage", &joins) ?? "true"
    try define("deal_state", "What each deal was, by the days on which its history speaks for it.")
    {
      """
      SELECT entry.deal, entry.since, entry.until,
        coalesce(stage_then.is_closed, false) AS is_closed,
        coalesce(stage_then.is_won, false) AS is_won, \(isStaged) AS is_staged,
        entry.amount, entry.close
      FROM deal_entry AS entry\(joins.map { "\n" + $0 }.joined())
      """
    }
  }

  /// What deals were at the end of a day.
  ///
  /// - Parameters:
  ///   - day: the day, as SQL.
  ///   - suffix: tells the relations of several days apart.
  /// - Returns: conditions and values, with the joins that they need.
  /// - Throws: what SQL cannot say.
  func moment(_ day: String, _ suffix: String) throws -> PastMoment {
    let then = "then_\(suffix)"
    var joins = [Relations.join("deal_state", then, on: day)]
    func said(_ column: String, else own: String) -> String {
      "CASE WHEN \(then).deal IS NULL THEN \(own) ELSE \(then).\(column) END"
    }
    // One without rows was open until its close date.
    let isOver = "(deal.is_recorded OR deal.close IS NULL OR deal.close <= \(day))"
    let isInHistory = settings.isValuedByAmount
    let holds = { [schema] in schema.column($0, of: .opportunityHistory) != nil }
    var amount =
      isInHistory && holds("Amount") ? said("amount", else: "deal.amount") : "deal.amount"
    if !isInHistory {
      let changed = "value_\(suffix)"
      try valueChanges()
      joins.append(Relations.join("value_change", changed, on: day))
      amount =
        "CASE WHEN \(changed).deal IS NOT NULL THEN \(changed).before ELSE \(amount) END"
    }
    return PastMoment(
      joins: joins, exists: "(deal.created IS NULL OR deal.created <= \(day))",
      isGone: "(deal.is_deleted AND (deal.gone IS NULL OR deal.gone <= \(day)))",
      isClosed: said("is_closed", else: "deal.is_closed AND \(isOver)"),
      isWon: said("is_won", else: "deal.is_won AND \(isOver)"),
      isStaged: said("is_staged", else: "deal.is_staged"),
      close: holds("CloseDate") ? said("close", else: "deal.close") : "deal.close",
      value: schema.isMultiCurrency
        ? "CASE WHEN deal.rate IS NULL THEN \(amount) ELSE converted(\(amount), deal.rate) END"
        : amount)
  }

  /// Joins the row of a relation by spans of days that speaks of a day.
  static func join(_ relation: String, _ alias: String, on day: String) -> String {
    "LEFT JOIN \(relation) AS \(alias)\n    ON \(alias).deal = deal.Id AND \(day) < \(alias).until"
      + "\n    AND (\(alias).since IS NULL OR \(alias).since <= \(day))"
  }

  /// METRICS §2, "Slipped": defines the deals that were due in a quarter when it began.
  func dueDeals() throws {
    guard lacks(.dueDeals) else { return }
    try pastDeals(takesDeleted: false)
    let quarters = DueDeals.quarters(before: schema.asOf, settings.calendar)
    try define("due_quarter", "The completed fiscal quarters that due deals are told of.") {
      quarters.map { quarter in
        let days = [
          ("eve", quarter.start.adding(days: -1)), ("first_day", quarter.start),
          ("last_day", quarter.end.adding(days: -1)),
        ]
        return "SELECT " + days.map { "\(dialect.literal($1)) AS \($0)" }.joined(separator: ", ")
      }.joined(separator: "\nUNION ALL ")
    }
    let opening = try moment("quarter.eve", "opening")
    let closing = try moment("quarter.last_day", "closing")
    try define(
      Fact.dueDeals.rawValue, "Bookings in the quarters in which they were due, and what became."
    ) {
      """
      WITH state AS (
        SELECT deal.Id, quarter.first_day, quarter.last_day, \(opening.exists) AS existed,
          \(opening.isStaged) AS was_staged, \(opening.isClosed) AS was_closed,
          \(opening.close) AS due, \(opening.value) AS value,
          \(closing.isClosed) AS is_closed, \(closing.isWon) AS is_won
        FROM past_deal AS deal CROSS JOIN due_quarter AS quarter
        \((opening.joins + closing.joins).joined(separator: "\n  "))
      )
      SELECT Id AS OpportunityId, last_day AS Quarter, value AS Amount,
        CASE WHEN NOT is_closed THEN 'slipped' WHEN is_won THEN 'won' ELSE 'lost' END AS Outcome
      FROM state
      WHERE existed AND was_staged AND NOT was_closed AND due BETWEEN first_day AND last_day
      """
    }
  }
}
