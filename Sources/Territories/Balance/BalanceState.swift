/// Where families are while a solution is looked for, with its cost.
struct BalanceState: Sendable {
  let problem: BalanceProblem
  let limits: BalanceLimits
  private let measures: Int
  /// Amounts of all families, those of one beside each other.
  private let amounts: [Int64]
  private(set) var places: [Int32]
  private(set) var loads: [Int64]
  /// In 1/10,000 of a point.
  private(set) var disruption: Int64 = 0
  /// Accounts that left home.
  private(set) var moved = 0

  init(_ problem: BalanceProblem, _ limits: BalanceLimits) {
    self.problem = problem
    self.limits = limits
    measures = problem.measures
    amounts = problem.families.flatMap(\.amounts)
    places = problem.families.map(\.home)
    loads = limits.loads
  }

  /// What lies outside the widened limits, in means.
  var excess: Double {
    loads.indices.reduce(0) { $0 + limits.excess(loads[$1], at: $1) }
  }

  /// In points, without what cannot be avoided.
  var cost: Double { Double(disruption) / 10_000 + limits.price * excess }

  /// Puts a family into a territory.
  mutating func put(_ family: Int, into territory: Int32) {
    let from = places[family]
    guard from != territory else { return }
    let (old, new) = (Int(from) * measures, Int(territory) * measures)
    for measure in 0..<measures {
      let amount = amounts[family * measures + measure]
      loads[old + measure] -= amount
      loads[new + measure] += amount
    }
    let (home, accounts) = (problem.families[family].home, Int(problem.families[family].accounts))
    if from == home {
      disruption += problem.families[family].disruption
      moved += accounts
    } else if territory == home {
      disruption -= problem.families[family].disruption
      moved -= accounts
    }
    places[family] = territory
  }

  /// Whether the number of accounts allows putting a family into a territory.
  @inline(__always)
  func allows(_ family: Int, into territory: Int32) -> Bool {
    guard let most = problem.mostAccounts else { return true }
    let entry = problem.families[family]
    guard places[family] == entry.home, territory != entry.home else { return true }
    return moved + Int(entry.accounts) <= most
  }

  /// By how much the cost would change, in points.
  @inline(__always)
  func change(_ family: Int, into territory: Int32) -> Double {
    let from = places[family]
    guard from != territory else { return 0 }
    let home = problem.families[family].home
    var change = 0.0
    if from == home {
      change = Double(problem.families[family].disruption) / 10_000
    } else if territory == home {
      change = -Double(problem.families[family].disruption) / 10_000
    }
    let (old, new) = (Int(from) * measures, Int(territory) * measures)
    var excess = 0.0
    for measure in 0..<measures {
      let amount = amounts[family * measures + measure]
      excess += excessChange(old + measure, -amount) + excessChange(new + measure, amount)
    }
    return change + limits.price * excess
  }

  /// By how much the cost would change if a family that moved went home and another of the same home
  /// took its place.
  @inline(__always)
  func change(replacing family: Int, by other: Int) -> Double {
    let (home, place) = (problem.families[family].home, places[family])
    let (old, new) = (Int(home) * measures, Int(place) * measures)
    var excess = 0.0
    for measure in 0..<measures {
      let amount = amounts[other * measures + measure] - amounts[family * measures + measure]
      excess += excessChange(old + measure, -amount) + excessChange(new + measure, amount)
    }
    let disruption = problem.families[other].disruption - problem.families[family].disruption
    return Double(disruption) / 10_000 + limits.price * excess
  }

  @inline(__always)
  private func excessChange(_ index: Int, _ amount: Int64) -> Double {
    limits.excess(loads[index] + amount, at: index) - limits.excess(loads[index], at: index)
  }

  /// Whether a territory holds more, or less, than it may of anything.
  @inline(__always)
  func isOutside(_ territory: Int32) -> (over: Bool, under: Bool) {
    var (over, under) = (false, false)
    for index in Int(territory) * measures..<(Int(territory) + 1) * measures
    where limits.means[index] > 0 {
      if loads[index] > limits.ceiling[index] { over = true }
      if loads[index] < limits.floor[index] { under = true }
    }
    return (over, under)
  }
}
