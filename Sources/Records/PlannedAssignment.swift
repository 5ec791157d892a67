/// A territory model that is to come and lives in a spreadsheet.
public struct PlannedAssignment: Sendable {
  /// Grain: one entry per territory of the plan, by key.
  public var territories: [Territory]
  /// Grain: one entry per account and territory of the plan, in the order of the file.
  public var accounts: [PlannedAccount]

  public init(territories: [Territory], accounts: [PlannedAccount]) {
    self.territories = territories
    self.accounts = accounts
  }

  /// A territory of the plan.
  public struct Territory: Sendable {
    /// As the plan writes it: a developer name, or a name.
    public let key: String
    /// Row of the territory of the same key in the export; nil where it is new.
    public let existing: Int32?
    /// Who will work there, in the order of the file.
    public var members: [Member] = []

    public init(key: String, existing: Int32?) {
      self.key = key
      self.existing = existing
    }

    /// The one member in a role; several, or none, are to be named by a person, never guessed.
    public func owner(inRole role: String?) -> PlannedOwner {
      Territory.owner(among: members, inRole: role)
    }

    /// The one of several members in a role; roles match without regard to case.
    public static func owner(among members: [Member], inRole role: String?) -> PlannedOwner {
      guard let role else { return .toBeNamed }
      let users = Set(members.filter { $0.role?.lowercased() == role.lowercased() }.map(\.user))
      return users.count == 1 ? users.first.map { .user($0) } ?? .toBeNamed : .toBeNamed
    }
  }

  /// A user of a territory.
  public struct Member: Hashable, Sendable {
    /// Row of the user.
    public let user: Int32
    public let role: String?

    public init(user: Int32, role: String?) {
      self.user = user
      self.role = role
    }
  }

  /// Where an account will be.
  public struct PlannedAccount: Hashable, Sendable {
    /// Row of the account.
    public let account: Int32
    /// Index of the territory in the plan.
    public let territory: Int
    /// The owner whom the plan names, else the one user in the owner's role.
    public let owner: PlannedOwner
    /// Whether the plan itself names the owner.
    public let isOwnerNamed: Bool

    public init(account: Int32, territory: Int, owner: PlannedOwner, isOwnerNamed: Bool = false) {
      self.account = account
      self.territory = territory
      self.owner = owner
      self.isOwnerNamed = isOwnerNamed
    }
  }
}

/// Who will own an account.
public enum PlannedOwner: Hashable, Sendable {
  /// Row of the user.
  case user(Int32)
  /// Nobody, or more than one user, is in the owner's role.
  case toBeNamed
}
