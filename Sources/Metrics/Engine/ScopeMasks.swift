import Records

/// Which rows of each fact a scope holds: applied to every figure before anything is summed.
///
/// A territory's scope holds the deals whose own territory is in its subtree, and the accounts that
/// are associated with a territory of it (those with a deal in it, where the export associates no
/// accounts at all); lines and splits follow their deals, activities their accounts; quotas follow
/// their territory, else their holder's membership, and leads their owner's. A family's scope holds
/// its accounts with their deals, lines, splits and activities.
struct ScopeMasks: Sendable {
  private struct Key: Hashable {
    let fact: Fact
    let scope: Scope
  }

  let ledger: Ledger
  private let masks = LockedCache<Key, [UInt8]>()

  init(_ ledger: Ledger) {
    self.ledger = ledger
  }

  /// 1 for each row in scope, 0 for the others; nil where all are.
  ///
  /// Deals whose currency has no rate are in no scope, and neither are their lines; nor are quotas
  /// of another forecasting type than most.
  func mask(_ fact: Fact, _ scope: Scope) -> [UInt8]? {
    if scope == .company {
      switch fact {
      case .accounts, .revenueMovements, .familyRevenueMovements, .costs, .activities, .leads:
        return nil
      case .quotas: return ledger.countedQuotas.value.value
      case .opportunities: return ledger.countedDeals.value
      case .lineItems, .splits: if ledger.countedDeals.value == nil { return nil }
      // Made of deals that count alone.
      case .dueDeals: return nil
      }
    }
    return masks.value(for: Key(fact: fact, scope: scope)) { make(fact, scope) }
  }

  private func make(_ fact: Fact, _ scope: Scope) -> [UInt8] {
    let count = ledger.records[fact.entity].count
    switch (fact, scope) {
    case (.lineItems, _), (.splits, _):
      let deals = mask(.opportunities, scope)
      return ledger.records[fact.entity].references("OpportunityId").map {
        $0 < 0 ? (scope == .company ? 1 : 0) : deals?[Int($0)] ?? 1
      }
    case (.dueDeals, _):
      let deals = mask(.opportunities, scope)
      return ledger.records[.dueDeal].references("OpportunityId").map { deals?[Int($0)] ?? 1 }
    case (_, .company): return [UInt8](repeating: 1, count: count)
    case (.costs, _): return [UInt8](repeating: 0, count: count)
    case (.revenueMovements, _), (.familyRevenueMovements, _), (.activities, _):
      return rowsOfAccounts(fact, scope)
    case (.leads, .territory(let top)):
      let users = users(insideTerritories: insideTerritories(top))
      return ledger.records[.lead].references("OwnerId").map { $0 < 0 ? 0 : users[Int($0)] }
    case (.leads, .family): return [UInt8](repeating: 0, count: count)
    case (.opportunities, .territory(let top)):
      let inside = insideTerritories(top)
      return counted(
        ledger.assignment.territoryOfDeal.map { $0 < 0 ? 0 : inside[Int($0)] })
    case (.accounts, .territory) where !ledger.assignment.coversAccounts:
      return accountsWithDeals(in: scope)
    case (.accounts, .territory(let top)):
      let inside = insideTerritories(top)
      return (0..<count).map { account in
        ledger.assignment.territoriesOfAccount[account].contains { inside[Int($0)] == 1 } ? 1 : 0
      }
    case (.quotas, .territory(let top)):
      let inside = insideTerritories(top)
      let users = users(insideTerritories: inside)
      let index = ledger.assignment.successors
      let territories = ledger.records[.quota].references("Territory2Id")
      let holders = ledger.records[.quota].references("QuotaOwnerId")
      let counted = ledger.countedQuotas.value.value
      return (0..<count).map { row in
        if let counted, counted[row] == 0 { return 0 }
        if territories[row] >= 0 {
          let territory = index.isEmpty ? -1 : index[Int(territories[row])]
          return territory < 0 ? 0 : inside[Int(territory)]
        }
        return holders[row] < 0 ? 0 : users[Int(holders[row])]
      }
    case (.accounts, .family(let root)):
      return ledger.families.value.value.roots.map { $0 == Int32(root) ? 1 : 0 }
    case (.opportunities, .family):
      let accounts = mask(.accounts, scope)
      return counted(
        ledger.records[.opportunity].references("AccountId").map {
          $0 < 0 ? 0 : accounts?[Int($0)] ?? 0
        })
    case (.quotas, .family): return [UInt8](repeating: 0, count: count)
    }
  }

  /// Accounts with a deal in scope: the only tie to a territory where the export assigns no accounts.
  private func accountsWithDeals(in scope: Scope) -> [UInt8] {
    var isInside = [UInt8](repeating: 0, count: ledger.records[.account].count)
    let deals = mask(.opportunities, scope)
    for (deal, account) in ledger.records[.opportunity].references("AccountId").enumerated()
    where account >= 0 && deals?[deal] ?? 1 == 1 {
      isInside[Int(account)] = 1
    }
    return isInside
  }

  /// Accounts whose names a scope's lists may show: those in scope, and for a territory also those
  /// in no territory whose owner is an active member of a territory of the subtree.
  func listedAccounts(_ scope: Scope) -> [UInt8]? {
    guard case .territory(let top) = scope, var listed = mask(.accounts, scope) else {
      return mask(.accounts, scope)
    }
    let users = users(insideTerritories: insideTerritories(top))
    let isUnassigned = ledger.unassignedFlags.value
    for (row, owner) in ledger.records[.account].references("OwnerId").enumerated()
    where isUnassigned[row] == 1 && owner >= 0 && users[Int(owner)] == 1 {
      listed[row] = 1
    }
    return listed
  }

  /// Quotas that stand for a whole scope: of its top territories, and those of users.
  ///
  /// A territory's quota covers all below it, so a total takes the tops' rows and adds no levels.
  func topQuotas(_ scope: Scope) -> [UInt8] {
    let inScope = mask(.quotas, scope)
    let model = ledger.assignment.model
    return ledger.records[.quota].references("Territory2Id").enumerated().map { row, territory in
      if let inScope, inScope[row] == 0 { return 0 }
      guard territory != Reference.null else { return 1 }
      guard let model, territory >= 0 else { return 0 }
      let index = Int(ledger.assignment.successors[Int(territory)])
      guard index >= 0 else { return 0 }
      if case .territory(let top) = scope { return index == top ? 1 : 0 }
      return model.forest.parents[index] < 0 ? 1 : 0
    }
  }

  private func counted(_ mask: [UInt8]) -> [UInt8] {
    guard let counted = ledger.countedDeals.value else { return mask }
    return zip(mask, counted).map { $0 & $1 }
  }

  /// 1 for each territory of a subtree.
  func insideTerritories(_ top: Int) -> [UInt8] {
    guard let model = ledger.assignment.model else { return [] }
    var inside = [UInt8](repeating: 0, count: model.count)
    if top >= 0, top < model.count {
      for territory in model.forest.subtree(of: top) { inside[Int(territory)] = 1 }
    }
    return inside
  }

  /// 1 for each user who is an active member of one of some territories.
  func users(insideTerritories inside: [UInt8]) -> [UInt8] {
    var users = [UInt8](repeating: 0, count: ledger.records[.user].count)
    for territory in inside.indices where inside[territory] == 1 {
      for user in ledger.assignment.usersOfTerritory[territory] { users[Int(user)] = 1 }
    }
    return users
  }
}
