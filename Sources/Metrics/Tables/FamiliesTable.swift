import Records

/// Standard table `families`.
///
/// Grain: one row per ultimate parent; an account alone is a family. Consolidated revenue is, from
/// the leaves up, the larger of an account's own figure and the sum of its children's consolidated
/// ones, because a parent's figure may already include its subsidiaries. In a scope a family is
/// made of its accounts in that scope, and named by its root, else by the first of them by Id.
struct FamiliesTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] {
    [
      Query(
        metrics: [
          "accounts", "annual_revenue", "account_territories", "account_owners", "won_amount",
          "open_amount", "products_sold",
        ], by: [.family], scope: scope)
    ]
  }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let answer = answers[0]
    let members = answer.space.dimensions[0].members
    let accounts = answer.amounts("accounts")
    let won = answer.amounts("won_amount")
    let ranks = members.ranks()
    let groups = (0..<members.regularCount).filter { accounts[$0] != 0 }
      .sorted { left, right in
        won[left] != won[right] ? won[left] > won[right] : ranks[left] < ranks[right]
      }
    let roots = engine.ledger.families.value.value.roots
    let consolidated = consolidated(engine, scope)
    var table = TableColumns(engine.catalogue)
    table.id("root_id", "Ultimate parent Id", .account, groups.map { members.id($0) })
    table.text("root", "Ultimate parent", groups.map { members.name($0) })
    table.metric("accounts", "accounts", of: answer, at: groups)
    table.metric("annual_revenue", "annual_revenue", of: answer, at: groups)
    table.money(
      "annual_revenue_consolidated", "Annual revenue, consolidated",
      groups.map { consolidated[Int(roots[$0])] },
      "The larger of a parent's own annual revenue and the sum of its children's, from the leaves"
        + " up.")
    table.metric("won_amount", "won_amount", of: answer, at: groups)
    table.metric("open_amount", "open_amount", of: answer, at: groups)
    table.metric("products", "products_sold", of: answer, at: groups, title: "Products")
    table.metric("territories", "account_territories", of: answer, at: groups)
    table.metric("owners", "account_owners", of: answer, at: groups)
    return MetricTable(
      name: StandardTable.families.rawValue, grain: StandardTable.families.grain,
      columns: table.columns)
  }

  /// Consolidated revenue of each account with all below it; accounts out of scope count as 0.
  private func consolidated(_ engine: LocalEngine, _ scope: Scope) -> [Int128] {
    let forest = engine.ledger.families.value.value
    let revenues = engine.ledger.revenues.value.value.values
    let mask = engine.scopes.mask(.accounts, scope)
    var children = [Int128](repeating: 0, count: forest.count)
    var figures = [Int128](repeating: 0, count: forest.count)
    for node in forest.order.reversed().lazy.map({ Int($0) }) {
      let isCounted = revenues[node] != Exact.null && (mask?[node] ?? 1) == 1
      figures[node] = max(isCounted ? Int128(revenues[node]) : 0, children[node])
      let parent = Int(forest.parents[node])
      if parent >= 0 { children[parent] += figures[node] }
    }
    return figures
  }
}
