import Metrics
import Records

/// A family under both models, the same accounts in the same places.
public struct FamilyMove: Sendable {
  public let before: FamilyTree
  public let after: FamilyTree
  /// How many of its accounts the reader sees move or change their owner.
  public let moving: Int
}

extension ChangePart {
  /// The families of which the most changes hands, by recurring revenue, then open amount of what
  /// changes hands descending, then Id of the ultimate parent.
  ///
  /// - Parameter limit: how many at most.
  /// - Returns: families of two accounts or more that the reader sees.
  public func largestMoves(_ limit: Int) -> [FamilyMove] {
    var sums: [Int32: (revenue: Int128, open: Int128, count: Int)] = [:]
    for change in changes.accounts where change.isCarriedOut {
      let root = book.families.roots[Int(change.account)]
      var sum = sums[root] ?? (0, 0, 0)
      sum.revenue += stakes.recurringRevenue?[Int(change.account)] ?? 0
      sum.open += stakes.openAmounts[Int(change.account)]
      sum.count += 1
      sums[root] = sum
    }
    let keys = records[.account].keys
    let sorted = sums.sorted { left, right in
      let (one, other) = (left.value, right.value)
      if one.revenue != other.revenue { return one.revenue > other.revenue }
      if one.open != other.open { return one.open > other.open }
      let (a, b) = (Int(left.key), Int(right.key))
      return keys?.precedes(a, b) ?? (a < b)
    }
    var moves: [FamilyMove] = []
    for (root, sum) in sorted where moves.count < limit {
      let accounts = book.families.subtree(of: Int(root))
      guard accounts.count(where: { changes.sees(account: $0) }) > 1 else { continue }
      moves.append(
        FamilyMove(
          before: tree(accounts, isBefore: true), after: tree(accounts, isBefore: false),
          moving: sum.count))
    }
    return moves
  }

  /// A family under one model; what the reader must not see is one box without names.
  private func tree(_ family: ArraySlice<Int32>, isBefore: Bool) -> FamilyTree {
    let accounts = records[.account]
    let countries = accounts.categories("BillingCountry")
    let owners = accounts.references("OwnerId")
    let users = records[.user]
    var changeOf: [Int32: AccountChange] = [:]
    for change in changes.accounts { changeOf[change.account] = change }
    func figures(_ account: Int32) -> FamilyTree.Figures {
      FamilyTree.Figures(openAmount: stakes.openAmounts[Int(account)])
    }
    func owner(_ account: Int32) -> String? {
      if !isBefore, let new = changeOf[account]?.newOwner {
        if case .user(let user) = new { return users.name(Int(user)) }
        return "(to be named)"
      }
      let user = owners[Int(account)]
      return user < 0 ? nil : users.name(Int(user))
    }
    func territories(_ account: Int32) -> [String] {
      let isHeld = changeOf[account]?.isHeld ?? false
      let codes =
        isBefore || isHeld
        ? match.codes(from: changes.from.assignment.territoriesOfAccount[Int(account)])
        : match.codes(to: changes.to.assignment.territoriesOfAccount[Int(account)])
      return codes.map { match.names[Int($0)] }
    }
    let hidden = family.filter { !changes.sees(account: $0) }
    let hiddenSum = hidden.reduce(FamilyTree.Figures()) { $0 + figures($1) }
    let isTopHidden = family.first.map { !changes.sees(account: $0) } ?? false
    var nodes: [FamilyTree.Node] = []
    var place: [Int32: Int] = [:]
    func elsewhere(_ parent: Int?) -> FamilyTree.Node {
      FamilyTree.Node(
        id: "", name: "", country: nil, owner: nil, territories: [], parent: parent,
        accounts: hidden.count, isElsewhere: true, own: hiddenSum, rolledUp: hiddenSum)
    }
    if isTopHidden { nodes.append(elsewhere(nil)) }
    for account in family where changes.sees(account: account) {
      var above = book.families.parents[Int(account)]
      while above >= 0, place[above] == nil { above = book.families.parents[Int(above)] }
      let parent = above >= 0 ? place[above] : nodes.isEmpty ? nil : 0
      place[account] = nodes.count
      nodes.append(
        FamilyTree.Node(
          id: accounts.id(Int(account)), name: accounts.name(Int(account)),
          country: countries[Int(account)], owner: owner(account),
          territories: territories(account), parent: parent, accounts: 1, isElsewhere: false,
          own: figures(account), rolledUp: figures(account)))
    }
    if !isTopHidden, !hidden.isEmpty { nodes.append(elsewhere(0)) }
    for index in nodes.indices.reversed() {
      guard let parent = nodes[index].parent else { continue }
      nodes[parent].rolledUp = nodes[parent].rolledUp + nodes[index].rolledUp
    }
    return FamilyTree(
      nodes: nodes, total: family.reduce(FamilyTree.Figures()) { $0 + figures($1) },
      accounts: family.count)
  }
}
