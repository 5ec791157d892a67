import Records

/// Standard table `unassigned-accounts`.
///
/// Grain: one row per account in no territory of the active model, with its open deals. In a
/// territory's scope these are the accounts in no territory whose owner is an active member of a
/// territory of the subtree: they are already in that territory's care.
struct UnassignedAccountsTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] {
    // An account in nobody's territory is shown with all its open deals.
    [Query(metrics: ["open_amount", "open_count"], by: [.account])]
  }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let answer = answers[0]
    let accounts = engine.ledger.records[.account]
    let isUnassigned = engine.ledger.unassignedFlags.value
    let order = engine.ledger.order(of: .account)
    let listed =
      scope == .company
      ? order.rows
      : engine.scopes.listedRows(scope).sorted { order.ranks[Int($0)] < order.ranks[Int($1)] }
    let rows = Ranking.descending(
      listed.filter { isUnassigned[Int($0)] == 1 }, by: answer.amounts("open_amount"))
    let users = engine.ledger.records[.user]
    let owners = accounts.references("OwnerId")
    let ownersOfRows = rows.map { owners[Int($0)] }
    let groups = rows.map { Int($0) }
    var table = TableColumns(engine.catalogue)
    table.id("account_id", "Account Id", .account, TextCells(idsOf: accounts, at: rows))
    table.text("account", "Account", TextCells(namesOf: accounts, at: rows))
    table.id("owner_id", "Owner Id", .user, TextCells(idsOf: users, at: ownersOfRows))
    table.text("owner", "Current owner", TextCells(namesOf: users, at: ownersOfRows))
    table.metric("open_amount", "open_amount", of: answer, at: groups)
    table.metric("open_count", "open_count", of: answer, at: groups)
    return MetricTable(
      name: StandardTable.unassignedAccounts.rawValue,
      grain: StandardTable.unassignedAccounts.grain, columns: table.columns,
      notes: engine.ledger.assignment.coversAccounts
        ? []
        : [UnassignedAccountsTable.unknown])
  }

  static let unknown =
    "The export does not say which accounts are in which territory, so there are no rows."
}
