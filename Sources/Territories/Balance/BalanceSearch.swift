/// Makes a solution cheaper step by step, until no single step does: the order of steps is that of
/// families and territories, so that the same start ends at the same place.
struct BalanceSearch {
  /// What a step must save at least, in points.
  private static let least = 1e-7
  /// A bound on the number of sweeps, which is hardly ever met.
  private static let sweeps = 200

  private(set) var state: BalanceState
  /// For each territory the families whose home it is.
  private let residents: [[Int32]]

  init(_ state: BalanceState) {
    self.state = state
    var residents = [[Int32]](repeating: [], count: state.problem.territories)
    for (index, family) in state.problem.families.enumerated() {
      residents[Int(family.home)].append(Int32(index))
    }
    self.residents = residents
  }

  mutating func descend() {
    for _ in 0..<BalanceSearch.sweeps {
      let moved = shift()
      guard replace() || moved else { return }
    }
  }

  /// Puts each family where it is cheapest; whether any went elsewhere.
  private mutating func shift() -> Bool {
    var hasMoved = false
    let problem = state.problem
    for family in problem.families.indices {
      let entry = problem.families[family]
      let place = state.places[family]
      let isHome = place == entry.home
      let isOver = state.isOutside(place).over
      var best: (territory: Int32, change: Double)?
      func consider(_ territory: Int32) {
        guard territory != place else { return }
        // One that is at home leaves it only for the good of a territory that is outside.
        if isHome, !isOver, !state.isOutside(territory).under { return }
        guard state.allows(family, into: territory) else { return }
        let change = state.change(family, into: territory)
        if change < (best?.change ?? -BalanceSearch.least) { best = (territory, change) }
      }
      if !isHome { consider(entry.home) }
      for territory in problem.allowed[entry.allowed] { consider(territory) }
      if let best {
        state.put(family, into: best.territory)
        hasMoved = true
      }
    }
    return hasMoved
  }

  /// Lets a cheaper family of the same home go in place of one that moved; whether any did.
  private mutating func replace() -> Bool {
    var hasMoved = false
    let problem = state.problem
    for family in problem.families.indices {
      let entry = problem.families[family]
      let place = state.places[family]
      guard place != entry.home else { continue }
      var best: (family: Int, change: Double)?
      for other in residents[Int(entry.home)] where state.places[Int(other)] == entry.home {
        let candidate = problem.families[Int(other)]
        guard
          problem.mostAccounts.map({
            state.moved - Int(entry.accounts) + Int(candidate.accounts) <= $0
          }) ?? true
        else { continue }
        let change = state.change(replacing: family, by: Int(other))
        guard change < (best?.change ?? -BalanceSearch.least),
          problem.allows(Int(other), into: place)
        else { continue }
        best = (Int(other), change)
      }
      if let best {
        state.put(family, into: entry.home)
        state.put(best.family, into: place)
        hasMoved = true
      }
    }
    return hasMoved
  }
}

extension BalanceProblem {
  /// Whether a family may be in a territory.
  func allows(_ family: Int, into territory: Int32) -> Bool {
    let entry = families[family]
    if entry.home == territory { return true }
    let territories = allowed[entry.allowed]
    var (low, high) = (0, territories.count)
    while low < high {
      let middle = (low + high) / 2
      if territories[middle] < territory { low = middle + 1 } else { high = middle }
    }
    return low < territories.count && territories[low] == territory
  }
}
