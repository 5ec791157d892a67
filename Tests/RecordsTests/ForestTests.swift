import Records
import Testing

@Suite("Families and other trees")
struct ForestTests {
  /// Rows 0 to 6: two families, `0 ← (1 ← 3, 2)` and `5 ← 4`, and 6 alone.
  private static let parents: [Int32] = [-1, 0, 0, 1, 5, -1, -1]

  private static func ranks(_ count: Int) -> [Int32] { (0..<Int32(count)).map { $0 } }

  @Test("Every row has its ultimate parent, depth and subtree")
  func tree() {
    let forest = Forest(parents: Self.parents, ranks: Self.ranks(7))
    #expect(forest.roots == [0, 0, 0, 0, 5, 5, 6])
    #expect(forest.depths == [0, 1, 1, 2, 1, 0, 0])
    #expect(forest.order == [0, 1, 3, 2, 5, 4, 6])
    #expect(Array(forest.subtree(of: 1)) == [1, 3])
    #expect(forest.isInSubtree(3, of: 0))
    #expect(forest.isInSubtree(3, of: 3))
    #expect(!forest.isInSubtree(0, of: 3))
    #expect(!forest.isInSubtree(4, of: 0))
    #expect(forest.cycles.isEmpty)
  }

  @Test("A subtree's sum is its own and its descendants'")
  func sums() {
    let forest = Forest(parents: Self.parents, ranks: Self.ranks(7))
    #expect(
      forest.subtreeSums([1, 10, 100, 1_000, 10_000, 100_000, -5])
        == [1_111, 1_010, 100, 1_000, 10_000, 110_000, -5])
  }

  @Test("A cycle of two parents keeps both accounts in the total")
  func cycleOfTwo() {
    // 0 and 1 name each other; 1 has the smaller key.
    let forest = Forest(parents: [1, 0, 0], ranks: [1, 0, 2])
    #expect(forest.cycles == [[1, 0]])
    #expect(forest.parents == [1, -1, 0])
    #expect(forest.roots == [1, 1, 1])
    #expect(forest.subtreeSums([3, 4, 5]) == [8, 12, 5])
  }

  @Test("An account that is its own parent is a root, and flagged")
  func selfParent() {
    let forest = Forest(parents: [0, 0], ranks: [0, 1])
    #expect(forest.cycles == [[0]])
    #expect(forest.roots == [0, 0])
    #expect(forest.order == [0, 1])
  }

  @Test("Cycles come in the order of their smallest keys, each from it along its parents")
  func twoCycles() {
    // 0 → 1 → 2 → 0 with the smallest key at 2, and 3 → 4 → 3 with the smallest of all at 4.
    let forest = Forest(parents: [1, 2, 0, 4, 3], ranks: [4, 3, 2, 1, 0])
    #expect(forest.cycles == [[4, 3], [2, 0, 1]])
    #expect(forest.parents == [1, 2, -1, 4, -1])
  }

  @Test("A tail that leads into a cycle hangs below it")
  func tail() {
    // 3 → 2 → 1 → 0 → 1
    let forest = Forest(parents: [1, 0, 1, 2], ranks: [0, 1, 2, 3])
    #expect(forest.cycles == [[0, 1]])
    #expect(forest.parents == [-1, 0, 1, 2])
    #expect(forest.depths == [0, 1, 2, 3])
  }

  @Test("A chain of 50,000 accounts is one family, from whichever end it is read")
  func chain() {
    let count = 50_000
    let down = Forest(
      parents: (0..<Int32(count)).map { $0 - 1 }, ranks: Self.ranks(count))
    #expect(down.depths[count - 1] == Int32(count - 1))
    #expect(down.roots.allSatisfy { $0 == 0 })
    #expect(down.subtreeSums([Int128](repeating: 1, count: count))[0] == Int128(count))
    let up = Forest(
      parents: (0..<Int32(count)).map { $0 == count - 1 ? -1 : $0 + 1 }, ranks: Self.ranks(count))
    #expect(up.depths[0] == Int32(count - 1))
    #expect(up.subtree(of: count - 1).count == count)
    let ring = Forest(
      parents: (0..<Int32(count)).map { ($0 + 1) % Int32(count) }, ranks: Self.ranks(count))
    #expect(ring.cycles.count == 1)
    #expect(ring.cycles[0].count == count)
    #expect(ring.roots.allSatisfy { $0 == 0 })
  }

  @Test("The order of the rows changes no family")
  func permutation() {
    // Account k's key has rank k; row i holds account `place[i]`.
    let parentOfAccount: [Int32] = [3, 0, 1, 2, 0, 4, 7, 6, 6, -1]
    let expected = families(parentOfAccount, place: Array(0..<10))
    for step in [3, 7, 9] {
      let place = (0..<10).map { ($0 * step + 4) % 10 }
      #expect(families(parentOfAccount, place: place) == expected)
    }
  }

  /// Root, depth and subtree sum of each account, by account, when rows are permuted.
  private func families(_ parentOfAccount: [Int32], place: [Int]) -> [[Int]] {
    var rowOf = [Int32](repeating: 0, count: place.count)
    for (row, account) in place.enumerated() { rowOf[account] = Int32(row) }
    let forest = Forest(
      parents: place.map { account in
        let parent = parentOfAccount[account]
        return parent < 0 ? -1 : rowOf[Int(parent)]
      },
      ranks: place.map { Int32($0) })
    let sums = forest.subtreeSums(place.map { Int128(1 << $0) })
    return (0..<place.count).map { account in
      let row = Int(rowOf[account])
      return [place[Int(forest.roots[row])], Int(forest.depths[row]), Int(sums[row])]
    }
  }

  @Test("No rows make no trees")
  func empty() {
    let forest = Forest(parents: [], ranks: [])
    #expect(forest.count == 0)
    #expect(forest.order.isEmpty)
  }
}

@Suite("Joins of many to many")
struct AdjacencyTests {
  @Test("Targets come ascending, once each; pairs without an end are left out")
  func lists() {
    let adjacency = Adjacency(
      sources: 4, pairs: [(2, 5), (0, 9), (2, 1), (2, 5), (-1, 3), (1, -2), (0, 9)])
    #expect((0..<4).map { Array(adjacency[$0]) } == [[9], [], [1, 5], []])
    #expect((0..<4).map { adjacency.degree($0) } == [1, 0, 2, 0])
  }

  @Test("No sources, no lists")
  func empty() {
    #expect(Adjacency(sources: 0, pairs: []).targets.isEmpty)
  }
}
