import Records

/// Number of distinct members of a dimension, remainders left out.
///
/// Bits where groups × members fit `mostBits`, else pairs that are sorted at the end.
final class DistinctAccumulator: Accumulator {
  static let mostBits = 1 << 26

  private let members: Int
  private var bits: [UInt64]
  private var pairs: [UInt64] = []
  private let usesBits: Bool

  init(groups: Int, members: Int) {
    self.members = members
    let (product, overflow) = groups.multipliedReportingOverflow(by: members)
    usesBits = !overflow && product <= DistinctAccumulator.mostBits
    bits = [UInt64](repeating: 0, count: usesBits ? (product + 63) / 64 : 0)
    super.init(groups: groups)
  }

  /// Adds rows whose members come from `codes`, one a row of the batch.
  func add(_ list: GroupList, codes: [Int32], expansion: Adjacency?) {
    var bits = self.bits
    self.bits = []
    defer { self.bits = bits }
    for index in 0..<list.count {
      let code = codes[Int(list.offsets[index])]
      let group = Int(list.groups[index])
      guard let expansion else {
        insert(group, Int(code), &bits)
        continue
      }
      for position in Int(expansion.starts[Int(code)])..<Int(expansion.starts[Int(code) + 1]) {
        insert(group, Int(expansion.targets[position]), &bits)
      }
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
      pairs.append(UInt64(group) << 32 | UInt64(member))
    }
  }

  override func merge(_ other: Accumulator) {
    guard let other = other as? DistinctAccumulator else { return }
    for word in bits.indices { bits[word] |= other.bits[word] }
    pairs += other.pairs
  }

  override func figures(denominator: Int128) -> Figures {
    var counts = [Int128](repeating: 0, count: groups)
    for index in bits.indices where bits[index] != 0 {
      var word = bits[index]
      while word != 0 {
        counts[(index * 64 + word.trailingZeroBitCount) / members] += 1
        word &= word - 1
      }
    }
    pairs.sort()
    for index in pairs.indices where index == 0 || pairs[index] != pairs[index - 1] {
      counts[Int(pairs[index] >> 32)] += 1
    }
    return Figures(numerators: counts, defined: nil, denominator: 1)
  }
}
