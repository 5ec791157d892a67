import Records

/// Reads a written date and time from left to right.
struct DateReader {
  private(set) var position = 0

  typealias Date = (year: Int, month: Int, day: Int)

  // MARK: Dates

  /// Three numbers in a stated order, or a day and a year around the English name of a month.
  mutating func date(_ cell: borrowing Span<UInt8>, order: CellForms.DateOrder?) -> Date? {
    guard cell.count > 0 else { return nil }
    if isLetter(cell) { return monthFirst(cell) }
    guard let first = number(cell), let separator = separator(cell) else { return nil }
    if isLetter(cell) { return dayFirst(cell, first, separator) }
    guard let order, let second = number(cell), separator == self.separator(cell),
      separator != 0x20, let third = number(cell)
    else { return nil }
    switch order {
    case .monthDayYear: return date(third, month: first, second)
    case .dayMonthYear: return date(third, month: second, first)
    case .yearMonthDay: return date(first, month: second, third)
    }
  }

  /// The rest of `Feb 23, 2026` or `February 23 2026`.
  private mutating func monthFirst(_ cell: borrowing Span<UInt8>) -> Date? {
    guard let month = month(cell), skip(0x20, cell), let day = number(cell) else { return nil }
    _ = skip(0x2C, cell)
    guard skip(0x20, cell), let year = number(cell) else { return nil }
    return date(year, month: (month, 2), day)
  }

  /// The rest of `23-Feb-2026` or `23 February 2026`.
  private mutating func dayFirst(
    _ cell: borrowing Span<UInt8>, _ day: Number, _ separator: UInt8
  ) -> Date? {
    guard let month = month(cell), skip(separator, cell), let year = number(cell) else {
      return nil
    }
    return date(year, month: (month, 2), day)
  }

  /// Two digits of a year are in 1970 to 2069.
  private func date(_ year: Number, month: Number, _ day: Number) -> Date? {
    guard year.digits == 4 || year.digits == 2, month.digits <= 2, day.digits <= 2 else {
      return nil
    }
    let century = year.digits == 4 ? 0 : year.value < 70 ? 2000 : 1900
    return (century + year.value, month.value, day.value)
  }

  // MARK: Times

  /// Seconds since midnight of a time behind a date: ` 08:55 PM`, ` 14:05:30` or `, 2:05 pm`.
  mutating func time(_ cell: borrowing Span<UInt8>) -> Int? {
    _ = skip(0x2C, cell)
    guard space(cell) || skip(0x54, cell), let hour = number(cell), hour.digits <= 2,
      skip(0x3A, cell) || skip(0x2E, cell), let minute = number(cell), minute.digits == 2,
      minute.value < 60
    else { return nil }
    var seconds = 0
    if skip(0x3A, cell) || skip(0x2E, cell) {
      guard let second = number(cell), second.digits == 2, second.value <= 60 else { return nil }
      seconds = second.value
      if skip(0x2E, cell) { guard number(cell) != nil else { return nil } }
    }
    var hours = hour.value
    if position < cell.count {
      _ = space(cell)
      guard let isAfternoon = afternoon(cell), (1...12).contains(hours) else { return nil }
      hours = hours % 12 + (isAfternoon ? 12 : 0)
    }
    return hours < 24 ? hours * 3_600 + minute.value * 60 + seconds : nil
  }

  /// Whether `AM` or `PM` stands here, in either case, with or without points.
  private mutating func afternoon(_ cell: borrowing Span<UInt8>) -> Bool? {
    guard position < cell.count else { return nil }
    let letter = cell[position] | 0x20
    guard letter == 0x61 || letter == 0x70 else { return nil }
    position += 1
    _ = skip(0x2E, cell)
    guard skip(0x6D, cell) || skip(0x4D, cell) else { return nil }
    _ = skip(0x2E, cell)
    return letter == 0x70
  }

  // MARK: Words

  typealias Number = (value: Int, digits: Int)

  private mutating func number(_ cell: borrowing Span<UInt8>) -> Number? {
    var value = 0
    let start = position
    while position < cell.count, (0x30...0x39).contains(cell[position]), position - start < 10 {
      value = value * 10 + Int(cell[position] - 0x30)
      position += 1
    }
    return position > start ? (value, position - start) : nil
  }

  private mutating func separator(_ cell: borrowing Span<UInt8>) -> UInt8? {
    guard position < cell.count else { return nil }
    let byte = cell[position]
    guard byte == 0x2F || byte == 0x2E || byte == 0x2D || byte == 0x20 else { return nil }
    position += 1
    return byte
  }

  private mutating func skip(_ byte: UInt8, _ cell: borrowing Span<UInt8>) -> Bool {
    guard position < cell.count, cell[position] == byte else { return false }
    position += 1
    return true
  }

  /// A space, also the narrow one that newer programs write before AM and PM.
  private mutating func space(_ cell: borrowing Span<UInt8>) -> Bool {
    guard let length = CellParser.spaceLength(cell, at: position..<cell.count) else {
      return false
    }
    position += length
    return true
  }

  private func isLetter(_ cell: borrowing Span<UInt8>) -> Bool {
    position < cell.count && (0x61...0x7A).contains(cell[position] | 0x20)
  }

  private static let months = FiscalCalendar.monthNames.map { Array($0.utf8) }

  /// The number of a month by its English name or the first three letters of it.
  private mutating func month(_ cell: borrowing Span<UInt8>) -> Int? {
    let start = position
    while isLetter(cell) { position += 1 }
    let length = position - start
    guard length >= 3 else { return nil }
    for (month, name) in DateReader.months.enumerated()
    where length == name.count || length == 3 {
      var isSame = true
      for letter in 0..<length where cell[start + letter] | 0x20 != name[letter] {
        isSame = false
      }
      if isSame { return month + 1 }
    }
    return nil
  }
}
