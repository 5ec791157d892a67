import Records

/// Standard table `territories`.
///
/// Grain: one row per territory of the active model, then what is in none. `level` is 0 at a root.
/// `users` counts active members, in `(unassigned)` the users who are members of no territory. A
/// territory's quota stands for all below it (levels are never added), so attainment and coverage
/// compare it with the won and open value of the subtree. In the scope of a territory or
/// a manager the rows are the territories of the subtree, and nothing is unassigned.
struct TerritoriesTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] {
    let year = PeriodSpec.fiscalYear(offset: 0)
    let states = ["weighted_pipeline", "open_amount", "open_count"]
    return [
      Query(metrics: ["won_amount", "won_count"], by: [.territory], period: year, scope: scope),
      Query(metrics: states + ["deals", "accounts"], by: [.territory], scope: scope),
      Query(
        metrics: ["won_amount", "won_count", "quota", "attainment"], by: [.territorySubtree],
        period: year, scope: scope),
      Query(metrics: states, by: [.territorySubtree], scope: scope),
      Query(
        metrics: ["coverage"], by: [.territorySubtree], period: .fiscalQuarter(offset: 0),
        scope: scope),
    ]
  }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let grain = StandardTable.territories.grain
    let model = engine.ledger.assignment.model
    let count = model?.count ?? 0
    let (won, states, subtreeWon, subtreeStates, coverage) = (
      answers[0], answers[1], answers[2], answers[3], answers[4]
    )
    let rows = model == nil ? [] : rows(scope, engine, states, count)
    func regular<Cell>(_ body: (TerritoryModel, Int) -> Cell?) -> [Cell?] {
      rows.map { row in row < count ? model.flatMap { body($0, row) } : nil }
    }
    var table = TableColumns(engine.catalogue)
    table.id("territory_id", "Territory Id", .territory, rows.map { member($0, model, \.ids) })
    table.text("territory", "Territory", rows.map { member($0, model, \.names) })
    table.id(
      "parent_id", "Parent territory Id", .territory,
      regular { model, row in
        let parent = model.forest.parents[row]
        return parent < 0 ? nil : model.ids[Int(parent)]
      })
    table.count(
      "level", "Level", regular { model, row in Int128(model.forest.depths[row]) },
      "Distance from the top of the hierarchy, which is level 0.")
    table.count(
      "users", "Users", rows.map { users($0, engine, count) },
      "Number of users who are active members; in (unassigned), of users in no territory.")
    table.metric("accounts", "accounts", of: states, at: rows)
    table.metric("won_amount", "won_amount", of: won, at: rows)
    table.metric("won_count", "won_count", of: won, at: rows)
    for name in ["weighted_pipeline", "open_amount", "open_count"] {
      table.metric(name, name, of: states, at: rows)
    }
    for name in ["won_amount", "won_count"] { subtree(name, subtreeWon, rows, &table, engine) }
    for name in ["weighted_pipeline", "open_amount", "open_count"] {
      subtree(name, subtreeStates, rows, &table, engine)
    }
    // A remainder has no quota of its own.
    table.metric("quota", "quota", of: subtreeWon, at: rows)
    table.metric("attainment", "attainment", of: subtreeWon, at: rows)
    table.metric("coverage", "coverage", of: coverage, at: rows)
    table.text("territory_key", "Territory key", regular { $0.developerNames[$1] })
    return MetricTable(
      name: StandardTable.territories.rawValue, grain: grain, columns: table.columns,
      notes: model == nil ? ["The export has no territory model, so there are no rows."] : [])
  }

  private func subtree(
    _ name: String, _ answer: Answer, _ rows: [Int], _ table: inout TableColumns,
    _ engine: LocalEngine
  ) {
    table.metric(
      "subtree_" + name, name, of: answer, at: rows,
      title: engine.catalogue[name].map { $0.title + ", with all below" })
  }

  /// Codes of the members to list, in the order of Ids: remainders first.
  private func rows(_ scope: Scope, _ engine: LocalEngine, _ own: Answer, _ count: Int) -> [Int] {
    let (unassigned, former) = (count, count + 1)
    let deals = own.amounts("deals")
    if let inside = engine.scopes.territories(scope) {
      return (0..<count).filter { inside[$0] == 1 }
    }
    return (deals[former] == 0 ? [] : [former]) + [unassigned] + Array(0..<count)
  }

  private func member(
    _ row: Int, _ model: TerritoryModel?, _ names: KeyPath<TerritoryModel, [String]>
  ) -> String? {
    let count = model?.count ?? 0
    if row == count { return Remainder.unassigned }
    return row < count ? model?[keyPath: names][row] : Remainder.formerTerritory
  }

  private func users(_ row: Int, _ engine: LocalEngine, _ count: Int) -> Int128 {
    let members = engine.ledger.assignment.usersOfTerritory
    if row < count { return Int128(members.degree(row)) }
    guard row == count else { return 0 }
    let inSome = Set(members.targets)
    let users = engine.ledger.records[.user]
    // Whom records name and no file holds is known to own something, not to be in no territory.
    return Int128((0..<Int32(users.count - users.strangerCount)).count { !inSome.contains($0) })
  }
}
