import Metrics
import Records

/// A bar of the bridge that a deal stands in: in which line, with which value, and when.
private struct Bar {
  let step: String
  /// 0 for the line and value of the first day, 1 for those of the last.
  let end: Int
  var value: String?
  let condition: String
}

extension TablePrinter {
  /// What became of the open pipeline of one day until another, by territory and step.
  ///
  /// Leavers count with their opening value, joiners with their closing value, and only those who stay
  /// change.
  func pipelineMovement() throws -> String {
    let days = try settings.movement.days(asOf: schema.asOf)
    try relations.pastDeals(takesDeleted: true)
    try relations.territoryChanges()
    try relations.territories()
    add("territory_id", .id, "line.id")
    add("step", .text, "step.name")
    add("deals", .count, "coalesce(total.deals, 0)")
    add("amount", .money, "coalesce(total.amount, 0)")
    let former = dialect.literal(Remainder.formerTerritory)
    let unassigned = dialect.literal(Remainder.unassigned)
    let steps = MovementStep.allCases.map {
      "SELECT \(dialect.literal($0.name)) AS name, \($0.rawValue) AS place"
    }
    return """
      WITH \(try ends(days)), bar AS (
      \(relations.indented(bars, by: 2))
      ), total AS (
        SELECT line, step, count(*) AS deals, sum(value) AS amount FROM bar GROUP BY line, step
      ), line AS (
        SELECT id, 1 AS place FROM territory
        UNION ALL
        SELECT DISTINCT line, 0 FROM bar WHERE line IN (\(former), \(unassigned))
      ), step AS (
        \(steps.joined(separator: "\n  UNION ALL "))
      )
      SELECT \(list)
      FROM line CROSS JOIN step
      LEFT JOIN total ON total.line = line.id AND total.step = step.name\(
        schema.activeModel.exists ? "" : "\nWHERE false")
      ORDER BY line.place, line.id, step.place
      """
  }

  /// What each deal was on the first day and on the last, deals that were deleted before left out.
  private func ends(_ days: MovementRequest.Days) throws -> String {
    let window = settings.movement.window.map {
      $0.spec(settings.calendar).period(asOf: schema.asOf, calendar: settings.calendar)
    }
    var cells: [String] = []
    var joins: [String] = []
    var wasGone = ""
    for (end, day) in [days.from, days.to].enumerated() {
      let literal = dialect.literal(day)
      let then = try relations.moment(literal, "\(end)")
      joins += then.joins
      let changed = "moved_\(end)"
      joins.append(Relations.join("territory_change", changed, on: literal))
      let own =
        "CASE WHEN \(changed).deal IS NOT NULL THEN \(changed).before ELSE deal.own_territory END"
      let line = try relations.territory(own: own, of: "deal", as: "own_\(end)", &joins)
      let isDue =
        window.map {
          "coalesce(\(then.close) >= \(dialect.literal($0.start))"
            + " AND \(then.close) < \(dialect.literal($0.end)), false)"
        } ?? "true"
      cells += [
        "\(then.exists) AS exists_\(end)", "\(then.isGone) AS gone_\(end)",
        "\(then.isClosed) AS closed_\(end)", "\(then.isWon) AS won_\(end)",
        "\(then.isStaged) AS staged_\(end)", "\(isDue) AS due_\(end)",
        "coalesce(\(then.value), 0) AS value_\(end)", "\(line) AS line_\(end)",
      ]
      if end == 0 { wasGone = then.isGone }
    }
    func isIn(_ end: Int) -> String {
      "exists_\(end) AND staged_\(end) AND due_\(end) AND NOT gone_\(end) AND NOT closed_\(end)"
    }
    func wasClosed(_ end: Int) -> String { "exists_\(end) AND closed_\(end) AND NOT gone_\(end)" }
    return """
      both_ends AS (
        SELECT \(cells.joined(separator: ",\n    "))
        FROM past_deal AS deal
        \(joins.joined(separator: "\n  "))
        WHERE NOT \(wasGone)
      ), moved AS (
        SELECT line_0, line_1, value_0, value_1, \(isIn(0)) AS is_in_0, \(isIn(1)) AS is_in_1,
          \(wasClosed(1)) AND due_1 AND NOT (\(wasClosed(0))) AS has_closed,
          CASE WHEN gone_1 THEN 'deleted' WHEN NOT closed_1 THEN 'pushed' WHEN won_1 THEN 'won'
            ELSE 'lost' END AS way_out,
          CASE WHEN \(wasClosed(0)) THEN 'reopened'
            WHEN exists_0 AND staged_0 THEN 'moved_in' ELSE 'created' END AS way_in
        FROM both_ends
      )
      """
  }

  /// The bars in which each deal stands.
  private var bars: String {
    // One that came and left in between stands in both bars.
    let passed = "NOT is_in_0 AND NOT is_in_1 AND has_closed"
    let stayed = "is_in_0 AND is_in_1"
    let bars = [
      Bar(step: "'opening'", end: 0, condition: "is_in_0"),
      Bar(step: "way_in", end: 1, condition: "NOT is_in_0 AND is_in_1 OR \(passed)"),
      Bar(step: "way_out", end: 0, condition: "is_in_0 AND NOT is_in_1"),
      Bar(step: "way_out", end: 1, condition: passed),
      Bar(step: "'transferred_in'", end: 1, condition: "\(stayed) AND line_0 <> line_1"),
      Bar(step: "'transferred_out'", end: 0, condition: "\(stayed) AND line_0 <> line_1"),
      Bar(
        step: "CASE WHEN value_1 > value_0 THEN 'increased' ELSE 'decreased' END", end: 0,
        value: "abs(value_1 - value_0)",
        condition: "\(stayed) AND line_0 = line_1 AND value_0 <> value_1"),
      Bar(step: "'closing'", end: 1, condition: "is_in_1"),
    ]
    return bars.map {
      "SELECT line_\($0.end) AS line, \($0.step) AS step, \($0.value ?? "value_\($0.end)") AS value"
        + " FROM moved WHERE \($0.condition)"
    }.joined(separator: "\nUNION ALL\n")
  }
}
