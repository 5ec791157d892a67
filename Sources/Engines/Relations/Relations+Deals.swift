import Metrics
import Records

// Deals with what is derived for them.
extension Relations {
  func opportunities() throws {
    try exported(.opportunity)
    let fact = Fact.opportunities
    guard lacks(fact) else { return }
    let columns = columnNames(of: .opportunity)
    try stageOutcomes()
    let amount = columnOrNull(settings.valueField, of: .opportunity, "deal")
    let converted = try conversion(
      amount, currency: column("CurrencyIsoCode", of: .opportunity, "deal"), deal: "deal.Id")
    var cells: [String] = []
    var joins = converted.joins
    if reads("value", of: .opportunity) { cells.append("\(converted.value) AS Value") }
    if reads("band", of: .opportunity) {
      cells.append("\(band("(\(converted.value))", settings.dealBounds)) AS Band")
    }
    if let hasRate = converted.hasRate { cells.append("\(hasRate) AS IsCounted") }
    if reads("isopen", of: .opportunity) { cells.append("NOT deal.IsClosed AS IsOpen") }
    if reads("islost", of: .opportunity) {
      cells.append("(deal.IsClosed AND NOT deal.IsWon) AS IsLost")
    }
    let select = FactSelect(.opportunity, alias: "deal", relations: self, knowsDerived: false)
    let dealClass = try self.dealClass(select)
    for entity in select.entities { try exported(entity) }
    joins += select.joins
    if reads("class", of: .opportunity) { cells.append("\(dealClass) AS Class") }
    if reads("isbooking", of: .opportunity) {
      cells.append("\(try booking(dealClass, &joins)) AS IsBooking")
    }
    if reads("cycledays", of: .opportunity) { try cycle(&cells, &joins) }
    if reads("expirydate", of: .opportunity) { cells.append("\(expiry) AS ExpiryDate") }
    if reads("forecast", of: .opportunity) { cells.append("\(try forecast(&joins)) AS Forecast") }
    if reads("territory", of: .opportunity) { try territory(&cells, &joins) }
    try define(
      "opportunities", "Deals, with what is derived for each; amounts in corporate currency."
    ) {
      let kept = columns.filter { $0 != "IsClosed" && $0 != "IsWon" }
        .map { "o.\(dialect.identifier($0))" }
      let closed = columns.contains("IsClosed") ? "o.IsClosed, " : ""
      let won = columns.contains("IsWon") ? "o.IsWon, " : ""
      let derived = cells.map { ",\n  \($0)" }.joined()
      return """
        WITH deal AS (
          SELECT \(kept.joined(separator: ", ")),
            coalesce(\(closed)stage.closed, false) AS IsClosed,
            coalesce(\(won)stage.won, false) AS IsWon
          FROM Opportunity AS o LEFT JOIN stage_outcome AS stage ON stage.name = lower(o.StageName)
        )
        SELECT deal.*\(derived)
        FROM deal\(joins.map { "\n" + $0 }.joined())
        """
    }
  }

  /// What stages say of deals of which the export itself does not.
  private func stageOutcomes() throws {
    let names = ["MasterLabel", "ApiName"].filter { schema.column($0, of: .stage) != nil }
    if schema.has(.stage) { try exported(.stage) }
    let hasStages = schema.has(.stage)
    try define("stage_outcome", "What the name of a stage says of a deal.") {
      var rows = [
        "SELECT 'closed won' AS name, true AS closed, true AS won, false AS is_listed, 0 AS place,"
          + " 0 AS row",
        "SELECT 'closed lost', true, false, false, 0, 0",
      ]
      for stage in schema.stageOutcomes {
        rows.append(
          "SELECT \(dialect.literal(stage.name.lowercased())), \(stage.isClosed), \(stage.isWon),"
            + " false, 0, 1")
      }
      for (place, name) in names.enumerated() where hasStages {
        rows.append(
          "SELECT lower(\(name)), coalesce(IsClosed, false) OR coalesce(IsWon, false),"
            + " coalesce(IsWon, false), coalesce(IsClosed, false), \(place + 1), row"
            + " FROM OpportunityStage WHERE \(name) IS NOT NULL")
      }
      return """
        SELECT name, closed, won, is_listed, place FROM (
          SELECT *, row_number() OVER (PARTITION BY name ORDER BY place DESC, row DESC) AS later
          FROM (
        \(indented(rows.joined(separator: "\nUNION ALL\n"), by: 4))
          ) AS named
        ) AS outcomes WHERE later = 1
        """
    }
  }

  /// The first class whose condition a deal meets.
  private func dealClass(_ select: FactSelect) throws -> String {
    guard !settings.classes.isEmpty else { return dialect.null("VARCHAR") }
    var cases: [String] = []
    for dealClass in settings.classes {
      let condition = try select.expression.condition(dealClass.condition)
      cases.append("WHEN \(condition) THEN \(dialect.literal(dealClass.name))")
    }
    return "CASE \(cases.joined(separator: " ")) ELSE \(dialect.literal(Remainder.unclassed)) END"
  }

  /// Whether a deal counts as a booking: of a class listed, at a stage from the configured one on.
  private func booking(
    _ dealClass: String, _ joins: inout [String]
  ) throws -> String {
    var tests: [String] = []
    if !settings.classes.isEmpty, let listed = settings.bookings {
      let names = listed.map(dialect.literal).joined(separator: ", ")
      tests.append(names.isEmpty ? "false" : "(\(dealClass)) IN (\(names))")
    }
    if let first = settings.bookingsFrom {
      try stageOrders()
      joins.append("LEFT JOIN stage_order ON stage_order.name = lower(deal.StageName)")
      // A stage without a place in the order is not before any.
      tests.append(
        "(stage_order.place IS NULL OR stage_order.place >= (SELECT place FROM stage_order"
          + " WHERE name = \(dialect.literal(SQLExpression.lowercased(first)))))")
    }
    return tests.isEmpty ? "true" : tests.joined(separator: " AND ")
  }

  private func stageOrders() throws {
    try exported(.stage)
    let names = ["ApiName", "MasterLabel"].filter { schema.column($0, of: .stage) != nil }
    try define("stage_order", "The place of each stage in their order.") {
      let rows = names.map {
        "SELECT lower(\($0)) AS name, SortOrder AS place FROM OpportunityStage"
          + " WHERE \($0) IS NOT NULL AND SortOrder IS NOT NULL"
      }
      return "SELECT name, max(place) AS place FROM (\n\(rows.joined(separator: "\nUNION ALL\n"))"
        + "\n) AS named GROUP BY name"
    }
  }

  /// Days from creation to the last close: that of the history, which nobody edits, else CloseDate.
  private func cycle(_ cells: inout [String], _ joins: inout [String]) throws {
    guard schema.column("CreatedDate", of: .opportunity) != nil else {
      cells.append("\(dialect.null(dialect.wholeType)) AS CycleDays")
      return
    }
    var end = "deal.CloseDate"
    if schema.has(.opportunityHistory),
      schema.column("CreatedDate", of: .opportunityHistory) != nil,
      schema.column("StageName", of: .opportunityHistory) != nil
    {
      try closes()
      joins.append("LEFT JOIN last_close ON last_close.deal = deal.Id")
      end =
        "coalesce(CASE WHEN deal.IsClosed OR deal.IsWon THEN last_close.day END, deal.CloseDate)"
    }
    let days = dialect.days(from: "deal.CreatedDate", to: end)
    // greatest() of a null is the other value.
    cells.append(
      "CASE WHEN \(days) < 0 THEN 0 ELSE \(days) END AS CycleDays")
  }

  /// The last row of each deal's history that entered a closed stage.
  private func closes() throws {
    try exported(.opportunityHistory)
    let closed =
      schema.column("IsClosed", of: .opportunity) != nil ? "o.IsClosed" : "outcome.closed"
    let id = schema.column("Id", of: .opportunityHistory) == nil ? "row" : "Id"
    try define("last_close", "The day on which each deal last entered a closed stage.") {
      """
      WITH closed_stage AS (
        SELECT name FROM stage_outcome WHERE place > 0 AND is_listed
        UNION
        SELECT lower(o.StageName) FROM Opportunity AS o
        LEFT JOIN stage_outcome AS outcome ON outcome.name = lower(o.StageName)
        WHERE coalesce(\(closed), outcome.closed, false)
          AND (outcome.name IS NULL OR outcome.place = 0)
      ), entry AS (
        SELECT OpportunityId AS deal, lower(StageName) AS stage, CreatedDate AS day,
          lag(StageName) OVER changes IS NOT DISTINCT FROM StageName AS stays,
          row_number() OVER changes AS place
        FROM OpportunityHistory WHERE CreatedDate IS NOT NULL
        WINDOW changes AS (PARTITION BY OpportunityId ORDER BY CreatedDate_at, \(id))
      ), ranked AS (
        SELECT entry.deal, entry.day,
          row_number() OVER (PARTITION BY entry.deal ORDER BY entry.place DESC) AS later
        FROM entry JOIN closed_stage ON closed_stage.name = entry.stage
        WHERE NOT entry.stays OR entry.place = 1
      )
      SELECT deal, day FROM ranked WHERE later = 1
      """
    }
  }

  /// The day on which the term of a deal ends.
  private var expiry: String {
    guard let term = settings.termField, let column = schema.column(term, of: .opportunity),
      column.kind == .decimal
    else { return dialect.null("DATE") }
    let months = "deal.\(dialect.identifier(column.name))"
    let scale = Exact.scale
    let moved = dialect.day("deal.CloseDate", movedByMonths: "divided(\(months), \(scale))")
    return "CASE WHEN \(months) % \(scale) = 0 AND \(months) BETWEEN \(scale) AND \(1_200 * scale)"
      + " THEN \(moved) END"
  }

  /// METRICS §1, "Territory of a deal": its own, else its account's by the default rule.
  private func territory(_ cells: inout [String], _ joins: inout [String]) throws {
    let unassigned = dialect.literal(Remainder.unassigned)
    let former = dialect.literal(Remainder.formerTerritory)
    guard schema.activeModel.exists else {
      // What names a territory is not unassigned, though nothing is known of that territory.
      let own = column("Territory2Id", of: .opportunity, "deal")
      let named = own.map { "CASE WHEN \($0) IS NULL THEN \(unassigned) ELSE \(former) END" }
      cells.append("\(named ?? unassigned) AS territory")
      return
    }
    try territories()
    var cases: [String] = []
    if let own = column("Territory2Id", of: .opportunity, "deal") {
      joins.append("LEFT JOIN territory AS own ON own.id = \(own)")
      cases.append("WHEN own.id IS NOT NULL THEN own.id")
      if !schema.successors.isEmpty {
        try successors()
        joins.append("LEFT JOIN successor ON successor.old = \(own)")
        cases.append("WHEN successor.territory IS NOT NULL THEN successor.territory")
      }
      cases.append("WHEN \(own) IS NOT NULL THEN \(former)")
    }
    if schema.dealRule == .recordOrAccount,
      let account = column("AccountId", of: .opportunity, "deal")
    {
      try defaultTerritories()
      joins.append("LEFT JOIN default_territory ON default_territory.account = \(account)")
      if let excluded = column("IsExcludedFromTerritory2Filter", of: .opportunity, "deal") {
        cases.append("WHEN \(excluded) THEN \(unassigned)")
      }
      cases.append("WHEN default_territory.territory IS NOT NULL THEN default_territory.territory")
    }
    let all =
      cases.isEmpty ? unassigned : "CASE \(cases.joined(separator: " ")) ELSE \(unassigned) END"
    cells.append("\(all) AS territory")
  }

  /// The names of an entity's columns; of one that the export lacks those that it might have.
  func columnNames(of entity: Entity) -> [String] {
    schema.has(entity) ? schema.columns(of: entity).map(\.name) : entity.fields.map(\.name)
  }

  /// A column of a row, nil where the export lacks it.
  func column(_ name: String, of entity: Entity, _ alias: String) -> String? {
    schema.column(name, of: entity).map { "\(alias).\(dialect.identifier($0.name))" }
  }

  func columnOrNull(_ name: String, of entity: Entity, _ alias: String) -> String {
    guard let known = schema.column(name, of: entity), known.kind == .decimal else {
      return dialect.null(dialect.wholeType)
    }
    return "\(alias).\(dialect.identifier(known.name))"
  }
}

extension ExportSchema.ActiveModel {
  var exists: Bool {
    switch self {
    case .none: false
    case .all, .id: true
    }
  }
}
