/// A line as small as a word, for a cell of a table or the end of a sentence.
///
/// Dots mark the lowest, the highest and the last number, and the last one stands beside it where
/// there is room. There is no axis: it shows a shape, and the table around it has the numbers.
public struct Sparkline: Chart {
  /// The lowest and the highest number as text.
  public struct Extremes: Sendable, Equatable {
    /// The lowest number.
    public var low: String
    /// The highest number.
    public var high: String

    /// Two numbers as text.
    public init(low: String, high: String) {
      self.low = low
      self.high = high
    }
  }

  /// The words over the line; a title that is empty leaves them out.
  public var heading: ChartHeading
  /// The numbers at equal distances; nil interrupts the line.
  public var numbers: [Double?]
  /// The last known number as the reader sees it; empty where the table has it already.
  public var lastText: String
  /// The lowest and highest numbers as the reader is told, who cannot see the line.
  public var extremes: Extremes?
  /// The height of the line's band, in points.
  public var height: Double
  /// What stands there where no number is known.
  public var empty: String

  /// No sparkline is narrower, in points.
  public static let narrowest = 24.0

  /// A line through numbers that are as good as equally far apart.
  public init(
    heading: ChartHeading = ChartHeading(title: ""), numbers: [Double?], lastText: String = "",
    extremes: Extremes? = nil, height: Double = 20, empty: String = "–"
  ) {
    self.heading = heading
    self.numbers = numbers.map { $0.flatMap { $0.isFinite ? $0 : nil } }
    self.lastText = lastText
    self.extremes = extremes
    self.height = height.isFinite ? min(max(height, 8), 400) : 20
    self.empty = empty
  }

  /// The heading, the last value, the direction and the extremes.
  public var textAlternative: String {
    let known = numbers.compactMap { $0 }
    guard let first = known.first, let last = known.last else {
      return sentences(["No number is known"])
    }
    let direction =
      last > first ? "higher than at the start" : last < first ? "lower than at the start" : "level"
    let value = lastText.isEmpty ? "Ends" : "\(lastText),"
    var parts = [
      "\(value) \(direction), over \(numbers.count) \(numbers.count == 1 ? "period" : "periods")"
    ]
    if let extremes { parts.append("Lowest \(extremes.low), highest \(extremes.high)") }
    let gaps = numbers.count - known.count
    if gaps > 0 { parts.append("\(gaps) of them \(gaps == 1 ? "has" : "have") no number") }
    return sentences(parts)
  }

  private func sentences(_ parts: [String]) -> String {
    ([heading.spoken] + parts.map(ChartHeading.sentence)).filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// The line laid out for a width, from 24 points on; its margin is two points.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var theme = theme
    let isBare = heading.spoken.isEmpty
    if isBare { theme.margin = 2 }
    var sketch = Sketch(
      width: width, theme: theme, measurer: measurer,
      smallest: isBare ? Self.narrowest : Sketch.smallestWidth)
    let top = isBare ? theme.margin : sketch.heading(heading)
    draw(on: &sketch, top: top)
    return sketch.scene(
      height: top + height + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  private func draw(on sketch: inout Sketch, top: Double) {
    let theme = sketch.theme
    let style = theme.small
    let middle = top + height / 2
    let text = numbers.contains { $0 != nil } ? lastText : empty
    let fits = !text.isEmpty && sketch.rowHeight([text], style) <= height + 2 * theme.margin
    let textWidth = fits ? sketch.textWidth(text, style) : 0
    guard let last = numbers.lastIndex(where: { $0 != nil }) else {
      if fits, textWidth <= sketch.innerWidth {
        sketch.text(
          text, at: Point(sketch.left, middle + sketch.drop(style)), .start, style, theme.mutedInk)
      }
      return
    }
    // The line comes first: a text that would leave it less than half gives way.
    let isWritten = fits && textWidth + 6 <= sketch.innerWidth / 2
    let end = sketch.right - (isWritten ? textWidth + 6 : 0)
    let known = numbers.compactMap { $0 }
    let (low, high) = (known.min() ?? 0, known.max() ?? 0)
    let radius = min(2.2, height / 6)
    let up =
      low < high
      ? LinearScale(domain: low...high, from: top + height - radius - 1, to: top + radius + 1)
      : LinearScale(domain: low...high, from: middle, to: middle)
    let across = Sketch.positionScale(
      numbers.indices.map(Double.init), from: sketch.left + radius + 1, to: end - radius - 1)
    let plane = Plane(
      across: across, up: up,
      area: Rect(x: sketch.left, y: top, width: end - sketch.left, height: height))
    drawLine(plane, last: last, radius: radius, low: low, high: high, on: &sketch)
    if isWritten {
      sketch.text(
        text, at: Point(sketch.right, middle + sketch.drop(style)), .end, style, theme.ink)
    }
  }

  private func drawLine(
    _ plane: Plane, last: Int, radius: Double, low: Double, high: Double, on sketch: inout Sketch
  ) {
    let theme = sketch.theme
    if low < 0, high > 0 {
      let zero = plane.up(0)
      sketch.line(Point(plane.area.x, zero), Point(plane.area.maxX, zero), theme.axis, width: 0.5)
    }
    let points = numbers.enumerated().map { index, number in
      number.map { plane(Double(index), $0) }
    }
    for run in LineChart.runs(numbers) {
      let known = points[run].compactMap { $0 }
      if known.count > 1 {
        sketch.path(PathMark(through: known, stroke: Stroke(theme.neutral, width: 1.2)))
      } else if let only = known.first {
        sketch.dot(only, radius: 1, fill: theme.neutral)
      }
    }
    // Where the extremes are equal there is none to mark, and the last one hides neither.
    if low < high {
      for (extreme, colour) in [(low, theme.bad), (high, theme.good)] {
        if let place = numbers.firstIndex(of: extreme), place != last, let point = points[place] {
          sketch.dot(point, radius: radius * 0.8, fill: colour)
        }
      }
    }
    if let point = points[last] { sketch.dot(point, radius: radius, fill: theme.ink) }
  }
}
