import Records

/// Turns a family's accounts into the nodes of a tree that shows nothing outside the scope.
struct FamilyTreeBuilder {
  let ledger: Ledger
  let forest: Forest
  let mask: [UInt8]?
  /// Figures of the accounts in scope that have any, by row.
  let own: [Int: FamilyTree.Figures]

  /// A node before it is numbered: an account row, or -1 for the box of all others.
  private struct Draft {
    var children: [Int] = []
    let own: FamilyTree.Figures
    var rolledUp: FamilyTree.Figures

    init(own: FamilyTree.Figures) {
      self.own = own
      rolledUp = own
    }

    mutating func add(_ figures: FamilyTree.Figures) { rolledUp = rolledUp + figures }
  }

  func tree(root: Int, total: FamilyTree.Figures) -> FamilyTree {
    let rows = forest.subtree(of: root).map { Int($0) }
    let visible = rows.filter { isVisible($0) }
    let hidden = rows.count - visible.count
    var drafts: [Int: Draft] = [:]
    var elsewhere = total
    for row in visible {
      let figures = own[row] ?? .init()
      drafts[row] = Draft(own: figures)
      elsewhere = elsewhere - figures
    }
    // Deals elsewhere that are worth nothing would be a box that says nothing.
    let hasElsewhere = hidden > 0 || elsewhere.wonAmount != 0 || elsewhere.openAmount != 0
    let top = isVisible(root) ? root : -1
    if hasElsewhere { drafts[-1] = Draft(own: elsewhere) }
    let above = shownParents(of: rows, top: top)
    for row in visible where row != top { drafts[above[row] ?? top]?.children.append(row) }
    if hasElsewhere, top >= 0 { drafts[top]?.children.append(-1) }
    // Preorder reversed meets every child before its parent.
    var order = visible.filter { $0 != top }
    if top >= 0 && hasElsewhere { order.append(-1) }
    for row in order.reversed() {
      guard let sum = drafts[row]?.rolledUp else { continue }
      drafts[above[row] ?? top]?.add(sum)
    }
    return FamilyTree(
      nodes: nodes(drafts, top: top, hidden: hidden), total: total, accounts: rows.count)
  }

  private func isVisible(_ row: Int) -> Bool { mask.map { $0[row] == 1 } ?? true }

  /// For each account the nearest visible one above it, else the top; rows come in preorder.
  private func shownParents(of rows: [Int], top: Int) -> [Int: Int] {
    var above = [Int: Int](minimumCapacity: rows.count)
    for row in rows {
      let parent = Int(forest.parents[row])
      above[row] = parent < 0 ? top : isVisible(parent) ? parent : above[parent] ?? top
    }
    return above
  }

  private func nodes(_ drafts: [Int: Draft], top: Int, hidden: Int) -> [FamilyTree.Node] {
    let ranks = ledger.order(of: .account).ranks
    func precedes(_ left: Int, _ right: Int) -> Bool {
      // The box of all others stands after its siblings.
      if left < 0 || right < 0 { return right < 0 && left >= 0 }
      let (one, other) = (drafts[left]?.rolledUp ?? .init(), drafts[right]?.rolledUp ?? .init())
      if one.wonAmount != other.wonAmount { return one.wonAmount > other.wonAmount }
      if one.openAmount != other.openAmount { return one.openAmount > other.openAmount }
      return ranks[left] < ranks[right]
    }
    var nodes: [FamilyTree.Node] = []
    var stack: [(row: Int, parent: Int?)] = [(top, nil)]
    while let (row, parent) = stack.popLast() {
      guard let draft = drafts[row] else { continue }
      nodes.append(node(row, draft, parent, hidden))
      let index = nodes.count - 1
      for child in draft.children.sorted(by: precedes).reversed() { stack.append((child, index)) }
    }
    return nodes
  }

  private func node(
    _ row: Int, _ draft: Draft, _ parent: Int?, _ hidden: Int
  ) -> FamilyTree.Node {
    guard row >= 0 else {
      return FamilyTree.Node(
        id: "", name: "", country: nil, owner: nil, territories: [], parent: parent,
        accounts: hidden, isElsewhere: true, own: draft.own, rolledUp: draft.rolledUp)
    }
    let accounts = ledger.records[.account]
    let users = ledger.records[.user]
    let owner = accounts.references("OwnerId")[row]
    let names = ledger.assignment.model?.names ?? []
    return FamilyTree.Node(
      id: accounts.id(row), name: accounts.name(row),
      country: accounts.categories("BillingCountry")[row],
      owner: owner < 0 ? nil : users.name(Int(owner)),
      territories: ledger.assignment.territoriesOfAccount[row].map { names[Int($0)] },
      parent: parent, accounts: 1, isElsewhere: false, own: draft.own, rolledUp: draft.rolledUp)
  }
}
