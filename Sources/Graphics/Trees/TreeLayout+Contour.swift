/// The working state of van der Ploeg's algorithm, one entry a node, along one axis.
///
/// `x` runs across siblings, `y` along depth; `width` and `height` hold the gaps already.
struct Contour {
  let shape: TreeShape
  var width: [Double]
  var height: [Double]
  var y: [Double]

  /// The place relative to the parent's subtree, and what is added to a whole subtree.
  private var prelim: [Double]
  private var mod: [Double]
  /// Extra distance for siblings in between, spread at the end.
  private var shift: [Double]
  private var change: [Double]
  /// Where a contour goes on below a node that is lower than its own subtree.
  private var leftThread: [Int]
  private var rightThread: [Int]
  /// The lowest nodes of the left and right contour, and the sums of `mod` on the way to them.
  private var extremeLeft: [Int]
  private var extremeRight: [Int]
  private var modToLeft: [Double]
  private var modToRight: [Double]

  private static let none = -1

  init(_ shape: TreeShape) {
    self.shape = shape
    let zeros = [Double](repeating: 0, count: shape.count)
    let nodes = [Int](repeating: Self.none, count: shape.count)
    (width, height, y, prelim, mod) = (zeros, zeros, zeros, zeros, zeros)
    (shift, change, modToLeft, modToRight) = (zeros, zeros, zeros, zeros)
    (leftThread, rightThread, extremeLeft, extremeRight) = (nodes, nodes, nodes, nodes)
  }

  /// The x of every node.
  mutating func solve() -> [Double] {
    // Backwards through the preorder every child comes before its parent: the first walk.
    for node in shape.preorder.reversed() { firstWalk(node) }
    return secondWalk()
  }

  /// A sibling to the left by its place, and how far down it is the lowest so far.
  private struct LowSibling {
    var lowY: Double
    var place: Int
  }

  private mutating func firstWalk(_ node: Int) {
    let children = Array(shape.children(of: node))
    guard let first = children.first, let last = children.last else {
      extremeLeft[node] = node
      extremeRight[node] = node
      return
    }
    // The list of lowest siblings of the paper, as a stack whose end is the highest of them.
    var lows = [LowSibling(lowY: bottom(extremeLeft[first]), place: 0)]
    for place in children.indices.dropFirst() {
      let lowY = bottom(extremeRight[children[place]])
      separate(children, place, lows)
      while let low = lows.last, lowY >= low.lowY { lows.removeLast() }
      lows.append(LowSibling(lowY: lowY, place: place))
    }
    prelim[node] =
      (prelim[first] + mod[first] + mod[last] + prelim[last] + width[last]) / 2 - width[node] / 2
    extremeLeft[node] = extremeLeft[first]
    modToLeft[node] = modToLeft[first]
    extremeRight[node] = extremeRight[last]
    modToRight[node] = modToRight[last]
  }

  /// Moves a child's subtree right until its left contour clears its siblings' right contour.
  private mutating func separate(_ children: [Int], _ place: Int, _ lows: [LowSibling]) {
    var right = children[place - 1]
    var left = children[place]
    var modRight = mod[right]
    var modLeft = mod[left]
    var low = lows.count - 1
    while right != Self.none && left != Self.none {
      if bottom(right) > lows[low].lowY { low -= 1 }
      let distance = modRight + prelim[right] + width[right] - (modLeft + prelim[left])
      if distance > 0 {
        modLeft += distance
        move(children, place, from: lows[low].place, by: distance)
      }
      let (rightBottom, leftBottom) = (bottom(right), bottom(left))
      if rightBottom <= leftBottom {
        right = nextOnRightContour(right)
        if right != Self.none { modRight += mod[right] }
      }
      if rightBottom >= leftBottom {
        left = nextOnLeftContour(left)
        if left != Self.none { modLeft += mod[left] }
      }
    }
    if right == Self.none, left != Self.none {
      threadLeft(children, place, to: left, modLeft)
    } else if right != Self.none, left == Self.none {
      threadRight(children, place, to: right, modRight)
    }
  }

  private mutating func move(_ children: [Int], _ place: Int, from low: Int, by distance: Double) {
    let child = children[place]
    mod[child] += distance
    modToLeft[child] += distance
    modToRight[child] += distance
    guard low != place - 1 else { return }
    let gaps = Double(place - low)
    shift[children[low + 1]] += distance / gaps
    shift[child] -= distance / gaps
    change[child] -= distance - distance / gaps
  }

  private mutating func threadLeft(_ children: [Int], _ place: Int, to node: Int, _ modSum: Double)
  {
    let (first, child) = (children[0], children[place])
    let lowest = extremeLeft[first]
    leftThread[lowest] = node
    let difference = modSum - mod[node] - modToLeft[first]
    mod[lowest] += difference
    prelim[lowest] -= difference
    extremeLeft[first] = extremeLeft[child]
    modToLeft[first] = modToLeft[child]
  }

  private mutating func threadRight(_ children: [Int], _ place: Int, to node: Int, _ modSum: Double)
  {
    let (before, child) = (children[place - 1], children[place])
    let lowest = extremeRight[child]
    rightThread[lowest] = node
    let difference = modSum - mod[node] - modToRight[child]
    mod[lowest] += difference
    prelim[lowest] -= difference
    extremeRight[child] = extremeRight[before]
    modToRight[child] = modToRight[before]
  }

  private func nextOnLeftContour(_ node: Int) -> Int {
    shape.children(of: node).first ?? leftThread[node]
  }

  private func nextOnRightContour(_ node: Int) -> Int {
    shape.children(of: node).last ?? rightThread[node]
  }

  private func bottom(_ node: Int) -> Double { y[node] + height[node] }

  /// Adds up what was collected on the way down, spreading the extra distance between siblings.
  private mutating func secondWalk() -> [Double] {
    var x = [Double](repeating: 0, count: shape.count)
    var modSum = [Double](repeating: 0, count: shape.count)
    for node in shape.preorder {
      let above = shape.parents[node].map { modSum[$0] } ?? 0
      modSum[node] = above + mod[node]
      x[node] = prelim[node] + modSum[node]
      var (delta, sum) = (0.0, 0.0)
      for child in shape.children(of: node) {
        delta += shift[child]
        sum += delta + change[child]
        mod[child] += sum
      }
    }
    return x
  }
}
