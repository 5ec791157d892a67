import Records

/// What one reader may see of a change set: what is theirs before or afterwards.
///
/// In scope is an account or deal that is in one of the territories under either model, or that one
/// of the users owns or will own; what follows an account is in scope with it.
public struct ChangeScope: Sendable {
  /// Whether each territory is in scope, by code of the match.
  let isTerritory: [Bool]
  /// Whether each user is in scope, by row.
  let isUser: [Bool]

  /// The subtree of a territory under both models.
  ///
  /// - Parameters:
  ///   - before: its index in the model before; nil where that has no such territory.
  ///   - after: its index in the model afterwards; nil where that has no such territory.
  ///   - set: the change set between the models.
  ///   - users: how many users there are.
  public init(territory before: Int?, _ after: Int?, of set: ChangeSet, users: Int) {
    isTerritory = ChangeScope.subtrees(before.map { [$0] } ?? [], after.map { [$0] } ?? [], set)
    isUser = [Bool](repeating: false, count: users)
  }

  /// What some territories hold, with all below them, under either model.
  ///
  /// - Parameters:
  ///   - before: indices in the model before.
  ///   - after: indices in the model afterwards.
  ///   - set: the change set between the models.
  ///   - users: how many users there are.
  public init(territories before: [Int], _ after: [Int], of set: ChangeSet, users: Int) {
    isTerritory = ChangeScope.subtrees(before, after, set)
    isUser = [Bool](repeating: false, count: users)
  }

  /// A manager's line: those below them, and the territories where the manager works under either
  /// model, with all below these.
  public init(manager: Int, _ managers: Forest, of set: ChangeSet) {
    var isUser = [Bool](repeating: false, count: managers.count)
    for user in managers.subtree(of: manager) { isUser[Int(user)] = true }
    self.isUser = isUser
    func places(_ side: Holdings) -> [Int] {
      let users = side.assignment.usersOfTerritory
      return (0..<side.model.tree.count).filter { users[$0].contains(Int32(manager)) }
    }
    isTerritory = ChangeScope.subtrees(places(set.from), places(set.to), set)
  }

  private static func subtrees(_ before: [Int], _ after: [Int], _ set: ChangeSet) -> [Bool] {
    var isTerritory = [Bool](repeating: false, count: set.match.count)
    for (tops, tree, codes) in [
      (before, set.from.model.tree, set.match.from), (after, set.to.model.tree, set.match.to),
    ] {
      for top in tops {
        for place in tree.forest.subtree(of: top) { isTerritory[Int(codes[Int(place)])] = true }
      }
    }
    return isTerritory
  }

  func holds(code: Int32) -> Bool { code >= 0 && isTerritory[Int(code)] }

  func holds(user: Int32) -> Bool { user >= 0 && isUser[Int(user)] }

  func holds(_ owner: PlannedOwner?) -> Bool {
    if case .user(let user) = owner { return holds(user: user) }
    return false
  }
}

extension ChangeSet {
  /// The part of the change set that a reader may see.
  public func cut(to scope: ChangeScope, owners: [Int32], families: Forest) -> ChangeSet {
    var part = self
    part.scope = scope
    part.accounts = accounts.filter { sees($0, scope) }
    part.deals = deals.filter { change in
      scope.holds(code: match.code(from: change.from))
        || scope.holds(code: match.code(to: change.to))
        || scope.holds(user: change.owner) || scope.holds(change.newOwner)
    }
    part.visible = VisibleAccounts(self, part.accounts, scope, owners: owners)
    let deals = Set(part.deals.map(\.deal))
    func follows(_ change: FollowerChange) -> Bool {
      part.sees(account: change.account) || (change.deal >= 0 && deals.contains(change.deal))
    }
    part.tasks = tasks.filter(follows)
    part.contacts = contacts.filter(follows)
    part.leads = leads.filter(follows)
    var isSeen = [Bool](repeating: false, count: families.count)
    for change in part.accounts { isSeen[Int(families.roots[Int(change.account)])] = true }
    part.families = self.families.filter { isSeen[Int($0.root)] }
    return part
  }

  /// Whether a reader may see an account.
  func sees(account: Int32) -> Bool { account >= 0 && visible?[account] ?? true }

  private func sees(_ change: AccountChange, _ scope: ChangeScope) -> Bool {
    let account = Int(change.account)
    return scope.holds(user: change.owner) || scope.holds(change.newOwner)
      || from.assignment.territoriesOfAccount[account].contains {
        scope.holds(code: match.from[Int($0)])
      }
      || to.assignment.territoriesOfAccount[account].contains {
        scope.holds(code: match.to[Int($0)])
      }
  }
}

/// The accounts that a reader may see, changing or not.
struct VisibleAccounts: Sendable {
  private var isVisible: [Bool]

  init(_ set: ChangeSet, _ changes: [AccountChange], _ scope: ChangeScope, owners: [Int32]) {
    let (from, to) = (set.from.assignment, set.to.assignment)
    isVisible = owners.indices.map { account in
      scope.holds(user: owners[account])
        || from.territoriesOfAccount[account].contains {
          scope.holds(code: set.match.from[Int($0)])
        }
        || to.territoriesOfAccount[account].contains { scope.holds(code: set.match.to[Int($0)]) }
    }
    // Those that come to a user of the scope.
    for change in changes { isVisible[Int(change.account)] = true }
  }

  subscript(account: Int32) -> Bool { isVisible[Int(account)] }
}
