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
    var mantissa: UInt64 = 0
    var digits = 0
    var afterPoint = 0
    var hasPoint = false
    var dropped = 0
    while position < cell.count {
      let byte = cell[position]
      if (0x30...0x39).contains(byte) {
        digits += 1
        if mantissa < 1_000_000_000_000_000_000 {
          mantissa = mantissa * 10 + UInt64(byte - 0x30)
          if hasPoint { afterPoint += 1 }
        } else if !hasPoint {
          dropped += 1
        }
      } else if byte == 0x2E, !hasPoint {
        hasPoint = true
      } else {
        break
      }
      position += 1
    }
    guard digits > 0 else { return nil }
    var exponent = dropped - afterPoint + places
    if position < cell.count {
      guard let given = self.exponent(cell, at: position) else { return nil }
      exponent += given
    }
    guard times != 1 else {
      return scaled(mantissa, exponent: exponent, isNegative: isNegative)
    }
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: UInt64(times.magnitude))
    guard overflow else { return scaled(product, exponent: exponent, isNegative: isNegative) }
    // So many digits that the last of them do not matter.
    guard let value = scaled(mantissa, exponent: exponent, isNegative: isNegative) else {
      return nil
    }
    let (multiple, isTooLarge) = value.multipliedReportingOverflow(by: times)
    return isTooLarge ? nil : multiple
  }

  /// The digits behind an `E`.
  private static func exponent(_ cell: borrowing Span<UInt8>, at start: Int) -> Int? {
    guard cell[start] | 0x20 == 0x65 else { return nil }
    var position = start + 1
    guard position < cell.count else { return nil }
    var sign = 1
    if cell[position] == 0x2D || cell[position] == 0x2B {
      sign = cell[position] == 0x2D ? -1 : 1
      position += 1
    }
    guard position < cell.count, cell.count - position <= 3 else { return nil }
    var value = 0
    while position < cell.count {
      guard (0x30...0x39).contains(cell[position]) else { return nil }
      value = value * 10 + Int(cell[position] - 0x30)
      position += 1
    }
    return sign * value
  }

  private static func scaled(_ mantissa: UInt64, exponent: Int, isNegative: Bool) -> Int64? {
    var value = mantissa
    if exponent >= 0 {
      for _ in 0..<exponent {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        guard !overflow else { return value == 0 ? 0 : nil }
        value = product
      }
    } else if exponent < -19 {
      value = 0
    } else {
      var divisor: UInt64 = 1
      for _ in 0..<(-exponent) { divisor *= 10 }
      let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
      value = remainder >= divisor - remainder ? quotient + 1 : quotient
    }
    guard value <= UInt64(Int64.max) else { return nil }
    return isNegative ? -Int64(value) : Int64(value)
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

  /// Days since 1970 of a date; a time of day behind it is ignored.
  static func date(_ cell: borrowing Span<UInt8>, order: CellForms.DateOrder?) -> Int32? {
    if let day = isoDate(cell) { return day }
    guard let order else { return nil }
    return separatedDate(cell, order: order)
  }

  /// `2026-11-20`, alone or before a time.
  static func isoDate(_ cell: borrowing Span<UInt8>) -> Int32? {
    guard cell.count >= 10, cell[4] == 0x2D, cell[7] == 0x2D,
      cell.count == 10 || cell[10] == 0x20 || cell[10] | 0x20 == 0x74,
      let year = digits(cell, 0, 4), let month = digits(cell, 5, 2), let day = digits(cell, 8, 2)
    else { return nil }
    return Day(year: year, month: month, day: day)?.number
  }

  /// `3/1/2017`, `01.03.17`: two digits of a year are in 1970 to 2069.
  private static func separatedDate(
    _ cell: borrowing Span<UInt8>, order: CellForms.DateOrder
  ) -> Int32? {
    var parts = [0, 0, 0]
    var lengths = [0, 0, 0]
    var part = 0
    scan: for position in 0..<cell.count {
      let byte = cell[position]
      switch byte {
      case 0x30...0x39:
        parts[part] = parts[part] * 10 + Int(byte - 0x30)
        lengths[part] += 1
        guard lengths[part] <= 4 else { return nil }
      case 0x2F, 0x2E, 0x2D:
        part += 1
        guard part < 3 else { return nil }
      case 0x20 where part == 2: break scan
      default: return nil
      }
    }
    let (yearPart, monthPart, dayPart) =
      switch order {
      case .monthDayYear: (2, 0, 1)
      case .dayMonthYear: (2, 1, 0)
      case .yearMonthDay: (0, 1, 2)
      }
    guard part == 2, (1...2).contains(lengths[monthPart]), (1...2).contains(lengths[dayPart]),
      lengths[yearPart] == 4 || lengths[yearPart] == 2
    else { return nil }
    let short = parts[yearPart]
    let year = lengths[yearPart] == 4 ? short : short + (short < 70 ? 2000 : 1900)
    return Day(year: year, month: parts[monthPart], day: parts[dayPart])?.number
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

  private static func digits(_ cell: borrowing Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
    guard start + count <= cell.count else { return nil }
    var value = 0
    for position in start..<(start + count) {
      let byte = cell[position]
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  /// The key of a Salesforce Id; `.zero` means null.
  static func salesforceKey(_ cell: borrowing Span<UInt8>) -> UInt128? {
    guard cell.count == 18 || cell.count == 15 else { return nil }
    var key: UInt128 = 0
    for position in 0..<15 {
      let byte = cell[position]
      guard
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      else { return nil }
      key = key << 8 | UInt128(byte)
    }
    return key
  }
}
