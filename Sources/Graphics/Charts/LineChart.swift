/// Numbers along time, one line a series, each labelled at its end.
///
/// What is expected is dashed on a shaded ground. Positions are any rising numbers: places in a list, or days counted from any day, so that months
/// of unequal length keep their distance. Ticks along them come from the caller, who knows the
/// fiscal calendar.
public struct LineChart: Chart {
  /// One line; a nil number interrupts it, a number between two nils is a dot.
  public struct Series: Sendable, Equatable {
    /// What the line is called at its end.
    public var name: String
    /// Whether it is actual, prior or planned.
    public var notation: Notation
    /// One for each position.
    public var numbers: [Double?]
    /// The last known number as the reader sees it.
    public var lastText: String
    /// The first position whose number is expected rather than measured, if any.
    public var forecastFrom: Int?

    /// A line; `numbers` has one for each position, and infinite ones count as nil.
    public init(
      _ name: String, _ notation: Notation = .actual, numbers: [Double?], lastText: String,
      forecastFrom: Int? = nil
    ) {
      self.name = name
      self.notation = notation
      self.numbers = numbers.map { $0.flatMap { $0.isFinite ? $0 : nil } }
      self.lastText = lastText
      self.forecastFrom = forecastFrom
    }
  }

  /// A place along the time axis with its text, for example the first day of a quarter.
  public typealias Tick = TimeTick

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// Where along the axis the numbers of every series lie, rising.
  public var positions: [Double]
  /// The places that are labelled along the axis; labels that would collide are thinned.
  public var ticks: [Tick]
  /// The lines, the most important first.
  public var series: [Series]
  /// Whether the vertical axis holds zero even where all numbers are far from it.
  public var includesZero: Bool
  /// What stands over the part that is expected rather than measured.
  public var forecastName: String
  /// The sentence shown where no series has a number.
  public var empty: String
  /// Turns a number at a tick into text.
  public var format: @Sendable (Double) -> String

  /// A chart over positions in any unit of time, with the ticks that the caller's calendar gives.
  public init(
    heading: ChartHeading, positions: [Double], ticks: [Tick], series: [Series],
    includesZero: Bool = true, forecastName: String = "Forecast",
    empty: String = "There is nothing to show.", format: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.positions = positions
    self.ticks = ticks
    self.series = series
    self.includesZero = includesZero
    self.forecastName = forecastName
    self.empty = empty
    self.format = format
  }

  /// A chart over labelled steps of equal distance.
  public init(
    heading: ChartHeading, labels: [String], series: [Series], includesZero: Bool = true,
    forecastName: String = "Forecast", empty: String = "There is nothing to show.",
    format: @escaping @Sendable (Double) -> String
  ) {
    self.init(
      heading: heading, positions: labels.indices.map(Double.init),
      ticks: labels.enumerated().map { Tick(Double($0.offset), $0.element) }, series: series,
      includesZero: includesZero, forecastName: forecastName, empty: empty, format: format)
  }

  /// The heading, the span, and the last value of each line.
  public var textAlternative: String {
    let known = series.filter { $0.numbers.contains { $0 != nil } }
    guard !known.isEmpty else { return heading.spoken + " " + ChartHeading.sentence(empty) }
    let ends = known.prefix(12).map { "\($0.name): \($0.lastText)" }
    let more = known.count > 12 ? "; and \(known.count - 12) more lines" : ""
    let span = [ticks.first?.label, ticks.last?.label].compactMap { $0 }
    let from = span.count == 2 && span[0] != span[1] ? "From \(span[0]) to \(span[1]). " : ""
    return heading.spoken + " " + from
      + ChartHeading.sentence("Last values: " + ends.joined(separator: "; ") + more) + expected
  }

  /// From where on numbers are expected rather than measured, as a sentence.
  private var expected: String {
    guard let start = forecastStart else { return "" }
    let label = ticks.last { $0.position <= positions[start] }?.label
    return label.map { " \(ChartHeading.sentence("\(forecastName) from \($0) on"))" } ?? ""
  }

  /// The first position at which any series is expected rather than measured.
  var forecastStart: Int? {
    let known = series.filter { $0.numbers.contains { $0 != nil } }
    return known.compactMap(\.forecastFrom).min().flatMap {
      positions.indices.contains($0) ? $0 : nil
    }
  }

  /// The chart laid out for a width; its plot is 200 points high.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    let lines = lines(theme)
    y = lines.isEmpty ? sketch.note(empty, y: y) : draw(lines, on: &sketch, y: y)
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// A series with numbers, ready to draw.
  struct Line {
    var series: Series
    var colour: Colour
    var stroke: Stroke
    /// The runs of known numbers between gaps, as places in the list of positions.
    var runs: [Range<Int>]
    var last: Int
    var lastNumber: Double
  }

  func lines(_ theme: Theme) -> [Line] {
    let colours = theme.colours(series.map(\.notation))
    return zip(series, colours).compactMap { series, colour in
      let known = series.numbers.prefix(positions.count)
      guard let last = known.lastIndex(where: { $0 != nil }), let number = known[last] else {
        return nil
      }
      let stroke =
        switch series.notation {
        case .actual: Stroke(colour, width: colour == theme.neutral ? 1 : 2)
        case .prior: Stroke(colour, width: 1.5)
        case .plan: Stroke(colour, width: 1.5, dash: [4, 3])
        case .forecast: Stroke(colour, width: 2, dash: [2, 2])
        }
      return Line(
        series: series, colour: colour, stroke: stroke, runs: Self.runs(Array(known)), last: last,
        lastNumber: number)
    }
  }

  static func runs(_ numbers: [Double?]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    for (index, number) in numbers.enumerated() {
      if number != nil, start == nil { start = index }
      if number == nil, let first = start {
        runs.append(first..<index)
        start = nil
      }
    }
    if let first = start { runs.append(first..<numbers.count) }
    return runs
  }
}
