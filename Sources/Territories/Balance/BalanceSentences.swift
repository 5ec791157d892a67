import Metrics
import Records
import Settings

/// What a proposal says in sentences.
struct BalanceSentences {
  private let proposal: BalanceProposal
  private let records: RecordSet
  private var study: BalanceStudy { proposal.study }
  private var tree: TerritoryModel { study.today.model.tree }

  init(_ proposal: BalanceProposal, records: RecordSet) {
    self.proposal = proposal
    self.records = records
  }

  var all: [String] { [compared, values, moved, bound] + regions + outside }

  private var compared: String {
    let reach =
      switch study.settings.configuration.reach {
      case .parent: "below the same parent"
      case .region: "of the same region"
      case .model: "of the whole model"
      }
    let condition =
      study.settings.configuration.allowed == nil ? "" : " where the condition allows it"
    return "\(study.leaves.count) territories are compared; a family may move to one \(reach)"
      + "\(condition), as a whole, and every territory should be within "
      + "\(percent(Double(study.settings.tolerance) / 1_000_000)) of the mean of those that it can "
      + "exchange families with."
  }

  private var values: String {
    "Value is "
      + (study.figures.knowsRecurringRevenue
        ? "twelve times the recurring revenue and open bookings"
        : "open bookings and those won in the trailing four quarters")
      + "; workload counts accounts, weighed by how often the coverage policy has them seen; quota "
      + "potential is what an account of the segment bought on average in the trailing four quarters."
  }

  private var moved: String {
    let share = Double(proposal.movedAccounts) / Double(max(1, study.accounts))
    return "\(proposal.moves.count) families with \(proposal.movedAccounts) of \(study.accounts) "
      + "accounts (\(percent(share, places: 1))) move; that weighs "
      + "\(number(Double(proposal.solution.disruption) / 10_000)) points (an account is one, one more "
      + "where somebody works with it, and its value in means)."
  }

  private var bound: String {
    let solution = proposal.solution
    let cost =
      solution.excess > 0
      ? "The proposal costs \(number(solution.cost)) points, of which "
        + "\(number(solution.cost - Double(solution.disruption) / 10_000)) are the price of what "
        + "stays outside the tolerance"
      : "The proposal costs \(number(solution.cost)) points"
    if solution.gap == 0 { return "\(cost); no other costs less: it is the best there is." }
    return "\(cost); no choice of moves among the same families, territories and limits costs less "
      + "than \(number(solution.bound)): it is at most \(percent(solution.gap, places: 2)) from the "
      + "best there is."
  }

  /// Groups whose own mean lies outside the tolerance of the mean of all.
  private var regions: [String] {
    let measures = study.problem.measures
    let groups = Set(proposal.limits.groups).sorted()
    return study.measures.indices.flatMap { measure -> [String] in
      let total = proposal.before[measure].reduce(0.0) { $0 + Double($1) }
      let mean = total / Double(study.leaves.count)
      guard mean > 0, groups.count > 1 else { return [] }
      return groups.compactMap { group in
        let own = proposal.limits.means[Int(group) * measures + measure]
        let offset = own / mean - 1
        guard abs(offset) > Double(study.settings.tolerance) / 1_000_000 else { return nil }
        let members = study.leaves.indices.filter { proposal.limits.groups[$0] == group }
        let names = members.map { tree.names[Int(study.leaves[$0])] }
        let shown = names.count > 4 ? names.prefix(3) + ["\(names.count - 3) more"] : names[...]
        return "\(shown.joined(separator: ", ")) hold \(percent(abs(offset))) "
          + "\(offset > 0 ? "more" : "less") \(study.measures[measure].title.lowercased()) than all "
          + "on average; no move that is allowed changes that."
      }
    }
  }

  /// Territories that stay outside the tolerance, by name, and what keeps them there.
  private var outside: [String] {
    study.leaves.indices.flatMap { leaf in
      study.measures.indices.compactMap { measure in
        guard proposal.isOutside(proposal.after, measure: measure, leaf: leaf),
          let offset = proposal.offset(proposal.after, measure: measure, leaf: leaf)
        else { return nil }
        return "\(tree.names[Int(study.leaves[leaf])]) stays \(abs(offset)) % "
          + "\(offset > 0 ? "above" : "below") the mean in "
          + "\(study.measures[measure].title.lowercased()): \(cause(leaf, measure))."
      }
    }
  }

  private func cause(_ leaf: Int, _ measure: Int) -> String {
    let problem = study.problem
    let index = leaf * problem.measures + measure
    let upper = proposal.limits.upper[index]
    if problem.fixed[measure][leaf] > upper { return "what may not move is already more" }
    let width = upper - proposal.limits.lower[index]
    let large = study.families.indices.filter {
      proposal.solution.places[$0] == Int32(leaf)
        && problem.families[$0].amounts[measure] > max(width, 0)
    }.max { problem.families[$0].amounts[measure] < problem.families[$1].amounts[measure] }
    if let large, proposal.after[measure][leaf] > upper {
      return "the family \(records[.account].name(Int(study.families[large].root))) alone is more "
        + "than the tolerance is wide"
    }
    if let most = problem.mostAccounts,
      most - proposal.movedAccounts < Int(problem.families.map(\.accounts).min() ?? 1) + most / 50
    {
      return "more accounts would have to move than may"
    }
    return "no choice of moves that was found brings it nearer at its price"
  }

  private func percent(_ share: Double, places: Int = 0) -> String {
    var scale = 100.0
    for _ in 0..<places { scale *= 10 }
    return Exact.decimalText(
      ratio: Int128((share * scale).rounded()), over: Int128(scale / 100), places: places) + " %"
  }

  private func number(_ points: Double) -> String {
    Exact.decimalText(ratio: Int128((points * 100).rounded()), over: 100, places: 2)
  }
}
