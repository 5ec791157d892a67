import Metrics
import Records
import Settings

/// What should move, and how the territories stand before and after.
public struct BalanceProposal: Sendable {
  let study: BalanceStudy
  let solution: BalanceSolution
  let limits: BalanceLimits
  /// What each territory holds of each measure, in the problem's integers.
  let before: [[Int64]]
  let after: [[Int64]]
  /// Accounts of each territory.
  let accountsBefore: [Int]
  let accountsAfter: [Int]
  /// What moves, the most valuable first, then by Id.
  public let moves: [Move]

  /// Families in several of the territories.
  let splitBefore: Int
  let splitAfter: Int

  /// A family that moves, or a part of one.
  public struct Move: Hashable, Sendable {
    /// Row of the family's ultimate parent.
    public let root: Int32
    /// Rows of the accounts that move, ascending.
    public let accounts: [Int32]
    /// How many accounts of the family all of the territories hold.
    public let ofFamily: Int
    /// Whether it is all of the family that the territories hold.
    public var isWhole: Bool { accounts.count == ofFamily }
    /// Indices of the territories in the model.
    public let from: Int32
    public let to: Int32
    /// Index in the problem.
    let family: Int
  }

  init(_ study: BalanceStudy, _ solution: BalanceSolution) {
    self.study = study
    self.solution = solution
    let problem = study.problem
    let limits = BalanceLimits(problem)
    let measures = problem.measures
    let before = (0..<measures).map { measure in
      (0..<problem.territories).map { limits.loads[$0 * measures + measure] }
    }
    var after = before
    var accountsBefore = [Int](repeating: 0, count: problem.territories)
    for territory in study.today.territoriesOfAccount.targets {
      let leaf = study.leafOf[Int(territory)]
      if leaf >= 0 { accountsBefore[Int(leaf)] += 1 }
    }
    var accountsAfter = accountsBefore
    var moves: [Move] = []
    for (index, part) in study.parts.enumerated() {
      let (home, place) = (Int(part.home), Int(solution.places[index]))
      guard home != place else { continue }
      for measure in 0..<measures {
        let amount = problem.families[index].amounts[measure]
        after[measure][home] -= amount
        after[measure][place] += amount
      }
      accountsAfter[home] -= part.accounts.count
      accountsAfter[place] += part.accounts.count
      moves.append(
        Move(
          root: part.root, accounts: part.accounts, ofFamily: part.ofFamily,
          from: study.leaves[home], to: study.leaves[place], family: index))
    }
    self.limits = limits
    self.before = before
    self.after = after
    self.accountsBefore = accountsBefore
    self.accountsAfter = accountsAfter
    func split(_ places: [Int32]) -> Int {
      var leaves: [Int32: Set<Int32>] = [:]
      for part in study.fixedParts { leaves[part.root, default: []].insert(part.home) }
      for (part, place) in zip(study.parts, places) {
        leaves[part.root, default: []].insert(place)
      }
      return leaves.values.count { $0.count > 1 }
    }
    splitBefore = split(study.parts.map(\.home))
    splitAfter = split(solution.places)
    let values = study.figures.values
    func value(_ move: Move) -> Int128 {
      move.accounts.reduce(0) { $0 + Int128(values[Int($1)]) }
    }
    let keyed = moves.map { (value: value($0), move: $0) }
    // Parts are in the order of Ids.
    self.moves = keyed.sorted {
      ($1.value, $0.move.family) < ($0.value, $1.move.family)
    }.map(\.move)
  }

  /// How many accounts move.
  public var movedAccounts: Int { moves.reduce(0) { $0 + $1.accounts.count } }

  /// How evenly the territories hold a measure, before and after.
  public func spread(
    _ measure: Configuration.Balance.Measure
  ) -> (before: Distribution, after: Distribution)? {
    study.measures.firstIndex(of: measure).map {
      (
        Distribution(before[$0].map { Int128($0) }), Distribution(after[$0].map { Int128($0) })
      )
    }
  }

  /// The model after the moves: which account is in which territory, by account, then territory.
  public var assigned: [AccountTerritory] {
    var target: [AccountTerritory: Int32] = [:]
    for move in moves {
      for account in move.accounts {
        target[AccountTerritory(account: account, territory: move.from)] = move.to
      }
    }
    let held = study.today.territoriesOfAccount
    var pairs: [AccountTerritory] = []
    for account in 0..<held.starts.count - 1 {
      for territory in held[account] {
        let pair = AccountTerritory(account: Int32(account), territory: territory)
        pairs.append(
          target[pair].map { AccountTerritory(account: Int32(account), territory: $0) } ?? pair)
      }
    }
    return pairs.sorted()
  }

  /// How far a territory is from the mean of its group, in percent points of it, rounded; nil where
  /// the measure does not count there.
  func offset(_ loads: [[Int64]], measure: Int, leaf: Int) -> Int? {
    let mean = limits.means[leaf * study.problem.measures + measure]
    guard mean > 0 else { return nil }
    return Int(((Double(loads[measure][leaf]) / mean - 1) * 100).rounded())
  }

  /// Whether a territory holds more than it may, or less, of a measure.
  func isOutside(_ loads: [[Int64]], measure: Int, leaf: Int) -> Bool {
    let index = leaf * study.problem.measures + measure
    guard limits.means[index] > 0 else { return false }
    let load = loads[measure][leaf]
    return load > limits.upper[index] || load < limits.lower[index]
  }
}
