import Records

/// Values of accounts as shares of the 95th percentile of those above zero, in millionths.
enum Shares {
  /// The share of what is not known.
  static let unknown: Int32 = -1
  static let whole: Int64 = 1_000_000

  /// The share of each value: 0 below zero, at most the whole.
  static func of(_ values: Integers) -> [Int32] {
    if let narrow = values.narrow { return of(narrow) }
    return of(Array(values))
  }

  /// The share of each value: 0 below zero, at most the whole; `unknown` where it is the least of
  /// its type, which stands for nothing.
  static func of<Value: FixedWidthInteger & SignedInteger>(_ values: [Value]) -> [Int32] {
    let limit = ninetyFifth(values)
    return values.map { value in
      if value == Value.min { return unknown }
      if value <= 0 { return 0 }
      return value >= limit ? Int32(whole) : share(Int128(value), of: Int128(limit))
    }
  }

  /// A part of a whole in millionths, rounded half away from zero; both above zero.
  @inline(__always)
  static func share(_ part: Int128, of whole: Int128) -> Int32 {
    if part == whole { return Int32(Shares.whole) }
    if whole < 1 << 43 {
      let (whole, scaled) = (UInt64(whole), UInt64(part) * UInt64(Shares.whole))
      let (quotient, rest) = scaled.quotientAndRemainder(dividingBy: whole)
      return Int32(quotient) + (rest >= whole - rest ? 1 : 0)
    }
    // Two long sums may be as large as 128 bits allow: then the last of their digits do not count.
    let excess = max(0, Int128.bitWidth - whole.leadingZeroBitCount - 106)
    return Int32(
      truncatingIfNeeded: Exact.divide(
        (part >> excess) * Int128(Shares.whole), by: whole >> excess))
  }

  /// The smallest of the values above zero at or below which 95 % of them lie; 1 where none is.
  private static func ninetyFifth<Value: FixedWidthInteger & SignedInteger>(
    _ values: [Value]
  ) -> Value {
    var narrow: [UInt64] = []
    var wide: [Value] = []
    for value in values where value > 0 {
      if let fitting = UInt64(exactly: value) { narrow.append(fitting) } else { wide.append(value) }
    }
    let all = narrow.count + wide.count
    guard all > 0 else { return 1 }
    let rank = (95 * all + 99) / 100
    if rank > narrow.count { return wide.sorted()[rank - narrow.count - 1] }
    return Value(ranked(narrow, rank))
  }

  /// The value of a rank, counted from 1, found digit by digit, two bytes at a time.
  private static func ranked(_ values: [UInt64], _ rank: Int) -> UInt64 {
    let all = values.reduce(0, |)
    var shift = UInt64(max(0, 63 - all.leadingZeroBitCount) / 16 * 16)
    var (rest, rank) = (values, rank)
    while true {
      var counts = [Int](repeating: 0, count: 1 << 16)
      for value in rest { counts[Int(value >> shift & 0xFFFF)] += 1 }
      var digit = 0
      while rank > counts[digit] {
        rank -= counts[digit]
        digit += 1
      }
      rest = rest.filter { Int($0 >> shift & 0xFFFF) == digit }
      if shift == 0 { return rest[0] }
      shift -= 16
    }
  }
}
