import Records

/// Which rows of each fact a scope holds: applied to every figure before anything is summed.
///
/// A territory's scope holds the deals whose own territory is in its subtree, and the accounts that
/// are associated with a territory of it (those with a deal in it, where the export associates no
/// accounts at all); lines and splits follow their deals, activities their accounts; quotas follow
/// their territory, else their holder's membership, and leads their owner's. A manager's scope holds
/// besides what the manager and everybody below own. A family's scope holds its accounts with their
/// deals, lines, splits and activities.
struct ScopeMasks: Sendable {
  private struct NameKey: Hashable {
    let isOfFamilies: Bool
    let scope: Scope
  }

  private struct Key: Hashable {
    let fact: Fact
    let scope: Scope
  }

  let ledger: Ledger
  private let finder: ScopeRows
  private let found = LockedCache<Key, [Int32]>()
  private let masks = RecentCache<Key, [UInt8]>(capacity: 24)
  private let listed = RecentCache<Scope, [UInt8]>(capacity: 4)
  private let members = RecentCache<NameKey, [Int32]>(capacity: 6)

  init(_ ledger: Ledger) {
    self.ledger = ledger
    finder = ScopeRows(ledger)
  }

  /// The rows in a scope other than the company's, ascending.
  ///
  /// Deals whose currency has no rate are in no scope, and neither are their lines; nor are quotas
  /// of another forecasting type than most.
  func rows(_ fact: Fact, _ scope: Scope) -> [Int32] {
    found.value(for: Key(fact: fact, scope: scope)) { finder.rows(fact, scope, self) }
  }

  /// The rows in any scope in the order of their keys.
  func sortedRows(_ fact: Fact, _ scope: Scope) -> [Int32] {
    let order = ledger.order(of: fact.entity)
    guard scope == .company else {
      return rows(fact, scope).sorted { order.ranks[Int($0)] < order.ranks[Int($1)] }
    }
    guard let mask = mask(fact, scope) else { return order.rows }
    return order.rows.filter { mask[Int($0)] == 1 }
  }

  /// The rows in scope where they are so few that only they need be looked at; nil: look at all, by
  /// their mask.
  func fewRows(_ fact: Fact, _ scope: Scope) -> [Int32]? {
    guard scope != .company else { return nil }
    let rows = rows(fact, scope)
    return rows.count * 2 < ledger.records[fact.entity].count ? rows : nil
  }

  /// 1 for each row in scope, 0 for the others; nil where all are.
  func mask(_ fact: Fact, _ scope: Scope) -> [UInt8]? {
    guard scope == .company else {
      return masks.value(for: Key(fact: fact, scope: scope)) {
        var mask = [UInt8](repeating: 0, count: ledger.records[fact.entity].count)
        for row in rows(fact, scope) { mask[Int(row)] = 1 }
        return mask
      }
    }
    switch fact {
    case .accounts, .revenueMovements, .familyRevenueMovements, .costs, .activities, .leads:
      return nil
    // Made of deals that count alone.
    case .dueDeals: return nil
    case .quotas: return ledger.countedQuotas.value.value
    case .opportunities: return ledger.countedDeals.value
    case .lineItems, .splits:
      guard let deals = ledger.countedDeals.value else { return nil }
      return masks.value(for: Key(fact: fact, scope: scope)) {
        ledger.records[fact.entity].references("OpportunityId").map { $0 < 0 ? 1 : deals[Int($0)] }
      }
    }
  }

  /// Accounts whose names a scope's lists may show: those in scope, and for a territory also those
  /// in no territory whose owner is an active member of a territory of the subtree.
  func listedAccounts(_ scope: Scope) -> [UInt8]? {
    guard territories(scope) != nil else { return mask(.accounts, scope) }
    return listed.value(for: scope) {
      var mask = [UInt8](repeating: 0, count: ledger.records[.account].count)
      for row in listedRows(scope) { mask[Int(row)] = 1 }
      return mask
    }
  }

  /// The rows of `listedAccounts`, ascending, in a scope other than the company's.
  func listedRows(_ scope: Scope) -> [Int32] {
    let own = rows(.accounts, scope)
    guard territories(scope) != nil else { return own }
    return ScopeRows.sorted([own[...], finder.unassigned(ownedBy: users(scope))[...]])
  }

  /// By which account each account may be named in a scope: by itself, or as one of its family by
  /// the root, else by the first in scope by Id.
  ///
  /// - Parameters:
  ///   - ofFamilies: whether families are named.
  ///   - scope: a scope other than the company's.
  ///   - other: what accounts outside are named by.
  /// - Returns: a row, or `other`, for each account.
  func named(ofFamilies: Bool, _ scope: Scope, other: Int32) -> [Int32] {
    members.value(for: NameKey(isOfFamilies: ofFamilies, scope: scope)) {
      let rows = rows(.accounts, scope)
      var named = [Int32](repeating: other, count: ledger.records[.account].count)
      guard ofFamilies else {
        for row in rows { named[Int(row)] = row }
        return named
      }
      let roots = ledger.families.value.value.roots
      let ranks = ledger.order(of: .account).ranks
      var first: [Int32: Int32] = [:]
      for row in rows {
        let root = roots[Int(row)]
        guard let known = first[root], known != row else {
          first[root] = row
          continue
        }
        if row == root || (known != root && ranks[Int(row)] < ranks[Int(known)]) {
          first[root] = row
        }
      }
      for row in rows { named[Int(row)] = first[roots[Int(row)]] ?? row }
      return named
    }
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
      switch scope {
      case .territory(let top): return index == top ? 1 : 0
      case .manager(_, let tops): return tops.contains(index) ? 1 : 0
      case .company, .family, .records: return model.forest.parents[index] < 0 ? 1 : 0
      }
    }
  }

  /// 1 for each territory that a scope is made of; nil where it is not made of territories.
  func territories(_ scope: Scope) -> [UInt8]? {
    switch scope {
    case .company, .family, .records: nil
    case .territory(let top): insideTerritories([top])
    case .manager(_, let tops): insideTerritories(tops)
    }
  }

  /// 1 for each user who is an active member of a territory that a scope is made of.
  func users(_ scope: Scope) -> [UInt8] {
    var users = [UInt8](repeating: 0, count: ledger.records[.user].count)
    let inside = territories(scope) ?? []
    for territory in inside.indices where inside[territory] == 1 {
      for user in ledger.assignment.usersOfTerritory[territory] { users[Int(user)] = 1 }
    }
    return users
  }

  /// 1 for the manager of a scope and everybody below; empty where the scope is no manager's.
  func reports(_ scope: Scope) -> [UInt8] {
    guard case .manager(let manager, _) = scope else { return [] }
    var users = [UInt8](repeating: 0, count: ledger.records[.user].count)
    for user in ledger.managers.value.value.subtree(of: manager) { users[Int(user)] = 1 }
    return users
  }

  /// 1 for each territory of some subtrees.
  private func insideTerritories(_ tops: [Int]) -> [UInt8] {
    guard let model = ledger.assignment.model else { return [] }
    var inside = [UInt8](repeating: 0, count: model.count)
    for top in tops where top >= 0 && top < model.count {
      for territory in model.forest.subtree(of: top) { inside[Int(territory)] = 1 }
    }
    return inside
  }
}
