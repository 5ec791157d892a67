import Foundation

/// How often numbers of each size occur: columns without gaps, one a bin.
///
/// Bins are as wide as Freedman and Diaconis ask for ("On the histogram as a density estimator",
/// 1981: 2·IQR/∛n), or as many as Sturges asks for where half of the numbers are equal ("The choice
/// of a class interval", 1926: 1 + log₂ n), rounded to 1, 2, 2.5 or 5 times a power of ten. A few
/// numbers far beyond the others share an open bin, set apart and said, rather than squeeze all
/// others into one column. Below lie the median and the middle half; quantiles are discrete, the
/// smallest number with that share at or below it, as METRICS has them.
public struct Histogram: Chart {
  /// How bins follow each other.
  public enum Spacing: Sendable, Equatable {
    /// Bins of one width.
    case even
    /// Bins between 1, 2, 5, 10, 20 …: for amounts with a long tail. Numbers at or below zero
    /// have a bin of their own.
    case ratios
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// The numbers; nil and those that are not finite are undefined.
  public var numbers: [Double?]
  /// What is counted, in the plural.
  public var what: String
  /// How bins follow each other.
  public var spacing: Spacing
  /// The sentence shown where no number is defined.
  public var empty: String
  /// Turns a number of the horizontal axis into text.
  public var format: @Sendable (Double) -> String
  /// Turns how many there are into text.
  public var count: @Sendable (Int) -> String

  /// A histogram of numbers in one unit.
  public init(
    heading: ChartHeading, numbers: [Double?], what: String = "values", spacing: Spacing = .even,
    empty: String = "There is nothing to show.",
    format: @escaping @Sendable (Double) -> String,
    count: @escaping @Sendable (Int) -> String = { "\($0)" }
  ) {
    self.heading = heading
    self.numbers = numbers
    self.what = what
    self.spacing = spacing
    self.empty = empty
    self.format = format
    self.count = count
  }

  /// The defined numbers, rising.
  var known: [Double] { numbers.compactMap { $0 }.filter(\.isFinite).sorted() }

  /// The smallest number with a share of the rising numbers at or below it.
  static func quantile(_ share: Double, of rising: [Double]) -> Double {
    guard !rising.isEmpty else { return 0 }
    let place = Int((share * Double(rising.count)).rounded(.up)) - 1
    return rising[min(max(0, place), rising.count - 1)]
  }

  /// What a bin holds, as words.
  func name(_ bin: Bin) -> String {
    switch (bin.low, bin.high) {
    case (let low?, let high?): "\(format(low)) to under \(format(high))"
    case (nil, let high?): bin.isToZero ? "\(format(0)) or less" : "under \(format(high))"
    case (let low?, nil): "\(format(low)) or more"
    case (nil, nil): "all"
    }
  }

  /// How many there are, how many undefined, and what open bins hold.
  func remarks(_ known: [Double], _ bins: [Bin]) -> [String] {
    var sentences = ["Number of \(what): \(count(known.count))"]
    let undefined = numbers.count - known.count
    if undefined > 0 { sentences[0] += "; undefined besides: \(count(undefined))" }
    if let last = bins.last, last.high == nil, let most = known.last {
      sentences.append("\(name(last)): \(count(last.count)), the largest \(format(most))")
    }
    if let first = bins.first, first.low == nil, let least = known.first {
      sentences.append("\(name(first)): \(count(first.count)), the smallest \(format(least))")
    }
    return sentences
  }

  /// The middle and, from four numbers on, the spread as words.
  func spread(_ known: [Double]) -> (median: String, half: String?) {
    let quartiles = [0.25, 0.5, 0.75].map { format(Self.quantile($0, of: known)) }
    return (
      "Median \(quartiles[1])",
      known.count < 4 ? nil : "Middle half \(quartiles[0]) to \(quartiles[2])"
    )
  }

  /// The heading, median and quartiles, and every bin that holds something.
  public var textAlternative: String {
    let known = known
    guard !known.isEmpty else { return heading.spoken + " " + ChartHeading.sentence(whyEmpty) }
    let bins = bins(known)
    let spread = spread(known)
    let held = bins.filter { $0.count > 0 }.map { "\(name($0)): \(count($0.count))" }
    let sentences =
      [spread.median, spread.half].compactMap { $0 } + remarks(known, bins) + [
        held.joined(separator: "; ")
      ]
    return heading.spoken + " " + sentences.map(ChartHeading.sentence).joined(separator: " ")
  }

  /// Why there is no column.
  var whyEmpty: String {
    numbers.isEmpty ? empty : "None of the \(count(numbers.count)) \(what) is defined."
  }
}
