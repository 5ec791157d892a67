import Testing

@testable import Territories

/// Small problems with every choice tried, and properties of larger ones.
@Suite("The solver of a balance finds the cheapest moves, and says how far from them it is")
struct BalanceSolverTests {
  private func problem(
    seed: UInt64, families: Int, territories: Int, groups: [[Int32]], most: Int? = nil
  ) -> BalanceProblem {
    var chance = SplitMix(seed: seed)
    let fixed = (0..<2).map { _ in
      (0..<territories).map { _ in Int64.random(in: 0...20, using: &chance) * 10_000 }
    }
    let members = (0..<families).map { _ -> BalanceProblem.Family in
      let group = Int.random(in: 0..<groups.count, using: &chance)
      let accounts = Int32.random(in: 1...3, using: &chance)
      return BalanceProblem.Family(
        home: groups[group].randomElement(using: &chance) ?? 0, accounts: accounts,
        amounts: [Int64.random(in: 0...40, using: &chance) * 10_000, Int64(accounts) * 10_000],
        disruption: Int64.random(in: 1...9, using: &chance) * 10_000, allowed: group)
    }
    return BalanceProblem(
      territories: territories, fixed: fixed, families: members, allowed: groups,
      tolerance: 150_000, mostAccounts: most)
  }

  /// The cost of a choice, as docs/territories.md defines it; nil where too many accounts move.
  ///
  /// All families of a test share one group of territories, so that there is one mean a measure.
  private func cost(_ problem: BalanceProblem, _ places: [Int32]) -> Double? {
    var loads = problem.fixed
    var (disruption, everything, moved) = (0.0, 0.0, 0)
    for (family, place) in zip(problem.families, places) {
      for measure in loads.indices { loads[measure][Int(place)] += family.amounts[measure] }
      everything += Double(family.disruption) / 10_000
      if place != family.home {
        disruption += Double(family.disruption) / 10_000
        moved += Int(family.accounts)
      }
    }
    if let most = problem.mostAccounts, moved > most { return nil }
    var excess = 0.0
    for load in loads {
      let (total, count) = (load.reduce(0, +), Int64(load.count))
      // The whole numbers within 15 % of the mean.
      let (low, high) = (
        (total * 85 + count * 100 - 1) / (count * 100), total * 115 / (count * 100)
      )
      for value in load {
        excess += Double(max(0, value - high, low - value)) / (Double(total) / Double(count))
      }
    }
    return disruption + 10 * everything * excess
  }

  private func cheapest(_ problem: BalanceProblem) -> Double {
    var best = Double.infinity
    var places = problem.families.map { _ in Int32(0) }
    let territories = Int32(problem.territories)
    while true {
      if let cost = cost(problem, places) { best = min(best, cost) }
      guard let next = places.firstIndex(where: { $0 + 1 < territories }) else { return best }
      places[next] += 1
      for index in 0..<next { places[index] = 0 }
    }
  }

  @Test(
    "Small problems are solved as trying every choice solves them, and the bound meets the cost",
    arguments: UInt64(1)...12)
  func bruteForce(seed: UInt64) throws {
    for most in [nil, 4] {
      let problem = problem(
        seed: seed, families: 7, territories: 3, groups: [[0, 1, 2]], most: most)
      let solution = BalanceSolver().solve(problem)
      let best = cheapest(problem)
      #expect(abs(solution.cost - best) < 1e-6)
      #expect(solution.bound <= best + 1e-6)
      #expect(solution.gap == 0)
      let own = try #require(cost(problem, solution.places))
      #expect(abs(own - solution.cost) < 1e-6)
    }
  }

  @Test(
    "Families go only where they may, no more accounts than may, and the bound is below the cost",
    arguments: UInt64(20)...23)
  func properties(seed: UInt64) {
    let groups: [[Int32]] = [[0, 1, 2], [3, 4, 5, 6], [7]]
    for most in [nil, 12] {
      let problem = problem(seed: seed, families: 160, territories: 8, groups: groups, most: most)
      let solution = BalanceSolver().solve(problem)
      var moved = 0
      for (family, place) in zip(problem.families, solution.places) {
        #expect(groups[family.allowed].contains(place))
        if place != family.home { moved += Int(family.accounts) }
      }
      #expect(moved <= most ?? .max)
      #expect(solution.bound <= solution.cost)
      #expect(solution.bound >= 0)
      let limits = BalanceLimits(problem)
      #expect(solution.cost <= BalanceState(problem, limits).cost + limits.unavoidable)
    }
  }

  @Test("The same problem has the same answer")
  func repeated() {
    let problem = problem(
      seed: 99, families: 300, territories: 6, groups: [[0, 1, 2, 3, 4, 5]])
    let (first, second) = (BalanceSolver().solve(problem), BalanceSolver().solve(problem))
    #expect(first.places == second.places)
    #expect(first.bound == second.bound)
  }

  @Test("A family larger than the tolerance leaves the least excess")
  func largeFamily() {
    // One family of 90 and twenty of 1: the mean of two territories is 55, the most 63, the least 47.
    let families =
      [BalanceProblem.Family(home: 0, accounts: 1, amounts: [90], disruption: 10_000, allowed: 0)]
      + (0..<20).map { _ in
        BalanceProblem.Family(home: 0, accounts: 1, amounts: [1], disruption: 10_000, allowed: 0)
      }
    let problem = BalanceProblem(
      territories: 2, fixed: [[0, 0]], families: families, allowed: [[0, 1]], tolerance: 150_000)
    let solution = BalanceSolver().solve(problem)
    // The twenty stand against the one: 90 is 27 more than may be, 20 is 27 less. The family alone
    // may go, or the twenty may: the one costs a point.
    #expect(solution.places.first == 1)
    #expect(solution.places.dropFirst().allSatisfy { $0 == 0 })
    #expect(abs(solution.excess - 54.0 / 55) < 1e-9)
    #expect(solution.disruption == 10_000)
    #expect(solution.gap == 0)
  }

  @Test("Where everything is within the tolerance nothing moves")
  func even() {
    let families = (0..<4).map {
      BalanceProblem.Family(
        home: Int32($0 % 2), accounts: 1, amounts: [10], disruption: 10_000, allowed: 0)
    }
    let solution = BalanceSolver().solve(
      BalanceProblem(
        territories: 2, fixed: [[0, 0]], families: families, allowed: [[0, 1]],
        tolerance: 150_000))
    #expect(solution.places == [0, 1, 0, 1])
    #expect(solution.cost == 0)
    #expect(solution.bound == 0)
    #expect(solution.gap == 0)
  }
}
