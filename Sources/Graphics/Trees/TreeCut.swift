/// A tree cut into pieces that fit a room, each a tree that can be read by itself.
///
/// A piece begins with its root and goes on with the root's children and as much below them as
/// fits, in their order. A branch that does not fit ends in a box that says where it goes on, in a
/// piece of its own which begins with the same box; children beyond a full piece stand in a further
/// piece of the same root. So every line from a parent to a child is drawn exactly once, and
/// nothing is cut through. Pieces stand in reading order. Linear in the nodes, without recursion.
struct TreeCut {
  /// A part of the tree.
  struct Piece {
    /// Its nodes, parents before children; the first is its root.
    var nodes: [Int]
    /// The piece where the root stood before; none in the first.
    var from: Int?
    /// The piece with the root's further children.
    var next: Int?
    /// Pieces where boxes of this one go on, by the place of the box in `nodes`.
    var branches: [Int: Int] = [:]
  }

  private(set) var pieces: [Piece] = []
  private let shape: TreeShape
  private let room: Double
  private let levels: Int
  /// For each depth below a node the extent of its subtree down to there.
  private let extents: [[Double]]
  /// The depth of each node's subtree, no more than the levels of a piece.
  private let heights: [Int]

  /// Cuts a tree.
  ///
  /// - Parameters:
  ///   - shape: the tree.
  ///   - breadths: what each box takes across siblings, its gap included.
  ///   - room: what a piece may take across siblings; a box larger than it stands alone.
  ///   - levels: how many levels a piece may have, at least two.
  init(_ shape: TreeShape, breadths: [Double], room: Double, levels: Int) {
    self.shape = shape
    self.room = room
    self.levels = max(2, levels)
    var heights = [Int](repeating: 0, count: shape.count)
    for node in shape.preorder.reversed() {
      if let parent = shape.parents[node] {
        heights[parent] = min(self.levels, max(heights[parent], heights[node] + 1))
      }
    }
    var extents = [breadths]
    for depth in 1..<self.levels {
      var below = [Double](repeating: 0, count: shape.count)
      for node in shape.preorder {
        if let parent = shape.parents[node] { below[parent] += extents[depth - 1][node] }
      }
      extents.append(below.indices.map { max(breadths[$0], below[$0]) })
    }
    self.extents = extents
    self.heights = heights
    cut()
  }

  /// A piece to be made: of which root, beginning with which of its children.
  private struct Task {
    var root: Int
    var firstChild: Int
    var from: Int?
    /// The box of the piece above at which it goes on; nil for further children of the same root.
    var place: Int?
  }

  private mutating func cut() {
    var tasks = [Task(root: shape.root, firstChild: 0, from: nil, place: nil)]
    while let task = tasks.popLast() {
      let index = pieces.count
      if let from = task.from {
        if let place = task.place {
          pieces[from].branches[place] = index
        } else {
          pieces[from].next = index
        }
      }
      var piece = Piece(nodes: [task.root], from: task.from)
      let children = shape.children(of: task.root).dropFirst(task.firstChild)
      var (taken, used) = (0, 0.0)
      var stubs: [(node: Int, place: Int)] = []
      for child in children {
        // A page that is still half empty takes the upper part of a branch; any other ends here.
        let left = used < room / 2 ? room - used : 0
        var depth = depth(of: child, in: room)
        if taken > 0, used + extents[depth][child] > room {
          depth = self.depth(of: child, in: left)
          if extents[depth][child] > left { break }
        }
        used += extents[depth][child]
        taken += 1
        append(child, depth: depth, to: &piece, &stubs)
      }
      pieces.append(piece)
      // Read in order: further children of the root first, then the branches from the top.
      tasks += stubs.reversed().map {
        Task(root: $0.node, firstChild: 0, from: index, place: $0.place)
      }
      if taken < children.count {
        tasks.append(
          Task(
            root: task.root, firstChild: task.firstChild + taken, from: index, place: nil))
      }
    }
  }

  /// How many levels below a child of a root fit a room.
  private func depth(of child: Int, in room: Double) -> Int {
    var depth = min(levels - 2, heights[child])
    while depth > 0, extents[depth][child] > room { depth -= 1 }
    return depth
  }

  /// Adds a subtree down to a depth; nodes whose children are left out become stubs.
  private func append(
    _ top: Int, depth: Int, to piece: inout Piece, _ stubs: inout [(node: Int, place: Int)]
  ) {
    var stack = [top]
    while let node = stack.popLast() {
      let children = shape.children(of: node)
      if shape.depths[node] - shape.depths[top] < depth {
        stack += children.reversed()
      } else if !children.isEmpty {
        stubs.append((node, piece.nodes.count))
      }
      piece.nodes.append(node)
    }
  }
}
