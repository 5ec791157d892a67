import Foundation

/// How much of a whole the largest few hold: bars in falling order and the share they add up to.
///
/// The share so far stands as text beside each bar, and where there is room as a line in a panel of
/// its own that shares the rows; there is no second axis over the bars. A line across marks the
/// item with which the threshold is reached. Items at or below zero and undefined ones are in no
/// share and are counted below, as METRICS has it for concentration.
public struct ParetoChart: Chart {
  /// One holder of a part of the whole.
  public struct Item: Sendable, Equatable {
    /// What the item is called.
    public var label: String
    /// What it holds.
    public var value: ChartValue

    /// An item by its name and number.
    public init(_ label: String, _ value: ChartValue) {
      self.label = label
      self.value = value
    }
  }

  /// Takeaway, title and subtitle.
  public var heading: ChartHeading
  /// The items in any order.
  public var items: [Item]
  /// What the items are called in sentences, in the plural.
  public var what: String
  /// The share whose point is marked, between 0 and 1.
  public var threshold: Double
  /// The most items shown by name; the rest is one bar.
  public var maximum: Int
  /// The sentence shown where no item has a number above zero.
  public var empty: String
  /// Turns a number into text, for the sum of the rest.
  public var format: @Sendable (Double) -> String
  /// Turns a share, 1 for all, into text.
  public var rate: @Sendable (Double) -> String

  /// A chart of the items that make up a whole.
  public init(
    heading: ChartHeading, items: [Item], what: String = "items", threshold: Double = 0.8,
    maximum: Int = 20, empty: String = "There is nothing to show.",
    format: @escaping @Sendable (Double) -> String, rate: @escaping @Sendable (Double) -> String
  ) {
    self.heading = heading
    self.items = items
    self.what = what
    self.threshold = threshold
    self.maximum = maximum
    self.empty = empty
    self.format = format
    self.rate = rate
  }

  /// The items above zero in falling order with the share they reach together.
  struct Ranking: Equatable {
    var items: [Item]
    /// For each item the share of it and all larger ones.
    var shares: [Double]
    /// How many of the largest reach the threshold.
    var reaching: Int
    /// How many items are not above zero, and how many undefined.
    var belowZero: Int
    var undefined: Int
  }

  /// The ranking of the items: falling, equal ones in the order given.
  var ranking: Ranking {
    let known = items.filter { $0.value.number != nil }
    let positive = known.enumerated().filter { ($0.element.value.number ?? 0) > 0 }
      .sorted {
        ($1.element.value.number ?? 0, $0.offset) < ($0.element.value.number ?? 0, $1.offset)
      }
      .map(\.element)
    let numbers = positive.compactMap(\.value.number)
    // Where the sum of large numbers overflows, the largest is one.
    let unit = numbers.reduce(0, +).isFinite ? 1 : numbers.first ?? 1
    var sums: [Double] = []
    for number in numbers { sums.append((sums.last ?? 0) + number / unit) }
    let total = sums.last ?? 1
    // A last digit of a sum must not move the point by one item.
    let reaching = sums.firstIndex { $0 >= threshold * total * (1 - 1e-12) }
    return Ranking(
      items: positive, shares: sums.map { $0 / total }, reaching: (reaching ?? 0) + 1,
      belowZero: known.count - positive.count, undefined: items.count - known.count)
  }

  /// A bar with its share so far, and how many items it is.
  struct Row: Equatable {
    var item: Item
    var share: Double
    var isRest: Bool
  }

  /// The bars drawn: the largest by name, the rest as one.
  func rows(_ ranking: Ranking) -> [Row] {
    let maximum = max(1, maximum)
    // One item alone is named, not called the rest.
    let named = ranking.items.count <= maximum + 1 ? ranking.items.count : maximum
    var rows = zip(ranking.items, ranking.shares).prefix(named).map {
      Row(item: $0, share: $1, isRest: false)
    }
    let rest = ranking.items.dropFirst(named).compactMap(\.value.number)
    if !rest.isEmpty {
      let sum = min(rest.reduce(0, +), .greatestFiniteMagnitude)
      rows.append(
        Row(
          item: Item(
            "Other (\(rest.count))", ChartValue(sum, format(sum), tone: .muted)), share: 1,
          isRest: true))
    }
    return rows
  }

  /// With how many items the threshold is reached, as words.
  func point(_ ranking: Ranking) -> String {
    let count = ranking.items.count
    let share = Share.text(Double(ranking.reaching) / Double(max(1, count)), by: rate)
    return ranking.reaching == 1
      ? "\(rate(threshold)) is reached with the first of \(count) \(what)."
      : "\(rate(threshold)) is reached with \(ranking.reaching) of \(count) \(what) (\(share))."
  }

  /// How many items are in no share and why.
  private func without(_ ranking: Ranking) -> String {
    [
      ranking.belowZero > 0 ? "\(ranking.belowZero) at or below zero" : nil,
      ranking.undefined > 0 ? "\(ranking.undefined) undefined" : nil,
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// Whether a row has a bar: a rest far longer than the largest item would flatten all others.
  func hasBar(_ row: Row, _ rows: [Row]) -> Bool {
    guard row.isRest, let rest = row.item.value.number, let first = rows.first?.item.value.number
    else { return true }
    return rest <= 2 * first
  }

  /// Sentences on what is summed and what is in no share.
  func remarks(_ ranking: Ranking, _ rows: [Row]) -> [String] {
    var sentences: [String] = []
    if rows.last?.isRest == true {
      let named = rows.count - 1
      sentences.append(
        "The \(named) largest of \(ranking.items.count) \(what) are named; the other "
          + "\(ranking.items.count - named) are one row")
    }
    if let rest = rows.last, rest.isRest, !hasBar(rest, rows) {
      let longest = rows.first?.item.value.number ?? 1
      let times = ((rest.item.value.number ?? 0) / longest).rounded(.down)
      sentences[0] +=
        " without a bar, which would be \(times < 1e6 ? "\(Int(times))" : "a million") times "
        + "as long as the longest"
    }
    let without = without(ranking)
    if !without.isEmpty { sentences.append("In no share: " + without) }
    return sentences
  }

  /// The heading, the point at which the threshold is reached, and the first twelve items.
  public var textAlternative: String {
    let ranking = ranking
    guard !ranking.items.isEmpty else {
      return heading.spoken + " " + ChartHeading.sentence(whyEmpty(ranking))
    }
    let rows = rows(ranking)
    let parts = rows.prefix(12).map {
      "\($0.item.label): \($0.item.value.text), together \(Share.text($0.share, by: rate))"
    }
    let more = rows.count > 12 ? "; and \(rows.count - 12) more" : ""
    let sentences = [parts.joined(separator: "; ") + more] + remarks(ranking, rows)
    return heading.spoken + " " + point(ranking) + " "
      + sentences.map(ChartHeading.sentence).joined(separator: " ")
  }

  /// Why there is no bar: what the caller says, and what the items are.
  func whyEmpty(_ ranking: Ranking) -> String {
    let without = without(ranking)
    guard !without.isEmpty else { return empty }
    return "No number is above zero, so nothing has a share: of \(items.count) \(what), \(without)."
  }
}
