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
    let mask = engine.scopes.listedAccounts(scope)
    let open = answer.amounts("open_amount")
    let ranks = accounts.keys?.ranks() ?? (0..<Int32(accounts.count)).map { $0 }
    let rows = (0..<accounts.count)
      .filter { isUnassigned[$0] == 1 && (mask?[$0] ?? 1) == 1 }
      .sorted { left, right in
        open[left] != open[right] ? open[left] > open[right] : ranks[left] < ranks[right]
      }
    let users = engine.ledger.records[.user]
    let userNames = users.texts("Name")
    let names = accounts.texts("Name")
    let owners = accounts.references("OwnerId")
    var table = TableColumns(engine.catalogue)
    table.id("account_id", "Account Id", .account, rows.map { accounts.id($0) })
    table.text("account", "Account", rows.map { names[$0] ?? accounts.id($0) })
    table.id(
      "owner_id", "Owner Id", .user,
      rows.map { owners[$0] < 0 ? nil : users.id(Int(owners[$0])) })
    table.text(
      "owner", "Current owner",
      rows.map { row in
        let owner = Int(owners[row])
        return owner < 0 ? nil : userNames[owner] ?? users.id(owner)
      })
    table.metric("open_amount", "open_amount", of: answer, at: rows)
    table.metric("open_count", "open_count", of: answer, at: rows)
    return MetricTable(
      name: StandardTable.unassignedAccounts.rawValue,
      grain: StandardTable.unassignedAccounts.grain, columns: table.columns,
      notes: engine.ledger.assignment.coversAccounts
        ? []
        : ["The export does not say which accounts are in which territory, so there are no rows."])
  }
}
