import Records

/// Which accounts a model would hold, and why.
public struct SimulatedAssignment: Sendable {
  public let model: ResolvedModel
  /// For each account row the territories it would be in, ascending.
  public let territoriesOfAccount: Adjacency
  /// Why, for each entry of `territoriesOfAccount.targets`.
  public let causes: [AssignmentCause]
  /// What could not be decided, by account, then territory; not among the assigned.
  public let undecided: [UndecidedPair]
  /// The run that made it, which knows by which comparisons; nil where none did.
  let run: RuleRun?

  public init(
    model: ResolvedModel, territoriesOfAccount: Adjacency, causes: [AssignmentCause],
    undecided: [UndecidedPair] = []
  ) {
    self.init(
      model: model, territoriesOfAccount: territoriesOfAccount, causes: causes,
      undecided: undecided, run: nil)
  }

  init(
    model: ResolvedModel, territoriesOfAccount: Adjacency, causes: [AssignmentCause],
    undecided: [UndecidedPair], run: RuleRun?
  ) {
    self.run = run
    self.model = model
    self.territoriesOfAccount = territoriesOfAccount
    self.causes = causes
    self.undecided = undecided
  }

  /// Why an account is in a territory; nil where it is not.
  public func cause(account: Int, territory: Int32) -> AssignmentCause? {
    let start = Int(territoriesOfAccount.starts[account])
    let targets = territoriesOfAccount[account]
    return targets.firstIndex(of: territory).map { causes[start + $0 - targets.startIndex] }
  }
}

/// Why an account is in a territory.
public enum AssignmentCause: Hashable, Sendable {
  /// Rules match; the index in `plan.rules` of the first of the territory's own, else of the nearest
  /// inherited ones.
  case rule(Int32)
  /// A person put it there.
  case manual
  /// The plan's table says so.
  case table
}

/// An account and a territory about which rules cannot say.
public struct UndecidedPair: Hashable, Sendable {
  /// Why a rule cannot be run over an account.
  public enum Reason: String, Hashable, Sendable {
    /// A rule compares a field that the export does not hold.
    case fieldNotExported
    /// A rule compares with an operation that is not supported, such as a distance.
    case unsupported
  }

  public let pair: AccountTerritory
  /// Index in `plan.rules` of the rule that cannot say.
  public let rule: Int32
  public let reason: Reason

  public init(pair: AccountTerritory, rule: Int32, reason: Reason) {
    self.pair = pair
    self.rule = rule
    self.reason = reason
  }
}
