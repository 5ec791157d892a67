import Records

/// The rows of each fact that a scope holds, found without a look at all others.
///
/// Every row is put where it belongs once: deals and accounts to their territories in the order of
/// the hierarchy, to their owners, and what depends on them to its deal or account. The rows of a
/// scope are then a few ranges of those lists, so that many editions cost in proportion to what they
/// show: over all levels of a hierarchy the depth times the rows.
struct ScopeRows: Sendable {
  let ledger: Ledger
  /// Deals by the place of their territory in the hierarchy.
  private let dealsOfTerritory: Lazy<Adjacency>
  private let accountsOfTerritory: Lazy<Adjacency>
  private let dealsOfAccount: Lazy<Adjacency>
  /// Accounts in no territory.
  private let unassigned: Lazy<[Int32]>
  /// By entity and field the rows that refer to each record.
  private let referring = LockedCache<Reference, Adjacency>()

  private struct Reference: Hashable {
    let entity: Entity
    let field: String
  }

  init(_ ledger: Ledger) {
    self.ledger = ledger
    let assignment = ledger.assignment
    let places = assignment.model?.forest.positions ?? []
    dealsOfTerritory = Lazy {
      let territories = assignment.territoryOfDeal
      return Adjacency(
        sources: places.count, from: territories.map { $0 < 0 ? -1 : places[Int($0)] },
        to: (0..<Int32(territories.count)).map { $0 })
    }
    accountsOfTerritory = Lazy {
      let held = assignment.territoriesOfAccount
      var (from, to): ([Int32], [Int32]) = ([], [])
      for account in 0..<held.starts.count - 1 {
        for territory in held[account] {
          from.append(places[Int(territory)])
          to.append(Int32(account))
        }
      }
      return Adjacency(sources: places.count, from: from, to: to)
    }
    unassigned = Lazy {
      let flags = ledger.unassignedFlags.value
      return (0..<Int32(flags.count)).filter { flags[Int($0)] == 1 }
    }
    dealsOfAccount = Lazy {
      let accounts = ledger.records[.opportunity].references("AccountId")
      return Adjacency(
        sources: ledger.records[.account].count, from: accounts,
        to: (0..<Int32(accounts.count)).map { $0 })
    }
  }

  /// The rows of a fact in a scope other than the company's, ascending, each once.
  func rows(_ fact: Fact, _ scope: Scope, _ scopes: ScopeMasks) -> [Int32] {
    switch fact {
    case .costs: return []
    case .opportunities: return counted(deals(scope))
    case .lineItems, .splits, .dueDeals:
      return rows(of: fact.entity, "OpportunityId", of: scopes.rows(.opportunities, scope))
    case .accounts: return accounts(scope, scopes)
    case .activities, .revenueMovements:
      return rows(of: fact.entity, "AccountId", of: scopes.rows(.accounts, scope))
    case .familyRevenueMovements:
      return rows(of: fact.entity, "AccountId", of: wholeFamilies(scopes.rows(.accounts, scope)))
    case .leads:
      switch scope {
      case .company, .family: return []
      case .records(let records): return records.leads
      case .territory, .manager:
        let users = both(scopes.users(scope), scopes.reports(scope))
        return referring(.lead, "OwnerId", users)
      }
    case .quotas: return quotas(scope, scopes)
    }
  }

  private func deals(_ scope: Scope) -> [Int32] {
    switch scope {
    case .company: return []
    case .territory(let top): return ScopeRows.sorted([subtree(top, dealsOfTerritory)])
    case .manager(let user, let tops):
      return ScopeRows.sorted(
        tops.map { subtree($0, dealsOfTerritory) }
          + owned(.opportunity, "OwnerId", by: user))
    case .family(let root):
      let accounts = ledger.families.value.value.subtree(of: root)
      return ScopeRows.sorted(accounts.map { dealsOfAccount.value[Int($0)] })
    case .records(let records): return records.deals
    }
  }

  private func accounts(_ scope: Scope, _ scopes: ScopeMasks) -> [Int32] {
    switch scope {
    case .company: return []
    case .territory(let top):
      guard ledger.assignment.coversAccounts else { return accountsWithDeals(scope, scopes) }
      return ScopeRows.sorted([subtree(top, accountsOfTerritory)])
    case .manager(let user, let tops):
      let owned = owned(.account, "OwnerId", by: user)
      guard ledger.assignment.coversAccounts else {
        return ScopeRows.sorted(
          owned + [ArraySlice(accountsWithDeals(scope, scopes))])
      }
      return ScopeRows.sorted(tops.map { subtree($0, accountsOfTerritory) } + owned)
    case .family(let root):
      return ScopeRows.sorted([ledger.families.value.value.subtree(of: root)])
    case .records(let records): return records.accounts
    }
  }

  /// Accounts in no territory that some users own, ascending.
  func unassigned(ownedBy users: [UInt8]) -> [Int32] {
    let owners = ledger.records[.account].references("OwnerId")
    return unassigned.value.filter { owners[Int($0)] >= 0 && users[Int(owners[Int($0)])] == 1 }
  }

  /// Quotas of territories in scope, else of members of one, else of whom a manager leads.
  private func quotas(_ scope: Scope, _ scopes: ScopeMasks) -> [Int32] {
    let quotas = ledger.records[.quota]
    let counted = ledger.countedQuotas.value.value
    func counts(_ row: Int) -> Bool { counted?[row] ?? 1 == 1 }
    switch scope {
    case .company, .family: return []
    case .records(let records): return records.quotas.filter { counts(Int($0)) }
    case .territory, .manager:
      let inside = scopes.territories(scope) ?? []
      let users = both(scopes.users(scope), scopes.reports(scope))
      let index = ledger.assignment.successors
      let territories = quotas.references("Territory2Id")
      let holders = quotas.references("QuotaOwnerId")
      return (0..<Int32(quotas.count)).filter { row in
        guard counts(Int(row)) else { return false }
        let territory = territories[Int(row)]
        if territory >= 0 {
          let place = index.isEmpty ? -1 : index[Int(territory)]
          return place >= 0 && inside[Int(place)] == 1
        }
        let holder = holders[Int(row)]
        return holder >= 0 && users[Int(holder)] == 1
      }
    }
  }

  /// Accounts with a deal in scope: the only tie to a territory where the export assigns no accounts.
  private func accountsWithDeals(_ scope: Scope, _ scopes: ScopeMasks) -> [Int32] {
    let accounts = ledger.records[.opportunity].references("AccountId")
    let found = scopes.rows(.opportunities, scope).map { accounts[Int($0)] }.filter { $0 >= 0 }
    return ScopeRows.sorted([found[...]])
  }

  /// The roots of families of which every account is among some: the row of a family sums over all.
  private func wholeFamilies(_ accounts: [Int32]) -> [Int32] {
    let forest = ledger.families.value.value
    var found: [Int32: Int32] = [:]
    for account in accounts { found[forest.roots[Int(account)], default: 0] += 1 }
    return found.filter { root, count in
      forest.ends[Int(root)] - forest.positions[Int(root)] == count
    }.keys.sorted()
  }

  /// The rows of an entity that refer to some records.
  private func rows(of entity: Entity, _ field: String, of records: [Int32]) -> [Int32] {
    let lists = lists(entity, field)
    return ScopeRows.sorted(records.map { lists[Int($0)] })
  }

  private func referring(_ entity: Entity, _ field: String, _ users: [UInt8]) -> [Int32] {
    let lists = lists(entity, field)
    return ScopeRows.sorted(users.indices.filter { users[$0] == 1 }.map { lists[$0] })
  }

  /// What a manager and everybody below own, by owner.
  private func owned(_ entity: Entity, _ field: String, by user: Int) -> [ArraySlice<Int32>] {
    let lists = lists(entity, field)
    return ledger.managers.value.value.subtree(of: user).map { lists[Int($0)] }
  }

  private func lists(_ entity: Entity, _ field: String) -> Adjacency {
    referring.value(for: Reference(entity: entity, field: field)) {
      let references = ledger.records[entity].references(field)
      var target = Entity.user
      if case .reference(let entity) = entity.field(named: field)?.kind { target = entity }
      return Adjacency(
        sources: ledger.records[target].count, from: references,
        to: (0..<Int32(references.count)).map { $0 })
    }
  }

  private func subtree(_ top: Int, _ lists: Lazy<Adjacency>) -> ArraySlice<Int32> {
    guard let forest = ledger.assignment.model?.forest, top >= 0, top < forest.count else {
      return []
    }
    let lists = lists.value
    return lists.targets[
      Int(lists.starts[Int(forest.positions[top])])..<Int(lists.starts[Int(forest.ends[top])])]
  }

  private func counted(_ rows: [Int32]) -> [Int32] {
    guard let counted = ledger.countedDeals.value else { return rows }
    return rows.filter { counted[Int($0)] == 1 }
  }

  private func both(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    right.isEmpty ? left : zip(left, right).map { $0 | $1 }
  }

  /// The rows of parts, ascending and each once.
  static func sorted(_ parts: [ArraySlice<Int32>]) -> [Int32] {
    let count = parts.reduce(0) { $0 + $1.count }
    var rows: [Int32] = []
    rows.reserveCapacity(count)
    for part in parts { rows += part }
    // One territory's own rows are sorted already.
    if zip(rows, rows.dropFirst()).allSatisfy({ $0 < $1 }) { return rows }
    rows.sort()
    var kept = 0
    for row in rows where kept == 0 || rows[kept - 1] != row {
      rows[kept] = row
      kept += 1
    }
    rows.removeLast(rows.count - kept)
    return rows
  }
}
