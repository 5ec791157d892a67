/// Places for the boxes of a tree: parents centred over their children, nothing overlapping, narrow.
///
/// The linear-time algorithm of van der Ploeg, "Drawing Non-layered Tidy Trees in Linear Time",
/// Software: Practice and Experience 44 (2014), for boxes of unequal size, with the vocabulary of
/// the paper and without its recursion.
public struct TreeLayout: Sendable, Equatable {
  /// Which way a tree grows.
  public enum Direction: String, Sendable, Equatable {
    /// The root at the left, children to its right.
    case horizontal
    /// The root on top, children below.
    case vertical
  }

  /// Which way this tree grows.
  public var direction: Direction
  /// The box of every node; the smallest x and y are 0.
  public var boxes: [Rect]
  /// The room that all boxes take.
  public var size: Size

  /// Lays out a tree whose every node has a box of its own size.
  ///
  /// Boxes side by side are at least `siblingGap` apart, and children begin `levelGap` behind their
  /// parent. Where `aligned`, all boxes of one depth begin on one line, which elbows need so as not
  /// to run through boxes; otherwise each begins right behind its own parent, in less room.
  public init(
    _ shape: TreeShape, sizes: [Size], direction: Direction, siblingGap: Double, levelGap: Double,
    aligned: Bool = true
  ) {
    let vertical = direction == .vertical
    var levels = [Double](repeating: 0, count: (shape.depths.max() ?? 0) + 1)
    let lengths = sizes.map { vertical ? $0.height : $0.width }
    for node in shape.preorder {
      levels[shape.depths[node]] = max(levels[shape.depths[node]], lengths[node])
    }

    var contour = Contour(shape)
    for node in shape.preorder {
      let size = sizes[node]
      contour.width[node] = (vertical ? size.width : size.height) + siblingGap
      contour.height[node] =
        (aligned ? levels[shape.depths[node]] : lengths[node]) + levelGap
      if let parent = shape.parents[node] {
        contour.y[node] = contour.y[parent] + contour.height[parent]
      }
    }
    let across = contour.solve()
    let least = shape.preorder.reduce(Double.infinity) { min($0, across[$1]) }

    self.direction = direction
    boxes = sizes.indices.map { node in
      let (breadth, depth) = (across[node] - least, contour.y[node])
      return vertical
        ? Rect(x: breadth, y: depth, width: sizes[node].width, height: sizes[node].height)
        : Rect(x: depth, y: breadth, width: sizes[node].width, height: sizes[node].height)
    }
    size = boxes.reduce(Size(0, 0)) { Size(max($0.width, $1.maxX), max($0.height, $1.maxY)) }
  }

  /// The points of the elbow from a parent to its child: out, along, in.
  ///
  /// It turns in the middle of the gap before the child, whose width is that of the layout.
  public func elbow(from parent: Int, to child: Int, levelGap: Double) -> [Point] {
    let (a, b) = (boxes[parent], boxes[child])
    switch direction {
    case .horizontal:
      let turn = b.x - levelGap / 2
      return [
        Point(a.maxX, a.centre.y), Point(turn, a.centre.y), Point(turn, b.centre.y),
        Point(b.x, b.centre.y),
      ]
    case .vertical:
      let turn = b.y - levelGap / 2
      return [
        Point(a.centre.x, a.maxY), Point(a.centre.x, turn), Point(b.centre.x, turn),
        Point(b.centre.x, b.y),
      ]
    }
  }
}
