/// Numbers as lengths from zero: one bar an item, or one a series within each item.
///
/// Bars lie for structure (territories, people) and stand for time, as IBCS has it. Each bar carries
/// its value; where columns are too narrow for that, an axis does.
public struct BarChart: Chart {
  /// Which way bars run.
  public enum Orientation: Sendable, Equatable {
    /// Lying bars, one below the other, with their labels at the left.
    case bars
    /// Standing columns from left to right, for periods; labels that do not fit are thinned.
    case columns
  }

  /// A name for the bars of one kind within every item.
  public struct Series: Sendable, Equatable {
    /// What the key calls it.
    public var name: String
    /// Whether its bars are actual, prior or planned.
    public var notation: Notation

    /// A series by its name and notation.
    public init(_ name: String, _ notation: Notation = .actual) {
      self.name = name
      self.notation = notation
    }
  }

  /// A label with one value a series.
  public struct Item: Sendable, Equatable {
    /// What the item is called.
    public var label: String
    /// One for each series, in their order.
    public var values: [ChartValue]

    /// An item with a value for each series.
    public init(_ label: String, _ values: [ChartValue]) {
      self.label = label
      self.values = values
    }

    /// An item of a chart with one series.
    public init(_ label: String, _ number: Double?, _ text: String, tone: Tone = .plain) {
      self.init(label, [ChartValue(number, text, tone: tone)])
    }
  }

  /// What to do with more items than the chart shows.
  public struct Overflow: Sendable {
    /// The most items shown.
    public var maximum: Int
    /// One item for those left out, where their values have a sum; nil leaves them to the note.
    public var rest: (@Sendable ([Item]) -> Item?)?
    /// The sentence below the chart, from how many are shown by name and how many there are.
    public var note: @Sendable (_ shown: Int, _ all: Int) -> String

    /// An overflow with a maximum, a sentence, and perhaps an item for the remainder.
    public init(
      maximum: Int, rest: (@Sendable ([Item]) -> Item?)? = nil,
      note: @escaping @Sendable (_ shown: Int, _ all: Int) -> String
    ) {
      self.maximum = maximum
      self.rest = rest
      self.note = note
    }

    /// The largest by their first value, 30 of them.
    public static let largest = Overflow(maximum: 30) { "The \($0) largest of \($1) are shown." }
    /// The last in the given order, 120 of them.
    public static let latest = Overflow(maximum: 120) { "The last \($0) of \($1) are shown." }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// Which way the bars run.
  public var orientation: Orientation
  /// The kinds of bars within each item; empty for one kind without a key.
  public var series: [Series]
  /// What is shown, in the order given.
  public var items: [Item]
  /// What happens to items beyond the maximum.
  public var overflow: Overflow
  /// The sentence shown where there is no item.
  public var empty: String
  /// Turns a number at a tick into text.
  public var format: @Sendable (Double) -> String

  /// A chart of items in the order given.
  ///
  /// `series` has one for each value of an item, or none for a chart with one series and no key.
  /// Which items are left out, if there are too many, `overflow` says.
  public init(
    heading: ChartHeading, orientation: Orientation = .bars, series: [Series] = [], items: [Item],
    overflow: Overflow? = nil, empty: String = "There is nothing to show.",
    format: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.orientation = orientation
    self.series = series
    self.items = items
    self.overflow = overflow ?? (orientation == .bars ? .largest : .latest)
    self.empty = empty
    self.format = format
  }

  /// The heading and the values of the first twelve items.
  public var textAlternative: String {
    guard !items.isEmpty else { return heading.spoken + " " + ChartHeading.sentence(empty) }
    let parts = shown.items.prefix(12).map { item in
      let values = item.values.enumerated().map { index, value in
        series.count > 1 && series.indices.contains(index)
          ? "\(series[index].name) \(value.text)" : value.text
      }
      return "\(item.label): \(values.joined(separator: ", "))"
    }
    let rest = items.count - min(12, shown.named)
    let more = rest > 0 ? "; and \(rest) more" : ""
    return heading.spoken + " " + ChartHeading.sentence(parts.joined(separator: "; ") + more)
  }

  /// The chart laid out for a width; its height follows from the number of bars.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    let (shown, named) = shown
    if shown.isEmpty {
      y = sketch.note(empty, y: y)
    } else {
      if series.count > 1 {
        y = sketch.key(
          zip(series, paints(theme)).map { (name: $0.name, swatch: .bar($1)) }, y: y)
      }
      switch orientation {
      case .bars: y = drawBars(shown, on: &sketch, y: y)
      case .columns: y = drawColumns(shown, on: &sketch, y: y)
      }
      if named < items.count { y = sketch.note(overflow.note(named, items.count), y: y + 6) }
    }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// How many bars an item has.
  var seriesCount: Int { max(1, series.count, items.map(\.values.count).max() ?? 1) }

  /// The items drawn, in their order, and how many of them are items of the caller.
  var shown: (items: [Item], named: Int) {
    let maximum = max(1, overflow.maximum)
    guard items.count > maximum else { return (items, items.count) }
    let kept: Set<Int>
    switch orientation {
    case .columns: kept = Set(items.indices.suffix(maximum))
    case .bars:
      let size = items.map { $0.values.first?.number.map(abs) ?? -1 }
      kept = Set(
        items.indices.sorted { (size[$1], $0) < (size[$0], $1) }.prefix(maximum))
    }
    let named = items.indices.filter(kept.contains).map { items[$0] }
    let rest = items.indices.filter { !kept.contains($0) }.map { items[$0] }
    guard let other = overflow.rest?(rest) else { return (named, named.count) }
    return (orientation == .bars ? named + [other] : [other] + named, named.count)
  }

  /// The numbers between which all bars lie, zero among them.
  func domain(_ items: [Item]) -> ClosedRange<Double> {
    let numbers = items.flatMap(\.values).compactMap(\.number)
    return min(0, numbers.min() ?? 0)...max(0, numbers.max() ?? 0)
  }

  func paints(_ theme: Theme) -> [BarPaint] {
    let notations = (0..<seriesCount).map {
      series.indices.contains($0) ? series[$0].notation : .actual
    }
    return zip(notations, theme.colours(notations)).map { theme.paint($0, colour: $1) }
  }

  func paint(_ value: ChartValue, series paint: BarPaint, theme: Theme) -> BarPaint {
    switch value.tone {
    case .plain: value.notation.map { theme.paint($0, colour: paint.colour) } ?? paint
    case .good: BarPaint(fill: theme.good)
    case .bad: BarPaint(fill: theme.bad)
    case .muted: BarPaint(fill: theme.neutral)
    }
  }
}
