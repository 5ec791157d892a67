import Expressions
import Records

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

  /// Adds rows of a batch whose members of a dimension are counted.
  func add(_ list: GroupList, members: MemberList) {}

  /// Adds what another thread has gathered of other rows.
  func merge(_ other: Accumulator) {}

  /// The same with the figures of groups added to those above them.
  func rolledUp(_ rollUp: RollUp) -> Accumulator { self }

  /// The figures of all groups, of which values are parts of `denominator`; nothing is added later.
  func figures(denominator: Int128) -> Figures { Figures.none(groups) }
}

/// Number of rows.
final class CountAccumulator: Accumulator {
  // As wide as row numbers are.
  private var counts: [Int32]

  override init(groups: Int) {
    counts = [Int32](repeating: 0, count: groups)
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

  override func rolledUp(_ rollUp: RollUp) -> Accumulator {
    let sums = CountAccumulator(groups: groups)
    rollUp.forEach(groups) { sums.counts[$1] += counts[$0] }
    return sums
  }

  override func figures(denominator: Int128) -> Figures {
    Figures(numerators: Integers(counts), denominator: 1)
  }
}

/// Sum of values.
final class SumAccumulator: Accumulator {
  private var sums: ExactSums

  override init(groups: Int) {
    sums = ExactSums(groups: groups)
    super.init(groups: groups)
  }

  override func add(_ list: GroupList, _ values: ValueList) {
    var sums = self.sums
    self.sums = ExactSums(groups: 0)
    if values.isWide {
      // A null is 0, so it changes no sum.
      for index in 0..<list.count {
        sums.add(wide: values.wide[Int(list.offsets[index])], to: Int(list.groups[index]))
      }
    } else {
      sums.add(list, values.narrow, from: values.start, null: Exact.null)
    }
    self.sums = sums
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? SumAccumulator else { return }
    sums.merge(other.sums)
  }

  override func rolledUp(_ rollUp: RollUp) -> Accumulator {
    let all = SumAccumulator(groups: groups)
    all.sums = sums.rolledUp(rollUp)
    return all
  }

  override func figures(denominator: Int128) -> Figures {
    Figures(numerators: sums.integers, denominator: denominator)
  }
}

/// Sum of values, and how many there are.
final class MeanAccumulator: Accumulator {
  private var sums: ExactSums
  private var counts: [Int32]

  override init(groups: Int) {
    sums = ExactSums(groups: groups)
    counts = [Int32](repeating: 0, count: groups)
    super.init(groups: groups)
  }

  override func add(_ list: GroupList, _ values: ValueList) {
    var (sums, counts) = (self.sums, self.counts)
    (self.sums, self.counts) = (ExactSums(groups: 0), [])
    for index in 0..<list.count {
      guard let value = values[Int(list.offsets[index])] else { continue }
      let group = Int(list.groups[index])
      sums.add(wide: value, to: group)
      counts[group] += 1
    }
    (self.sums, self.counts) = (sums, counts)
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? MeanAccumulator else { return }
    sums.merge(other.sums)
    for group in counts.indices { counts[group] += other.counts[group] }
  }

  override func rolledUp(_ rollUp: RollUp) -> Accumulator {
    let all = MeanAccumulator(groups: groups)
    all.sums = sums.rolledUp(rollUp)
    rollUp.forEach(groups) { all.counts[$1] += counts[$0] }
    return all
  }

  override func figures(denominator: Int128) -> Figures {
    Figures(
      numerators: sums.integers, denominator: denominator, divisors: Integers(counts))
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
      guard let value = values[Int(list.offsets[index])] else { continue }
      take(value, Int(list.groups[index]))
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? ExtremeAccumulator else { return }
    for group in 0..<groups where other.known[group] == 1 { take(other.extremes[group], group) }
  }

  override func rolledUp(_ rollUp: RollUp) -> Accumulator {
    let all = ExtremeAccumulator(groups: groups, isMax: isMax)
    rollUp.forEach(groups) { group, target in
      if known[group] == 1 { all.take(extremes[group], target) }
    }
    return all
  }

  private func take(_ value: Int128, _ group: Int) {
    if known[group] == 0 || (isMax ? value > extremes[group] : value < extremes[group]) {
      extremes[group] = value
      known[group] = 1
    }
  }

  override func figures(denominator: Int128) -> Figures {
    Figures(numerators: Integers(extremes), defined: known, denominator: denominator)
  }
}
