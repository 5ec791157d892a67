/// Which region lies where on a canvas, in cells of two points: it tells where names have room.
struct MapRaster {
  private let frame: Rect
  private let columns: Int
  private let rows: Int
  private var cells: [Int32]

  /// Cells without a region.
  static let sea: Int32 = -1
  /// Cells that a name or a circle has taken.
  private static let taken: Int32 = -2
  private static let step = 2.0

  /// Rasters the shapes of a drawing.
  init(_ drawing: MapDrawing) {
    frame = drawing.frame
    columns = max(1, Int((frame.width / MapRaster.step).rounded(.up)))
    rows = max(1, Int((frame.height / MapRaster.step).rounded(.up)))
    cells = [Int32](repeating: MapRaster.sea, count: columns * rows)
    for shape in drawing.shapes where !shape.rings.isEmpty { fill(shape) }
  }

  /// Whether all cells that a rectangle touches lie in one region, or in the sea.
  func isFree(_ rect: Rect, in region: Int32) -> Bool {
    guard let range = range(rect) else { return false }
    for row in range.rows {
      for column in range.columns where cells[row * columns + column] != region { return false }
    }
    return true
  }

  /// Whether no cell that a rectangle touches is taken; borders do not matter.
  func isUntaken(_ rect: Rect) -> Bool {
    guard let range = range(rect) else { return false }
    for row in range.rows {
      for column in range.columns where cells[row * columns + column] == MapRaster.taken {
        return false
      }
    }
    return true
  }

  /// Whether a line crosses nothing that is taken, but for what is around its beginning.
  func isUntaken(from start: Point, to end: Point) -> Bool {
    along(start, end).allSatisfy { isUntaken(Rect(x: $0.x, y: $0.y, width: 0, height: 0)) }
  }

  /// Marks the cells along a line as taken.
  mutating func take(from start: Point, to end: Point) {
    for point in along(start, end) { take(Rect(x: point.x, y: point.y, width: 0, height: 0)) }
  }

  /// Points of a line a cell apart, those beside its beginning left out.
  private func along(_ start: Point, _ end: Point) -> [Point] {
    let (x, y) = (end.x - start.x, end.y - start.y)
    let count = Int((x * x + y * y).squareRoot() / MapRaster.step)
    return (4..<max(4, count)).map { index in
      let share = Double(index) / Double(count)
      return Point(start.x + share * x, start.y + share * y)
    }
  }

  /// Marks the cells that a rectangle touches as taken.
  mutating func take(_ rect: Rect) {
    let edge = frame.inset(by: 2)
    let inside = Rect(
      from: Point(max(rect.x, edge.x), max(rect.y, edge.y)),
      to: Point(min(rect.maxX, edge.maxX), min(rect.maxY, edge.maxY)))
    guard let range = range(inside) else { return }
    for row in range.rows {
      for column in range.columns { cells[row * columns + column] = MapRaster.taken }
    }
  }

  /// The cells that a rectangle touches, nil where it comes too near to the edge of the frame.
  private func range(_ rect: Rect) -> (rows: ClosedRange<Int>, columns: ClosedRange<Int>)? {
    guard frame.inset(by: 2).contains(rect, slack: 0), rect.width >= 0, rect.height >= 0 else {
      return nil
    }
    func cell(_ distance: Double, _ count: Int) -> Int {
      min(count - 1, max(0, Int(distance / MapRaster.step)))
    }
    return (
      cell(rect.y - frame.y, rows)...cell(rect.maxY - frame.y, rows),
      cell(rect.x - frame.x, columns)...cell(rect.maxX - frame.x, columns)
    )
  }

  /// Sets the cells whose middle is inside the shape: between each odd crossing of a row and the next.
  private mutating func fill(_ shape: MapDrawing.Shape) {
    var crossings: [Int: [Double]] = [:]
    for ring in shape.rings {
      guard var last = ring.last else { continue }
      for point in ring {
        defer { last = point }
        let (low, high) = last.y < point.y ? (last, point) : (point, last)
        guard low.y < high.y else { continue }
        let first = ((low.y - frame.y) / MapRaster.step - 0.5).rounded(.up)
        let end = ((high.y - frame.y) / MapRaster.step - 0.5).rounded(.up)
        for row in max(0, Int(first))..<max(0, min(rows, Int(end)), Int(first)) {
          let y = frame.y + (Double(row) + 0.5) * MapRaster.step
          crossings[row, default: []].append(
            low.x + (y - low.y) / (high.y - low.y) * (high.x - low.x))
        }
      }
    }
    // An island between the middles of cells takes the cell where it is.
    for point in shape.rings.joined() {
      let row = Int((point.y - frame.y) / MapRaster.step)
      let column = Int((point.x - frame.x) / MapRaster.step)
      guard (0..<rows).contains(row), (0..<columns).contains(column) else { continue }
      let cell = row * columns + column
      if cells[cell] == MapRaster.sea { cells[cell] = Int32(shape.region) }
    }
    for (row, places) in crossings {
      let sorted = places.sorted()
      for pair in stride(from: 0, to: sorted.count - 1, by: 2) {
        let first = ((sorted[pair] - frame.x) / MapRaster.step - 0.5).rounded(.up)
        let end = ((sorted[pair + 1] - frame.x) / MapRaster.step - 0.5).rounded(.up)
        let from = max(0, Int(first))
        for column in from..<max(from, min(columns, Int(end))) {
          cells[row * columns + column] = Int32(shape.region)
        }
      }
    }
  }
}
