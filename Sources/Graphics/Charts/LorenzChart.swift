/// How evenly a total is spread: the share held by the smallest so many, against equality.
///
/// The curve of Lorenz ("Methods of measuring the concentration of wealth", 1905) hangs the lower
/// the more uneven the spread is. The Gini coefficient says it in one number, 0 for even and near 1
/// for all in one hand, computed as METRICS has it for balance; and one point of the curve is put
/// into words.
public struct LorenzChart: Chart {
  /// One spread, such as that of a year or of a territory model.
  public struct Series: Sendable, Equatable {
    /// What the spread is called.
    public var name: String
    /// Whether it is actual, prior, planned or expected.
    public var notation: Notation
    /// What each holder has, in any order; nil is undefined and left out.
    public var numbers: [Double?]

    /// A spread by what each holder has.
    public init(_ name: String, _ notation: Notation = .actual, numbers: [Double?]) {
      self.name = name
      self.notation = notation
      self.numbers = numbers
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// The spreads, the most important first.
  public var series: [Series]
  /// Who holds, in the plural.
  public var what: String
  /// Of the largest, the share whose holding is put into words, between 0 and 1.
  public var top: Double
  /// The sentence shown where there is nobody.
  public var empty: String
  /// Turns a share, 1 for all, into text.
  public var rate: @Sendable (Double) -> String
  /// Turns a Gini coefficient into text.
  public var decimal: @Sendable (Double) -> String

  /// A chart of one spread or of several to compare.
  public init(
    heading: ChartHeading, series: [Series], what: String = "holders", top: Double = 0.2,
    empty: String = "There is nothing to show.", rate: @escaping @Sendable (Double) -> String,
    decimal: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.series = series
    self.what = what
    self.top = top
    self.empty = empty
    self.rate = rate
    self.decimal = decimal
  }

  /// The Gini coefficient of numbers in any order: Σ(2i − n − 1)·xᵢ ÷ (n·Σx), x ascending.
  ///
  /// Undefined for fewer than two numbers and for those whose sum is zero.
  public static func gini(_ numbers: [Double]) -> Double? {
    let rising = numbers.filter(\.isFinite).sorted()
    let count = Double(rising.count)
    let sum = rising.reduce(0, +)
    guard rising.count > 1, sum != 0 else { return nil }
    let weighted = rising.enumerated().reduce(0) { total, number in
      total + (2 * Double(number.offset + 1) - count - 1) * number.element
    }
    let gini = weighted / (count * sum)
    return gini.isFinite ? gini : nil
  }

  /// A spread that has shares, ready to be drawn and put into words.
  struct Spread: Equatable {
    var series: Series
    /// For 0, 1, 2 … of the smallest, the share that they hold.
    var shares: [Double]
    var gini: Double
    /// How many the top are, and the share that they hold.
    var topCount: Int
    var topShare: Double
    var negative: Int
    var undefined: Int

    /// How many hold.
    var count: Int { shares.count - 1 }
  }

  /// The spread of a series; nil where no share is defined.
  func spread(_ series: Series) -> Spread? {
    let known = series.numbers.compactMap { $0 }.filter(\.isFinite)
    guard known.count > 1 else { return nil }
    // Where the sum of large numbers overflows, the largest is one.
    let size = known.map(abs)
    let unit = size.reduce(0, +).isFinite ? 1 : size.max() ?? 1
    let rising = known.map { $0 / unit }.sorted()
    let sum = rising.reduce(0, +)
    guard sum > 0, let gini = Self.gini(rising) else { return nil }
    var shares = [0.0]
    var running = 0.0
    for number in rising {
      running += number
      shares.append(running / sum)
    }
    // What is lost in the last digits is not the share of anybody.
    shares[shares.count - 1] = 1
    // A fifth of 35 is 7, whatever binary fractions make of it.
    let exact = top * Double(rising.count) * (1 - 1e-12)
    let count = min(rising.count, max(1, Int(exact.rounded(.up))))
    return Spread(
      series: series, shares: shares, gini: gini, topCount: count,
      topShare: 1 - shares[rising.count - count], negative: rising.count { $0 < 0 },
      undefined: series.numbers.count - known.count)
  }

  /// Why a series has no curve.
  func whyWithout(_ series: Series) -> String {
    let known = series.numbers.compactMap { $0 }.filter(\.isFinite)
    let name = self.series.count > 1 && !series.name.isEmpty ? "\(series.name): " : ""
    guard !series.numbers.isEmpty else { return name + empty }
    if known.isEmpty { return name + "None of the \(series.numbers.count) numbers is defined." }
    if known.count == 1 { return name + "One number alone is spread neither evenly nor unevenly." }
    return known.allSatisfy { $0 == 0 }
      ? name + "All \(known.count) numbers are zero, so nobody has a share."
      : name + "The total is not above zero, so nobody has a share."
  }

  /// The Gini coefficient and what the top hold, as words.
  func words(_ spread: Spread) -> [String] {
    [
      "Gini \(decimal(spread.gini))",
      "The top \(rate(top)) (\(spread.topCount) of \(spread.count) \(what)) hold "
        + Share.text(spread.topShare, by: rate),
    ]
  }

  /// Sentences on what the curve cannot say by itself.
  func remarks(_ spread: Spread) -> [String] {
    var sentences: [String] = []
    let name = series.count > 1 ? "\(spread.series.name): " : ""
    if spread.negative > 0 {
      sentences.append(
        "\(name)\(spread.negative) of \(spread.count) are below zero, so the curve dips below it "
          + "and shares may exceed \(rate(1))")
    }
    if spread.undefined > 0 {
      sentences.append("\(name)\(spread.undefined) undefined, left out")
    }
    return sentences
  }

  /// The heading, and for each spread its Gini coefficient and what the top hold.
  public var textAlternative: String {
    guard !series.isEmpty else { return heading.spoken + " " + ChartHeading.sentence(empty) }
    let parts = series.flatMap { series -> [String] in
      guard let spread = spread(series) else { return [whyWithout(series)] }
      let name = self.series.count > 1 ? ["\(series.name): "] : [""]
      return [name[0] + words(spread).joined(separator: ". ")] + remarks(spread)
    }
    return heading.spoken + " " + parts.map(ChartHeading.sentence).joined(separator: " ")
  }
}
