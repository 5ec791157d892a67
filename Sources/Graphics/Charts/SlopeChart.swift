/// The same amounts at two points in time, a line each: who rose, who fell, who overtook whom.
///
/// Values stand at both ends. Where there are many lines, those that changed most are named and the
/// others are grey.
public struct SlopeChart: Chart {
  /// What has an amount at both points in time.
  public struct Item: Sendable, Equatable {
    /// What the line is called.
    public var label: String
    /// The amount at the first point in time.
    public var before: ChartValue
    /// The amount at the second; its tone colours the line, its text may add the change.
    public var after: ChartValue

    /// An item with its two amounts.
    public init(_ label: String, before: ChartValue, after: ChartValue) {
      self.label = label
      self.before = before
      self.after = after
    }
  }

  /// The two points in time.
  public struct Times: Sendable, Equatable {
    /// What the left end is called.
    public var before: String
    /// What the right end is called.
    public var after: String

    /// Two points in time by their names.
    public init(before: String, after: String) {
      self.before = before
      self.after = after
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// The names of the two points in time.
  public var times: Times
  /// The lines, in any order.
  public var items: [Item]
  /// The most lines that are named.
  public var named: Int
  /// The most lines that are drawn at all.
  public var maximum: Int
  /// The sentence shown where no item has an amount.
  public var empty: String

  /// A chart of items that share one unit.
  public init(
    heading: ChartHeading, times: Times, items: [Item], named: Int = 12, maximum: Int = 400,
    empty: String = "There is nothing to show."
  ) {
    self.heading = heading
    self.times = times
    self.items = items
    self.named = named
    self.maximum = maximum
    self.empty = empty
  }

  /// The heading and both amounts of the items that changed most.
  public var textAlternative: String {
    let ranked = ranked
    guard !ranked.isEmpty else { return heading.spoken + " " + ChartHeading.sentence(empty) }
    let parts = ranked.prefix(max(1, named)).map { item in
      "\(item.label): \(item.before.text) to \(item.after.text)"
    }
    let more = items.count > parts.count ? "; and \(items.count - parts.count) more" : ""
    let order = parts.count < items.count ? ", the largest changes first" : ""
    return heading.spoken + " "
      + ChartHeading.sentence(
        "\(times.before) to \(times.after)\(order): " + parts.joined(separator: "; ") + more)
  }

  /// The items with an amount, those that changed most first; in their order where equal.
  var ranked: [Item] {
    let known = items.filter { $0.before.number != nil || $0.after.number != nil }
    // What has one end only changed by all that it has, or had.
    let changes = known.map { abs(($0.after.number ?? 0) - ($0.before.number ?? 0)) }
    return known.indices.sorted { (changes[$1], $0) < (changes[$0], $1) }.map { known[$0] }
  }

  /// The chart laid out for a width.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    let ranked = ranked
    y = ranked.isEmpty ? sketch.note(empty, y: y) : draw(ranked, on: &sketch, y: y)
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }
}

extension SlopeChart {
  /// Lines between two axes with labels on both sides; gives the y below them.
  private func draw(_ ranked: [Item], on sketch: inout Sketch, y top: Double) -> Double {
    let theme = sketch.theme
    let height = ranked.count <= 4 ? 150.0 : 250
    let pairs = ranked.map { (name: $0.label, value: $0.before.text + $0.after.marked) }
    let capacity = min(max(1, named), sketch.endCapacity(pairs, height: height))
    let shown = Array(ranked.prefix(capacity))
    let (before, after) = (shown.filter(\.hasBefore), shown.filter(\.hasAfter))

    // A narrow chart has its names at the right only, and at the left where there is no right.
    let isNarrow = sketch.innerWidth < 420
    let leftTexts = sketch.endTexts(
      before.map { (name: isNarrow && $0.hasAfter ? "" : $0.label, value: $0.before.text) },
      share: isNarrow ? 0.25 : 0.35)
    let rightTexts = sketch.endTexts(
      after.map { (name: $0.label, value: $0.after.marked) }, share: isNarrow ? 0.46 : 0.35)
    let (x0, x1) = (sketch.left + leftTexts.width + 4, sketch.right - rightTexts.width - 4)

    var y = times(on: &sketch, x0: x0, x1: x1, y: top)
    let numbers = ranked.prefix(maximum).flatMap { [$0.before.number, $0.after.number] }
      .compactMap { $0 }
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    let middle = y + height / 2
    let up =
      low < high
      ? LinearScale(domain: low...high, from: y + height - 4, to: y + 4)
      : LinearScale(domain: low...high, from: middle, to: middle)
    for x in [x0, x1] { sketch.line(Point(x, y), Point(x, y + height), theme.axis) }

    for item in ranked.prefix(maximum).dropFirst(shown.count).reversed() {
      draw(item, colour: theme.neutral, width: 0.75, x0: x0, x1: x1, up: up, on: &sketch)
    }
    for item in shown.reversed() {
      draw(item, colour: colour(item, theme), width: 2, x0: x0, x1: x1, up: up, on: &sketch)
    }
    let bounds = (y - 6)...(y + height + 6)
    sketch.place(
      leftTexts,
      ends: before.map { (Point(x0, up($0.before.number ?? 0)), colour($0, theme)) },
      side: .left, x: x0, within: bounds)
    sketch.place(
      rightTexts, ends: after.map { (Point(x1, up($0.after.number ?? 0)), colour($0, theme)) },
      x: x1, within: bounds, valueFirst: true)
    y += height + 10
    for note in notes(ranked, shown: shown.count) { y = sketch.note(note, y: y + 4) }
    return y
  }

  /// The names of the two points in time over their axes; gives the y below them.
  private func times(
    on sketch: inout Sketch, x0: Double, x1: Double, y: Double
  ) -> Double {
    let style = TextStyle(sketch.theme.small.size, .bold)
    let names = [times.before, times.after].map {
      sketch.measurer.wrapped($0, to: sketch.innerWidth / 2 - 8, lines: 2, style: style)
    }
    let height = sketch.rowHeight(names.joined(), style) + 1
    let widths = names.map { sketch.widest($0, style) }
    var left = max(sketch.left, x0 - widths[0] / 2)
    var right = min(sketch.right - widths[1], x1 - widths[1] / 2)
    if left + widths[0] + 8 > right { (left, right) = (sketch.left, sketch.right - widths[1]) }
    for (lines, x) in zip(names, [left, right]) {
      for (place, line) in lines.enumerated() {
        let middle = y + height * (Double(place) + 0.5)
        sketch.text(
          line, at: Point(x, middle + sketch.drop(style)), .start, style, sketch.theme.ink)
      }
    }
    return y + height * Double(names.map(\.count).max() ?? 0) + 10
  }

  private func draw(
    _ item: Item, colour: Colour, width: Double, x0: Double, x1: Double, up: LinearScale,
    on sketch: inout Sketch
  ) {
    let from = item.before.number.map { Point(x0, up($0)) }
    let to = item.after.number.map { Point(x1, up($0)) }
    if let from, let to {
      sketch.path(PathMark(through: [from, to], stroke: Stroke(colour, width: width)))
    }
    for end in [from, to].compactMap({ $0 }) {
      sketch.dot(end, radius: width > 1 ? 3.5 : 1.5, fill: colour)
    }
  }

  private func colour(_ item: Item, _ theme: Theme) -> Colour {
    switch item.after.tone {
    // Among good and bad ones, what is neither has no colour.
    case .plain:
      items.contains { $0.after.tone == .good || $0.after.tone == .bad }
        ? theme.neutral : theme.seriesColour(0)
    case .good: theme.good
    case .bad: theme.bad
    case .muted: theme.neutral
    }
  }

  private func notes(_ ranked: [Item], shown: Int) -> [String] {
    var notes: [String] = []
    let drawn = min(ranked.count, maximum)
    if shown < drawn {
      notes.append(
        shown == 1
          ? "The largest change of \(ranked.count) is named; the other lines are grey."
          : "The \(shown) largest changes of \(ranked.count) are named; the other lines are grey.")
    }
    if drawn < ranked.count {
      notes.append("\(ranked.count - drawn) smaller changes are not drawn.")
    }
    let single = ranked.count { !$0.hasBefore || !$0.hasAfter }
    if single > 0 {
      notes.append(
        single == 1
          ? "1 has an amount at one end only, and so no line."
          : "\(single) have an amount at one end only, and so no line.")
    }
    let none = items.count - ranked.count
    if none > 0 {
      notes.append(none == 1 ? "1 has no amount at all." : "\(none) have no amount at all.")
    }
    return notes
  }
}

extension SlopeChart.Item {
  fileprivate var hasBefore: Bool { before.number != nil }
  fileprivate var hasAfter: Bool { after.number != nil }
}
