/// The frame of standing columns: bands along the width, and an axis where numbers do not fit.
struct BarColumns {
  /// Whether every number fits at its own column; if not, there is an axis.
  var labelled: Bool
  /// From numbers to places along the height.
  var scale: LinearScale
  /// From places in the list to places along the width.
  var bands: BandScale
  /// The width of one column.
  var width: Double
  /// Where the labels below the columns begin.
  var bottom: Double
}

extension Sketch {
  /// The height of the tallest column, in points, and that of a plot without any.
  private static let columnHeights = (plot: 180.0, empty: 24.0)

  /// The places of columns in the whole width, with grid lines drawn where they are needed.
  ///
  /// - Parameters:
  ///   - count: How many bands there are.
  ///   - perBand: How many columns stand side by side in each of them.
  ///   - texts: The numbers at the ends of columns.
  ///   - domain: The numbers that the columns reach, zero among them.
  ///   - textsBelow: Whether a number may stand below a column that ends above zero.
  ///   - format: Turns a number at a tick into text.
  ///   - top: The y at which the frame begins.
  /// - Returns: Where columns and their texts stand.
  mutating func barColumns(
    count: Int, perBand: Int = 1, texts: [String], domain: ClosedRange<Double>,
    textsBelow: Bool = false, format: (Double) -> String, y top: Double
  ) -> BarColumns {
    let style = theme.small
    let textHeight = rowHeight(texts, style) + 4
    // Values at the columns where each fits over its own column, an axis where one does not.
    let open = BandScale(count: count, from: left, to: right)
    let widest = widest(texts.map(\.onOneLine), style)
    let labelled =
      widest + 4 <= open.bandwidth / Double(perBand) || (perBand == 1 && widest + 4 <= open.step)
    let isEmpty = domain.lowerBound == domain.upperBound
    let ticks = labelled || isEmpty ? [] : Ticks.values(for: domain, count: 5)
    let shown = min(domain.lowerBound, ticks.first ?? 0)...max(domain.upperBound, ticks.last ?? 0)
    let height = isEmpty ? Self.columnHeights.empty : Self.columnHeights.plot
    let plotTop = top + (labelled ? textHeight : 6)
    let scale = LinearScale(domain: shown, from: plotTop + height, to: plotTop)
    let axisWidth = drawTicks(ticks, scale: scale, format: format)
    let bands = BandScale(
      count: count, from: left + axisWidth, to: right, gap: count > 40 ? 0.15 : 0.3)
    let below = labelled && (textsBelow || shown.lowerBound < 0) ? textHeight : 0
    return BarColumns(
      labelled: labelled, scale: scale, bands: bands,
      // Wide bands do not make wide columns, as long as the values still fit.
      width: min(bands.bandwidth / Double(perBand), max(64, labelled ? widest + 4 : 0)),
      bottom: plotTop + height + below + 10)
  }

  /// The line at zero, over the columns that stand on it.
  mutating func baseline(_ frame: BarColumns) {
    line(
      Point(frame.bands.start, frame.scale(0)), Point(frame.bands.end, frame.scale(0)), theme.axis)
  }

  /// A number above or below the end of a column.
  mutating func columnText(_ text: String, x: Double, end: Double, isBelow: Bool, isMuted: Bool) {
    let style = theme.small
    let extent = measurer.extent(of: text, style: style)
    self.text(
      text, at: Point(x, isBelow ? end + 3 + extent.ascent : end - 3 - extent.descent), .middle,
      style, isMuted ? theme.mutedInk : theme.ink)
  }
}
