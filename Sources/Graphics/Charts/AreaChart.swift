/// Amounts along time as areas from zero: one alone, or several stacked to their total.
///
/// Each area is labelled at its end, and so is the total. The order of the stack is said below the
/// plot. A stack of negative amounts has no total that could be seen, so it is refused with a
/// sentence; a single area may lie on both sides of zero.
public struct AreaChart: Chart {
  /// One area; a number that is nil interrupts it when it is alone.
  public struct Series: Sendable, Equatable {
    /// What the area is called at its end.
    public var name: String
    /// One for each position.
    public var numbers: [Double?]
    /// The last known number as the reader sees it.
    public var lastText: String

    /// An area; `numbers` has one for each position, and infinite ones count as nil.
    public init(_ name: String, numbers: [Double?], lastText: String) {
      self.name = name
      self.numbers = numbers.map { $0.flatMap { $0.isFinite ? $0 : nil } }
      self.lastText = lastText
    }
  }

  /// Which area lies at the bottom of a stack.
  public enum Order: Sendable, Equatable {
    /// The one with the largest sum, and those that are folded at the top.
    case largest
    /// The first one given, for stages and other things with an order of their own.
    case given
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// Where along the axis the numbers of every series lie, rising.
  public var positions: [Double]
  /// The places that are labelled along the axis; labels that would collide are thinned.
  public var ticks: [TimeTick]
  /// The areas, from the bottom where the order is that given.
  public var series: [Series]
  /// Which area lies at the bottom.
  public var order: Order
  /// The last total as the reader sees it; nil is formatted as a tick would be.
  public var totalText: String?
  /// The sentence shown where no series has a number.
  public var empty: String
  /// Turns a number at a tick into text.
  public var format: @Sendable (Double) -> String

  /// A chart over positions in any unit of time, with the ticks that the caller's calendar gives.
  public init(
    heading: ChartHeading, positions: [Double], ticks: [TimeTick], series: [Series],
    order: Order = .largest, totalText: String? = nil,
    empty: String = "There is nothing to show.", format: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.positions = positions
    self.ticks = ticks
    self.series = series
    self.order = order
    self.totalText = totalText
    self.empty = empty
    self.format = format
  }

  /// A chart over labelled steps of equal distance.
  public init(
    heading: ChartHeading, labels: [String], series: [Series], order: Order = .largest,
    totalText: String? = nil, empty: String = "There is nothing to show.",
    format: @escaping @Sendable (Double) -> String
  ) {
    self.init(
      heading: heading, positions: labels.indices.map(Double.init),
      ticks: labels.enumerated().map { TimeTick(Double($0.offset), $0.element) },
      series: series, order: order, totalText: totalText, empty: empty, format: format)
  }

  /// The heading, the span, and the last value of each area and of the total.
  public var textAlternative: String {
    if let refusal { return heading.spoken + " " + refusal }
    let stack = stack(maximum: 12)
    guard let last = stack.last else {
      return heading.spoken + " " + ChartHeading.sentence(empty)
    }
    let ends = stack.layers.map { "\($0.name): \($0.lastText)" }
    let total = stack.layers.count > 1 ? "; total: \(totalText ?? format(stack.totals[last]))" : ""
    let span = [ticks.first?.label, ticks.last?.label].compactMap { $0 }
    let from = span.count == 2 && span[0] != span[1] ? "From \(span[0]) to \(span[1]). " : ""
    let which = stack.layers.count > 1 ? "Last values from the bottom: " : "Last value: "
    return heading.spoken + " " + from
      + ChartHeading.sentence(which + ends.joined(separator: "; ") + total)
  }

  /// The chart laid out for a width; its plot is 200 points high.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    if let refusal {
      y = sketch.note(refusal, y: y)
    } else if stack(maximum: 1).layers.isEmpty {
      y = sketch.note(empty, y: y)
    } else {
      y = draw(on: &sketch, y: y)
    }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// The areas that have a number.
  private var known: [Series] {
    series.filter { $0.numbers.prefix(positions.count).contains { $0 != nil } }
  }

  /// Why a stack cannot be drawn, as a sentence; nil where it can.
  private var refusal: String? {
    guard known.count > 1 else { return nil }
    let negative = known.filter { $0.numbers.prefix(positions.count).contains { ($0 ?? 0) < 0 } }
    guard let first = negative.first else { return nil }
    return negative.count == 1
      ? "Negative amounts cannot be stacked, and \(first.name) has some. Lines can show them."
      : "Negative amounts cannot be stacked: \(first.name) and "
        + "\(negative.count - 1) more of \(known.count) have some. Lines can show them."
  }
}

extension AreaChart {
  /// One area of the stack, ready to draw.
  struct Layer {
    var name: String
    var numbers: [Double?]
    var lastText: String
    /// Whether it stands for several series beyond the maximum.
    var isRest = false
  }

  /// The areas from the bottom with their totals.
  struct Stack {
    var layers: [Layer]
    /// The sum of all areas at each position.
    var totals: [Double]
    /// The positions at which any area has a number, as runs between gaps.
    var runs: [Range<Int>]
    /// The last position at which any area has a number.
    var last: Int?
    /// The positions within the runs at which an area of several has no number.
    var missing: Int
  }

  /// The stack of at most so many areas; the smallest of those beyond become one.
  func stack(maximum: Int) -> Stack {
    let count = positions.count
    let known = known
    let sums = known.map { $0.numbers.prefix(count).reduce(0) { $0 + ($1 ?? 0) } }
    let bySize = known.indices.sorted { (sums[$1], $0) < (sums[$0], $1) }
    let isCut = known.count > max(1, maximum)
    let kept = isCut ? Array(bySize.prefix(max(1, maximum - 1))) : bySize
    let named = order == .largest ? kept : kept.sorted()
    let places = (0..<count).map { place in
      known.contains { place < $0.numbers.count && $0.numbers[place] != nil }
    }
    let last = places.lastIndex(of: true)
    var layers = named.map { index in
      let series = known[index]
      let numbers = (0..<count).map { $0 < series.numbers.count ? series.numbers[$0] : nil }
      // The text of an earlier number would be read as the last one.
      let isCurrent = last.map { numbers[$0] != nil } ?? false
      return Layer(
        name: series.name, numbers: numbers, lastText: isCurrent ? series.lastText : "–")
    }
    if isCut {
      let rest = bySize.dropFirst(kept.count).map { known[$0] }
      let numbers = (0..<count).map { place -> Double? in
        let parts = rest.compactMap { place < $0.numbers.count ? $0.numbers[place] : nil }
        return parts.isEmpty ? nil : parts.reduce(0, +)
      }
      let text = last.flatMap { numbers[$0] }.map(format) ?? "–"
      layers.append(
        Layer(name: "\(rest.count) others", numbers: numbers, lastText: text, isRest: true))
    }
    let missing = zip(places.indices, places).reduce(0) { sum, place in
      guard place.1 else { return sum }
      return sum + known.count { place.0 >= $0.numbers.count || $0.numbers[place.0] == nil }
    }
    return Stack(
      layers: layers,
      totals: (0..<count).map { place in layers.reduce(0) { $0 + ($1.numbers[place] ?? 0) } },
      runs: LineChart.runs(places.map { $0 ? 0 : nil }), last: last, missing: missing)
  }
}
