import Records

/// Standard table `sales-cycles`.
///
/// Grain: one row per territory with a booking won in the trailing four quarters, the remainders
/// included. Days are from creation to close; a deal whose creation is not known counts in
/// `won_count` only.
struct SalesCyclesTable: StandardTableMaker {
  private static let figures = ["median_days", "p90_days", "mean_days"]

  func queries(_ scope: Scope) -> [Query] {
    [
      Query(
        metrics: ["won_count"] + SalesCyclesTable.figures, by: [.territory],
        period: .trailingFourQuarters, scope: scope)
    ]
  }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let answer = answers[0]
    let members = answer.space.dimensions[0].members
    let won = answer.amounts("won_count")
    let hasModel = engine.ledger.assignment.model != nil
    let groups = (0..<answer.space.count).filter { hasModel && won[$0] != 0 }
      .map { (group: $0, id: members.id($0)) }
      .sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
      .map(\.group)
    var table = TableColumns(engine.catalogue)
    table.id("territory_id", "Territory Id", .territory, groups.map { members.id($0) })
    table.text("territory", "Territory", groups.map { members.name($0) })
    table.metric("won_count", "won_count", of: answer, at: groups)
    for name in SalesCyclesTable.figures { table.metric(name, name, of: answer, at: groups) }
    return MetricTable(
      name: StandardTable.salesCycles.rawValue, grain: StandardTable.salesCycles.grain,
      columns: table.columns,
      notes: hasModel
        ? [] : ["The export has no territory model, so there are no rows."])
  }
}
