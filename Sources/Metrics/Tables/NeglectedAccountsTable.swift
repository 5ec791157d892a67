import Records

/// Standard table `neglected-accounts`.
///
/// Grain: one row per user who owns an account that counts. An account is neglected where nothing
/// happened with it since D less 90 days, or what the coverage policy allows it.
struct NeglectedAccountsTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] { [] }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let coverage = engine.coverage
    let records = engine.ledger.records
    let users = records[.user]
    let isKnown = engine.ledger.lastActivities.value.isKnown
    let sums = isKnown ? ownerSums(coverage, scope) : []
    let rows = (users.keys?.sortedRows() ?? (0..<Int32(users.count)).map { $0 }).map { Int($0) }
      .filter { isKnown && sums[$0].accounts > 0 }
    let names = users.texts("Name")
    var table = TableColumns(engine.catalogue)
    table.id("owner_id", "Owner Id", .user, rows.map { users.id($0) })
    table.text("owner", "Current owner", rows.map { names[$0] ?? users.id($0) })
    table.count(
      "accounts", "Accounts", rows.map { sums[$0].accounts },
      "Number of accounts owned, exempt ones left out.")
    table.count(
      "neglected", "Neglected accounts", rows.map { sums[$0].neglected },
      "Number of accounts without activity for longer than allowed.")
    table.count(
      "neglected_with_open", "Neglected, with open deals", rows.map { sums[$0].withOpen },
      "Number of neglected accounts with an open booking.")
    table.money(
      "neglected_open_amount", "Open pipeline of neglected accounts",
      rows.map { sums[$0].openAmount }, "Value of the open bookings of neglected accounts.")
    return MetricTable(
      name: StandardTable.neglectedAccounts.rawValue,
      grain: StandardTable.neglectedAccounts.grain, columns: table.columns,
      notes: isKnown
        ? []
        : [
          "The export has no tasks, no events and no date of a last activity, and there is no file"
            + " of activities, so there are no rows."
        ])
  }

  private struct Sums {
    var accounts: Int128 = 0
    var neglected: Int128 = 0
    var withOpen: Int128 = 0
    var openAmount: Int128 = 0
  }

  private func ownerSums(_ coverage: Coverage, _ scope: Scope) -> [Sums] {
    let records = coverage.ledger.records
    let owners = records[.account].references("OwnerId")
    let states = coverage.ledger.neglect.value.states
    let mask = coverage.scopes.mask(.accounts, scope)
    let open = coverage.openDeals(scope)
    var sums = [Sums](repeating: Sums(), count: records[.user].count)
    for account in states.indices {
      let owner = Int(owners[account])
      guard owner >= 0, states[account] != 2, mask == nil || mask?[account] == 1 else { continue }
      sums[owner].accounts += 1
      guard states[account] == 1 else { continue }
      sums[owner].neglected += 1
      if open.counts[account] > 0 { sums[owner].withOpen += 1 }
      sums[owner].openAmount += open.amounts[account]
    }
    return sums
  }
}
