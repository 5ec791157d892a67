import Records

/// Discrete quantile: the smallest value whose cumulative share of the values is at least p.
final class QuantileAccumulator: Accumulator {
  private var places: [Int32] = []
  private var gathered: [Int64] = []
  /// Values that 64 bits cannot hold, with their groups.
  private var wide: [(place: Int32, value: Int128)] = []
  /// p in hundredths.
  private let percent: Int

  init(groups: Int, percent: Int) {
    self.percent = percent
    super.init(groups: groups)
  }

  override func add(_ list: GroupList, _ values: ValueList) {
    for index in 0..<list.count {
      guard let value = values[Int(list.offsets[index])] else { continue }
      guard let narrow = Int64(exactly: value) else {
        wide.append((list.groups[index], value))
        continue
      }
      places.append(list.groups[index])
      gathered.append(narrow)
    }
  }

  override func figures(denominator: Int128) -> Figures {
    guard wide.isEmpty else {
      let all = zip(places, gathered).map { (place: $0, value: Int128($1)) } + wide
      let (ranks, defined) = ranked(all.map(\.place), all.map(\.value), zero: 0)
      return Figures(numerators: Integers(ranks), defined: defined, denominator: denominator)
    }
    let (ranks, defined) = ranked(places, gathered, zero: 0)
    (places, gathered) = ([], [])
    return Figures(numerators: Integers(ranks), defined: defined, denominator: denominator)
  }

  /// The value of rank ⌈p·n⌉ (from 1) of each group, and whether it has one.
  private func ranked<Value: Comparable>(
    _ places: [Int32], _ values: [Value], zero: Value
  ) -> (values: [Value], defined: [UInt8]) {
    let (starts, order) = GroupedRows.order(of: places, groups: groups)
    var sorted = order.map { values[Int($0)] }
    var ranks = [Value](repeating: zero, count: groups)
    var defined = [UInt8](repeating: 0, count: groups)
    for group in 0..<groups where starts[group] < starts[group + 1] {
      let range = Int(starts[group])..<Int(starts[group + 1])
      sorted[range].sort()
      let rank = (percent * range.count + 99) / 100
      ranks[group] = sorted[range.lowerBound + rank - 1]
      defined[group] = 1
    }
    return (ranks, defined)
  }
}

/// Entries put in the order of their groups by counting.
enum GroupedRows {
  /// Where each group starts (one more entry than groups), and the entries in the order of groups.
  static func order(of groups: [Int32], groups count: Int) -> (starts: [Int32], order: [Int32]) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var order = [Int32](repeating: 0, count: groups.count)
    for index in 0..<groups.count {
      let position = next[Int(groups[index])]
      order[Int(position)] = Int32(truncatingIfNeeded: index)
      next[Int(groups[index])] = position + 1
    }
    return (starts, order)
  }
}
