/// The frame of lying bars: labels at the left or above, lengths with texts at their ends, and
/// perhaps a column of texts at the right.
struct BarRows {
  /// The labels, shortened to their column or line.
  var labels: [String]
  /// The height of a label's line above its bar; zero where labels stand at the left.
  var lead: Double
  /// From numbers to places along the width.
  var scale: LinearScale
  /// The texts at the ends of bars, shortened, in the order given.
  var ends: [String]
  /// The texts of the right column, each ending at the right border; empty without a column.
  var column: [String]
  /// Where the right column begins, or the right border.
  var columnLeft: Double
}

/// A text at the end of a bar, and on which side of zero it stands.
struct BarEnd {
  var text: String
  var isBelowZero: Bool

  init(_ text: String, isBelowZero: Bool = false) {
    self.text = text
    self.isBelowZero = isBelowZero
  }

  /// The text of a value, at the side on which its bar ends.
  init(_ value: ChartValue) {
    self.init(value.text, isBelowZero: (value.number ?? 0) < 0)
  }
}

extension Sketch {
  /// Below this room labels may go above their bars, in points.
  private static let narrow = 420.0

  /// The places of lying bars in the whole width.
  ///
  /// Texts at the ends take what they need, up to 45 % of the width or 30 % on both sides of zero,
  /// and a third less beside a column; labels up to 40 %, and less where a fifth would not be left
  /// for the bars. In a narrow picture labels that would be cut, or would leave little room, have a
  /// line of their own above their bars.
  func barRows(
    labels: [String], ends: [BarEnd], column: [String] = [], domain: ClosedRange<Double>,
    endStyle: TextStyle, until end: Double? = nil, mayStack: Bool = true
  ) -> BarRows {
    let right = end ?? self.right
    let inner = right - left
    let bothSides = ends.contains(where: \.isBelowZero) && ends.contains { !$0.isBelowZero }
    let limit = (bothSides ? 0.3 : 0.45) * (column.isEmpty ? 1 : 2.0 / 3) * inner
    let texts = ends.map { measurer.shortened($0.text, to: limit, style: endStyle) }
    func room(_ isBelowZero: Bool) -> Double {
      let side = zip(ends, texts).filter { $0.0.isBelowZero == isBelowZero }.map(\.1)
      let width = widest(side, endStyle)
      return width > 0 ? width + 6 : 0
    }
    let (before, after) = (room(true), room(false))
    let columnTexts = column.map {
      measurer.shortened($0, to: 0.25 * inner, style: theme.label)
    }
    let columnWidth = widest(columnTexts, theme.label)
    let columnLeft = right - columnWidth
    let taken = before + after + (columnWidth > 0 ? columnWidth + 12 : 0)
    let labelLimit = min(0.4 * inner, max(0.15 * inner, 0.8 * inner - 12 - taken))
    let wanted = widest(labels.map(\.onOneLine), theme.label)
    let isNarrow = mayStack && inner < Self.narrow
    // Bars on both sides of zero with a column beside them need more to be told apart.
    let least = bothSides && !column.isEmpty ? 0.3 : 0.2
    let isCut = wanted > labelLimit || inner - wanted - 12 - taken < least * inner
    let isStacked = isNarrow && isCut && labels.count > 0
    let labelWidth = isStacked ? 0 : min(labelLimit, wanted)
    let plotLeft = left + labelWidth + (labelWidth > 0 ? 12 : 0)
    let short = measurer.shortenedApart(
      labels, to: isStacked ? inner : labelWidth, style: theme.label)
    return BarRows(
      labels: short, lead: isStacked ? rowHeight(short, theme.label) + 4 : 0,
      scale: LinearScale(
        domain: domain, from: plotLeft + before,
        to: (columnWidth > 0 ? columnLeft - 12 : right) - after),
      ends: texts, column: columnTexts, columnLeft: columnLeft)
  }

  /// What a column of texts is called, over its end; gives the y below.
  mutating func rightHead(_ name: String, right: Double, y: Double) -> Double {
    let style = theme.small
    let short = measurer.shortened(name, to: 0.5 * innerWidth, style: style)
    let height = rowHeight([short], style)
    text(
      short, at: Point(right, y + height / 2 + drop(style)), .end, style, theme.mutedInk)
    return y + height + 6
  }

  /// The label of a row that begins at `y` and whose bars are as high as `height` together; gives
  /// where the bars begin.
  mutating func rowLabel(_ frame: BarRows, _ index: Int, y: Double, height: Double) -> Double {
    let middle = frame.lead > 0 ? y + 2 + frame.lead / 2 : y + height / 2
    text(
      frame.labels[index], at: Point(left, middle + drop(theme.label)), .start, theme.label,
      theme.ink)
    return y + frame.lead
  }

  /// The line at zero beside the rows, given by where each begins and ends; it spares labels that
  /// stand above their bars.
  mutating func zeroLine(_ frame: BarRows, _ rows: [(top: Double, bottom: Double)]) {
    guard let first = rows.first, let last = rows.last else { return }
    let x = frame.scale(0)
    for (top, bottom) in frame.lead > 0 ? rows : [(first.top - 3, last.bottom + 3)] {
      line(Point(x, top), Point(x, bottom), theme.axis)
    }
  }

  /// A text beyond the end of a lying bar.
  mutating func endText(
    _ text: String, x: Double, middle: Double, isBelowZero: Bool, style: TextStyle,
    isMuted: Bool = false
  ) {
    self.text(
      text, at: Point(isBelowZero ? x - 6 : x + 6, middle + drop(style)),
      isBelowZero ? .end : .start, style, isMuted ? theme.mutedInk : theme.ink)
  }
}
