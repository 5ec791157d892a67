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
    var bits = self.bits
    self.bits = []
    defer { self.bits = bits }
    guard let expansion = members.expansion else {
      for index in 0..<list.count {
        let code = members.codes[Int(list.offsets[index])]
        insert(Int(list.groups[index]), Int(code), &bits)
      }
      return
    }
    for index in 0..<list.count {
      let group = Int(list.groups[index])
      expansion.forEach(members.codes[Int(list.offsets[index])]) { insert(group, $0, &bits) }
    }
  }

  @inline(__always)
  private func insert(_ group: Int, _ member: Int, _ bits: inout [UInt64]) {
    // Remainders are numbered after the members.
    guard member < members else { return }
    if usesBits {
      let bit = group * members + member
      bits[bit >> 6] |= 1 << UInt64(bit & 63)
    } else {
      places.append(Int32(truncatingIfNeeded: group))
      found.append(Int32(truncatingIfNeeded: member))
    }
  }

  override func figures(denominator: Int128) -> Figures {
    var counts = [Int32](repeating: 0, count: groups)
    for index in bits.indices where bits[index] != 0 {
      var word = bits[index]
      while word != 0 {
        counts[(index * 64 + word.trailingZeroBitCount) / members] += 1
        word &= word - 1
      }
    }
    if !usesBits {
      let (starts, order) = GroupedRows.order(of: places, groups: groups)
      // The last group in which each member was met, from 1.
      var seen = [Int32](repeating: 0, count: members)
      for group in 0..<groups {
        for position in Int(starts[group])..<Int(starts[group + 1]) {
          let member = Int(found[Int(order[position])])
          guard seen[member] != Int32(truncatingIfNeeded: group + 1) else { continue }
          seen[member] = Int32(truncatingIfNeeded: group + 1)
          counts[group] += 1
        }
      }
      (places, found) = ([], [])
    }
    return Figures(numerators: Integers(counts), denominator: 1)
  }
}
