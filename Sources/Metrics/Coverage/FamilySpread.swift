import Records

/// A family of two accounts or more with the territories and owners it is spread over.
struct FamilySpread: Sendable {
  /// Row of the ultimate parent.
  let root: Int32
  let accounts: Int32
  /// Distinct territories of its accounts.
  let territories: Int32
  /// Distinct owners of its accounts.
  let owners: Int32

  /// The families of two accounts or more, in row order of their roots.
  ///
  /// Members of a family follow each other in the forest's order, so one pass with a stamp a
  /// territory and a user counts what is distinct, without sorting. Users who are `isLeftOut` do not
  /// count as owners.
  static func families(_ ledger: Ledger, isLeftOut: [Bool]? = nil) -> [FamilySpread] {
    let forest = ledger.families.value.value
    let held = ledger.assignment.territoriesOfAccount
    let owners = ledger.records[.account].references("OwnerId")
    let (territories, users) = (
      ledger.assignment.model?.count ?? 0, ledger.records[.user].count
    )
    let parts = Parallel.chunked(forest.count, threads: ledger.threads) { chunk in
      var found: [FamilySpread] = []
      var lastTerritory = [Int32](repeating: -1, count: territories)
      var lastOwner = [Int32](repeating: -1, count: users)
      for root in chunk where forest.parents[root] < 0 {
        let members = Int(forest.positions[root])..<Int(forest.ends[root])
        guard members.count > 1 else { continue }
        var (territoryCount, ownerCount) = (Int32(0), Int32(0))
        for position in members {
          let account = Int(forest.order[position])
          for at in Int(held.starts[account])..<Int(held.starts[account + 1]) {
            let territory = Int(held.targets[at])
            guard lastTerritory[territory] != Int32(root) else { continue }
            lastTerritory[territory] = Int32(root)
            territoryCount += 1
          }
          let owner = Int(owners[account])
          guard owner >= 0, lastOwner[owner] != Int32(root), isLeftOut?[owner] != true else {
            continue
          }
          lastOwner[owner] = Int32(root)
          ownerCount += 1
        }
        found.append(
          FamilySpread(
            root: Int32(root), accounts: Int32(members.count), territories: territoryCount,
            owners: ownerCount))
      }
      return found
    }
    return Parallel.joined(parts)
  }

  /// The account that names the family in a scope: its root, else the first of its accounts in
  /// scope by Id; nil where none is.
  func representative(_ forest: Forest, _ accounts: Table, in mask: [UInt8]?) -> Int? {
    guard let mask, mask[Int(root)] == 0 else { return Int(root) }
    return forest.subtree(of: Int(root)).lazy.map { Int($0) }.filter { mask[$0] == 1 }
      .min { accounts.keys?.precedes($0, $1) ?? ($0 < $1) }
  }
}
