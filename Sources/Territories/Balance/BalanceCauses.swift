/// Why a territory stays outside the tolerance: what can be proved first, then what the search met.
struct BalanceCauses {
  enum Cause: Equatable {
    /// What may not move is more than the territory may hold.
    case fixed
    /// Even with all that may come it holds too little.
    case unreachable
    /// Other territories of its group hold too much, or too little, whatever moves, so that the rest
    /// cannot all be within the tolerance.
    case others([Int], holdMore: Bool)
    /// A part that lies there, by its index in the problem, is by itself more than it may hold.
    case large(Int)
    /// More accounts would have to move than may.
    case capped(Int)
    /// Coming nearer costs more than it saves: surely, or as far as was found.
    case price(isBest: Bool)
  }

  private let proposal: BalanceProposal
  private var problem: BalanceProblem { proposal.study.problem }
  private var limits: BalanceLimits { proposal.limits }

  init(_ proposal: BalanceProposal) {
    self.proposal = proposal
  }

  /// What keeps a territory that lies outside where it is.
  func cause(leaf: Int, measure: Int) -> Cause {
    let index = leaf * problem.measures + measure
    let isAbove = proposal.after[measure][leaf] > limits.upper[index]
    if isAbove ? isTooFull(leaf, measure) : isTooEmpty(leaf, measure) {
      return isAbove ? .fixed : .unreachable
    }
    if let others = others(leaf, measure, holdMore: !isAbove) {
      return .others(others, holdMore: !isAbove)
    }
    if isAbove, let large = large(leaf, measure) { return .large(large) }
    if proposal.solution.isCapped, let most = problem.mostAccounts { return .capped(most) }
    return .price(isBest: proposal.solution.gap == 0)
  }

  private func isTooFull(_ leaf: Int, _ measure: Int) -> Bool {
    problem.fixed[measure][leaf] > limits.upper[leaf * problem.measures + measure]
  }

  private func isTooEmpty(_ leaf: Int, _ measure: Int) -> Bool {
    let index = leaf * problem.measures + measure
    return limits.reachable[index] < limits.lower[index]
  }

  /// The territories of the group that are too full, or too empty, by themselves, where the others
  /// cannot all be within the tolerance with what they leave: no move changes the group's sum.
  private func others(_ leaf: Int, _ measure: Int, holdMore: Bool) -> [Int]? {
    var (outside, left): ([Int], Int128) = ([], 0)
    for other in 0..<problem.territories where limits.groups[other] == limits.groups[leaf] {
      let index = other * problem.measures + measure
      left += Int128(limits.loads[index])
      if holdMore ? isTooFull(other, measure) : isTooEmpty(other, measure) {
        outside.append(other)
        left -= Int128(holdMore ? problem.fixed[measure][other] : limits.reachable[index])
      } else {
        left -= Int128(holdMore ? limits.lower[index] : limits.upper[index])
      }
    }
    guard !outside.isEmpty else { return nil }
    return (holdMore ? left < 0 : left > 0) ? outside : nil
  }

  /// The largest part in a territory that by itself is more than it may hold.
  private func large(_ leaf: Int, _ measure: Int) -> Int? {
    let most = limits.upper[leaf * problem.measures + measure]
    return problem.families.indices.filter {
      proposal.solution.places[$0] == Int32(leaf) && problem.families[$0].amounts[measure] > most
    }.max { problem.families[$0].amounts[measure] < problem.families[$1].amounts[measure] }
  }
}
