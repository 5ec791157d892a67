import Records

/// Who will own a record: a change of territory is not a change of owner.
///
/// - A new owner whom the plan names is the owner.
/// - Whoever works in the new territory keeps what they own; so does whoever never worked in the
///   territory, where the territory stays.
/// - Else the owner is the one user in the owner's role of the new territory; of several
///   territories, of the one with the highest type priority.
/// - With none or several such users the owner is to be named, never guessed.
/// - What comes to no territory keeps its owner.
struct OwnerRule: Sendable {
  private let from: Holdings
  private let to: Holdings
  private let countsAncestors: Bool
  /// Owner by territory of the model to come.
  private let owners: [PlannedOwner]
  /// Whom the plan names by account, -1 where it names nobody.
  private let named: [Int32]

  init(from: Holdings, to: Holdings, role: String?, countsAncestors: Bool, accounts: Int) {
    self.from = from
    self.to = to
    self.countsAncestors = countsAncestors
    owners = (0..<Int32(to.model.tree.count)).map { to.model.owner(of: $0, inRole: role) }
    let wishes = to.model.assigned.filter(\.isOwnerNamed)
    guard !wishes.isEmpty else {
      named = []
      return
    }
    // Of several rows about an account that of the territory with the highest type priority counts.
    var named = [Int32](repeating: -1, count: accounts)
    var priorities = [Int64](repeating: .min, count: accounts)
    for wish in wishes {
      guard case .user(let user) = wish.owner else { continue }
      let priority = to.model.tree.priorities[wish.territory]
      if priority > priorities[Int(wish.account)] {
        named[Int(wish.account)] = user
        priorities[Int(wish.account)] = priority
      }
    }
    self.named = named
  }

  /// The new owner of an account; nil where it keeps the present one.
  func owner(
    ofAccount account: Int, present: Int32, before: ArraySlice<Int32>, after: ArraySlice<Int32>,
    isMoved: Bool
  ) -> PlannedOwner? {
    if !named.isEmpty, named[account] >= 0 {
      return named[account] == present ? nil : .user(named[account])
    }
    return owner(present: present, before: before, after: after, isMoved: isMoved)
  }

  /// The new owner of a record in some territories; nil where it keeps the present one.
  func owner(
    present: Int32, before: ArraySlice<Int32>, after: ArraySlice<Int32>, isMoved: Bool
  ) -> PlannedOwner? {
    guard !after.isEmpty else { return nil }
    if isMoved {
      if present >= 0, works(present, in: after, of: to) { return nil }
    } else {
      guard from.model.knowsMembers, to.model.knowsMembers, present >= 0,
        works(present, in: before, of: from), !works(present, in: after, of: to)
      else { return nil }
    }
    let owner = owner(of: after)
    if case .user(let user) = owner, user == present { return nil }
    return owner
  }

  private func works(_ user: Int32, in territories: ArraySlice<Int32>, of side: Holdings)
    -> Bool
  {
    for territory in territories
    where side.holds(user, territory, countsAncestors: countsAncestors) {
      return true
    }
    return false
  }

  private func owner(of territories: ArraySlice<Int32>) -> PlannedOwner {
    if territories.count == 1, let only = territories.first { return owners[Int(only)] }
    let priorities = to.model.tree.priorities
    let highest = territories.map { priorities[Int($0)] }.max()
    // Territories of equal priority may agree.
    let candidates = Set(
      territories.filter { priorities[Int($0)] == highest }.map { owners[Int($0)] })
    return candidates.count == 1 ? candidates.first ?? .toBeNamed : .toBeNamed
  }
}
