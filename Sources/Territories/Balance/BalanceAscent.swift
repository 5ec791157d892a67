/// Prices made better step by step along a subgradient of their bound (Held, Wolfe and Crowder 1974),
/// to start the relaxation near its end: without them a program of few moves swings between
/// extremes for many rounds.
struct BalanceAscent {
  private static let steps = 400
  /// Steps without a better bound after which they become half as long.
  private static let patience = 12
  /// Share of the last direction that the next one keeps.
  private static let memory = 0.3

  private let problem: BalanceProblem
  private let limits: BalanceLimits
  private let amounts: [Double]

  init(_ problem: BalanceProblem, _ limits: BalanceLimits, amounts: [Double]) {
    self.problem = problem
    self.limits = limits
    self.amounts = amounts
  }

  /// The best prices met.
  ///
  /// - Parameter cost: what a solution costs, to which the bound may rise.
  /// - Returns: those with the highest bound.
  func best(below cost: Double) -> BalancePrices {
    let count = limits.loads.count
    var best = BalancePrices(loads: [Double](repeating: 0, count: count), account: 0, limits)
    var current = best
    var (bound, length, waited) = (-Double.infinity, 1.0, 0)
    var direction = [Double](repeating: 0, count: count + 1)
    for _ in 0..<BalanceAscent.steps {
      let (value, slope) = slope(current)
      if value > bound + 1e-9 {
        (best, bound, waited) = (current, value, 0)
      } else {
        waited += 1
        if waited >= BalanceAscent.patience {
          (length, waited, current) = (length / 2, 0, best)
          direction = [Double](repeating: 0, count: count + 1)
          continue
        }
      }
      guard cost - bound > 1e-6 * cost, length > 1e-4 else { break }
      for index in slope.indices {
        direction[index] = slope[index] + BalanceAscent.memory * direction[index]
      }
      let norm = direction.reduce(0) { $0 + $1 * $1 }
      guard norm > 1e-18 else { break }
      let step = length * (cost - value) / norm
      current = BalancePrices(
        loads: zip(current.loads, direction).map { $0 + step * $1 },
        account: problem.mostAccounts == nil ? 0 : current.account + step * direction[count],
        limits)
    }
    return best
  }

  /// The bound of prices, and for each price in which direction the bound grows.
  private func slope(_ prices: BalancePrices) -> (bound: Double, slope: [Double]) {
    let measures = problem.measures
    var flow = [Double](repeating: 0, count: limits.loads.count)
    var (bound, accounts) = (0.0, 0.0)
    for family in problem.families.indices {
      var best: (territory: Int32, cost: Double) = (-1, 0)
      prices.forEachMove(of: family, in: problem, amounts: amounts) { territory, cost in
        if cost < best.cost { best = (territory, cost) }
      }
      guard best.territory >= 0 else { continue }
      bound += best.cost
      let entry = problem.families[family]
      accounts += Double(entry.accounts)
      for measure in 0..<measures {
        flow[Int(entry.home) * measures + measure] -= amounts[family * measures + measure]
        flow[Int(best.territory) * measures + measure] += amounts[family * measures + measure]
      }
    }
    var slope = [Double](repeating: 0, count: flow.count + 1)
    for index in flow.indices where limits.means[index] > 0 {
      let mean = limits.means[index]
      let low = Double(limits.floor[index] - limits.loads[index]) / mean
      let high = Double(limits.ceiling[index] - limits.loads[index]) / mean
      let load = flow[index] / mean
      let price = prices.loads[index]
      let limit = price > 0 ? low : price < 0 ? high : min(max(load, low), high)
      bound += price * limit
      slope[index] = limit - load
    }
    if let most = problem.mostAccounts {
      bound += prices.account * Double(most)
      slope[flow.count] = Double(most) - accounts
      if prices.account == 0, slope[flow.count] > 0 { slope[flow.count] = 0 }
    }
    return (bound, slope)
  }
}
