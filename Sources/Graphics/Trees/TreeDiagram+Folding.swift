extension TreeDiagram {
  /// A tree with its least valuable parts folded away, one box for the rest under each parent.
  public struct Folded: Sendable, Equatable {
    /// What a box of the folded tree stands for.
    public enum Box: Sendable, Equatable {
      /// A node, by its index.
      case node(Int)
      /// The rest below a parent: how many nodes, and the exact sum of their values.
      case rest(parent: Int, count: Int, sum: Int128)
    }

    /// What each box stands for, nodes first.
    public var boxes: [Box]
    /// Which box hangs under which.
    public var shape: TreeShape
    /// For each box how many marked nodes are folded into it.
    public var marked: [Int]

    /// How many nodes are in folded boxes.
    public var hidden: Int {
      boxes.reduce(0) { if case .rest(_, let count, _) = $1 { $0 + count } else { $0 } }
    }
  }

  /// The tree in at most so many boxes, keeping those with the most value in them and below them.
  ///
  /// Value counts by magnitude here, so that a credit is not hidden for being negative and no child
  /// outweighs its parent; ties go to the upper node, then to the smaller index. The values of all
  /// boxes sum up to the values of all nodes, exactly.
  public func folded(maximum: Int) -> Folded {
    let maximum = max(2, maximum)
    var kept = [Bool](repeating: nodes.count <= maximum, count: nodes.count)
    if nodes.count > maximum { chooseKept(&kept, maximum: maximum) }
    return fold(kept)
  }

  private func chooseKept(_ kept: inout [Bool], maximum: Int) {
    var weight = nodes.map { Int128($0.value.magnitude) }
    for node in shape.preorder.reversed() {
      if let parent = shape.parents[node] { weight[parent] += weight[node] }
    }
    let ranked = nodes.indices.sorted {
      (weight[$1], shape.depths[$0], $0) < (weight[$0], shape.depths[$1], $1)
    }
    var closed = nodes.indices.map { shape.children(of: $0).count }
    var boxes = 0
    for node in ranked {
      // Opening a node adds its box and one for the rest below it; opening the last child of a
      // parent takes the parent's box for the rest away.
      var added = 1 + (closed[node] > 0 ? 1 : 0)
      if let parent = shape.parents[node], closed[parent] == 1 { added -= 1 }
      if boxes + added > maximum { break }
      boxes += added
      kept[node] = true
      if let parent = shape.parents[node] { closed[parent] -= 1 }
    }
    // A box for the rest that holds a single leaf says less than the leaf itself.
    for node in nodes.indices where kept[node] && closed[node] == 1 {
      let hidden = shape.children(of: node).filter { !kept[$0] }
      if let only = hidden.first, shape.children(of: only).isEmpty { kept[only] = true }
    }
  }

  private func fold(_ kept: [Bool]) -> Folded {
    var size = [Int](repeating: 1, count: nodes.count)
    var sum = nodes.map { Int128($0.value) }
    var marks = nodes.map { $0.mark == nil ? 0 : 1 }
    for node in shape.preorder.reversed() {
      if let parent = shape.parents[node] {
        size[parent] += size[node]
        sum[parent] += sum[node]
        marks[parent] += marks[node]
      }
    }
    var boxes: [Folded.Box] = []
    var marked: [Int] = []
    var parents: [Int?] = []
    var place = [Int](repeating: -1, count: nodes.count)
    for node in shape.preorder where kept[node] {
      place[node] = boxes.count
      boxes.append(.node(node))
      marked.append(0)
      parents.append(shape.parents[node].map { place[$0] })
    }
    // The rest comes after all nodes, hence last among its siblings.
    for node in shape.preorder where kept[node] {
      let rest = shape.children(of: node).filter { !kept[$0] }
      guard !rest.isEmpty else { continue }
      boxes.append(
        .rest(
          parent: node, count: rest.reduce(0) { $0 + size[$1] },
          sum: rest.reduce(0) { $0 + sum[$1] }))
      marked.append(rest.reduce(0) { $0 + marks[$1] })
      parents.append(place[node])
    }
    // Kept nodes hang under kept parents, so this is always a tree; the unfolded one otherwise.
    guard let folded = try? TreeShape(parents: parents) else {
      return Folded(
        boxes: nodes.indices.map(Folded.Box.node), shape: shape, marked: nodes.map { _ in 0 })
    }
    return Folded(boxes: boxes, shape: folded, marked: marked)
  }
}
