import Records

/// A territory model joined to the records of an export: what every computation about models takes,
/// whether the model stands in the export, in metadata files or in a spreadsheet.
///
/// Grain: one index per territory, which is its index in `tree`, in `territories` and in every list
/// here. An account and a user are rows of the export's tables.
public struct ResolvedModel: Sendable {
  /// Where a model comes from.
  public enum Source: Hashable, Sendable {
    /// Row of the model in the export's Territory2Model, -1 where the export has no such table.
    case export(row: Int32)
    /// Metadata XML.
    case files
    /// A table of accounts and their territories, with no rules.
    case table
  }

  /// Territories, rules and types as written; `plan.territories[index]` is the territory of an index.
  public let plan: TerritoryPlan
  public let source: Source
  /// The territories as a tree with the priorities of their types, as an assignment takes it.
  public let tree: TerritoryModel
  /// For each territory the index of its type in `plan.types`, -1 where it has none.
  public let types: [Int32]
  /// For each territory its members, in the order of their users' rows and roles, each once.
  public let members: [[PlannedAssignment.Member]]
  /// Whether the source says who works where: metadata XML never does.
  public let knowsMembers: Bool
  /// What the export says of accounts and territories of this model, by account, then territory.
  public let associations: [StatedAssociation]
  /// Pairs that rules must not make, by account, then territory.
  public let exclusions: [AccountTerritory]
  /// The assignment itself where the source is a table, by account, then territory.
  public let assigned: [PlannedAssignment.PlannedAccount]

  public init(
    plan: TerritoryPlan, source: Source, tree: TerritoryModel, types: [Int32],
    members: [[PlannedAssignment.Member]], knowsMembers: Bool,
    associations: [StatedAssociation] = [], exclusions: [AccountTerritory] = [],
    assigned: [PlannedAssignment.PlannedAccount] = []
  ) {
    self.plan = plan
    self.source = source
    self.tree = tree
    self.types = types
    self.members = members
    self.knowsMembers = knowsMembers
    self.associations = associations
    self.exclusions = exclusions
    self.assigned = assigned
  }

  /// The new owner of a territory's accounts: its one member in the role, else to be named.
  public func owner(of territory: Int32, inRole role: String?) -> PlannedOwner {
    PlannedAssignment.Territory.owner(among: members[Int(territory)], inRole: role)
  }
}

/// An account and a territory that it is in.
public struct AccountTerritory: Hashable, Comparable, Sendable {
  /// Row of the account.
  public let account: Int32
  /// Index of the territory in its model.
  public let territory: Int32

  public init(account: Int32, territory: Int32) {
    self.account = account
    self.territory = territory
  }

  public static func < (left: AccountTerritory, right: AccountTerritory) -> Bool {
    (left.account, left.territory) < (right.account, right.territory)
  }
}

/// What the export says of an account and a territory.
public struct StatedAssociation: Hashable, Sendable {
  public let pair: AccountTerritory
  /// Whether a person made it, so that no run of rules ends it.
  public let isManual: Bool

  public init(pair: AccountTerritory, isManual: Bool) {
    self.pair = pair
    self.isManual = isManual
  }
}
