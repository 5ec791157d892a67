/// The same small plot once a member, all on one scale, so that heights compare across panels.
///
/// Panels wrap by the width. Each has its title and its last value; the axis stands once a row, the
/// time once a column.
public struct SmallMultiples: Chart {
  /// What a panel is made of.
  public enum Content: Sendable, Equatable {
    /// A line a series.
    case lines
    /// Columns from zero, of the first series.
    case columns
  }

  /// One plot.
  public struct Panel: Sendable, Equatable {
    /// What the panel shows, for example a territory.
    public var title: String
    /// The series, the most important first; in columns, only that one is drawn.
    public var series: [LineChart.Series]

    /// A panel with its series.
    public init(_ title: String, series: [LineChart.Series]) {
      self.title = title
      self.series = series
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// What the panels are made of.
  public var content: Content
  /// Where along the axis the numbers of every series lie, rising.
  public var positions: [Double]
  /// The places that are named along the axis, of which a panel names the first and the last.
  public var ticks: [TimeTick]
  /// The panels, in the order in which they are drawn.
  public var panels: [Panel]
  /// What the panels are, in the plural: "territories".
  public var plural: String
  /// The most panels shown, from the first.
  public var maximum: Int
  /// The sentence shown where no panel has a number.
  public var empty: String
  /// Turns a number at a tick into text.
  public var format: @Sendable (Double) -> String

  /// A chart of panels that share positions and unit.
  public init(
    heading: ChartHeading, content: Content = .lines, positions: [Double], ticks: [TimeTick],
    panels: [Panel], plural: String = "panels", maximum: Int = 24,
    empty: String = "There is nothing to show.", format: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.content = content
    self.positions = positions
    self.ticks = ticks
    self.panels = panels
    self.plural = plural
    self.maximum = maximum
    self.empty = empty
    self.format = format
  }

  /// A chart over labelled steps of equal distance.
  public init(
    heading: ChartHeading, content: Content = .lines, labels: [String], panels: [Panel],
    plural: String = "panels", maximum: Int = 24, empty: String = "There is nothing to show.",
    format: @escaping @Sendable (Double) -> String
  ) {
    self.init(
      heading: heading, content: content, positions: labels.indices.map(Double.init),
      ticks: labels.enumerated().map { TimeTick(Double($0.offset), $0.element) }, panels: panels,
      plural: plural, maximum: maximum, empty: empty, format: format)
  }

  /// The heading, the span, and the last value of each panel.
  public var textAlternative: String {
    guard isKnown else { return heading.spoken + " " + ChartHeading.sentence(empty) }
    let ends = panels.prefix(12).map { "\($0.title): \($0.lastText)" }
    let more = panels.count > 12 ? "; and \(panels.count - 12) more" : ""
    let span = [ticks.first?.label, ticks.last?.label].compactMap { $0 }
    let from = span.count == 2 && span[0] != span[1] ? "From \(span[0]) to \(span[1]). " : ""
    return heading.spoken + " " + from
      + ChartHeading.sentence("Last values: " + ends.joined(separator: "; ") + more)
  }

  /// The chart laid out for a width; its height follows from the number of rows of panels.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    y = isKnown ? draw(on: &sketch, y: y) : sketch.note(empty, y: y)
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  private var isKnown: Bool {
    panels.contains { $0.shown(content).contains { $0.numbers.contains { $0 != nil } } }
  }
}

extension SmallMultiples.Panel {
  /// The text of the last number of the first series; unknown where it has none.
  var lastText: String {
    series.first.map { $0.numbers.contains { $0 != nil } ? $0.lastText : "–" } ?? "–"
  }

  func shown(_ content: SmallMultiples.Content) -> ArraySlice<LineChart.Series> {
    content == .lines ? series[...] : series.prefix(1)
  }
}
