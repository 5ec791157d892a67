import Records

/// Number of distinct members of a dimension, remainders left out.
///
/// Bits where groups × members fit `mostBits`, else pairs that are put in the order of groups.
final class DistinctAccumulator: Accumulator {
  static let mostBits = 1 << 25

  private let members: Int
  private var bits: [UInt64]
  private var places: [Int32] = []
  private var found: [Int32] = []
  private let usesBits: Bool

  init(groups: Int, members: Int) {
    self.members = members
    let (product, overflow) = groups.multipliedReportingOverflow(by: members)
    usesBits = !overflow && product <= DistinctAccumulator.mostBits
    bits = [UInt64](repeating: 0, count: usesBits ? (product + 63) / 64 : 0)
    super.init(groups: groups)
  }

  override func add(_ list: GroupList, members: MemberList) {
    if usesBits {
      // Worked on in a local variable: access to a class's property is checked every time.
      var bits = self.bits
      self.bits = []
      let count = self.members
      members.forEach(list) { group, member in
        // Remainders are numbered after the members.
        guard member < count else { return }
        let bit = group * count + member
        bits[bit >> 6] |= 1 << UInt64(bit & 63)
      }
      self.bits = bits
      return
    }
    var (places, found) = (self.places, self.found)
    (self.places, self.found) = ([], [])
    let count = self.members
    members.forEach(list) { group, member in
      guard member < count else { return }
      places.append(Int32(truncatingIfNeeded: group))
      found.append(Int32(truncatingIfNeeded: member))
    }
    (self.places, self.found) = (places, found)
  }

  override func figures(denominator: Int128) -> Figures {
    let counts = usesBits ? countedBits : countedPairs
    (places, found) = ([], [])
    return Figures(numerators: Integers(counts), denominator: 1)
  }

  private var countedBits: [Int32] {
    let (bits, members) = (bits, members)
    var counts = [Int32](repeating: 0, count: groups)
    for group in 0..<groups {
      var first = group * members
      let end = first + members
      var count = 0
      while first < end {
        let length = min(64 - first & 63, end - first)
        let mask = length == 64 ? UInt64.max : (1 << UInt64(length)) - 1
        count += (bits[first >> 6] >> UInt64(first & 63) & mask).nonzeroBitCount
        first += length
      }
      counts[group] = Int32(truncatingIfNeeded: count)
    }
    return counts
  }

  private var countedPairs: [Int32] {
    let (starts, sorted) = GroupedValues.sorted(found, by: places, groups: groups, zero: 0)
    var counts = [Int32](repeating: 0, count: groups)
    // The last group in which each member was met, from 1.
    var seen = [Int32](repeating: 0, count: members)
    for group in 0..<groups {
      let number = Int32(truncatingIfNeeded: group + 1)
      var count: Int32 = 0
      for position in Int(starts[group])..<Int(starts[group + 1]) {
        let member = Int(sorted[position])
        if seen[member] != number {
          seen[member] = number
          count += 1
        }
      }
      counts[group] = count
    }
    return counts
  }
}
