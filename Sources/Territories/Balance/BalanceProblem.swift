/// Which families should move so that territories are within a tolerance of each other.
///
/// Grain: one entry per family that may move; what stays is in the loads. The problem: choose for
/// each family one territory, its own or an allowed one, so that the *cost* is least: the disruption
/// of the families that leave home, and for each territory and measure what lies outside the
/// tolerance, in means, at the price of moving every family that there is.
public struct BalanceProblem: Sendable {
  /// A family that may move as a whole.
  public struct Family: Hashable, Sendable {
    /// Index of the territory that holds it.
    public let home: Int32
    /// How many accounts it has; each counts against `mostAccounts`.
    public let accounts: Int32
    /// What it brings to each measure, none below zero.
    public let amounts: [Int64]
    /// What moving it costs, in 1/10,000 of a point, above zero.
    public let disruption: Int64
    /// Index in `allowed`.
    public let allowed: Int

    public init(
      home: Int32, accounts: Int32, amounts: [Int64], disruption: Int64, allowed: Int
    ) {
      self.home = home
      self.accounts = accounts
      self.amounts = amounts
      self.disruption = disruption
      self.allowed = allowed
    }
  }

  /// Number of territories.
  public let territories: Int
  /// For each measure what each territory holds that does not move.
  public let fixed: [[Int64]]
  public let families: [Family]
  /// Sets of territories, ascending, that families share; a family's home may be among its own.
  public let allowed: [[Int32]]
  /// How far from its mean a territory may be, in millionths.
  public let tolerance: Int64
  /// How many accounts may move; nil: any number.
  public let mostAccounts: Int?

  public init(
    territories: Int, fixed: [[Int64]], families: [Family], allowed: [[Int32]], tolerance: Int64,
    mostAccounts: Int? = nil
  ) {
    self.territories = territories
    self.fixed = fixed
    self.families = families
    self.allowed = allowed
    self.tolerance = tolerance
    self.mostAccounts = mostAccounts
  }

  /// Number of measures.
  public var measures: Int { fixed.count }
}

/// Where each family of a problem should be.
public struct BalanceSolution: Sendable {
  /// For each family the territory that should hold it.
  public let places: [Int32]
  /// What the moves cost, in 1/10,000 of a point.
  public let disruption: Int64
  /// What lies outside the tolerance, over all territories and measures, in means.
  public let excess: Double
  /// What the whole costs, in points.
  public let cost: Double
  /// No solution of the whole problem costs less than this, in points.
  public let bound: Double
  /// What of the cost is there whatever moves, in points.
  public let unavoidable: Double
  /// Whether more accounts than may move would make it cheaper, were families divided.
  public let isCapped: Bool

  /// By how much of its cost, without what is there whatever moves, the solution may be dearer than
  /// the best one.
  public var gap: Double {
    let own = cost - unavoidable
    return own > 0 ? max(0, (cost - bound) / own) : 0
  }
}
