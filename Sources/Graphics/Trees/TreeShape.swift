/// Why a list of parents is not one tree.
public enum TreeError: Error, Equatable, CustomStringConvertible {
  case empty
  case missingParent(node: Int, parent: Int)
  case noRoot
  case severalRoots(Int, Int)
  case cycle(node: Int)

  /// What is wrong with the tree, as a sentence.
  public var description: String {
    switch self {
    case .empty: "A tree without nodes cannot be drawn."
    case .missingParent(let node, let parent):
      "Node \(node) of the tree has the parent \(parent), which is not in it."
    case .noRoot: "The tree has no root: every node has a parent."
    case .severalRoots(let a, let b): "The tree has several roots, nodes \(a) and \(b) among them."
    case .cycle(let node): "Node \(node) of the tree is its own ancestor."
    }
  }
}

/// Which node stands under which: one tree, checked, with its nodes in drawing order.
///
/// Siblings keep the order of their indices. Nothing here recurses, so depth has no limit.
public struct TreeShape: Sendable, Equatable {
  /// The index of every node's parent; the root has none.
  public let parents: [Int?]
  /// The node that has no parent.
  public let root: Int
  /// Every node, parents before children and subtrees together.
  public let preorder: [Int]
  /// The distance of every node from the root.
  public let depths: [Int]
  private let childStarts: [Int]
  private let childList: [Int]

  /// - Parameter parents: The index of every node's parent; the root has none.
  /// - Throws: `TreeError` unless every node hangs under one root.
  public init(parents: [Int?]) throws(TreeError) {
    guard !parents.isEmpty else { throw .empty }
    var root: Int?
    var starts = [Int](repeating: 0, count: parents.count + 1)
    for (node, parent) in parents.enumerated() {
      if let parent {
        guard parents.indices.contains(parent) else {
          throw .missingParent(node: node, parent: parent)
        }
        starts[parent + 1] += 1
      } else if let root {
        throw .severalRoots(root, node)
      } else {
        root = node
      }
    }
    guard let root else { throw .noRoot }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var next = starts
    var list = [Int](repeating: 0, count: parents.count - 1)
    for (node, parent) in parents.enumerated() {
      guard let parent else { continue }
      list[next[parent]] = node
      next[parent] += 1
    }

    var order: [Int] = []
    order.reserveCapacity(parents.count)
    var depths = [Int](repeating: -1, count: parents.count)
    depths[root] = 0
    var stack = [root]
    while let node = stack.popLast() {
      order.append(node)
      for child in list[starts[node]..<starts[node + 1]].reversed() {
        depths[child] = depths[node] + 1
        stack.append(child)
      }
    }
    // With one root, whatever the walk did not reach hangs on a cycle.
    if let lost = depths.firstIndex(of: -1) {
      throw .cycle(node: Self.cycleNode(from: lost, parents))
    }
    self.parents = parents
    self.root = root
    self.preorder = order
    self.depths = depths
    self.childStarts = starts
    self.childList = list
  }

  /// The number of nodes.
  public var count: Int { parents.count }

  /// The children of a node in the order of their indices.
  public func children(of node: Int) -> ArraySlice<Int> {
    childList[childStarts[node]..<childStarts[node + 1]]
  }

  /// The node with the smallest index on the cycle above a node.
  private static func cycleNode(from node: Int, _ parents: [Int?]) -> Int {
    var seen: Set<Int> = []
    var node = node
    while seen.insert(node).inserted, let parent = parents[node] { node = parent }
    var smallest = node
    var current = parents[node]
    while let next = current, next != node {
      smallest = min(smallest, next)
      current = parents[next]
    }
    return smallest
  }
}
