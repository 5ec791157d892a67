import Records

extension LocalEngine {
  public func family(_ choice: FamilyChoice, scope: Scope) throws(FindingsError) -> FamilyTree? {
    let forest = ledger.families.value.value
    guard let root = try root(of: choice, scope, forest) else { return nil }
    let metrics = ["won_amount", "open_amount", "won_count", "open_count"]
    let answers = try answers([
      Query(metrics: metrics, by: [.account], scope: scope),
      Query(metrics: metrics, scope: .family(root)),
    ])
    let own = figures(answers[0])
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
    let answer = try answers([Query(metrics: [metric, "accounts"], by: [.family], scope: scope)])[0]
    let members = answer.space.dimensions[0].members
    let amounts = answer.amounts(metric)
    let accounts = answer.amounts("accounts")
    let ranks = members.ranks()
    let best = (0..<members.regularCount)
      .filter { group in
        accounts[group] > 0 && forest.subtree(of: Int(forest.roots[group])).count > 1
      }
      .sorted { left, right in
        amounts[left] != amounts[right]
          ? amounts[left] > amounts[right] : ranks[left] < ranks[right]
      }
    return best.indices.contains(place) ? Int(forest.roots[best[place]]) : nil
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
