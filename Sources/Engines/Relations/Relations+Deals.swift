import Metrics
import Records

// Deals with what is derived for them.
extension Relations {
  func opportunities() throws {
    try exported(.opportunity)
    let fact = Fact.opportunities
    guard lacks(fact) else { return }
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
    if reads("territory", of: .opportunity) {
      let own = column("Territory2Id", of: .opportunity, "deal")
      cells.append("\(try territory(own: own, of: "deal", as: "own", &joins)) AS territory")
    }
    try past(dealClass, &cells, &joins)
    try define(
      "opportunities", "Deals, with what is derived for each; amounts in corporate currency."
    ) {
      let derived = cells.map { ",\n  \($0)" }.joined()
      return """
        WITH deal AS (
        \(indented(outcomes(), by: 2))
        )
        SELECT deal.*\(derived)
        FROM deal\(joins.map { "\n" + $0 }.joined())
        """
    }
  }

  /// A SELECT of deals, of each of which is known whether it is closed and won.
  func outcomes(of entity: Entity = .opportunity) -> String {
    let columns = columnNames(of: entity)
    let kept = columns.filter { $0 != "IsClosed" && $0 != "IsWon" }
      .map { "o.\(dialect.identifier($0))" }
    let closed = columns.contains("IsClosed") ? "o.IsClosed, " : ""
    let won = columns.contains("IsWon") ? "o.IsWon, " : ""
    return """
      SELECT \(kept.joined(separator: ", ")),
        coalesce(\(closed)stage.closed, false) AS IsClosed,
        coalesce(\(won)stage.won, false) AS IsWon
      FROM \(entity.rawValue) AS o
      LEFT JOIN stage_outcome AS stage ON stage.name = lower(o.StageName)
      """
  }

  /// What stages say of deals of which the export itself does not.
  func stageOutcomes() throws {
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
  func dealClass(_ select: FactSelect) throws -> String {
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
    let tests = [
      isListed(dealClass), try isBookingStage("lower(deal.StageName)", &joins),
    ].compactMap { $0 }
    return tests.isEmpty ? "true" : tests.joined(separator: " AND ")
  }

  /// Whether a class is one of those listed as bookings; nil where every class is.
  func isListed(_ dealClass: String) -> String? {
    guard !settings.classes.isEmpty, let listed = settings.bookings else { return nil }
    let names = listed.map(dialect.literal).joined(separator: ", ")
    return names.isEmpty ? "false" : "(\(dealClass)) IN (\(names))"
  }

  /// Whether a stage, in lower case, is the first one that counts or after it; nil where every stage
  /// counts.
  func isBookingStage(_ stage: String, _ joins: inout [String]) throws -> String? {
    guard let first = settings.bookingsFrom else { return nil }
    try stageOrders()
    joins.append("LEFT JOIN stage_order ON stage_order.name = \(stage)")
    // A stage without a place in the order is not before any.
    return "coalesce(stage_order.place >= (SELECT place FROM stage_order"
      + " WHERE name = \(dialect.literal(SQLExpression.lowercased(first)))), true)"
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
    if try closes() {
      joins.append("LEFT JOIN last_close ON last_close.deal = deal.Id")
      end =
        "coalesce(CASE WHEN deal.IsClosed OR deal.IsWon THEN last_close.day END, deal.CloseDate)"
    }
    let days = dialect.days(from: "deal.CreatedDate", to: end)
    // greatest() of a null is the other value.
    cells.append(
      "CASE WHEN \(days) < 0 THEN 0 ELSE \(days) END AS CycleDays")
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
  ///
  /// - Parameters:
  ///   - own: its own territory; nil where the export knows of none.
  ///   - deal: what the row of the deal is called, which has the columns of Opportunity.
  ///   - alias: what its own territory is to be called.
  ///   - joins: takes the joins that it needs.
  /// - Returns: its key, or the name of a remainder.
  /// - Throws: what SQL cannot say.
  func territory(
    own: String?, of deal: String, as alias: String, _ joins: inout [String]
  ) throws -> String {
    let unassigned = dialect.literal(Remainder.unassigned)
    let former = dialect.literal(Remainder.formerTerritory)
    var cases: [String] = []
    if let own {
      if schema.activeModel.exists {
        try territories()
        joins.append("LEFT JOIN territory AS \(alias) ON \(alias).id = \(own)")
        cases.append("WHEN \(alias).id IS NOT NULL THEN \(alias).id")
        if !schema.successors.isEmpty {
          try successors()
          let next = "\(alias)_successor"
          joins.append("LEFT JOIN successor AS \(next) ON \(next).old = \(own)")
          cases.append("WHEN \(next).territory IS NOT NULL THEN \(next).territory")
        }
      }
      // What names a territory is not unassigned, though nothing is known of that territory.
      cases.append("WHEN \(own) IS NOT NULL THEN \(former)")
    }
    if schema.activeModel.exists, schema.dealRule == .recordOrAccount,
      let account = column("AccountId", of: .opportunity, deal)
    {
      try defaultTerritories()
      let held = "default_territory"
      let join = "LEFT JOIN \(held) ON \(held).account = \(account)"
      if !joins.contains(join) { joins.append(join) }
      if let excluded = column("IsExcludedFromTerritory2Filter", of: .opportunity, deal) {
        cases.append("WHEN \(excluded) THEN \(unassigned)")
      }
      cases.append("WHEN \(held).territory IS NOT NULL THEN \(held).territory")
    }
    return cases.isEmpty
      ? unassigned : "CASE \(cases.joined(separator: " ")) ELSE \(unassigned) END"
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
