import Records

/// The usual layouts of values, read several bytes at a time; nil where a cell has another layout, which
/// says nothing about the cell: the parser of all layouts must look.
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

  /// A number of at most 14 characters: a minus, digits, a point and at most four places.
  @inline(__always)
  static func plainDecimal(_ cell: borrowing Span<UInt8>) -> Int64? {
    guard (1...14).contains(cell.count) else { return nil }
    let isNegative = cell[0] == 0x2D
    var value: Int64 = 0
    var digits = 0
    var point: Int?
    for position in (isNegative ? 1 : 0)..<cell.count {
      let digit = cell[position] &- 0x30
      if digit <= 9 {
        value = value &* 10 &+ Int64(digit)
        digits += 1
      } else if digit == 0xFE, point == nil {
        point = position
      } else {
        return nil
      }
    }
    guard digits > 0 else { return nil }
    // 14 digits times 10,000 are below 2^63.
    switch point.map({ cell.count - 1 - $0 }) ?? 0 {
    case 0: value &*= 10_000
    case 1: value &*= 1_000
    case 2: value &*= 100
    case 3: value &*= 10
    case 4: break
    default: return nil
    }
    return isNegative ? -value : value
  }

  /// Days since 1970 of `2026-11-20`, alone or before a time.
  @inline(__always)
  static func plainDay(_ cell: borrowing Span<UInt8>) -> Int32? {
    guard cell.count >= 10, cell.count == 10 || cell[10] == 0x20 || cell[10] == 0x54 else {
      return nil
    }
    // "YYYY-MM-", the first character in the lowest byte: digits become 0 to 9, hyphens 0.
    let date = word(cell, 0) ^ 0x2D30_302D_3030_3030
    let (tens, ones) = (cell[8] &- 0x30, cell[9] &- 0x30)
    guard isBelow(date, limits: 0x7F76_767F_7676_7676), tens <= 9, ones <= 9 else { return nil }
    let year =
      (date & 0xFF) * 1_000 + (date >> 8 & 0xFF) * 100 + (date >> 16 & 0xFF) * 10
      + (date >> 24 & 0xFF)
    let month = (date >> 40 & 0xFF) * 10 + (date >> 48 & 0xFF)
    return Day(year: Int(year), month: Int(month), day: Int(tens) * 10 + Int(ones))?.number
  }

  /// Seconds since 1970 of `2026-11-20 21:59:00` in UTC, also with a `T`, a fraction or a `Z`.
  @inline(__always)
  static func plainInstant(_ cell: borrowing Span<UInt8>) -> Int64? {
    guard cell.count >= 19, isUTC(cell), let day = plainDay(cell) else { return nil }
    // "HH:MM:SS", as above.
    let time = word(cell, 11) ^ 0x3030_3A30_303A_3030
    guard isBelow(time, limits: 0x7676_7F76_767F_7676) else { return nil }
    let hour = (time & 0xFF) * 10 + (time >> 8 & 0xFF)
    let minute = (time >> 24 & 0xFF) * 10 + (time >> 32 & 0xFF)
    let second = (time >> 48 & 0xFF) * 10 + (time >> 56 & 0xFF)
    guard hour < 24, minute < 60, second <= 60 else { return nil }
    return Int64(day) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
  }

  /// Whether nothing, `Z` or `.000Z` follows the seconds.
  @inline(__always)
  private static func isUTC(_ cell: borrowing Span<UInt8>) -> Bool {
    switch cell.count {
    case 19: true
    case 20: cell[19] == 0x5A
    case 24:
      cell[19] == 0x2E && cell[20] == 0x30 && cell[21] == 0x30 && cell[22] == 0x30
        && cell[23] == 0x5A
    default: false
    }
  }

  /// Whether no byte of a word passes its limit: 0x7F minus the greatest byte that is allowed.
  @inline(__always)
  private static func isBelow(_ word: UInt64, limits: UInt64) -> Bool {
    ((word &+ limits) | word) & 0x8080_8080_8080_8080 == 0
  }

  /// Eight bytes, the first one lowest.
  @inline(__always)
  private static func word(_ cell: borrowing Span<UInt8>, _ position: Int) -> UInt64 {
    // Checked against the bounds; what is not checked is the alignment, which x86 and ARM need not.
    UInt64(
      littleEndian: cell.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
  }
}
