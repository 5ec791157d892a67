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
    let rows = Ranking.descending(
      members.sortedCodes().filter { accounts[Int($0)] != 0 }, by: answer.amounts("won_amount"))
    let groups = rows.map { Int($0) }
    let roots = engine.ledger.families.value.value.roots
    var table = TableColumns(engine.catalogue)
    table.id("root_id", "Ultimate parent Id", .account, members.ids(rows))
    table.text("root", "Ultimate parent", members.names(rows))
    table.metric("accounts", "accounts", of: answer, at: groups)
    table.metric("annual_revenue", "annual_revenue", of: answer, at: groups)
    table.money(
      "annual_revenue_consolidated", "Annual revenue, consolidated",
      (scope == .company
        ? engine.ledger.consolidatedRevenue
        : ConsolidatedRevenue(engine.ledger, engine.scopes.mask(.accounts, scope)))
        .cells(at: groups.map { Int(roots[$0]) }),
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
}
