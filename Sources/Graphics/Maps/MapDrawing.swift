/// A part of an outline at the size of a canvas: fewer points, and nothing outside the frame.
struct MapDrawing {
  /// What is left of a region on the canvas.
  struct Shape {
    /// Index of the region in the outline.
    let region: Int
    /// Closed rings, the largest first; none where nothing of it shows.
    let rings: [[Point]]
    /// What the rings enclose, in square points.
    let area: Double
  }

  /// Where the map stands on the canvas.
  let frame: Rect
  /// One for each region of the outline, in its order.
  let shapes: [Shape]
  /// Every border and coast once.
  let borders: [[Point]]
  /// Whether land goes on beyond the frame.
  let isCut: Bool
  private let view: Rect
  private let scale: Double

  /// The least distance in points that a line may move when points of it are left out.
  private static let tolerance = 0.45
  /// Islands and lakes smaller than this are left out, in square points.
  private static let smallest = 1.5

  /// Draws what lies in a view, a rectangle of the outline's plane of the frame's proportions.
  init(_ outline: MapOutline, view: Rect, frame: Rect) {
    self.frame = frame
    self.view = view
    isCut = !view.contains(outline.bounds)
    scale = frame.width / max(view.width, 1e-9)
    let (view, scale) = (view, scale)
    func place(_ point: Point) -> Point {
      Point(frame.x + (point.x - view.x) * scale, frame.y + (point.y - view.y) * scale)
    }
    let arcs = outline.arcs.map { arc in
      MapDrawing.simplified(arc.map(place), tolerance: MapDrawing.tolerance)
    }
    let bounds = arcs.map { Rect(around: $0) }
    shapes = outline.regions.enumerated().map { index, region in
      var rings: [(points: [Point], area: Double)] = []
      for (place, ring) in region.rings.enumerated()
      where ring.contains(where: { bounds[$0 < 0 ? ~$0 : $0].inset(by: -1).intersects(frame) }) {
        let points = clipped(outline.points(of: ring, in: arcs), to: frame)
        let area = signedArea(points)
        guard points.count > 2, abs(area) >= (place == 0 ? 0.05 : MapDrawing.smallest) else {
          continue
        }
        rings.append((points, area))
      }
      let sorted = rings.enumerated().sorted {
        (-abs($0.element.area), $0.offset) < (-abs($1.element.area), $1.offset)
      }.map(\.element)
      return Shape(
        region: index, rings: sorted.map(\.points), area: abs(sorted.reduce(0) { $0 + $1.area }))
    }
    borders = zip(arcs, bounds).flatMap { arc, bounds -> [[Point]] in
      guard bounds.inset(by: -1).intersects(frame) else { return [] }
      // A speck of an island has a fill or is left out; its coast would be a dot of ink.
      if arc.first == arc.last, abs(signedArea(arc)) < MapDrawing.smallest { return [] }
      return frame.contains(bounds) ? [arc] : lines(arc, in: frame)
    }
  }

  /// The place on the canvas of a point of the outline's plane.
  func place(_ point: Point) -> Point {
    Point(frame.x + (point.x - view.x) * scale, frame.y + (point.y - view.y) * scale)
  }

  /// The line without the points that it misses least (Douglas and Peucker 1973), both ends kept.
  ///
  /// Closed lines are cut at the point farthest from their beginning.
  static func simplified(_ line: [Point], tolerance: Double) -> [Point] {
    guard line.count > 2, let first = line.first, let last = line.last else { return line }
    var keeps = [Bool](repeating: false, count: line.count)
    keeps[0] = true
    keeps[line.count - 1] = true
    var spans = [(0, line.count - 1)]
    if first == last {
      let far = line.indices.max {
        (squaredDistance(line[$0], first), $1) < (squaredDistance(line[$1], first), $0)
      }
      let middle = far ?? line.count / 2
      keeps[middle] = true
      spans = [(0, middle), (middle, line.count - 1)]
    }
    while let (start, end) = spans.popLast() {
      var (worst, farthest) = (tolerance * tolerance, -1)
      for index in (start + 1)..<max(start + 1, end) {
        let distance = squaredDistance(line[index], from: line[start], to: line[end])
        if distance > worst { (worst, farthest) = (distance, index) }
      }
      guard farthest > 0 else { continue }
      keeps[farthest] = true
      spans.append((start, farthest))
      spans.append((farthest, end))
    }
    return line.indices.filter { keeps[$0] }.map { line[$0] }
  }

  private static func squaredDistance(_ a: Point, _ b: Point) -> Double {
    (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
  }

  private static func squaredDistance(_ point: Point, from a: Point, to b: Point) -> Double {
    let length = squaredDistance(a, b)
    guard length > 0 else { return squaredDistance(point, a) }
    let along = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length
    let share = min(1, max(0, along))
    return squaredDistance(
      point, Point(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)))
  }
}
