/// Solves a balance problem: docs/territories.md, "How it is solved".
///
/// A relaxation gives a bound and a first draft, which is rounded and made cheaper step by step; then
/// the solver of integer programs looks for something cheaper among the moves that such a solution
/// may hold. Nothing depends on threads or on time.
public struct BalanceSolver: Sendable {
  /// Moves that the integer program takes at most.
  var mostMoves = 6_000
  /// Rows above which it is not asked, because it would take too long.
  var mostRows = 4_000
  /// The same where it gives no bound, because not all moves that may pay are in it.
  var mostPartialRows = 300
  /// Nodes that it looks at.
  var nodes = 150

  public init() {}

  public func solve(_ problem: BalanceProblem) -> BalanceSolution {
    let limits = BalanceLimits(problem)
    var relaxation = BalanceRelaxation(problem, limits)
    var today = BalanceSearch(BalanceState(problem, limits))
    today.descend()
    relaxation.solve(from: today.state)
    var best = draft(today.state, limits, relaxation)
    var bound = max(relaxation.bound, 0)
    if best.cost - bound > 1e-6 * max(1, best.cost) {
      bound = max(bound, improve(&best, limits, relaxation))
    }
    let cost = best.cost
    // What is left of a gap of rounding errors is none.
    if bound > cost - 1e-6 * max(1, cost) { bound = cost }
    let unavoidable = limits.unavoidable
    return BalanceSolution(
      places: best.places, disruption: best.disruption,
      excess: best.excess + unavoidable / limits.price, cost: cost + unavoidable,
      bound: bound + unavoidable, unavoidable: unavoidable,
      isCapped: relaxation.prices.account < -1e-9)
  }

  /// The cheapest of what the relaxation suggests and what a search from today found.
  private func draft(
    _ found: BalanceState, _ limits: BalanceLimits, _ relaxation: BalanceRelaxation
  ) -> BalanceState {
    let problem = found.problem
    var best = found
    for share in [0.9, 0.5, 0.1] {
      var state = BalanceState(problem, limits)
      let moves = relaxation.moves.filter { $0.share >= share }
        .sorted { ($1.share, $0.target) < ($0.share, $1.target) }.map(\.target)
      for move in moves
      where state.places[Int(move.family)] == problem.families[Int(move.family)].home {
        if state.allows(Int(move.family), into: move.territory) {
          state.put(Int(move.family), into: move.territory)
        }
      }
      var search = BalanceSearch(state)
      search.descend()
      if search.state.cost < best.cost { best = search.state }
    }
    return best
  }

  /// Asks the integer program for something cheaper; gives a bound of the whole problem.
  private func improve(
    _ best: inout BalanceState, _ limits: BalanceLimits, _ relaxation: BalanceRelaxation
  ) -> Double {
    let problem = best.problem
    let cutoff = best.cost
    let likely = relaxation.moves(below: cutoff, limit: mostMoves + 1)
    // Without the others the answer is no bound of the whole.
    let isWhole = likely.count <= mostMoves
    // Many moves are as good as those of the relaxation, which must be among them, and so must be
    // those of the best solution.
    var seen: Set<BalanceRelaxation.Target> = []
    var moves: [BalanceRelaxation.Target] = []
    let drafted = best.places.enumerated().map { family, territory in
      BalanceRelaxation.Target(family: Int32(family), territory: territory)
    }.filter { problem.families[Int($0.family)].home != $0.territory }
    for move in relaxation.support + drafted + likely
    where (isWhole || moves.count < mostMoves) && seen.insert(move).inserted {
      moves.append(move)
    }
    let rows = BalanceRows(problem, limits)
    var (lower, upper) = (rows.lower, rows.upper)
    var counts: [Int32: Int] = [:]
    for move in moves { counts[move.family, default: 0] += 1 }
    var rowOfFamily: [Int32: Int] = [:]
    for family in counts.keys.sorted() where counts[family] ?? 0 > 1 {
      rowOfFamily[family] = lower.count
      lower.append(-LinearProgram.unbounded)
      upper.append(1)
    }
    guard !moves.isEmpty, rows.lower.count <= (isWhole ? mostRows : mostPartialRows) else {
      return -.infinity
    }
    var columns = LinearProgram.Entries()
    for move in moves {
      var entries = rows.entries(Int(move.family), to: move.territory)
      if let row = rowOfFamily[move.family] { entries.append((row, 1)) }
      columns.add(
        entries, to: 1, cost: Double(problem.families[Int(move.family)].disruption) / 10_000)
    }
    for column in 0..<rows.excess.count {
      let entries = Int(rows.excess.starts[column])..<Int(rows.excess.starts[column + 1])
      columns.add(
        entries.map { (Int(rows.excess.indices[$0]), rows.excess.values[$0]) },
        to: LinearProgram.unbounded,
        cost: rows.excess.cost[column])
    }
    let answer = BinaryProgram.solve(
      rowsFrom: lower, to: upper, columns: columns, binaries: moves.count, cutoff: cutoff - 1e-6,
      nodes: nodes)
    if let values = answer.values {
      var state = BalanceState(problem, limits)
      for (move, value) in zip(moves, values) where value > 0.5 {
        state.put(Int(move.family), into: move.territory)
      }
      var search = BalanceSearch(state)
      search.descend()
      if search.state.cost < best.cost,
        problem.mostAccounts.map({ search.state.moved <= $0 }) ?? true
      {
        best = search.state
      }
    }
    return isWhole ? answer.bound : -.infinity
  }
}
