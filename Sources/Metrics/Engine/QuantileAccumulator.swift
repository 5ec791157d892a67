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
    // Worked on in local variables: access to a class's property is checked every time.
    var (places, gathered) = (self.places, self.gathered)
    (self.places, self.gathered) = ([], [])
    for index in 0..<list.count {
      guard let value = values[Int(list.offsets[index])] else { continue }
      if let narrow = Int64(exactly: value) {
        places.append(list.groups[index])
        gathered.append(narrow)
      } else {
        wide.append((list.groups[index], value))
      }
    }
    (self.places, self.gathered) = (places, gathered)
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
    let (starts, grouped) = GroupedValues.sorted(values, by: places, groups: groups, zero: zero)
    var sorted = grouped
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

/// Values put in the order of their groups by counting.
enum GroupedValues {
  /// Where each group starts (one more entry than groups), and the values in the order of groups.
  static func sorted<Value>(
    _ values: [Value], by groups: [Int32], groups count: Int, zero: Value
  ) -> (starts: [Int32], values: [Value]) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for group in 0..<count { starts[group + 1] += starts[group] }
    var next = starts
    var sorted = [Value](repeating: zero, count: groups.count)
    for index in 0..<groups.count {
      let group = Int(groups[index])
      sorted[Int(next[group])] = values[index]
      next[group] += 1
    }
    return (starts, sorted)
  }
}
