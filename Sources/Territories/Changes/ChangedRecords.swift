import Records

/// An account whose territories or owner change, or would, were it not held out.
public struct AccountChange: Hashable, Sendable {
  /// Row of the account.
  public let account: Int32
  /// Whether its territories are others afterwards.
  public let isMoved: Bool
  /// Row of the present owner, or a value of `Reference`.
  public let owner: Int32
  /// Who owns it afterwards; nil: the present owner keeps it.
  public let newOwner: PlannedOwner?
  /// Whether it stays where it is, whatever the plan says.
  public let isHeld: Bool

  /// Whether it changes hands: it is not held out.
  public var isCarriedOut: Bool { !isHeld }
}

/// An open deal that changes its territory or its owner, or whose account does.
public struct DealChange: Hashable, Sendable {
  /// Row of the deal.
  public let deal: Int32
  /// Row of its account, or a value of `Reference`.
  public let account: Int32
  /// Index in the model before, or a value of `Assignment.NoTerritory`.
  public let from: Int32
  /// Index in the model after, or a value of `Assignment.NoTerritory`.
  public let to: Int32
  /// Whether its territory is another afterwards.
  public let isMoved: Bool
  /// Row of the present owner, or a value of `Reference`.
  public let owner: Int32
  /// Who owns it afterwards; nil: the present owner keeps it.
  public let newOwner: PlannedOwner?
  public let disruption: Disruption
  /// Whether the new owner is to take it over now; deals of some disruption may be left where they
  /// are.
  public let isHandedOver: Bool
  /// Whether it stays with an account that is held out.
  public let isHeld: Bool
  /// Whether it is in a territory before and in none afterwards, because its account is in several
  /// of equal priority.
  public let losesByTie: Bool
}

/// How much a change of owner disturbs an open deal.
public enum Disruption: String, CaseIterable, Hashable, Sendable {
  /// The deal keeps its owner.
  case none
  case early
  /// At a late stage, or closing soon.
  case late
}

/// A lead, task or contact that follows its account or deal to a new owner.
public struct FollowerChange: Hashable, Sendable {
  /// Row of the lead, task or contact.
  public let row: Int32
  /// Row of its account, or a value of `Reference`.
  public let account: Int32
  /// Row of its deal, or a value of `Reference`; only tasks have one.
  public let deal: Int32
  /// Row of the present owner.
  public let owner: Int32
  public let newOwner: PlannedOwner
}

/// A family of two accounts or more of which an account changes hands.
public struct FamilyChange: Hashable, Sendable {
  /// Row of the ultimate parent.
  public let root: Int32
  /// All its accounts.
  public let accounts: Int32
  /// Those that come to other territories.
  public let moving: Int32
  /// Those that come to another owner.
  public let changingOwner: Int32
  /// Distinct territories before and after.
  public let territoriesBefore: Int32
  public let territoriesAfter: Int32

  /// Whether the plan divides what was in one territory at most.
  public var isSplitByPlan: Bool { territoriesBefore <= 1 && territoriesAfter > 1 }
  /// Whether the plan brings together what was in several territories.
  public var isUnitedByPlan: Bool { territoriesBefore > 1 && territoriesAfter <= 1 }
}
