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
    // A stamp a territory counts what is distinct without sets.
    var old = DistinctCodes(count: changeSet.match.count)
    var new = old
    return (0..<Int32(forest.count)).compactMap { root in
      guard moving[Int(root)] > 0 || changing[Int(root)] > 0 else { return nil }
      let members = forest.subtree(of: Int(root))
      guard members.count > 1 else { return nil }
      old.begin(root)
      new.begin(root)
      for account in members.lazy.map({ Int($0) }) {
        for territory in before[account] {
          let code = changeSet.match.from[Int(territory)]
          old.take(code)
          if isHeld[account] { new.take(code) }
        }
        guard !isHeld[account] else { continue }
        for territory in after[account] { new.take(changeSet.match.to[Int(territory)]) }
      }
      return FamilyChange(
        root: root, accounts: Int32(members.count), moving: moving[Int(root)],
        changingOwner: changing[Int(root)], territoriesBefore: old.count,
        territoriesAfter: new.count)
    }
  }
}

/// Counts the distinct codes of one family after another.
private struct DistinctCodes {
  private(set) var count: Int32 = 0
  private var family: Int32 = -1
  /// By code the last family that had it.
  private var families: [Int32]

  init(count: Int) { families = [Int32](repeating: -1, count: count) }

  mutating func begin(_ family: Int32) {
    self.family = family
    count = 0
  }

  mutating func take(_ code: Int32) {
    guard families[Int(code)] != family else { return }
    families[Int(code)] = family
    count += 1
  }
}
