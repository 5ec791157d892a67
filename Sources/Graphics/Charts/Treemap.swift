/// Amounts as areas of one rectangle: an overview of what the whole is made of.
///
/// Each area is exactly proportional to its amount. Names and amounts stand where they fit, small
/// items become one remainder, and what has no area, since it is zero, negative or unknown, is said
/// below.
public struct Treemap: Chart {
  /// A part of the whole.
  public struct Item: Sendable, Equatable {
    /// What the part is called.
    public var label: String
    /// Its amount; only a positive one has an area.
    public var value: ChartValue
    /// What colours it, such as the territory.
    public var group: String?

    /// A part with its amount.
    public init(_ label: String, _ value: ChartValue, group: String? = nil) {
      self.label = label
      self.value = value
      self.group = group
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// The parts, in any order.
  public var items: [Item]
  /// What the items are, in the plural: "families".
  public var plural: String
  /// The most rectangles, the remainder among them.
  public var maximum: Int
  /// The sentence shown where no item has a positive amount.
  public var empty: String
  /// Turns the sum of several items into text.
  public var format: @Sendable (Double) -> String

  /// A chart of parts that share one unit and may be added up.
  public init(
    heading: ChartHeading, items: [Item], plural: String = "items", maximum: Int = 60,
    empty: String = "There is nothing to show.", format: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.items = items
    self.plural = plural
    self.maximum = maximum
    self.empty = empty
    self.format = format
  }

  /// The heading, the largest items and what is not drawn.
  public var textAlternative: String {
    let ranked = ranked
    let missing = missing.map { " " + $0 } ?? ""
    guard !ranked.isEmpty else {
      return heading.spoken + " " + ChartHeading.sentence(empty) + missing
    }
    let parts = ranked.prefix(12).map { "\($0.label): \($0.value.text)" }
    let rest = ranked.dropFirst(parts.count)
    let more = rest.isEmpty ? "" : "; and \(rest.count) others, \(format(Self.sum(rest)))"
    return heading.spoken + " " + ChartHeading.sentence(parts.joined(separator: "; ") + more)
      + missing
  }

  /// The chart laid out for a width; it is about half as high as wide.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    if ranked.isEmpty {
      y = sketch.note(empty, y: y)
    } else {
      y = draw(on: &sketch, y: y)
    }
    if let missing { y = sketch.note(missing, y: y + 6) }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// The items with a positive amount, the largest first, in their order where equal.
  var ranked: [Item] {
    let known = items.filter { ($0.value.number ?? 0) > 0 }
    let sizes = known.map { $0.value.number ?? 0 }
    return known.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }.map { known[$0] }
  }

  /// The items that have no area, as a sentence; nil where there is none.
  private var missing: String? {
    let numbers = items.map(\.value.number)
    let negative = numbers.compactMap { $0 }.filter { $0 < 0 }
    let (zero, unknown) = (numbers.count { $0 == 0 }, numbers.count { $0 == nil })
    let parts = [
      negative.isEmpty ? nil : "\(negative.count) below zero (\(format(negative.reduce(0, +))))",
      zero == 0 ? nil : "\(zero) at zero", unknown == 0 ? nil : "\(unknown) unknown",
    ].compactMap { $0 }
    let count = negative.count + zero + unknown
    return parts.isEmpty
      ? nil
      : "\(count) of \(items.count) \(plural) have no area: " + parts.joined(separator: ", ") + "."
  }

  static func sum(_ items: some Sequence<Item>) -> Double {
    items.reduce(0) { $0 + ($1.value.number ?? 0) }
  }
}
