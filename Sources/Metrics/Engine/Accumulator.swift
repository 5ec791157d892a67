import Expressions
import Records

/// Values of a batch: one a row, with 1 in `nulls` where there is none.
struct ValueList {
  var values: [Int128] = []
  var nulls: [UInt8] = []

  mutating func fill(_ formula: Formula, _ rows: Range<Int>) {
    formula.evaluate(rows: rows, into: &values, nulls: &nulls)
  }
}

/// What an aggregation has gathered so far, a group at a time.
///
/// A class, so that its arrays are changed in place; each belongs to one thread until it is merged.
class Accumulator {
  let groups: Int

  init(groups: Int) {
    self.groups = groups
  }

  /// Adds rows of a batch to their groups.
  func add(_ list: GroupList, _ values: ValueList) {}

  /// Adds what another thread has gathered of later rows.
  func merge(_ other: Accumulator) {}

  /// The figures of all groups; values are parts of `denominator`.
  func figures(denominator: Int128) -> Figures { Figures.none(groups) }
}

/// Figures of groups, exact.
struct Figures: Sendable {
  var numerators: [Int128]
  /// 0 where a figure is undefined; nil: all are defined.
  var defined: [UInt8]?
  /// Of all figures; nil where each has its own in `denominators`.
  var denominator: Int128
  var denominators: [Int128]?

  static func none(_ count: Int) -> Figures {
    Figures(
      numerators: [Int128](repeating: 0, count: count),
      defined: [UInt8](repeating: 0, count: count), denominator: 1, denominators: nil)
  }

  /// The figure of a group, nil where undefined.
  func value(_ group: Int) -> Ratio? {
    if let defined, defined[group] == 0 { return nil }
    let ratio = Ratio(numerators[group], over: denominators?[group] ?? denominator)
    return ratio.isDefined ? ratio : nil
  }
}

/// Number of rows.
final class CountAccumulator: Accumulator {
  private(set) var counts: [Int64]

  override init(groups: Int) {
    counts = [Int64](repeating: 0, count: groups)
    super.init(groups: groups)
  }

  override func add(_ list: GroupList, _ values: ValueList) {
    // Worked on in a local variable: access to a class's property is checked every time.
    var counts = self.counts
    self.counts = []
    for index in 0..<list.count { counts[Int(list.groups[index])] += 1 }
    self.counts = counts
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? CountAccumulator else { return }
    for group in 0..<groups { counts[group] += other.counts[group] }
  }

  override func figures(denominator: Int128) -> Figures {
    Figures(numerators: counts.map { Int128($0) }, defined: nil, denominator: 1)
  }
}

/// Sum of values, and how many there are.
final class SumAccumulator: Accumulator {
  private var sums: [Int128]
  private var counts: [Int64]
  private let isMean: Bool

  init(groups: Int, isMean: Bool) {
    sums = [Int128](repeating: 0, count: groups)
    counts = isMean ? [Int64](repeating: 0, count: groups) : []
    self.isMean = isMean
    super.init(groups: groups)
  }

  override func add(_ list: GroupList, _ values: ValueList) {
    var sums = self.sums
    self.sums = []
    // A null is 0, so it changes no sum.
    for index in 0..<list.count {
      sums[Int(list.groups[index])] += values.values[Int(list.offsets[index])]
    }
    self.sums = sums
    guard isMean else { return }
    for index in 0..<list.count where values.nulls[Int(list.offsets[index])] == 0 {
      counts[Int(list.groups[index])] += 1
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? SumAccumulator else { return }
    for group in 0..<groups { sums[group] += other.sums[group] }
    for group in counts.indices { counts[group] += other.counts[group] }
  }

  override func figures(denominator: Int128) -> Figures {
    guard isMean else {
      return Figures(numerators: sums, defined: nil, denominator: denominator)
    }
    return Figures(
      numerators: sums, defined: nil, denominator: 0,
      denominators: counts.map { Int128($0) * denominator })
  }
}

/// Largest or smallest value.
final class ExtremeAccumulator: Accumulator {
  private var extremes: [Int128]
  private var known: [UInt8]
  private let isMax: Bool

  init(groups: Int, isMax: Bool) {
    extremes = [Int128](repeating: 0, count: groups)
    known = [UInt8](repeating: 0, count: groups)
    self.isMax = isMax
    super.init(groups: groups)
  }

  override func add(_ list: GroupList, _ values: ValueList) {
    for index in 0..<list.count {
      let offset = Int(list.offsets[index])
      guard values.nulls[offset] == 0 else { continue }
      take(values.values[offset], Int(list.groups[index]))
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? ExtremeAccumulator else { return }
    for group in 0..<groups where other.known[group] == 1 { take(other.extremes[group], group) }
  }

  private func take(_ value: Int128, _ group: Int) {
    if known[group] == 0 || (isMax ? value > extremes[group] : value < extremes[group]) {
      extremes[group] = value
      known[group] = 1
    }
  }

  override func figures(denominator: Int128) -> Figures {
    Figures(numerators: extremes, defined: known, denominator: denominator)
  }
}
