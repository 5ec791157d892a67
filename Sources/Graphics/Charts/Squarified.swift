/// Rectangles that share an area in proportion to amounts, as near to squares as can be.
///
/// Mark Bruls, Kees Huizing, Jarke J. van Wijk, "Squarified Treemaps", 2000: rectangles are put in
/// rows along the shorter side of what is left, and a row is closed when one more rectangle would
/// make its worst proportion worse.
enum Squarified {
  /// One rectangle an amount, in their order; amounts are positive and should fall.
  static func rects(_ amounts: [Double], in area: Rect) -> [Rect] {
    // Halves and shares, so that the sum of the largest finite amounts stays finite.
    let largest = amounts.max() ?? 0
    guard largest > 0, area.width > 0, area.height > 0 else { return [] }
    let shares = amounts.map { $0 / largest }
    let unit = area.width * area.height / shares.reduce(0, +)
    var sizes = ArraySlice(shares.map { $0 * unit })
    var rest = area
    var rects: [Rect] = []
    rects.reserveCapacity(amounts.count)
    while !sizes.isEmpty {
      let row = row(of: sizes, side: min(rest.width, rest.height))
      rects += place(row, in: &rest, isLast: row.count == sizes.count)
      sizes = sizes.dropFirst(row.count)
    }
    return rects
  }

  /// The beginning of the sizes that is best laid in one row along the side.
  private static func row(of sizes: ArraySlice<Double>, side: Double) -> ArraySlice<Double> {
    var (sum, best) = (0.0, Double.infinity)
    var (low, high) = (Double.infinity, 0.0)
    for (count, size) in sizes.enumerated() {
      sum += size
      (low, high) = (min(low, size), max(high, size))
      let worst = max(side * side * high / (sum * sum), sum * sum / (side * side * low))
      if worst > best { return sizes.prefix(count) }
      best = worst
    }
    return sizes
  }

  /// Lays a row along the shorter side of the rest, and takes it off the rest.
  private static func place(
    _ row: ArraySlice<Double>, in rest: inout Rect, isLast: Bool
  ) -> [Rect] {
    let sum = row.reduce(0, +)
    let isUpright = rest.width >= rest.height
    let side = isUpright ? rest.height : rest.width
    // The last row takes all that is left, which differs from its share by rounding only.
    let depth = isLast ? (isUpright ? rest.width : rest.height) : sum / side
    var along = isUpright ? rest.y : rest.x
    let rects = row.map { size in
      let length = size / sum * side
      defer { along += length }
      return isUpright
        ? Rect(x: rest.x, y: along, width: depth, height: length)
        : Rect(x: along, y: rest.y, width: length, height: depth)
    }
    if isUpright {
      rest.x += depth
      rest.width = max(0, rest.width - depth)
    } else {
      rest.y += depth
      rest.height = max(0, rest.height - depth)
    }
    return rects
  }
}
