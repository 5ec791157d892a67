/// What loads and moved accounts are worth in a relaxation: whatever the prices are, they make a
/// bound below the cost of every solution.
///
/// The bound is that of Lagrange: limits of territories and of the number of accounts are not held
/// but priced; then each family stands alone, and the cheapest of its moves is found by trying all.
struct BalancePrices: Sendable {
  /// For each territory and measure the price of one mean of load, in points.
  let loads: [Double]
  /// The price of a moved account, in points, not above zero.
  let account: Double
  /// The same price of an integer of load.
  private let units: [Double]

  /// - Parameters:
  ///   - loads: prices as a solver gives them; those beyond the price of excess are cut to it.
  ///   - account: likewise; a price above zero is cut to it.
  ///   - limits: what the loads are held against.
  init(loads: [Double], account: Double, _ limits: BalanceLimits) {
    self.loads = zip(loads, limits.means).map { price, mean in
      mean > 0 ? min(max(price, -limits.price), limits.price) : 0
    }
    self.account = min(account, 0)
    units = zip(self.loads, limits.means).map { $1 > 0 ? $0 / $1 : 0 }
  }

  /// The moves of one family and what each would cost under the prices, less than nothing where it
  /// pays.
  @inline(__always)
  func forEachMove(
    of family: Int, in problem: BalanceProblem, amounts: [Double],
    _ body: (_ territory: Int32, _ cost: Double) -> Void
  ) {
    let entry = problem.families[family]
    let measures = problem.measures
    let own = family * measures
    var stay = Double(entry.disruption) / 10_000 - account * Double(entry.accounts)
    for measure in 0..<measures {
      stay += amounts[own + measure] * units[Int(entry.home) * measures + measure]
    }
    for territory in problem.allowed[entry.allowed] where territory != entry.home {
      var cost = stay
      for measure in 0..<measures {
        cost -= amounts[own + measure] * units[Int(territory) * measures + measure]
      }
      body(territory, cost)
    }
  }

  /// What one move would cost under the prices.
  func cost(
    of family: Int, to territory: Int32, in problem: BalanceProblem, amounts: [Double]
  ) -> Double {
    let entry = problem.families[family]
    let measures = problem.measures
    var cost = Double(entry.disruption) / 10_000 - account * Double(entry.accounts)
    for measure in 0..<measures {
      cost +=
        amounts[family * measures + measure]
        * (units[Int(entry.home) * measures + measure] - units[Int(territory) * measures + measure])
    }
    return cost
  }

  /// Prices between these and others.
  func mixed(with other: BalancePrices, _ limits: BalanceLimits) -> BalancePrices {
    BalancePrices(
      loads: zip(loads, other.loads).map { 0.3 * $0 + 0.7 * $1 },
      account: 0.3 * account + 0.7 * other.account, limits)
  }

  /// What no solution costs less than, and for each family its part: its cheapest move where that
  /// pays, else nothing.
  func bound(
    _ problem: BalanceProblem, _ limits: BalanceLimits, amounts: [Double]
  ) -> (bound: Double, parts: [Double]) {
    var bound = 0.0
    for index in loads.indices where limits.means[index] > 0 && loads[index] != 0 {
      let limit = loads[index] > 0 ? limits.floor[index] : limits.ceiling[index]
      bound += loads[index] * Double(limit - limits.loads[index]) / limits.means[index]
    }
    if let most = problem.mostAccounts { bound += account * Double(most) }
    var parts = [Double](repeating: 0, count: problem.families.count)
    for family in problem.families.indices {
      var least = 0.0
      forEachMove(of: family, in: problem, amounts: amounts) { _, cost in
        if cost < least { least = cost }
      }
      parts[family] = least
      bound += least
    }
    return (bound, parts)
  }
}
