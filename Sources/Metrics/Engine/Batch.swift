import Expressions

/// Rows are worked on a few thousand at a time, so that what a batch needs stays in cache.
enum Batch {
  static let length = 4096
  /// Words of 64 bits that hold one bit a row of a batch.
  static let words = length / 64
  /// Rows that a thread takes at a time: whole batches.
  static let block = 64 * length

  /// The batches of a range of rows.
  static func ranges(in rows: Range<Int>) -> [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: length).map {
      $0..<min($0 + length, rows.upperBound)
    }
  }

  /// The rows of a block of a number of rows.
  static func rows(ofBlock index: Int, of count: Int) -> Range<Int> {
    index * block..<min((index + 1) * block, count)
  }

  /// How many blocks a number of rows has.
  static func blocks(of count: Int) -> Int { (count + block - 1) / block }
}

/// Yes or no for each row of a batch, a bit each.
struct BatchBits {
  var words = [UInt64](repeating: 0, count: Batch.words)

  /// Sets the bits of all rows of a batch, and clears those behind it.
  mutating func fill(_ count: Int) {
    for word in words.indices {
      let first = word * 64
      words[word] =
        first + 64 <= count ? UInt64.max : first >= count ? 0 : (1 << UInt64(count - first)) - 1
    }
  }

  /// Overwrites the bits with the lowest bits of some bytes.
  mutating func pack(_ bytes: [UInt8], from start: Int, count: Int) {
    let span = bytes.span.bytes
    let lowest: UInt64 = 0x0101_0101_0101_0101
    for word in words.indices {
      let first = word * 64
      var bits: UInt64 = 0
      if first + 64 <= count {
        for part in 0..<8 {
          // Checked against the bounds; what is not checked is the alignment, which x86 and ARM
          // need not.
          let eight = span.unsafeLoadUnaligned(
            fromByteOffset: start + first + part * 8, as: UInt64.self)
          // The product gathers the eight lowest bits in the highest byte, the first one lowest.
          let gathered = ((UInt64(littleEndian: eight) & lowest) &* 0x0102_0408_1020_4080) >> 56
          bits |= gathered << UInt64(part * 8)
        }
      } else if first < count {
        for offset in first..<count {
          bits |= UInt64(bytes[start + offset] & 1) << UInt64(offset - first)
        }
      }
      words[word] = bits
    }
  }

  /// Keeps only what other bits keep too.
  mutating func formIntersection(_ other: BatchBits) {
    for word in words.indices { words[word] &= other.words[word] }
  }
}

/// Rows of a batch by their offset in it.
struct RowList {
  private(set) var offsets = [Int32](repeating: 0, count: Batch.length)
  private(set) var count = 0

  /// The rows whose bits are set in a batch's words.
  mutating func fill(_ words: [UInt64], from first: Int, count wordCount: Int) {
    var kept = 0
    for word in 0..<wordCount {
      var bits = words[first + word]
      let start = Int32(truncatingIfNeeded: word &* 64)
      if bits == UInt64.max {
        for bit in 0..<64 { offsets[kept + bit] = start + Int32(truncatingIfNeeded: bit) }
        kept += 64
        continue
      }
      while bits != 0 {
        offsets[kept] = start + Int32(truncatingIfNeeded: bits.trailingZeroBitCount)
        kept += 1
        bits &= bits &- 1
      }
    }
    count = kept
  }
}

/// Rows of a batch with the group in which each stands; a row may come several times.
struct GroupList {
  var offsets: [Int32] = []
  var groups: [Int32] = []
  var count = 0

  mutating func reserve(_ needed: Int) {
    guard needed > offsets.count else { return }
    let more = max(needed, Batch.length) * 2 - offsets.count
    offsets.append(contentsOf: repeatElement(0, count: more))
    groups.append(contentsOf: repeatElement(0, count: more))
  }
}

extension Predicate {
  /// Calls `body` for each row of the first `count` of its table for which it holds.
  func forEachRow(below count: Int, _ body: (Int) -> Void) {
    var outcomes: [UInt8] = []
    for rows in Batch.ranges(in: 0..<count) {
      evaluate(rows: rows, into: &outcomes)
      for (offset, row) in rows.enumerated() where outcomes[offset] == 1 { body(row) }
    }
  }
}
