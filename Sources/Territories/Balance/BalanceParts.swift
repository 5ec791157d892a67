import Metrics
import Records

/// What moves as one when territories are balanced: a family, or of one that lies in several of the
/// compared territories already what lies in one of them.
///
/// So no family ever lies in more territories than before: docs/territories.md, "What moves".
struct BalanceParts: Sendable {
  /// Grain: a family and a compared territory that holds some of it.
  struct Part: Sendable {
    /// Row of the family's ultimate parent.
    let root: Int32
    /// Row of the account that stands highest among those that move, the first of several by Id.
    let head: Int32
    /// Number of the compared territory that holds it.
    let home: Int32
    /// Rows of its accounts, ascending.
    let accounts: [Int32]
    /// How many accounts of the family the compared territories hold.
    let ofFamily: Int
    /// Whether one of its accounts lies in several compared territories.
    let isDouble: Bool
    /// Whether it is all of the family that the compared territories hold.
    var isWhole: Bool { accounts.count == ofFamily }
  }

  /// By Id of the ultimate parent, then by territory.
  let all: [Part]
  /// How many accounts the compared territories hold.
  let accounts: Int

  /// - Parameters:
  ///   - held: the territories of each account.
  ///   - leafOf: the number of each of the model's territories among those compared, -1 for none.
  ///   - families: the trees of accounts.
  ///   - ranks: the position of each account in the order of Ids.
  init(held: Adjacency, leafOf: [Int32], families: Forest, ranks: [Int32]) {
    struct Member {
      let root: Int32
      let leaf: Int32
      let account: Int32
      let isDouble: Bool
    }
    var members: [Member] = []
    var count = 0
    for account in 0..<held.starts.count - 1 {
      let leaves = held[account].map { leafOf[Int($0)] }.filter { $0 >= 0 }
      for leaf in leaves {
        members.append(
          Member(
            root: families.roots[account], leaf: leaf, account: Int32(account),
            isDouble: leaves.count > 1))
      }
      if !leaves.isEmpty { count += 1 }
    }
    members.sort {
      (ranks[Int($0.root)], $0.leaf, $0.account) < (ranks[Int($1.root)], $1.leaf, $1.account)
    }
    var parts: [Part] = []
    var start = 0
    while start < members.count {
      let root = members[start].root
      let end = members[start...].firstIndex { $0.root != root } ?? members.count
      let family = members[start..<end]
      for own in family.split(byLeaf: \.leaf) {
        let head = own.min {
          (families.depths[Int($0.account)], ranks[Int($0.account)])
            < (families.depths[Int($1.account)], ranks[Int($1.account)])
        }
        parts.append(
          Part(
            root: root, head: head?.account ?? root, home: own.first?.leaf ?? 0,
            accounts: own.map(\.account), ofFamily: Set(family.map(\.account)).count,
            isDouble: own.contains(where: \.isDouble)))
      }
      start = end
    }
    all = parts
    accounts = count
  }
}

extension ArraySlice {
  /// Runs of elements that follow each other and agree in a number.
  fileprivate func split(byLeaf leaf: (Element) -> Int32) -> [ArraySlice<Element>] {
    var runs: [ArraySlice<Element>] = []
    var start = startIndex
    for index in indices where index > start && leaf(self[index]) != leaf(self[start]) {
      runs.append(self[start..<index])
      start = index
    }
    if start < endIndex { runs.append(self[start..<endIndex]) }
    return runs
  }
}
