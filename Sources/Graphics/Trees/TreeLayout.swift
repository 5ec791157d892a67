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

  /// The lines from a parent to its children, each from point to point, none over another.
  ///
  /// A stem leaves the parent, a bar runs along the children in the middle of the gap before them,
  /// and a branch reaches each. The gap is that of the layout, whose levels must be aligned.
  public func edges(
    from parent: Int, to children: some Collection<Int>, levelGap: Double
  ) -> [(from: Point, to: Point)] {
    guard let nearest = children.first else { return [] }
    // In vertical terms; horizontal trees swap the axes of every point.
    let vertical = direction == .vertical
    func point(_ across: Double, _ along: Double) -> Point {
      vertical ? Point(across, along) : Point(along, across)
    }
    func across(_ node: Int) -> Double { vertical ? boxes[node].centre.x : boxes[node].centre.y }
    func start(_ node: Int) -> Double { vertical ? boxes[node].y : boxes[node].x }
    let end = vertical ? boxes[parent].maxY : boxes[parent].maxX
    let turn = start(nearest) - levelGap / 2
    let stem = across(parent)
    var lines = [(from: point(stem, end), to: point(stem, turn))]
    let places = children.map(across)
    let (first, last) = (min(stem, places.min() ?? stem), max(stem, places.max() ?? stem))
    if first < last { lines.append((point(first, turn), point(last, turn))) }
    lines += children.map { (point(across($0), turn), point(across($0), start($0))) }
    return lines
  }
}
