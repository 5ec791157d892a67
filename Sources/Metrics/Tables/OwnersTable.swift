import Records

/// Standard table `owners`.
///
/// Grain: one row per user of the export who owns a deal or an account. Figures are credited to the
/// present owner. Won deals and quota are of the fiscal year of D, rates and medians of the trailing
/// four quarters, products and accounts sold to of all time. A quota is that of the rows which the
/// user holds, whether or not they name a territory too.
struct OwnersTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] {
    [
      Query(
        metrics: [
          "accounts", "deals", "accounts_sold_to", "open_amount", "weighted_pipeline",
          "products_sold",
        ], by: [.owner], scope: scope),
      Query(
        metrics: ["won_amount", "won_count", "owner_quota", "owner_attainment"], by: [.owner],
        period: .fiscalYear(offset: 0), scope: scope),
      Query(
        metrics: ["win_rate_count", "win_rate_amount", "median_days", "median_deal"],
        by: [.owner], period: .trailingFourQuarters, scope: scope),
    ]
  }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let (all, year, window) = (answers[0], answers[1], answers[2])
    let users = engine.ledger.records[.user]
    let accounts = all.amounts("accounts")
    let deals = all.amounts("deals")
    let rows = (users.keys?.sortedRows() ?? (0..<Int32(users.count)).map { $0 }).map { Int($0) }
      .filter { accounts[$0] != 0 || deals[$0] != 0 }
    let names = users.texts("Name")
    let managers = users.references("ManagerId")
    var table = TableColumns(engine.catalogue)
    table.id("owner_id", "Owner Id", .user, rows.map { users.id($0) })
    table.text("owner", "Current owner", rows.map { names[$0] ?? users.id($0) })
    table.id(
      "manager_id", "Manager Id", .user,
      rows.map { managers[$0] < 0 ? nil : users.id(Int(managers[$0])) })
    table.metric("accounts", "accounts", of: all, at: rows)
    table.metric("accounts_sold_to", "accounts_sold_to", of: all, at: rows)
    table.metric("won_amount", "won_amount", of: year, at: rows)
    table.metric("won_count", "won_count", of: year, at: rows)
    table.metric("open_amount", "open_amount", of: all, at: rows)
    table.metric("weighted_pipeline", "weighted_pipeline", of: all, at: rows)
    for name in ["win_rate_count", "win_rate_amount", "median_days", "median_deal"] {
      table.metric(name, name, of: window, at: rows)
    }
    table.metric("products_sold", "products_sold", of: all, at: rows)
    table.metric("quota", "owner_quota", of: year, at: rows)
    table.metric("attainment", "owner_attainment", of: year, at: rows)
    return MetricTable(
      name: StandardTable.owners.rawValue, grain: StandardTable.owners.grain,
      columns: table.columns)
  }
}
