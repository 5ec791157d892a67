import Expressions
import Metrics
import Records
import Settings

/// What a model's territories hold, which of it may move, where to, and what it weighs.
public struct BalanceStudy: Sendable {
  /// Why a family, or a part of one, stays; the first that applies.
  public enum Reason: Int, CaseIterable, Sendable {
    case several, named, heldOut, late, manual, condition, nowhere

    /// As people read it.
    public var words: String {
      switch self {
      case .several: "has an account that lies in several territories"
      case .named: "has a named account"
      case .heldOut: "has an account that is held out"
      case .late: "has an open deal in a late stage"
      case .manual: "has an account that a person put there"
      case .condition: "meets the condition fixed"
      case .nowhere: "has no other territory that is allowed"
      }
    }
  }

  /// What stays for one reason.
  public struct Fixed: Hashable, Sendable {
    /// Families, and parts of those that lie in several territories.
    public var families = 0
    public var accounts = 0
  }

  let today: SimulatedAssignment
  /// For each territory of the problem its index in the model.
  let leaves: [Int32]
  /// Number of the problem's territory for each of the model's, -1 for none.
  let leafOf: [Int32]
  /// What may move, each the problem's family of that index.
  let parts: [BalanceParts.Part]
  /// What stays.
  let fixedParts: [BalanceParts.Part]
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
    let kept = try BalanceStudy.kept(
      today, engine: engine, records: records, settings, named: named, heldOut: heldOut)
    let figures = engine.balanceFigures
    let measures = settings.configuration.measures
    let amounts = measures.map { figures.amounts($0) }
    let ranks = records[.account].keys?.ranks() ?? (0..<Int32(records[.account].count)).map { $0 }
    let all = BalanceParts(
      held: today.territoriesOfAccount, leafOf: leafOf, families: engine.families, ranks: ranks)
    let targets = try BalanceTargets(
      model, leaves: leaves, parts: all.all, engine: engine, records: records, settings)

    let everything = all.all.flatMap(\.accounts)
    let scales = amounts.map { amounts in
      var scale: Int64 = 1
      let total = everything.reduce(Int128(0)) { $0 + Int128(amounts[Int($1)]) }
      while total / Int128(scale) > Int128(Int64.max / 8) { scale *= 10_000 }
      return scale
    }
    var stays = amounts.map { _ in [Int64](repeating: 0, count: leaves.count) }
    var fixed = Reason.allCases.map { _ in Fixed() }
    var parts: [BalanceParts.Part] = []
    var fixedParts: [BalanceParts.Part] = []
    var moving: [BalanceProblem.Family] = []
    let mean = BalanceStudy.meanValue(of: everything, figures.values)
    for (part, set) in zip(all.all, targets.setOfPart) {
      let sums = zip(amounts, scales).map { amounts, scale in
        part.accounts.reduce(0) { $0 + amounts[Int($1)] / scale }
      }
      let isNowhere = targets.sets[set].allSatisfy { $0 == part.home }
      let reason =
        part.isDouble
        ? .several
        : part.accounts.compactMap { kept[Int($0)] }.min { $0.rawValue < $1.rawValue }
          ?? (isNowhere ? .nowhere : nil)
      if let reason {
        fixedParts.append(part)
        fixed[reason.rawValue].families += 1
        // An account in several territories counts where it is met first.
        fixed[reason.rawValue].accounts += part.accounts.count { account in
          let first = today.territoriesOfAccount[Int(account)].first { leafOf[Int($0)] >= 0 }
          return first.map { leafOf[Int($0)] } == part.home
        }
        for measure in sums.indices { stays[measure][Int(part.home)] += sums[measure] }
        continue
      }
      parts.append(part)
      moving.append(
        BalanceProblem.Family(
          home: part.home, accounts: Int32(part.accounts.count), amounts: sums,
          disruption: part.accounts.reduce(0) { sum, account in
            sum
              + BalanceStudy.disruption(
                value: figures.values[Int(account)], mean: mean,
                isRelated: figures.isRelated[Int(account)])
          }, allowed: set))
    }
    let most: Int? =
      switch settings.most {
      case nil: nil
      case .accounts(let count): count
      case .share(let share): Int(Int128(all.accounts) * Int128(share) / 1_000_000)
      }
    self.today = today
    self.leaves = leaves
    self.leafOf = leafOf
    self.parts = parts
    self.fixedParts = fixedParts
    problem = BalanceProblem(
      territories: leaves.count, fixed: stays, families: moving, allowed: targets.sets,
      tolerance: settings.tolerance, mostAccounts: most)
    self.fixed = fixed
    accounts = all.accounts
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
    let late = settings.lateDeals
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

extension BalanceFigures {
  /// What accounts weigh in a measure.
  func amounts(_ measure: Configuration.Balance.Measure) -> [Int64] {
    switch measure {
    case .value: values
    case .workload: workloads
    case .potential: potentials
    }
  }
}
