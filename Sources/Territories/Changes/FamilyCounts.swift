import Records

/// Counts the territories of families before and after.
struct FamilyCounts {
  private let changeSet: ChangeSet
  private let forest: Forest

  init(_ set: ChangeSet, _ families: Forest) {
    changeSet = set
    forest = families
  }

  /// The families of two accounts or more of which an account changes hands, by the row of the
  /// ultimate parent.
  func changes() -> [FamilyChange] {
    var moving = [Int32](repeating: 0, count: forest.count)
    var changing = moving
    var isHeld = [Bool](repeating: false, count: forest.count)
    for change in changeSet.accounts {
      let root = Int(forest.roots[Int(change.account)])
      if change.isHeld {
        isHeld[Int(change.account)] = true
        continue
      }
      if change.isMoved { moving[root] += 1 }
      if change.newOwner != nil { changing[root] += 1 }
    }
    let before = changeSet.from.assignment.territoriesOfAccount
    let after = changeSet.to.assignment.territoriesOfAccount
    return (0..<Int32(forest.count)).compactMap { root in
      guard moving[Int(root)] > 0 || changing[Int(root)] > 0 else { return nil }
      let members = forest.subtree(of: Int(root))
      guard members.count > 1 else { return nil }
      var (old, new): (Set<Int32>, Set<Int32>) = ([], [])
      for account in members.lazy.map({ Int($0) }) {
        let codes = changeSet.match.codes(from: before[account])
        old.formUnion(codes)
        new.formUnion(isHeld[account] ? codes : changeSet.match.codes(to: after[account]))
      }
      return FamilyChange(
        root: root, accounts: Int32(members.count), moving: moving[Int(root)],
        changingOwner: changing[Int(root)], territoriesBefore: Int32(old.count),
        territoriesAfter: Int32(new.count))
    }
  }
}
