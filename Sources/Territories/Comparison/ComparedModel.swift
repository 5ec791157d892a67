import Metrics
import Records

/// One of several models that are compared, with everything that it is compared by.
public struct ComparedModel: Sendable {
  /// Its column in data formats.
  public let key: String
  /// Its column for people.
  public let title: String
  public let model: ResolvedModel
  /// Who holds what under it, by the indices of `model.tree`.
  public let assignment: Assignment
  /// What its territories hold, under that assignment.
  public let figures: ModelFigures
  /// Accounts of which its rules cannot say whether it holds them.
  public let undecided: Int
  /// What changes hands when it takes the place of the active model; nil where none is active.
  public let disruption: Disruption?

  public init(
    key: String, title: String, model: ResolvedModel, assignment: Assignment,
    figures: ModelFigures, undecided: Int = 0, disruption: Disruption? = nil
  ) {
    self.key = key
    self.title = title
    self.model = model
    self.assignment = assignment
    self.figures = figures
    self.undecided = undecided
    self.disruption = disruption
  }

  /// What moves from one territory to another, the same key meaning the same territory.
  public struct Disruption: Hashable, Sendable {
    public var accounts = 0
    /// Recurring revenue a year of these accounts, in 1/10,000 of a unit; nil where unknown.
    public var recurringRevenue: Int128?
    public var deals = 0
    /// Value of the open bookings among these deals, in 1/10,000 of a unit.
    public var openAmount: Int128 = 0

    public init(
      accounts: Int = 0, recurringRevenue: Int128? = nil, deals: Int = 0, openAmount: Int128 = 0
    ) {
      self.accounts = accounts
      self.recurringRevenue = recurringRevenue
      self.deals = deals
      self.openAmount = openAmount
    }
  }

  /// Number of territories.
  var count: Int { model.tree.count }

  /// Territories with none below them, catch-all ones included.
  var leaves: [Int] {
    let forest = model.tree.forest
    return (0..<count).filter { forest.ends[$0] - forest.positions[$0] == 1 }
  }

  /// Accounts in more territories than one.
  var accountsInSeveral: Int {
    let held = assignment.territoriesOfAccount
    return (0..<held.starts.count - 1).count { held.degree($0) > 1 }
  }
}
