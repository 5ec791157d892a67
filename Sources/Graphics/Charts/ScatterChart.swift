/// Two measures of each item against each other, as dots on two axes.
///
/// Only the items farthest from the middle are named, where names find room. Where many items lie
/// close together, one dot stands for them and its area says for how many. A third measure may be
/// the area of the dots; a group gives them colour and shape.
public struct ScatterChart: Chart {
  /// An item with its two measures.
  public struct Item: Sendable, Equatable {
    /// What the item is called.
    public var label: String
    /// The measure to the right.
    public var x: ChartValue
    /// The measure upwards.
    public var y: ChartValue
    /// The measure shown as area, if any.
    public var size: ChartValue?
    /// What gives the dot colour and shape, such as the segment.
    public var group: String?

    /// An item with its measures.
    public init(
      _ label: String, x: ChartValue, y: ChartValue, size: ChartValue? = nil, group: String? = nil
    ) {
      self.label = label
      self.x = x
      self.y = y
      self.size = size
      self.group = group
    }
  }

  /// A line across the plot that divides it, such as a median or a target.
  public struct Reference: Sendable, Equatable {
    /// Where the line lies.
    public var number: Double
    /// What the key calls it, with its value: "Median cycle, 62 days".
    public var name: String

    /// A line with its name.
    public init(_ number: Double, _ name: String) {
      self.number = number
      self.name = name
    }
  }

  /// One of the two measures.
  public struct Axis: Sendable {
    /// What is measured, and its unit.
    public var title: String
    /// Whether equal ratios rather than equal differences have equal distances.
    public var isLogarithmic: Bool
    /// Whether an even axis holds zero even where all numbers are far from it.
    public var includesZero: Bool
    /// A line that divides the plot, if any.
    public var reference: Reference?
    /// Turns a number at a tick into text.
    public var format: @Sendable (Double) -> String

    /// An axis with its title and the text of its ticks.
    public init(
      _ title: String, isLogarithmic: Bool = false, includesZero: Bool = false,
      reference: Reference? = nil, format: @escaping @Sendable (Double) -> String
    ) {
      self.title = title
      self.isLogarithmic = isLogarithmic
      self.includesZero = includesZero
      self.reference = reference
      self.format = format
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// The measure to the right.
  public var x: Axis
  /// The measure upwards.
  public var y: Axis
  /// The items; their order breaks ties.
  public var items: [Item]
  /// What the area of dots is called, where items have a size.
  public var sizeName: String
  /// What the items are, in the plural: "accounts".
  public var plural: String
  /// The most items that are named.
  public var named: Int
  /// The sentence shown where no item has both measures.
  public var empty: String

  /// A chart of items by two measures.
  public init(
    heading: ChartHeading, x: Axis, y: Axis, items: [Item], sizeName: String = "Size",
    plural: String = "items", named: Int = 10, empty: String = "There is nothing to show."
  ) {
    self.heading = heading
    self.x = x
    self.y = y
    self.items = items
    self.sizeName = sizeName
    self.plural = plural
    self.named = named
    self.empty = empty
  }

  /// The heading, and both measures of the items farthest from the middle.
  public var textAlternative: String {
    let plotted = plotted
    let missing = missing(plotted.count).map { " " + $0 } ?? ""
    guard !plotted.isEmpty else {
      return heading.spoken + " " + ChartHeading.sentence(empty) + missing
    }
    let outliers = outliers(plotted).prefix(max(1, named)).map { items[plotted[$0].index] }
    let parts = outliers.map { "\($0.label): \($0.x.text), \($0.y.text)" }
    let which =
      parts.count < plotted.count
      ? "Of \(plotted.count) \(plural), those farthest from the middle: " : ""
    return heading.spoken + " " + ChartHeading.sentence("To the right \(x.name); upwards \(y.name)")
      + " "
      + ChartHeading.sentence(which + parts.joined(separator: "; ")) + missing
  }

  /// The chart laid out for a width; its plot is 260 points high at most.
  public func scene(width: Double, theme: Theme, measurer: any TextMeasurer) -> Scene {
    var sketch = Sketch(width: width, theme: theme, measurer: measurer)
    var y = sketch.heading(heading)
    let plotted = plotted
    y = plotted.isEmpty ? sketch.note(empty, y: y) : draw(plotted, on: &sketch, y: y)
    if let missing = missing(plotted.count) { y = sketch.note(missing, y: y + 6) }
    return sketch.scene(
      height: y + theme.margin, title: heading.title, textAlternative: textAlternative)
  }

  /// An item with both measures, as places on evenly spaced axes.
  struct Plotted {
    /// The place of the item in the list.
    var index: Int
    var x: Double
    var y: Double
  }

  /// The items that have a place on both axes.
  var plotted: [Plotted] {
    items.enumerated().compactMap { index, item in
      guard let x = item.x.number, let y = item.y.number, self.x.holds(x), self.y.holds(y) else {
        return nil
      }
      return Plotted(index: index, x: x, y: y)
    }
  }

  /// What has no place on the axes, as a sentence; nil where everything has one.
  private func missing(_ plotted: Int) -> String? {
    let unknown = items.count { $0.x.number == nil || $0.y.number == nil }
    let beyond = items.count - plotted - unknown
    let parts = [
      unknown == 0 ? nil : "\(unknown) without one of the two measures",
      beyond == 0 ? nil : "\(beyond) at or below zero on an axis of ratios",
    ].compactMap { $0 }
    guard !parts.isEmpty else { return nil }
    let count = unknown + beyond
    return "\(count) of \(items.count) \(plural) \(count == 1 ? "is" : "are") not drawn: "
      + parts.joined(separator: ", ") + "."
  }

  /// Places in the list of dots, those farthest from the middle first.
  ///
  /// Distances are in medians of the absolute deviation from the median, along each axis, so that
  /// neither the units nor the outliers themselves decide what is far.
  func outliers(_ plotted: [Plotted]) -> [Int] {
    let across = Self.deviations(plotted.map { x.isLogarithmic ? x.ratio($0.x) : $0.x })
    let up = Self.deviations(plotted.map { y.isLogarithmic ? y.ratio($0.y) : $0.y })
    let distances = zip(across, up).map { $0 * $0 + $1 * $1 }
    return distances.indices.sorted { (distances[$1], $0) < (distances[$0], $1) }
  }

  private static func deviations(_ numbers: [Double]) -> [Double] {
    let middle = median(numbers)
    let distances = numbers.map { abs($0 / 2 - middle / 2) }
    let typical = median(distances)
    let unit = typical > 0 ? typical : distances.max() ?? 0
    return unit > 0 ? distances.map { min($0 / unit, 1e100) } : distances
  }

  private static func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    guard !sorted.isEmpty else { return 0 }
    return sorted[(sorted.count - 1) / 2] / 2 + sorted[sorted.count / 2] / 2
  }
}
