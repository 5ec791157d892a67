import Records

/// Values out of the bytes of a cell; nil where the cell is not such a value.
///
/// Cells come without their quotes. Nothing is trimmed: a space is a character.
enum CellParser {
  /// A number exact to 1/10,000, such as `500000.0`, `-3`, `1.2E7`, times a whole factor; more places
  /// are rounded half away from zero, after the factor is applied.
  static func decimal(_ cell: borrowing Span<UInt8>, times: Int64 = 1) -> Int64? {
    number(cell, places: 4, times: times)
  }

  /// An exchange rate exact to 1/1,000,000,000.
  static func rate(_ cell: borrowing Span<UInt8>) -> Int64? {
    number(cell, places: 9, times: 1)
  }

  private static func number(
    _ cell: borrowing Span<UInt8>, places: Int, times: Int64
  ) -> Int64? {
    var position = 0
    var isNegative = false
    if cell.count > 0, cell[0] == 0x2D || cell[0] == 0x2B {
      isNegative = cell[0] == 0x2D
      position = 1
    }
    var digits = Digits()
    while position < cell.count {
      let byte = cell[position]
      if (0x30...0x39).contains(byte) {
        digits.append(byte)
      } else if byte == 0x2E, !digits.hasPoint {
        digits.hasPoint = true
      } else {
        break
      }
      position += 1
    }
    var exponent = 0
    if position < cell.count {
      guard let given = self.exponent(cell, position..<cell.count) else { return nil }
      exponent = given
    }
    return digits.value(exponent: exponent + places, times: times, isNegative: isNegative)
  }

  /// The digits behind an `E`.
  static func exponent(_ cell: borrowing Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard let start = range.first, cell[start] | 0x20 == 0x65 else { return nil }
    let end = range.upperBound
    var position = start + 1
    guard position < end else { return nil }
    var sign = 1
    if cell[position] == 0x2D || cell[position] == 0x2B {
      sign = cell[position] == 0x2D ? -1 : 1
      position += 1
    }
    guard position < end, end - position <= 3 else { return nil }
    var value = 0
    while position < end {
      guard (0x30...0x39).contains(cell[position]) else { return nil }
      value = value * 10 + Int(cell[position] - 0x30)
      position += 1
    }
    return sign * value
  }

  /// Yes or no in any of the Data Loader's forms: 1 for yes, 0 for no.
  static func flag(_ cell: borrowing Span<UInt8>) -> UInt8? {
    guard (1...5).contains(cell.count) else { return nil }
    var word: UInt64 = 0
    for position in 0..<cell.count { word = word << 8 | UInt64(cell[position] | 0x20) }
    switch word {
    case 0x31, 0x79, 0x74, 0x7472_7565, 0x79_6573, 0x6F6E: return 1  // 1 y t true yes on
    case 0x30, 0x6E, 0x66, 0x66_616C_7365, 0x6E6F, 0x6F_6666: return 0  // 0 n f false no off
    default: return nil
    }
  }

  /// `2026-11-20`, alone or before a time.
  static func isoDate(_ cell: borrowing Span<UInt8>) -> Int32? {
    guard cell.count >= 10, cell[4] == 0x2D, cell[7] == 0x2D,
      cell.count == 10 || cell[10] == 0x20 || cell[10] | 0x20 == 0x74,
      let year = digits(cell, 0, 4), let month = digits(cell, 5, 2), let day = digits(cell, 8, 2)
    else { return nil }
    return Day(year: year, month: month, day: day)?.number
  }

  /// Seconds since 1970 of a datetime without zone (UTC), with `Z` or with an offset.
  static func instant(_ cell: borrowing Span<UInt8>) -> Int64? {
    guard let day = isoDate(cell) else { return nil }
    var seconds = Int64(day) * 86_400
    guard cell.count > 10 else { return seconds }
    // Some tools write the hour of the morning with one digit.
    let hourLength = cell.count > 12 && cell[12] == 0x3A ? 1 : 2
    let colon = 11 + hourLength
    guard colon < cell.count, cell[colon] == 0x3A, let hour = digits(cell, 11, hourLength),
      hour < 24, let minute = digits(cell, colon + 1, 2), minute < 60
    else { return nil }
    seconds += Int64(hour * 3_600 + minute * 60)
    var position = colon + 3
    if position < cell.count, cell[position] == 0x3A {
      guard let second = digits(cell, position + 1, 2), second <= 60 else { return nil }
      seconds += Int64(second)
      position += 3
      if position < cell.count, cell[position] == 0x2E {
        position += 1
        while position < cell.count, (0x30...0x39).contains(cell[position]) { position += 1 }
      }
    }
    guard position < cell.count else { return seconds }
    if cell[position] | 0x20 == 0x7A { return position + 1 == cell.count ? seconds : nil }
    guard cell[position] == 0x2B || cell[position] == 0x2D else { return nil }
    let sign: Int64 = cell[position] == 0x2B ? -1 : 1
    let hasColon = cell.count == position + 6 && cell[position + 3] == 0x3A
    guard hasColon || cell.count == position + 5, let hours = digits(cell, position + 1, 2),
      let minutes = digits(cell, position + (hasColon ? 4 : 3), 2)
    else { return nil }
    return seconds + sign * Int64(hours * 3_600 + minutes * 60)
  }

  static func digits(_ cell: borrowing Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
    guard start + count <= cell.count else { return nil }
    var value = 0
    for position in start..<(start + count) {
      let byte = cell[position]
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }
}
