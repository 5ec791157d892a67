/// Rows in the order of an amount, largest first.
enum Ranking {
  /// Sorts rows by their amounts, descending; those of one amount stay in the order given.
  ///
  /// Amounts of 64 bits are sorted digit by digit, two bytes at a time, so that a million rows cost
  /// a few passes and no comparisons.
  static func descending(_ rows: [Int32], by amounts: Integers) -> [Int32] {
    if let short = amounts.short { return descending(rows, by: short) }
    guard let narrow = amounts.narrow else {
      return rows.enumerated().sorted { left, right in
        let (one, other) = (amounts[Int(left.element)], amounts[Int(right.element)])
        return one != other ? one > other : left.offset < right.offset
      }.map(\.element)
    }
    // Larger amounts have smaller keys.
    var sorted = rows.map { row in
      (key: ~(UInt64(bitPattern: narrow[Int(row)]) ^ (1 << 63)), row: row)
    }
    guard let first = sorted.first else { return [] }
    let differing = sorted.reduce(0) { $0 | ($1.key ^ first.key) }
    var next = sorted
    for shift in stride(from: UInt64(0), to: 64, by: 16) where differing >> shift & 0xFFFF != 0 {
      var starts = [Int32](repeating: 0, count: 1 << 16 + 1)
      for entry in sorted { starts[Int(entry.key >> shift & 0xFFFF) + 1] += 1 }
      for digit in 0..<1 << 16 { starts[digit + 1] += starts[digit] }
      for entry in sorted {
        let digit = Int(entry.key >> shift & 0xFFFF)
        next[Int(starts[digit])] = entry
        starts[digit] += 1
      }
      swap(&sorted, &next)
    }
    return sorted.map(\.row)
  }

  /// The same of amounts of 32 bits, which stand in one word with their rows.
  private static func descending(_ rows: [Int32], by amounts: [Int32]) -> [Int32] {
    var sorted = rows.map { row in
      UInt64(~(UInt32(bitPattern: amounts[Int(row)]) ^ (1 << 31))) << 32
        | UInt64(UInt32(bitPattern: row))
    }
    var next = sorted
    for shift in [UInt64(32), 48] {
      var starts = [Int32](repeating: 0, count: 1 << 16 + 1)
      for entry in sorted { starts[Int(entry >> shift & 0xFFFF) + 1] += 1 }
      for digit in 0..<1 << 16 { starts[digit + 1] += starts[digit] }
      for entry in sorted {
        let digit = Int(entry >> shift & 0xFFFF)
        next[Int(starts[digit])] = entry
        starts[digit] += 1
      }
      swap(&sorted, &next)
    }
    return sorted.map { Int32(truncatingIfNeeded: $0) }
  }
}
