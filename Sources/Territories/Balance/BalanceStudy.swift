import Expressions
import Metrics
import Records
import Settings

/// The families of a model, which of them may move, where to, and what they weigh.
public struct BalanceStudy: Sendable {
  /// Why a family stays; the first that applies.
  public enum Reason: Int, CaseIterable, Sendable {
    case split, named, heldOut, late, manual, condition, nowhere

    /// As people read it.
    public var words: String {
      switch self {
      case .split: "lies in several territories, and uniting it is for a person to decide"
      case .named: "has a named account"
      case .heldOut: "has an account that is held out"
      case .late: "has an open deal in a late stage"
      case .manual: "has an account that a person put where it is"
      case .condition: "meets the condition fixed"
      case .nowhere: "no other territory is allowed to it"
      }
    }
  }

  /// What stays for one reason.
  public struct Fixed: Hashable, Sendable {
    public var families = 0
    public var accounts = 0
  }

  /// A family that may move.
  struct Family: Sendable {
    /// Row of its ultimate parent.
    let root: Int32
    /// Rows of its accounts in the territory, ascending.
    let accounts: [Int32]
  }

  let today: SimulatedAssignment
  /// For each territory of the problem its index in the model.
  let leaves: [Int32]
  /// Number of the problem's territory for each of the model's, -1 for none.
  let leafOf: [Int32]
  let families: [Family]
  let problem: BalanceProblem
  /// By reason.
  let fixed: [Fixed]
  /// Accounts that the territories hold.
  let accounts: Int
  let measures: [Configuration.Balance.Measure]
  /// What an integer of each of the problem's measures stands for, in its figures.
  let scales: [Int64]
  let figures: BalanceFigures
  let settings: BalanceSettings

  /// - Parameters:
  ///   - today: which accounts the model holds.
  ///   - engine: figures under that assignment.
  ///   - records: the export.
  ///   - settings: what is asked for.
  ///   - named: for each account whether it is a named one; empty: none is.
  ///   - heldOut: likewise, whether it is held out.
  /// - Throws: what is wrong with the conditions; a model without territories to compare.
  public init(
    _ today: SimulatedAssignment, engine: LocalEngine, records: RecordSet,
    settings: BalanceSettings, named: [Bool] = [], heldOut: [Bool] = []
  ) throws(FindingsError) {
    let model = today.model
    let leaves = model.comparedLeaves(isCatchAll: engine.catchAllTerritories)
    guard leaves.count > 1 else { throw FindingsError([BalanceFindings.nothingToCompare(model)]) }
    var leafOf = [Int32](repeating: -1, count: model.tree.count)
    for (leaf, territory) in leaves.enumerated() { leafOf[Int(territory)] = Int32(leaf) }
    let forest = engine.families
    let kept = try BalanceStudy.kept(
      today, engine: engine, records: records, settings, named: named, heldOut: heldOut)
    let figures = engine.balanceFigures
    let measures = settings.configuration.measures
    let amounts = measures.map { measure in
      switch measure {
      case .value: figures.values
      case .workload: figures.workloads
      case .potential: figures.potentials
      }
    }

    // The families, by Id of the ultimate parent.
    var members: [Int32: [(account: Int32, leaf: Int32)]] = [:]
    var held = 0
    for account in 0..<Int32(records[.account].count) {
      var isHeld = false
      for territory in today.territoriesOfAccount[Int(account)] where leafOf[Int(territory)] >= 0 {
        members[forest.roots[Int(account)], default: []].append((account, leafOf[Int(territory)]))
        isHeld = true
      }
      if isHeld { held += 1 }
    }
    let ranks = records[.account].keys?.ranks()
    let roots = members.keys.sorted { one, other in
      guard let ranks else { return one < other }
      return ranks[Int(one)] < ranks[Int(other)]
    }

    let homes = roots.map { root -> Int32 in
      let leaves = Set((members[root] ?? []).map(\.leaf))
      return leaves.count == 1 ? leaves.first ?? -1 : -1
    }
    let targets = try BalanceTargets(
      model, leaves: leaves, roots: roots, homes: homes, engine: engine, records: records, settings)

    let scales = amounts.map { amounts in
      var scale: Int64 = 1
      let total = members.values.joined().reduce(Int128(0)) {
        $0 + Int128(amounts[Int($1.account)])
      }
      while total / Int128(scale) > Int128(Int64.max / 8) { scale *= 10_000 }
      return scale
    }
    var stays = amounts.map { _ in [Int64](repeating: 0, count: leaves.count) }
    var fixed = Reason.allCases.map { _ in Fixed() }
    var families: [Family] = []
    var moving: [BalanceProblem.Family] = []
    let mean = BalanceStudy.meanValue(
      of: roots.flatMap { root in (members[root] ?? []).map { $0.account } }, figures.values)
    for (index, root) in roots.enumerated() {
      let own = members[root] ?? []
      let accounts = own.map(\.account)
      let reason =
        homes[index] < 0
        ? Reason.split : accounts.compactMap { kept[Int($0)] }.min { $0.rawValue < $1.rawValue }
      let nowhere = targets.sets[targets.setOfFamily[index]].allSatisfy { $0 == homes[index] }
      if let reason = reason ?? (nowhere ? .nowhere : nil) {
        fixed[reason.rawValue].families += 1
        fixed[reason.rawValue].accounts += Set(accounts).count
        for (measure, amounts) in amounts.enumerated() {
          for member in own {
            stays[measure][Int(member.leaf)] += amounts[Int(member.account)] / scales[measure]
          }
        }
        continue
      }
      families.append(Family(root: root, accounts: accounts))
      moving.append(
        BalanceProblem.Family(
          home: homes[index], accounts: Int32(accounts.count),
          amounts: zip(amounts, scales).map { amounts, scale in
            accounts.reduce(0) { $0 + amounts[Int($1)] / scale }
          },
          disruption: accounts.reduce(0) { sum, account in
            sum
              + BalanceStudy.disruption(
                value: figures.values[Int(account)], mean: mean,
                isRelated: figures.isRelated[Int(account)])
          }, allowed: targets.setOfFamily[index]))
    }
    let most: Int? =
      switch settings.most {
      case nil: nil
      case .accounts(let count): count
      case .share(let share): Int(Int128(held) * Int128(share) / 1_000_000)
      }
    self.today = today
    self.leaves = leaves
    self.leafOf = leafOf
    self.families = families
    problem = BalanceProblem(
      territories: leaves.count, fixed: stays, families: moving, allowed: targets.sets,
      tolerance: settings.tolerance, mostAccounts: most)
    self.fixed = fixed
    accounts = held
    self.measures = measures
    self.scales = scales
    self.figures = figures
    self.settings = settings
  }

  /// Points of moving an account, in 1/10,000: one, one more where somebody works with it, and its
  /// value in values of a mean account.
  private static func disruption(value: Int64, mean: Int128, isRelated: Bool) -> Int64 {
    let share = mean > 0 ? Exact.divide(Int128(value) * Int128(Exact.scale), by: mean) : 0
    return Exact.scale + (isRelated ? Exact.scale : 0) + Int64(min(share, 1 << 40))
  }

  private static func meanValue(of accounts: [Int32], _ values: [Int64]) -> Int128 {
    let sum = accounts.reduce(Int128(0)) { $0 + Int128(values[Int($1)]) }
    return accounts.isEmpty ? 0 : sum / Int128(accounts.count)
  }

  /// Why each account stays by itself; nil where it may go.
  private static func kept(
    _ today: SimulatedAssignment, engine: LocalEngine, records: RecordSet,
    _ settings: BalanceSettings, named: [Bool], heldOut: [Bool]
  ) throws(FindingsError) -> [Reason?] {
    let count = records[.account].count
    var kept = [Reason?](repeating: nil, count: count)
    if let fixed = settings.configuration.fixed {
      let holds = try engine.holds(ExpressionText(fixed.value, at: fixed.at), of: .accounts)
      for row in 0..<count where holds[row] { kept[row] = .condition }
    }
    for association in today.model.associations where association.isManual {
      kept[Int(association.pair.account)] = .manual
    }
    let late = settings.configuration.lateDeals
    let isLate = try engine.holds(ExpressionText(late.value, at: late.at), of: .opportunities)
    let deals = records[.opportunity]
    let (accounts, isClosed) = (deals.references("AccountId"), deals.flags("IsClosed"))
    for deal in 0..<deals.count where isLate[deal] && isClosed[deal] != 1 && accounts[deal] >= 0 {
      kept[Int(accounts[deal])] = .late
    }
    for row in 0..<count where !heldOut.isEmpty && heldOut[row] { kept[row] = .heldOut }
    for row in 0..<count where !named.isEmpty && named[row] { kept[row] = .named }
    return kept
  }

  /// The proposal of the solver.
  public func proposal(_ solver: BalanceSolver = BalanceSolver()) -> BalanceProposal {
    BalanceProposal(self, solver.solve(problem))
  }
}
