import Records

/// What most cells are, asked several bytes at a time.
extension CellParser {
  /// An empty cell, or the null marker `#N/A`.
  @inline(__always)
  static func isNull(_ cell: borrowing Span<UInt8>) -> Bool {
    cell.isEmpty
      || cell.count == 4 && cell[0] == 0x23 && cell[1] == 0x4E && cell[2] == 0x2F
        && cell[3] == 0x41
  }

  /// Whether a cell is ASCII without a quote.
  @inline(__always)
  static func isPlainText(_ cell: borrowing Span<UInt8>) -> Bool {
    let highs: UInt64 = 0x8080_8080_8080_8080
    var position = 0
    var found: UInt64 = 0
    while position + 8 <= cell.count {
      let word = word(cell, position)
      let isQuote = word ^ 0x2222_2222_2222_2222
      // The classic test for a zero byte, exact for ASCII, which is asked as well.
      found |= (word | (isQuote &- 0x0101_0101_0101_0101)) & highs
      position += 8
    }
    while position < cell.count {
      if cell[position] >= 0x80 || cell[position] == Dialect.quote { return false }
      position += 1
    }
    return found == 0
  }

  /// Eight bytes, the first one lowest.
  @inline(__always)
  private static func word(_ cell: borrowing Span<UInt8>, _ position: Int) -> UInt64 {
    // Checked against the bounds; what is not checked is the alignment, which x86 and ARM need not.
    UInt64(
      littleEndian: cell.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
  }
}
