/// Trees over the rows of a table, made from parent references: families, territories, managers.
///
/// Nodes are row numbers. Every node stands in exactly one tree; a cycle is cut at its member with
/// the smallest key, so that each node is counted once. Subtrees are ranges of an Euler tour, which
/// makes a subtree's sum a matter of one pass without recursion at any depth.
public struct Forest: Sendable {
  /// Parent of each node after cuts, -1 for a root.
  public let parents: [Int32]
  /// Root of each node.
  public let roots: [Int32]
  /// Nodes in preorder, trees in row order of their roots.
  public let order: [Int32]
  /// Where each node stands in `order`.
  public let positions: [Int32]
  /// Where the subtree of each node ends in `order` (exclusive).
  public let ends: [Int32]
  /// Distance of each node from its root.
  public let depths: [Int32]
  /// For each cycle that was cut its members, the smallest key (now a root) first.
  public let cycles: [[Int32]]

  /// Builds the trees.
  ///
  /// - Parameters:
  ///   - given: the parent row of each row; a negative value makes a root.
  ///   - ranks: position of each row in the order of keys, which decides where a cycle is cut.
  public init(parents given: [Int32], ranks: [Int32]) {
    let cut = Forest.cutCycles(in: given, ranks: ranks)
    let count = given.count
    let (firstChild, nextSibling) = Forest.children(of: cut.parents)
    var roots = [Int32](repeating: 0, count: count)
    var depths = [Int32](repeating: 0, count: count)
    var positions = [Int32](repeating: 0, count: count)
    var ends = [Int32](repeating: 0, count: count)
    var order: [Int32] = []
    order.reserveCapacity(count)
    for root in 0..<count where cut.parents[root] < 0 {
      var node = Int32(root)
      walk: while true {
        let parent = cut.parents[Int(node)]
        roots[Int(node)] = Int32(root)
        depths[Int(node)] = parent < 0 ? 0 : depths[Int(parent)] + 1
        positions[Int(node)] = Int32(order.count)
        order.append(node)
        if firstChild[Int(node)] >= 0 {
          node = firstChild[Int(node)]
          continue
        }
        while true {
          ends[Int(node)] = Int32(order.count)
          if Int(node) == root { break walk }
          if nextSibling[Int(node)] >= 0 {
            node = nextSibling[Int(node)]
            break
          }
          node = cut.parents[Int(node)]
        }
      }
    }
    self.parents = cut.parents
    self.roots = roots
    self.order = order
    self.positions = positions
    self.ends = ends
    self.depths = depths
    self.cycles = cut.cycles
  }

  public var count: Int { parents.count }

  /// The nodes of a subtree in preorder, its top first.
  public func subtree(of node: Int) -> ArraySlice<Int32> {
    order[Int(positions[node])..<Int(ends[node])]
  }

  /// Whether a node stands in the subtree of another (a node is in its own).
  public func isInSubtree(_ node: Int, of top: Int) -> Bool {
    positions[top] <= positions[node] && positions[node] < ends[top]
  }

  /// Sums of a value over each node's subtree.
  public func subtreeSums(_ own: [Int128]) -> [Int128] {
    var sums = own
    for node in order.reversed() {
      let parent = parents[Int(node)]
      if parent >= 0 { sums[Int(parent)] += sums[Int(node)] }
    }
    return sums
  }

  /// Child lists as links: the first child of each node and the next sibling, in row order.
  private static func children(of parents: [Int32]) -> (first: [Int32], next: [Int32]) {
    var first = [Int32](repeating: -1, count: parents.count)
    var next = [Int32](repeating: -1, count: parents.count)
    for node in stride(from: parents.count - 1, through: 0, by: -1) {
      let parent = Int(parents[node])
      guard parent >= 0 else { continue }
      next[node] = first[parent]
      first[parent] = Int32(node)
    }
    return (first, next)
  }

  /// Follows each chain upwards once; a chain that meets itself is a cycle.
  private static func cutCycles(
    in given: [Int32], ranks: [Int32]
  ) -> (parents: [Int32], cycles: [[Int32]]) {
    var parents = given.map { $0 < 0 ? -1 : $0 }
    var cycles: [[Int32]] = []
    // 0: not seen; otherwise the number of the walk that first saw the node.
    var seenBy = [Int32](repeating: 0, count: parents.count)
    for start in 0..<parents.count where seenBy[start] == 0 {
      let walk = Int32(start) + 1
      var node = Int32(start)
      while node >= 0, seenBy[Int(node)] == 0 {
        seenBy[Int(node)] = walk
        node = parents[Int(node)]
      }
      guard node >= 0, seenBy[Int(node)] == walk else { continue }
      var members = [node]
      var next = parents[Int(node)]
      while next != node {
        members.append(next)
        next = parents[Int(next)]
      }
      let smallest = members.indices.min { ranks[Int(members[$0])] < ranks[Int(members[$1])] }
      guard let smallest else { continue }
      let rotated = Array(members[smallest...] + members[..<smallest])
      parents[Int(rotated[0])] = -1
      cycles.append(rotated)
    }
    return (parents, cycles.sorted { ranks[Int($0[0])] < ranks[Int($1[0])] })
  }
}
