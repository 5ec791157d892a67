/// The rows of a balance problem as a linear program: a row per territory and measure, in means, and
/// one for the number of accounts; and the columns of what lies outside.
struct BalanceRows {
  private(set) var lower: [Double] = []
  private(set) var upper: [Double] = []
  /// Two columns a row: what is missing, and what is too much.
  private(set) var excess = LinearProgram.Entries()
  private let problem: BalanceProblem
  private let limits: BalanceLimits
  /// Row of each territory and measure, -1 where it does not count.
  private var rowOfIndex: [Int]
  private var accountRow: Int?

  init(_ problem: BalanceProblem, _ limits: BalanceLimits) {
    self.problem = problem
    self.limits = limits
    rowOfIndex = [Int](repeating: -1, count: limits.loads.count)
    for index in limits.loads.indices where limits.means[index] > 0 {
      let row = lower.count
      rowOfIndex[index] = row
      lower.append(Double(limits.floor[index] - limits.loads[index]) / limits.means[index])
      upper.append(Double(limits.ceiling[index] - limits.loads[index]) / limits.means[index])
      excess.add([(row, 1)], to: LinearProgram.unbounded, cost: limits.price)
      excess.add([(row, -1)], to: LinearProgram.unbounded, cost: limits.price)
    }
    if let most = problem.mostAccounts {
      accountRow = lower.count
      lower.append(-LinearProgram.unbounded)
      upper.append(Double(most))
    }
  }

  /// The entries of a move's column.
  func entries(_ family: Int, to territory: Int32) -> [(index: Int, value: Double)] {
    let entry = problem.families[family]
    var entries: [(index: Int, value: Double)] = []
    for measure in 0..<problem.measures where entry.amounts[measure] != 0 {
      let from = Int(entry.home) * problem.measures + measure
      let to = Int(territory) * problem.measures + measure
      let amount = Double(entry.amounts[measure])
      if rowOfIndex[from] >= 0 { entries.append((rowOfIndex[from], -amount / limits.means[from])) }
      if rowOfIndex[to] >= 0 { entries.append((rowOfIndex[to], amount / limits.means[to])) }
    }
    if let accountRow { entries.append((accountRow, Double(entry.accounts))) }
    return entries
  }

  /// The prices of loads among those of all rows.
  func prices(_ duals: [Double]) -> [Double] {
    rowOfIndex.map { $0 < 0 ? 0 : duals[$0] }
  }

  func accountPrice(_ duals: [Double]) -> Double {
    accountRow.map { duals[$0] } ?? 0
  }
}
