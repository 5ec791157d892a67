/// The shape of a dot: a second sign of its group besides the colour.
enum Marker: CaseIterable {
  case circle
  case square
  case triangle
  case diamond

  /// The corners around the origin for a radius of 1; none for the circle.
  ///
  /// Every shape has the area of the circle, so that none looks larger than another.
  fileprivate var corners: [(x: Double, y: Double)] {
    switch self {
    case .circle: []
    case .square: [(-0.886, -0.886), (0.886, -0.886), (0.886, 0.886), (-0.886, 0.886)]
    case .triangle: [(0, -1.45), (1.347, 0.882), (-1.347, 0.882)]
    case .diamond: [(0, -1.253), (1.253, 0), (0, 1.253), (-1.253, 0)]
    }
  }
}

extension Sketch {
  /// A dot of a shape; circles, squares, triangles and diamonds of one radius have one area.
  mutating func marker(
    _ marker: Marker, at centre: Point, radius: Double, fill: Colour, stroke: Stroke? = nil
  ) {
    guard marker != .circle else {
      dot(centre, radius: radius, fill: fill, stroke: stroke)
      return
    }
    let points = marker.corners.map { Point(centre.x + $0.x * radius, centre.y + $0.y * radius) }
    path(
      PathMark(
        points.enumerated().map { $0.offset == 0 ? .move($0.element) : .line($0.element) }
          + [.close], fill: fill, stroke: stroke))
  }
}
