/// Who manages each territory of a model, and to whom what is about it goes.
///
/// A territory's manager is, first that applies: its one user with the manager's role in the file of
/// people; its one user with that role in the model; ForecastUserId; the manager whom all its users
/// have in common; the manager of the territory above. Of several whom a rule finds, those who are gone
/// (inactive in the CRM, or left by the file of people) do not count; where still several are left,
/// the next rule decides, and nobody is guessed.
public struct TerritoryManagers: Sendable {
  /// The role that managers have where no other is configured.
  public static let usualRole = "Manager"

  /// What made somebody the manager of a territory.
  public enum Rule: Int, Hashable, Sendable, CaseIterable {
    /// The role in the file of people.
    case people
    /// The role in the territory model.
    case territoryRole
    /// The territory's ForecastUserId.
    case forecastUser
    /// The one manager of all users of the territory.
    case commonManager
    /// The manager of the territory above.
    case above
  }

  /// Who manages a territory.
  public struct Manager: Hashable, Sendable {
    /// Row of the user.
    public let user: Int32
    public let rule: Rule
    /// The territory whose own manager it is: the territory itself, or one above it.
    public let territory: Int
  }

  /// The manager of each territory of the model; nil where nobody manages it or one above it.
  public let managers: [Manager?]
  let forest: Forest
  let people: [Int32: Person]
  let isActive: [UInt8]
  let asOf: Day

  /// - Parameters:
  ///   - model: the territories.
  ///   - members: who is an active member of each, with their roles in the model.
  ///   - records: users with their managers, and ForecastUserId of territories in the export.
  ///   - people: what the file of people says.
  ///   - role: the role of those who lead a territory; compared without regard to case.
  public init(
    of model: TerritoryModel, members: [[PlannedAssignment.Member]], in records: RecordSet,
    people: [Person], role: String? = nil
  ) {
    let known = Dictionary(people.map { ($0.user, $0) }, uniquingKeysWith: { one, _ in one })
    forest = model.forest
    self.people = known
    isActive = records[.user].flags("IsActive")
    asOf = records.asOf
    let finder = ManagerFinder(
      people: known, isActive: isActive, asOf: asOf,
      managers: records[.user].references("ManagerId"),
      role: (role ?? TerritoryManagers.usualRole).lowercased())
    let forecast = records[.territory].references("ForecastUserId")
    var found = [Manager?](repeating: nil, count: model.count)
    // Preorder meets every territory after the one above it.
    for index in model.forest.order.map({ Int($0) }) {
      let row = Int(model.rows[index])
      let above = Int(model.forest.parents[index])
      let own = finder.manager(
        members[index], forecastUser: row >= 0 && row < forecast.count ? forecast[row] : -1)
      if let own {
        found[index] = Manager(user: own.user, rule: own.rule, territory: index)
      } else if above >= 0, let manager = found[above] {
        found[index] = Manager(user: manager.user, rule: .above, territory: manager.territory)
      }
    }
    managers = found
  }

  /// Those of the model that is active in an export; nil where none is.
  ///
  /// - Parameters:
  ///   - assignment: the model with its active members.
  ///   - records: the export.
  ///   - people: what the file of people says.
  ///   - role: the role of those who lead a territory.
  public init?(
    of assignment: Assignment, in records: RecordSet, people: [Person], role: String? = nil
  ) {
    guard let model = assignment.model else { return nil }
    self.init(
      of: model, members: assignment.members(in: records), in: records, people: people, role: role)
  }

  /// The users who manage a territory, ascending.
  public var users: [Int32] { Set(managers.compactMap { $0?.user }).sorted() }

  /// The territories that a user manages, but for those below another of them, ascending.
  public func territories(of user: Int32) -> [Int] {
    managers.indices.filter { index in
      guard managers[index]?.user == user else { return false }
      var above = Int(forest.parents[index])
      while above >= 0 {
        if managers[above]?.user == user { return false }
        above = Int(forest.parents[above])
      }
      return true
    }
  }
}

/// Applies the rules that find a territory's own manager.
private struct ManagerFinder {
  let people: [Int32: Person]
  let isActive: [UInt8]
  let asOf: Day
  /// The CRM's manager of each user.
  let managers: [Int32]
  let role: String

  func manager(
    _ members: [PlannedAssignment.Member], forecastUser: Int32
  ) -> (user: Int32, rule: TerritoryManagers.Rule)? {
    let users = Set(members.map(\.user))
    let rules: [(TerritoryManagers.Rule, Set<Int32>)] = [
      (.people, users.filter { people[$0]?.role?.lowercased() == role }),
      (.territoryRole, Set(members.filter { $0.role?.lowercased() == role }.map(\.user))),
      (.forecastUser, forecastUser >= 0 ? [forecastUser] : []),
      (.commonManager, common(users)),
    ]
    for (rule, candidates) in rules {
      let present = candidates.filter { !isGone($0) }
      // Somebody who is gone is still the one whom others stand in for.
      let deciding = present.isEmpty ? candidates : present
      if deciding.count == 1, let user = deciding.first { return (user, rule) }
    }
    return nil
  }

  /// The manager of all users who are there; empty where they have several, or one has none.
  private func common(_ users: Set<Int32>) -> Set<Int32> {
    let present = users.filter { !isGone($0) }
    let above = Set(present.map { people[$0]?.manager ?? managers[Int($0)] })
    return above.count == 1 && above.allSatisfy { $0 >= 0 } ? above : []
  }

  private func isGone(_ user: Int32) -> Bool {
    TerritoryManagers.isGone(user, people, isActive, asOf)
  }
}

extension Assignment {
  /// Who is an active member of each territory of the model, with the role there, in file order.
  ///
  /// - Parameter records: the export whose memberships they are.
  /// - Returns: by territory of the model; empty without one.
  public func members(in records: RecordSet) -> [[PlannedAssignment.Member]] {
    var members = [[PlannedAssignment.Member]](repeating: [], count: model?.count ?? 0)
    let memberships = records[.userTerritory]
    let (users, territories) =
      (memberships.references("UserId"), memberships.references("Territory2Id"))
    let (isMember, roles) =
      (memberships.flags("IsActive"), memberships.categories("RoleInTerritory2"))
    let index = model?.indexOfRow ?? []
    for row in 0..<memberships.count where isMember[row] != 0 && users[row] >= 0 {
      let territory = territories[row]
      guard territory >= 0, Int(territory) < index.count, index[Int(territory)] >= 0 else {
        continue
      }
      members[Int(index[Int(territory)])].append(
        PlannedAssignment.Member(user: users[row], role: roles[row]))
    }
    return members
  }
}
