import Records

extension LocalEngine {
  public func family(_ choice: FamilyChoice, scope: Scope) throws(FindingsError) -> FamilyTree? {
    let forest = ledger.families.value.value
    guard let root = try root(of: choice, scope, forest) else { return nil }
    let metrics = ["won_amount", "open_amount", "won_count", "open_count"]
    let answers = try answers(
      [
        Query(metrics: metrics, by: [.account], scope: scope),
        Query(metrics: metrics, scope: .family(root)),
      ], isSparse: true)
    var own: [Int: FamilyTree.Figures] = [:]
    for (group, figures) in figures(answers[0]).enumerated() where figures != .init() {
      own[answers[0].space.members(of: group)[0]] = figures
    }
    let total = figures(answers[1])[0]
    return FamilyTreeBuilder(
      ledger: ledger, forest: forest, mask: scopes.mask(.accounts, scope), own: own
    ).tree(root: root, total: total)
  }

  /// The root of the chosen family: of two accounts or more, with an account in scope.
  private func root(
    of choice: FamilyChoice, _ scope: Scope, _ forest: Forest
  ) throws(FindingsError) -> Int? {
    let metric: String
    var place = 0
    switch choice {
    case .of(let account):
      return account >= 0 && account < forest.count ? Int(forest.roots[account]) : nil
    case .largestWon: metric = "won_amount"
    case .largestOpen: metric = "open_amount"
    case .ranked(let rank, let byOpen):
      metric = byOpen ? "open_amount" : "won_amount"
      place = rank
    }
    let answer = try answers(
      [Query(metrics: [metric, "accounts"], by: [.family], scope: scope)], isSparse: true)[0]
    let members = answer.space.dimensions[0].members
    let amounts = answer.amounts(metric)
    let accounts = answer.amounts("accounts")
    let rank = members.ranking()
    func member(_ group: Int) -> Int { answer.space.members(of: group)[0] }
    let best = (0..<answer.space.count)
      .filter { group in
        guard accounts[group] > 0, member(group) < members.regularCount else { return false }
        return forest.subtree(of: Int(forest.roots[member(group)])).count > 1
      }
      .sorted { left, right in
        amounts[left] != amounts[right]
          ? amounts[left] > amounts[right] : rank(member(left)) < rank(member(right))
      }
    return best.indices.contains(place) ? Int(forest.roots[member(best[place])]) : nil
  }

  private func figures(_ answer: Answer) -> [FamilyTree.Figures] {
    let won = answer.amounts("won_amount")
    let open = answer.amounts("open_amount")
    let wonCounts = answer.amounts("won_count")
    let openCounts = answer.amounts("open_count")
    return won.indices.map { group in
      FamilyTree.Figures(
        wonAmount: won[group], openAmount: open[group], wonCount: wonCounts[group],
        openCount: openCounts[group])
    }
  }
}
