/// Sums by group, exact: 64 bits a group, and beyond them only for groups that need more.
struct ExactSums: Sendable {
  /// The sums without what left 64 bits.
  private(set) var words: [Int64]
  /// How many times 2^64 a group's sum is above its word.
  private var carries: [Int: Int64] = [:]

  init(groups: Int) {
    words = [Int64](repeating: 0, count: groups)
  }

  /// Adds the values of a list to their groups; one that is `null` is not added.
  mutating func add(_ list: GroupList, _ values: [Int64], from start: Int, null: Int64) {
    for index in 0..<list.count {
      let value = values[start + Int(list.offsets[index])]
      add(value == null ? 0 : value, to: Int(list.groups[index]))
    }
  }

  @inline(__always)
  mutating func add(_ value: Int64, to group: Int) {
    let (sum, overflow) = words[group].addingReportingOverflow(value)
    words[group] = sum
    if overflow { carry(value < 0 ? -1 : 1, group) }
  }

  mutating func add(wide value: Int128, to group: Int) {
    let word = Int64(truncatingIfNeeded: value)
    add(word, to: group)
    let rest = Int64(truncatingIfNeeded: (value - Int128(word)) >> 64)
    if rest != 0 { carry(rest, group) }
  }

  @inline(never)
  private mutating func carry(_ times: Int64, _ group: Int) {
    carries[group, default: 0] += times
  }

  mutating func merge(_ other: ExactSums) {
    for group in words.indices { add(other.words[group], to: group) }
    for (group, times) in other.carries { carry(times, group) }
  }

  /// The sums with those of some groups added to others.
  func rolledUp(_ rollUp: RollUp) -> ExactSums {
    var sums = ExactSums(groups: words.count)
    rollUp.forEach(words.count) { group, target in
      if words[group] != 0 { sums.add(words[group], to: target) }
      if let times = carries[group] { sums.carry(times, target) }
    }
    return sums
  }

  /// The sums.
  var integers: Integers {
    guard carries.contains(where: { $0.value != 0 }) else { return Integers(words) }
    var wide = words.map { Int128($0) }
    for (group, times) in carries { wide[group] += Int128(times) << 64 }
    return Integers(wide)
  }
}
