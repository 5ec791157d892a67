/// Numbers as lengths from zero: one bar an item, or one a series within each item.
///
/// Bars lie for structure (territories, people) and stand for time, as IBCS has it. Each bar carries
/// its value; where columns are too narrow for that, an axis does. Series stand side by side, or end
/// to end as parts of a total or as gains and losses. No bar is cut and no axis broken: beside one
/// huge number the small ones are read from their texts, and a sentence says so.
public struct BarChart: Chart {
  /// Which way bars run.
  public enum Orientation: Sendable, Equatable {
    /// Lying bars, one below the other, with their labels at the left.
    case bars
    /// Standing columns from left to right, for periods; labels that do not fit are thinned.
    case columns
  }

  /// How the bars of several series stand to each other.
  public enum Arrangement: Sendable, Equatable {
    /// Side by side, each from zero.
    case grouped
    /// End to end, as parts of a total that stands at their end; negative parts run the other way.
    case stacked
    /// End to end, what is gained to one side of zero and what is lost to the other, with the net.
    case diverging
  }

  /// A name for the bars of one kind within every item.
  public struct Series: Sendable, Equatable {
    /// What the key calls it.
    public var name: String
    /// Whether its bars are actual, prior, planned or expected.
    public var notation: Notation
    /// Whether all of its bars are good or bad, as what is gained or lost is.
    public var tone: Tone

    /// A series by its name, notation and tone.
    public init(_ name: String, _ notation: Notation = .actual, tone: Tone = .plain) {
      self.name = name
      self.notation = notation
      self.tone = tone
    }
  }

  /// A label with one value a series.
  public struct Item: Sendable, Equatable {
    /// What the item is called.
    public var label: String
    /// One for each series, in their order.
    public var values: [ChartValue]
    /// What stacked values come to; nil has them summed and written by the chart's format.
    public var total: ChartValue?

    /// An item with a value for each series, and their total where the caller has written it.
    public init(_ label: String, _ values: [ChartValue], total: ChartValue? = nil) {
      self.label = label
      self.values = values
      self.total = total
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
  /// How the series of an item stand to each other.
  public var arrangement: Arrangement
  /// The kinds of bars within each item; empty for one kind without a key.
  public var series: [Series]
  /// What is shown, in the order given.
  public var items: [Item]
  /// What happens to items beyond the maximum.
  public var overflow: Overflow
  /// What the total of a stacked item is called.
  public var totalName: String
  /// The sentence shown where there is no item.
  public var empty: String
  /// Turns a number at a tick into text.
  public var format: @Sendable (Double) -> String

  /// A chart of items in the order given.
  ///
  /// `series` has one for each value of an item, or none for a chart with one series and no key.
  /// Which items are left out, if there are too many, `overflow` says.
  public init(
    heading: ChartHeading, orientation: Orientation = .bars, arrangement: Arrangement = .grouped,
    series: [Series] = [], items: [Item], overflow: Overflow? = nil, totalName: String? = nil,
    empty: String = "There is nothing to show.",
    format: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.orientation = orientation
    self.arrangement = arrangement
    self.series = series
    self.items = items
    self.overflow = overflow ?? (orientation == .bars ? .largest : .latest)
    self.totalName = totalName ?? (arrangement == .diverging ? "Net" : "Total")
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
      let total =
        arrangement == .grouped ? [] : ["\(totalName) \(stack(item).total.text)"]
      return "\(item.label): \((values + total).joined(separator: ", "))"
    }
    let rest = items.count - min(12, shown.named)
    let more = rest > 0 ? "; and \(rest) more" : ""
    return heading.spoken + " " + ChartHeading.sentence(parts.joined(separator: "; ") + more)
  }

  /// The chart laid out for a width; its height follows from the number of bars.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    let y = folded.draw(on: &sketch)
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// Heading, key, bars and notes; gives the y below them.
  private func draw(on sketch: inout Sketch) -> Double {
    var y = sketch.heading(heading)
    let (shown, named) = shown
    guard !shown.isEmpty else { return sketch.note(empty, y: y) }
    let isDefined = shown.flatMap(\.values).contains { $0.number != nil }
    if series.count > 1, isDefined { y = sketch.key(keyEntries(sketch.theme), y: y) }
    var sentences: [String] = []
    switch (orientation, arrangement) {
    case (.bars, .grouped): y = drawBars(shown, on: &sketch, y: y, sentences: &sentences)
    case (.columns, .grouped): y = drawColumns(shown, on: &sketch, y: y, sentences: &sentences)
    case (.bars, _): y = drawStackedBars(shown, on: &sketch, y: y, sentences: &sentences)
    case (.columns, _): y = drawStackedColumns(shown, on: &sketch, y: y, sentences: &sentences)
    }
    if !isDefined {
      sentences.append("None of these numbers is defined, so there is no bar.")
    }
    if named < items.count { sentences.append(overflow.note(named, items.count)) }
    return sketch.notes(sentences, y: y)
  }

  /// The names of the series with their paints; a good or bad one with its shape as well.
  private func keyEntries(_ theme: Theme) -> [(name: String, swatch: Sketch.Swatch)] {
    var entries: [(name: String, swatch: Sketch.Swatch)] = zip(series, paints(theme)).map {
      (name: $0.tone.shape + $0.name, swatch: .bar($1))
    }
    if arrangement == .diverging, orientation == .columns {
      entries.append((totalName, .level(theme.ink)))
    }
    return entries
  }

  /// What is said where one number is so large that others are too short to see.
  ///
  /// - Parameters:
  ///   - lengths: What each bar shows and how long it is, in points.
  ///   - areTexts: Whether the numbers stand at the bars.
  /// - Returns: A sentence, or nil where every bar that is not zero can be seen.
  func shortSentence(
    _ lengths: [(label: String, text: String, length: Double)], areTexts: Bool
  ) -> String? {
    let short = lengths.count { $0.length > 0 && $0.length < 1 }
    guard short > 0, let longest = lengths.max(by: { $0.length < $1.length }) else { return nil }
    let bars = orientation == .bars ? "bar" : "column"
    return (short == 1 ? "One \(bars) is" : "\(short) \(bars)s are")
      + " too short to see beside \(longest.label) (\(longest.text))"
      + (areTexts ? "; the numbers stand in the picture." : ".")
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
      let size = items.map(size)
      kept = Set(
        items.indices.sorted { (size[$1], $0) < (size[$0], $1) }.prefix(maximum))
    }
    let named = items.indices.filter(kept.contains).map { items[$0] }
    let rest = items.indices.filter { !kept.contains($0) }.map { items[$0] }
    guard let other = overflow.rest?(rest) else { return (named, named.count) }
    return (orientation == .bars ? named + [other] : [other] + named, named.count)
  }

  /// What makes an item large: its first value, or the length of its stack.
  private func size(_ item: Item) -> Double {
    guard arrangement != .grouped else { return item.values.first?.number.map(abs) ?? -1 }
    let stack = stack(item)
    return stack.parts.isEmpty ? -1 : stack.high / 2 - stack.low / 2
  }

  /// The numbers between which all bars lie, zero among them.
  func domain(_ items: [Item]) -> ClosedRange<Double> {
    let numbers = items.flatMap(\.values).compactMap(\.number)
    return min(0, numbers.min() ?? 0)...max(0, numbers.max() ?? 0)
  }

  /// How the series are painted: by their tone, else by their notation.
  ///
  /// Parts of a stack may also take the outlined colours; further series of one tone are darker.
  func paints(_ theme: Theme) -> [BarPaint] {
    let all = (0..<seriesCount).map { series.indices.contains($0) ? series[$0] : Series("") }
    let notations = all.map(\.notation)
    var groups = theme.groupPaints[...]
    var toned: [Tone: Int] = [:]
    return zip(all, theme.colours(notations)).map { series, colour in
      if let colour = theme.colour(series.tone) {
        let place = toned[series.tone, default: 0]
        toned[series.tone] = place + 1
        let shade = colour.mixed(with: theme.ink, share: min(0.7, 0.35 * Double(place)))
        return theme.paint(series.notation, colour: shade)
      }
      if arrangement != .grouped, series.notation == .actual {
        return groups.popFirst() ?? BarPaint(fill: theme.neutral)
      }
      return theme.paint(series.notation, colour: colour)
    }
  }

  func paint(_ value: ChartValue, series paint: BarPaint, theme: Theme) -> BarPaint {
    let colour = theme.colour(value.tone)
    if let notation = value.notation {
      return theme.paint(notation, colour: colour ?? paint.colour)
    }
    return colour.map { BarPaint(fill: $0) } ?? paint
  }
}
