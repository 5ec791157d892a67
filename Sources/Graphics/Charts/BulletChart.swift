/// Actual numbers against their targets, one row each on a common scale, after Stephen Few.
///
/// A solid bar is the actual, the tick across it the target, the lighter bar behind it the prior
/// year, and the shading the ranges between which a reader wants to tell.
public struct BulletChart: Chart {
  /// One actual number with what it is measured against.
  public struct Row: Sendable, Equatable {
    /// What the row is called.
    public var label: String
    /// The number that was reached.
    public var actual: ChartValue
    /// The number that should be reached.
    public var target: ChartValue?
    /// The number of the prior year.
    public var prior: ChartValue?
    /// The upper ends of the shaded ranges, rising; three at most are told apart.
    public var bands: [Double]

    /// A row; what is not given is not drawn.
    public init(
      _ label: String, actual: ChartValue, target: ChartValue? = nil, prior: ChartValue? = nil,
      bands: [Double] = []
    ) {
      self.label = label
      self.actual = actual
      self.target = target
      self.prior = prior
      self.bands = bands.filter(\.isFinite)
    }
  }

  /// What the key calls the parts of a row.
  public struct Names: Sendable, Equatable {
    /// What the solid bar is called.
    public var actual: String
    /// What the tick is called.
    public var target: String
    /// What the lighter bar is called.
    public var prior: String

    /// The names of a key, in English unless given.
    public init(
      actual: String = "Actual", target: String = "Target", prior: String = "Prior year"
    ) {
      self.actual = actual
      self.target = target
      self.prior = prior
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// The rows, in the order in which they are drawn.
  public var rows: [Row]
  /// What the key calls the parts of a row.
  public var names: Names
  /// The most rows shown, in the given order.
  public var maximum: Int
  /// The sentence shown where there is no row.
  public var empty: String
  /// Turns a number at a tick into text.
  public var format: @Sendable (Double) -> String

  /// A chart of rows that share one unit.
  public init(
    heading: ChartHeading, rows: [Row], names: Names = Names(), maximum: Int = 30,
    empty: String = "There is nothing to show.", format: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.rows = rows
    self.names = names
    self.maximum = maximum
    self.empty = empty
    self.format = format
  }

  /// The heading and the values of the first twelve rows.
  public var textAlternative: String {
    guard !rows.isEmpty else { return heading.spoken + " " + ChartHeading.sentence(empty) }
    let parts = shown.prefix(12).map { row in
      let target = row.target.map { " (\(names.target) \($0.text))" } ?? ""
      let prior = row.prior.map { ", \(names.prior) \($0.text)" } ?? ""
      return "\(row.label): \(row.actual.text)\(target)\(prior)"
    }
    let rest = rows.count - parts.count
    let more = rest > 0 ? "; and \(rest) more" : ""
    return heading.spoken + " " + ChartHeading.sentence(parts.joined(separator: "; ") + more)
  }

  var shown: ArraySlice<Row> { rows.prefix(max(1, maximum)) }

  /// The chart laid out for a width; its height follows from the number of rows.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    if rows.isEmpty {
      y = sketch.note(empty, y: y)
    } else {
      y = sketch.key(keyEntries(theme), y: y)
      y = draw(Array(shown), on: &sketch, y: y)
      if shown.count < rows.count {
        y = sketch.note("The first \(shown.count) of \(rows.count) are shown.", y: y + 6)
      }
    }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  private func keyEntries(_ theme: Theme) -> [(name: String, swatch: Sketch.Swatch)] {
    var entries: [(name: String, swatch: Sketch.Swatch)] = [
      (names.actual, .bar(BarPaint(fill: theme.seriesColour(0))))
    ]
    if shown.contains(where: { $0.target?.number != nil }) {
      entries.append((names.target, .tick(theme.ink)))
    }
    if shown.contains(where: { $0.prior?.number != nil }) {
      entries.append((names.prior, .bar(BarPaint(fill: theme.prior))))
    }
    return entries.count > 1 ? entries : []
  }
}
