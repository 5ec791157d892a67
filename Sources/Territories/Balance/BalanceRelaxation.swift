/// The problem with families that may be divided, solved by columns that are made as they pay.
///
/// Of the many moves (a family to a territory) the linear program holds a few; its prices say which
/// others would make it cheaper, by trying all, and these join it, until none does (Dantzig and Wolfe
/// 1960; Gilmore and Gomory 1961). A row for a family is made only where its moves add up to more
/// than the family.
struct BalanceRelaxation {
  /// A family and a territory that it may move to.
  struct Target: Hashable, Comparable, Sendable {
    let family: Int32
    let territory: Int32

    static func < (left: Target, right: Target) -> Bool {
      (left.family, left.territory) < (right.family, right.territory)
    }
  }

  /// A move that the program holds, and how much of the family makes it.
  struct Move: Sendable {
    let target: Target
    var share: Double
  }

  private(set) var moves: [Move] = []
  /// The best bound met, and the prices and parts that make it.
  private(set) var bound = -Double.infinity
  private(set) var prices: BalancePrices
  private(set) var parts: [Double]
  /// Amounts of all families, those of one beside each other.
  let amounts: [Double]

  private let problem: BalanceProblem
  private let limits: BalanceLimits
  /// Where the program holds moves of a family already.
  private var known: Set<Target> = []
  /// Row of a family, where it has one.
  private var rowOfFamily: [Int: Int] = [:]
  private var movesOfFamily: [Int32: [Int]] = [:]

  /// Rounds of pricing, hardly ever met; moves that join in one of them.
  private static let rounds = 60
  private static let most = 3_000
  /// Moves to one territory among them.
  private static let mostPerTerritory = 60
  /// How near the program's value is to the bound when it counts as solved, as a share of it.
  private static let near = 1e-4
  /// What counts as nothing, in points.
  private static let nothing = 1e-7

  init(_ problem: BalanceProblem, _ limits: BalanceLimits) {
    self.problem = problem
    self.limits = limits
    amounts = problem.families.flatMap { $0.amounts.map { Double($0) } }
    prices = BalancePrices(
      loads: [Double](repeating: 0, count: limits.loads.count), account: 0, limits)
    (bound, parts) = prices.bound(problem, limits, amounts: amounts)
  }

  /// Solves it as far as it goes; what was found is a bound in any case.
  ///
  /// - Parameter draft: a solution, whose moves the program begins with.
  mutating func solve(from draft: BalanceState) {
    let rows = BalanceRows(problem, limits)
    guard let program = LinearProgram(rowsFrom: rows.lower, to: rows.upper) else { return }
    program.add(columns: rows.excess)
    let start = BalanceAscent(problem, limits, amounts: amounts).best(below: draft.cost)
    keep(start)
    let likely = moves(below: draft.cost, limit: 8 * rows.lower.count)
    add(
      draft.places.enumerated().compactMap { family, territory in
        territory == problem.families[family].home
          ? nil : Target(family: Int32(family), territory: territory)
      }, to: program, rows)
    add(likely.filter { !known.contains($0) }, to: program, rows)
    // A price of excess that is just high enough keeps the other prices near; where nothing lies
    // outside at a lower price, nothing does at the true one, and all prices are the same.
    let steps = max(0, 20 / Double(max(problem.territories, 20)))
    var price = limits.price * min(1, steps)
    while true {
      program.setCost(price, ofFirst: rows.excess.count)
      let excess = solve(program, rows)
      guard excess > 1e-9, price < limits.price else { return }
      price = min(price * 10, limits.price)
    }
  }

  /// Solves it at one price of excess; gives what lies outside then, in means.
  private mutating func solve(_ program: LinearProgram, _ rows: BalanceRows) -> Double {
    let first = rows.excess.count
    for _ in 0..<BalanceRelaxation.rounds {
      var outcome = program.solve()
      var solution = program.solution()
      while outcome == .optimal, addRows(program, solution.values, from: first) {
        outcome = program.solve(rowsJoined: true)
        solution = program.solution()
      }
      for index in moves.indices { moves[index].share = solution.values[first + index] }
      let next = BalancePrices(
        loads: rows.prices(solution.prices), account: rows.accountPrice(solution.prices), limits)
      keep(next)
      let isNear =
        program.objective - bound <= BalanceRelaxation.near * max(1, abs(program.objective))
      var found: [Target] = []
      if outcome == .optimal, !isNear {
        // Prices between these and the best ones swing less (Wentges 1997).
        let smooth = next.mixed(with: prices, limits)
        keep(smooth)
        found = paying(smooth, at: next, solution.prices)
        if found.isEmpty { found = paying(next, at: next, solution.prices) }
      }
      if found.isEmpty { return solution.values.prefix(first).reduce(0, +) }
      add(found, to: program, rows)
    }
    return 0
  }

  /// Adds a row for each family whose moves add up to more than one.
  private mutating func addRows(
    _ program: LinearProgram, _ values: [Double], from first: Int
  ) -> Bool {
    var added = LinearProgram.Entries()
    for family in movesOfFamily.keys.sorted() where rowOfFamily[Int(family)] == nil {
      guard let own = movesOfFamily[family], own.count > 1,
        own.reduce(0, { $0 + values[first + $1] }) > 1 + 1e-7
      else { continue }
      rowOfFamily[Int(family)] = program.rows + added.count
      added.add(own.map { (first + $0, 1) }, from: -LinearProgram.unbounded, to: 1)
    }
    program.add(rows: added)
    return added.count > 0
  }

  /// Keeps prices whose bound is better.
  private mutating func keep(_ next: BalancePrices) {
    let (value, parts) = next.bound(problem, limits, amounts: amounts)
    if value > bound { (bound, prices, self.parts) = (value, next, parts) }
  }

  /// The moves that would make the program cheaper, the best one of each family.
  ///
  /// - Parameters:
  ///   - chosen: the prices by which a family's best move is chosen.
  ///   - prices: those of the program, at which it must pay.
  ///   - duals: what the program's rows are worth.
  /// - Returns: the moves, the best first.
  private func paying(
    _ chosen: BalancePrices, at prices: BalancePrices, _ duals: [Double]
  ) -> [Target] {
    var found: [(cost: Double, target: Target)] = []
    for family in problem.families.indices {
      var best: (cost: Double, territory: Int32) = (-BalanceRelaxation.nothing, -1)
      chosen.forEachMove(of: family, in: problem, amounts: amounts) { territory, cost in
        if cost < best.cost { best = (cost, territory) }
      }
      let target = Target(family: Int32(family), territory: best.territory)
      guard best.territory >= 0, !known.contains(target) else { continue }
      var paid = rowOfFamily[family].map { min(duals[$0], 0) } ?? 0
      for index in movesOfFamily[Int32(family)] ?? [] {
        paid = min(
          paid,
          prices.cost(of: family, to: moves[index].target.territory, in: problem, amounts: amounts))
      }
      let cost = prices.cost(of: family, to: best.territory, in: problem, amounts: amounts) - paid
      if cost < -BalanceRelaxation.nothing {
        found.append((cost, target))
      }
    }
    found.sort { ($0.cost, $0.target) < ($1.cost, $1.target) }
    var counts = [Int](repeating: 0, count: problem.territories)
    var kept: [Target] = []
    for (_, move) in found where kept.count < BalanceRelaxation.most {
      counts[Int(move.territory)] += 1
      guard counts[Int(move.territory)] <= BalanceRelaxation.mostPerTerritory else { continue }
      kept.append(move)
    }
    return kept
  }

  /// Lets moves join the program.
  private mutating func add(
    _ found: [Target], to program: LinearProgram, _ rows: BalanceRows
  ) {
    var added = LinearProgram.Entries()
    for move in found {
      known.insert(move)
      movesOfFamily[move.family, default: []].append(moves.count)
      moves.append(Move(target: move, share: 0))
      var entries = rows.entries(Int(move.family), to: move.territory)
      if let row = rowOfFamily[Int(move.family)] { entries.append((row, 1)) }
      added.add(
        entries, to: 1, cost: Double(problem.families[Int(move.family)].disruption) / 10_000)
    }
    program.add(columns: added)
  }

  /// The moves that the solution of the program makes, wholly or in part.
  var support: [Target] { moves.filter { $0.share > 1e-9 }.map(\.target) }

  /// The moves that a solution cheaper than `cost` may hold, the most likely first.
  ///
  /// - Parameters:
  ///   - cost: what the best known solution costs, in points.
  ///   - limit: at most so many, so that one more says that there are others.
  /// - Returns: families and territories, by what they cost more than the family's best.
  func moves(below cost: Double, limit: Int) -> [Target] {
    var kept: [(more: Double, target: Target)] = []
    let room = cost - bound
    for family in problem.families.indices {
      prices.forEachMove(of: family, in: problem, amounts: amounts) { territory, cost in
        // What it costs more than what is best for the family.
        let more = cost - parts[family]
        if more <= room { kept.append((more, Target(family: Int32(family), territory: territory))) }
      }
    }
    kept.sort { ($0.more, $0.target) < ($1.more, $1.target) }
    return kept.prefix(limit).map(\.target)
  }
}
