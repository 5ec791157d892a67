import Records

/// Who manages which territory, and who is below whom.
public struct ManagementLine: Sendable {
  /// nil where no territory model is active.
  public let managers: TerritoryManagers?
  private let users: Table
  private let hierarchy: Forest
  private let assignment: Assignment

  init(_ ledger: Ledger) {
    users = ledger.records[.user]
    hierarchy = ledger.managers.value.value
    assignment = ledger.assignment
    managers = TerritoryManagers(
      of: ledger.assignment, in: ledger.records, people: ledger.userRecords.people,
      role: ledger.settings.managerRole)
  }

  /// Fields of the export that say who manages what.
  public static let fields: [Entity: Set<String>] = [
    .user: ["Id", "Name", "Email", "ManagerId", "IsActive"], .territory: ["ForecastUserId"],
    .userTerritory: ["UserId", "Territory2Id", "IsActive", "RoleInTerritory2"],
  ]

  /// The Id of a user, by row.
  public func id(_ user: Int32) -> String { users.id(Int(user)) }

  /// The name of a user, by row; the Id where it has none.
  public func name(_ user: Int32) -> String { users.name(Int(user)) }

  /// The row of a user, nil where none has the Id.
  public func row(ofID id: String) -> Int32? {
    (0..<Int32(users.count)).first { self.id($0) == id }
  }

  /// The users whose line of management the reader of a scope is in.
  ///
  /// In a territory these are its members and
  /// those of the territories below it, and whoever is below its manager; below a manager everybody,
  /// and the members of the manager's territories. Nobody's reader is the reader of a company or a
  /// family.
  ///
  /// - Parameter scope: what the reader sees.
  /// - Returns: Ids of users.
  public func people(below scope: Scope) -> Set<String> {
    switch scope {
    case .company, .family, .records: return []
    case .territory(let top):
      guard let model = assignment.model, top >= 0, top < model.count else { return [] }
      var people = members(below: [top])
      if let manager = managers?.managers[top], manager.territory == top {
        people += hierarchy.subtree(of: Int(manager.user)).dropFirst()
      }
      return ids(people)
    case .manager(let user, let tops):
      return ids(members(below: tops) + hierarchy.subtree(of: user))
    }
  }

  private func members(below tops: [Int]) -> [Int32] {
    guard let model = assignment.model else { return [] }
    return tops.flatMap { model.forest.subtree(of: $0) }.flatMap {
      assignment.usersOfTerritory[Int($0)]
    }
  }

  private func ids(_ rows: [Int32]) -> Set<String> { Set(rows.map { id($0) }) }
}

extension LocalEngine {
  /// Who manages which territory under the engine's assignment, and who is below whom.
  public var managementLine: ManagementLine { ManagementLine(ledger) }
}
