import Records

/// One family as a report draws it: accounts in preorder, each with its own and rolled-up figures.
///
/// Grain: one node per account of the family in the reader's scope, and at most one for all others.
/// The accounts outside the scope stand in the box `elsewhere` without name or Id; where the
/// ultimate parent itself is outside, that box is the root.
public struct FamilyTree: Hashable, Sendable {
  /// Figures of an account or of a branch, all time, in corporate currency (1/10,000).
  public struct Figures: Hashable, Sendable {
    public var wonAmount: Int128
    public var openAmount: Int128
    public var wonCount: Int128
    public var openCount: Int128

    public init(
      wonAmount: Int128 = 0, openAmount: Int128 = 0, wonCount: Int128 = 0, openCount: Int128 = 0
    ) {
      self.wonAmount = wonAmount
      self.openAmount = openAmount
      self.wonCount = wonCount
      self.openCount = openCount
    }

    public static func + (left: Figures, right: Figures) -> Figures {
      Figures(
        wonAmount: left.wonAmount + right.wonAmount,
        openAmount: left.openAmount + right.openAmount,
        wonCount: left.wonCount + right.wonCount, openCount: left.openCount + right.openCount)
    }

    public static func - (left: Figures, right: Figures) -> Figures {
      Figures(
        wonAmount: left.wonAmount - right.wonAmount,
        openAmount: left.openAmount - right.openAmount,
        wonCount: left.wonCount - right.wonCount, openCount: left.openCount - right.openCount)
    }
  }

  /// An account, or the box of all accounts outside the scope.
  public struct Node: Hashable, Sendable {
    /// Id of the account; empty for the box `elsewhere`.
    public let id: String
    /// Name of the account; empty for the box `elsewhere`.
    public let name: String
    public let country: String?
    /// Name of the current owner.
    public let owner: String?
    /// Names of the account's territories, in the order of their Ids.
    public let territories: [String]
    /// Index of the node above, nil for the root; it is smaller than the node's own.
    public let parent: Int?
    /// Accounts that the node stands for: 1, or the number of those elsewhere (0 where only deals
    /// of the shown accounts are elsewhere).
    public let accounts: Int
    public let isElsewhere: Bool
    /// Deals of the account that are in scope; for the box all others of the family.
    public var own: Figures
    /// The node with all below it.
    public var rolledUp: Figures

    public init(
      id: String, name: String, country: String?, owner: String?, territories: [String],
      parent: Int?, accounts: Int, isElsewhere: Bool, own: Figures, rolledUp: Figures
    ) {
      self.id = id
      self.name = name
      self.country = country
      self.owner = owner
      self.territories = territories
      self.parent = parent
      self.accounts = accounts
      self.isElsewhere = isElsewhere
      self.own = own
      self.rolledUp = rolledUp
    }
  }

  /// The nodes in preorder; siblings by rolled-up won amount descending, then open, then Id.
  public let nodes: [Node]
  /// The whole family, in and out of scope.
  public let total: Figures
  /// All accounts of the family, in and out of scope.
  public let accounts: Int

  public init(nodes: [Node], total: Figures, accounts: Int) {
    self.nodes = nodes
    self.total = total
    self.accounts = accounts
  }
}

/// Which family a report shows.
public enum FamilyChoice: Hashable, Sendable {
  /// The family of two accounts or more with the largest won amount in the scope.
  case largestWon
  /// The family of two accounts or more with the largest open amount in the scope.
  case largestOpen
  /// The family that so many are larger than, by won or by open amount.
  case ranked(Int, byOpen: Bool)
  /// The family of an account, by row.
  case of(account: Int)
}
