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

  var all: [String] { [compared, values, moved, split, bound] + regions + outside }

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
      + "\(condition), as a whole or, where it lies in several already, what of it lies in one; and "
      + "every territory should be within "
      + "\(percent(Double(study.settings.tolerance) / 1_000_000)) of the mean of those that it can "
      + "exchange families with."
  }

  private var values: String {
    let parts = study.measures.map { measure in
      switch measure {
      case .value:
        "value is "
          + (study.figures.knowsRecurringRevenue
            ? "twelve times the recurring revenue and open bookings"
            : "open bookings and those won in the trailing four quarters")
      case .workload:
        "workload counts accounts, weighed by how often the coverage policy has them seen"
      case .potential:
        "quota potential is what an account of the segment bought on average in the trailing four "
          + "quarters"
      }
    }
    let text = parts.joined(separator: "; ")
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private var moved: String {
    let share = Double(proposal.movedAccounts) / Double(max(1, study.accounts))
    let whole = proposal.moves.count(where: \.isWhole)
    let parts = proposal.moves.count - whole
    let families = counted(whole, "family", "families")
    let what =
      parts == 0
      ? families
      : whole == 0
        ? counted(parts, "part of a family", "parts of families")
        : "\(families) and \(counted(parts, "part", "parts")) of others"
    let most = study.problem.mostAccounts.map { "; at most \($0) may" } ?? ""
    return "\(what) with \(counted(proposal.movedAccounts, "account", "accounts")) of "
      + "\(study.accounts) (\(percent(share, places: 1))) "
      + "\(proposal.moves.count == 1 ? "moves" : "move")\(most); that weighs "
      + "\(number(Double(proposal.solution.disruption) / 10_000)) points (an account is one, one more "
      + "where somebody works with it, and its value in means)."
  }

  private var split: String {
    let (before, after) = (proposal.splitBefore, proposal.splitAfter)
    if before == 0 { return "No family lies in several of these territories, and none will." }
    return "\(counted(before, "family lies", "families lie")) in several of these territories today"
      + (after < before ? ", \(after) afterwards" : ", and as many afterwards")
      + "; none lies in more than today."
  }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  private var bound: String {
    let solution = proposal.solution
    let cost =
      solution.excess > 0
      ? "The proposal costs \(number(solution.cost)) points, of which "
        + "\(number(solution.cost - Double(solution.disruption) / 10_000)) are the price of what "
        + "stays outside the tolerance"
        + (solution.unavoidable > 0 ? " (\(number(solution.unavoidable)) whatever moves)" : "")
      : "The proposal costs \(number(solution.cost)) points"
    if solution.gap == 0 { return "\(cost); no other costs less: it is the best there is." }
    return "\(cost); no choice of moves among the same families, territories and limits costs less "
      + "than \(number(solution.bound)): it is at most \(number(solution.cost - solution.bound)) "
      + "points (\(percent(solution.gap, places: 2))) from the best there is."
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
        return "\(names(members)) \(members.count == 1 ? "holds" : "hold") "
          + "\(percent(abs(offset))) \(offset > 0 ? "more" : "less") \(study.measures[measure].title.lowercased()) than all "
          + "on average; no move that is allowed changes that."
      }
    }
  }

  /// Territories that stay outside the tolerance, by name, and what keeps them there.
  ///
  /// The farthest from the mean come first, and where there are many the others are counted.
  private var outside: [String] {
    let causes = BalanceCauses(proposal)
    let all = study.leaves.indices.flatMap { leaf in
      study.measures.indices.compactMap { measure -> (leaf: Int, measure: Int, offset: Int)? in
        guard proposal.isOutside(proposal.after, measure: measure, leaf: leaf),
          let offset = proposal.offset(proposal.after, measure: measure, leaf: leaf)
        else { return nil }
        return (leaf, measure, offset)
      }
    }
    let shown = all.sorted {
      (-abs($0.offset), $0.leaf, $0.measure) < (-abs($1.offset), $1.leaf, $1.measure)
    }
    .prefix(BalanceSentences.mostOutside)
    let sentences = shown.map { leaf, measure, offset in
      "\(tree.names[Int(study.leaves[leaf])]) stays \(abs(offset)) % "
        + "\(offset > 0 ? "above" : "below") the mean in "
        + "\(study.measures[measure].title.lowercased()): "
        + "\(words(causes.cause(leaf: leaf, measure: measure)))."
    }
    guard shown.count < all.count else { return sentences }
    let territories = Set(all.map(\.leaf)).count
    return sentences + [
      "These are the \(shown.count) farthest of \(all.count) that stay outside, in "
        + "\(territories) of \(study.leaves.count) territories; the table shows each."
    ]
  }

  /// The most sentences about what stays outside the tolerance.
  private static let mostOutside = 20

  private func words(_ cause: BalanceCauses.Cause) -> String {
    switch cause {
    case .fixed: return "what may not move is already more than it may hold"
    case .unreachable: return "all that may come there is too little"
    case .others(let leaves, let isMore):
      let names = names(leaves)
      return isMore
        ? "what may not move in \(names) leaves too little for the others"
        : "too little may come to \(names), so that the others hold more"
    case .large(let part):
      let name = records[.account].name(Int(study.parts[part].root))
      return "the family \(name) alone is more than it may hold"
    case .capped(let most): return "more accounts would have to move than the \(most) that may"
    case .price(let isBest):
      return (isBest ? "no choice of moves" : "no choice of moves that was found")
        + " brings it nearer without taking as much from another territory or measure"
    }
  }

  /// Names of a few territories, and how many others there are.
  private func names(_ leaves: [Int]) -> String {
    let names = leaves.map { tree.names[Int(study.leaves[$0])] }
    let shown = names.count > 4 ? names.prefix(3) + ["\(names.count - 3) more"] : names[...]
    return shown.dropLast().joined(separator: ", ") + (shown.count > 1 ? " and " : "")
      + (shown.last ?? "")
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
