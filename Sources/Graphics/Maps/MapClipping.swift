/// The part of a ring inside a rectangle (Sutherland and Hodgman 1974).
///
/// Where the ring leaves and comes back, the parts are joined along the rectangle's edge.
func clipped(_ ring: [Point], to frame: Rect) -> [Point] {
  if frame.contains(Rect(around: ring), slack: 0) { return ring }
  var points = ring
  for edge in Edge.allCases {
    guard var last = points.last else { return [] }
    var kept: [Point] = []
    kept.reserveCapacity(points.count + 4)
    for point in points {
      let (wasIn, isIn) = (edge.holds(last, frame), edge.holds(point, frame))
      if wasIn != isIn { kept.append(edge.crossing(last, point, frame)) }
      if isIn { kept.append(point) }
      last = point
    }
    points = kept
  }
  return points
}

/// The pieces of an open line inside a rectangle.
func lines(_ line: [Point], in frame: Rect) -> [[Point]] {
  var pieces: [[Point]] = []
  var current: [Point] = []
  for (start, end) in zip(line, line.dropFirst()) {
    guard let (from, to) = segment(start, end, in: frame) else {
      if current.count > 1 { pieces.append(current) }
      current = []
      continue
    }
    if current.last != from {
      if current.count > 1 { pieces.append(current) }
      current = [from]
    }
    current.append(to)
  }
  if current.count > 1 { pieces.append(current) }
  return pieces
}

/// The part of a segment inside a rectangle, nil where there is none (Liang and Barsky 1984).
private func segment(_ a: Point, _ b: Point, in frame: Rect) -> (Point, Point)? {
  var (enter, leave) = (0.0, 1.0)
  for (delta, room) in [
    (a.x - b.x, a.x - frame.x), (b.x - a.x, frame.maxX - a.x),
    (a.y - b.y, a.y - frame.y), (b.y - a.y, frame.maxY - a.y),
  ] {
    if delta == 0 {
      if room < 0 { return nil }
    } else if delta < 0 {
      enter = max(enter, room / delta)
    } else {
      leave = min(leave, room / delta)
    }
  }
  guard enter < leave else { return nil }
  func at(_ share: Double) -> Point {
    Point(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y))
  }
  return (enter == 0 ? a : at(enter), leave == 1 ? b : at(leave))
}

private enum Edge: CaseIterable {
  case left, right, top, bottom

  func holds(_ point: Point, _ frame: Rect) -> Bool {
    switch self {
    case .left: point.x >= frame.x
    case .right: point.x <= frame.maxX
    case .top: point.y >= frame.y
    case .bottom: point.y <= frame.maxY
    }
  }

  func crossing(_ a: Point, _ b: Point, _ frame: Rect) -> Point {
    switch self {
    case .left, .right:
      let x = self == .left ? frame.x : frame.maxX
      return Point(x, a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y))
    case .top, .bottom:
      let y = self == .top ? frame.y : frame.maxY
      return Point(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), y)
    }
  }
}
