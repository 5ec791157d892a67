import Metrics
import Records

/// What a change set leaves in a state that somebody has to look at.
public struct ChangeException: Hashable, Sendable {
  /// In the order in which they are listed.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The account is in no territory afterwards, and was in one.
    case newlyUnassigned = "newly_unassigned"
    /// The account is in two territories of one type afterwards, and was not.
    case twoTerritories = "two_territories_of_one_type"
    /// Rules cannot say whether the account is in the territory.
    case undecided
    /// The deal is in no territory afterwards, because its account is in several of equal priority.
    case lostByTie = "territory_lost_by_tie"
    /// The family comes to lie in several territories.
    case splitFamily = "family_split"
    /// Nobody works in the territory.
    case vacantTerritory = "vacant_territory"
    /// The user works in no territory.
    case userWithoutTerritory = "user_without_territory"
  }

  public let kind: Kind
  /// Row of the account, -1 where it is about none; of a family its ultimate parent.
  public var account: Int32 = -1
  /// Row of the deal, -1 where it is about none.
  public var deal: Int32 = -1
  /// Code of the territory, -1 where it is about none.
  public var territory: Int32 = -1
  /// Row of the user, -1 where it is about none.
  public var user: Int32 = -1
  /// Whether it is not so before.
  public var isNew = true
  /// What keeps rules from deciding; nil for every other kind.
  public var reason: UndecidedPair.Reason?
}

extension ChangeSet {
  /// The exceptions, by kind, then account, deal, territory and user.
  ///
  /// - Parameters:
  ///   - records: the export.
  ///   - overlayTypes: names of territory types of which an account may be in several.
  /// - Returns: an entry an exception.
  public func exceptions(_ records: RecordSet, overlayTypes: [String]) -> [ChangeException] {
    var found: [ChangeException] = []
    let before = TypeRepeats(from.model, overlays: overlayTypes)
    let after = TypeRepeats(to.model, overlays: overlayTypes)
    for change in accounts where change.isMoved && change.isCarriedOut {
      let account = Int(change.account)
      let old = from.assignment.territoriesOfAccount[account]
      let new = to.assignment.territoriesOfAccount[account]
      if new.isEmpty {
        found.append(ChangeException(kind: .newlyUnassigned, account: change.account))
      }
      if after.repeats(new), !before.repeats(old) {
        found.append(ChangeException(kind: .twoTerritories, account: change.account))
      }
    }
    for pair in to.simulated?.undecided ?? [] where sees(account: pair.pair.account) {
      found.append(
        ChangeException(
          kind: .undecided, account: pair.pair.account,
          territory: match.to[Int(pair.pair.territory)], reason: pair.reason))
    }
    for change in deals where change.losesByTie && !change.isHeld {
      found.append(
        ChangeException(kind: .lostByTie, account: change.account, deal: change.deal))
    }
    for family in families where family.isSplitByPlan {
      found.append(ChangeException(kind: .splitFamily, account: family.root))
    }
    return found + vacancies() + usersWithoutTerritory(records)
  }

  /// Territories afterwards in which nobody works, though they hold accounts or lie at the bottom.
  private func vacancies() -> [ChangeException] {
    guard to.model.knowsMembers else { return [] }
    let tree = to.model.tree
    var isNeeded = tree.forest.parents.indices.map { tree.forest.subtree(of: $0).count == 1 }
    for territory in to.assignment.territoriesOfAccount.targets { isNeeded[Int(territory)] = true }
    var wasVacant = [Bool](repeating: false, count: match.count)
    for (index, code) in match.from.enumerated()
    where from.assignment.usersOfTerritory.degree(index) == 0 {
      wasVacant[Int(code)] = true
    }
    return (0..<tree.count).compactMap { index in
      let code = match.to[index]
      guard isNeeded[index], to.assignment.usersOfTerritory.degree(index) == 0,
        scope?.holds(code: code) ?? true
      else { return nil }
      return ChangeException(
        kind: .vacantTerritory, territory: code, isNew: !wasVacant[Int(code)])
    }.sorted { $0.territory < $1.territory }
  }

  /// Users who had a territory and have none, and owners of accounts who never had one.
  private func usersWithoutTerritory(_ records: RecordSet) -> [ChangeException] {
    guard to.model.knowsMembers else { return [] }
    let users = records[.user]
    var had = [Bool](repeating: false, count: users.count)
    var has = had
    var owns = had
    for user in from.assignment.usersOfTerritory.targets { had[Int(user)] = true }
    for user in to.assignment.usersOfTerritory.targets { has[Int(user)] = true }
    for owner in records[.account].references("OwnerId") where owner >= 0 {
      owns[Int(owner)] = true
    }
    let isActive = users.flags("IsActive")
    return had.indices.compactMap { user in
      guard !has[user], had[user] || owns[user], isActive[user] != 0,
        scope?.holds(user: Int32(user)) ?? true
      else { return nil }
      return ChangeException(kind: .userWithoutTerritory, user: Int32(user), isNew: had[user])
    }
  }
}

/// Whether territories of a model are of one type.
private struct TypeRepeats {
  /// Type of each territory; -1 for types of which an account may be in several.
  private let types: [Int32]

  init(_ model: ResolvedModel, overlays: [String]) {
    let names = Set(overlays.map { $0.lowercased() })
    let none = Int32(model.plan.types.count)
    types = model.types.map { type in
      guard type >= 0 else { return none }
      let known = model.plan.types[Int(type)]
      return names.contains(known.developerName.lowercased())
        || names.contains(known.name.lowercased()) ? -1 : type
    }
  }

  func repeats(_ territories: ArraySlice<Int32>) -> Bool {
    guard territories.count > 1 else { return false }
    let sorted = territories.map { types[Int($0)] }.filter { $0 >= 0 }.sorted()
    return zip(sorted, sorted.dropFirst()).contains { $0 == $1 }
  }
}
