/// A plot of numbers along positions: two scales and the area between its axes.
struct Plane {
  /// From positions to x.
  var across: LinearScale
  /// From numbers to y; it runs upwards.
  var up: LinearScale
  /// The area of the grid.
  var area: Rect

  func callAsFunction(_ position: Double, _ number: Double) -> Point {
    Point(across(position), up(number))
  }
}

extension Sketch {
  /// Draws grid, ticks and the line at zero; `labels` is the room at the right for names.
  ///
  /// `domain` comes from `Sketch.domain`, which ends it on ticks.
  mutating func plane(
    domain: ClosedRange<Double>, positions: [Double], top: Double, height: Double,
    labels: Double, format: (Double) -> String
  ) -> Plane {
    let ticks = Ticks.values(for: domain, count: 5).filter(domain.contains)
    let up = LinearScale(domain: domain, from: top + 6 + height, to: top + 6)
    let plotRight = right - labels
    let plotLeft = left + drawTicks(ticks, scale: up, format: format, until: plotRight)
    if up.domain.contains(0) {
      line(Point(plotLeft, up(0)), Point(plotRight, up(0)), theme.axis)
    }
    return Plane(
      across: Self.positionScale(positions, from: plotLeft + 5, to: plotRight - 5), up: up,
      area: Rect(from: Point(plotLeft, up.end), to: Point(plotRight, up.start)))
  }

  static func positionScale(
    _ positions: [Double], from left: Double, to right: Double
  ) -> LinearScale {
    let first = positions.first ?? 0
    let last = max(first, positions.last ?? 0)
    // A single position stands in the middle.
    return first == last
      ? LinearScale(domain: (first - 1)...(first + 1), from: left, to: right)
      : LinearScale(domain: first...last, from: left, to: right)
  }

  /// The texts of ticks below a plane; gives the y below them.
  mutating func positionLabels(_ ticks: [TimeTick], below plane: Plane) -> Double {
    let domain = plane.across.domain
    return spreadLabels(
      ticks.filter { domain.contains($0.position) }.map { (plane.across($0.position), $0.label) },
      y: plane.up.start + 10)
  }
}
