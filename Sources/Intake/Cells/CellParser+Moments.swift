import Records

extension CellParser {
  /// When something was, as far as a cell says it.
  enum Moment: Hashable {
    /// Seconds since 1970 in UTC.
    case instant(Int64)
    /// Seconds since 1970 of the clocks on the wall: a locale's datetime has no zone, it is in the
    /// organisation's.
    case local(Int64)
    /// Days since 1970, without a time.
    case day(Int32)
  }

  /// A datetime in any form that is read: ISO 8601 in UTC unless it has an offset, else in the stated
  /// order with or without a time, or with the month by name.
  static func moment(_ cell: borrowing Span<UInt8>, order: CellForms.DateOrder?) -> Moment? {
    if cell.count > 10, let instant = instant(cell) { return .instant(instant) }
    if let day = isoDate(cell) { return cell.count == 10 ? .day(day) : nil }
    return writtenMoment(cell, order: order)
  }

  /// Days since 1970 of a date; a time of day behind it is read, and does not matter.
  static func date(_ cell: borrowing Span<UInt8>, order: CellForms.DateOrder?) -> Int32? {
    if let day = isoDate(cell) {
      return cell.count == 10 || isMidnight(cell) || instant(cell) != nil ? day : nil
    }
    switch writtenMoment(cell, order: order) {
    case .day(let day): return day
    case .local(let seconds), .instant(let seconds): return Day.containing(seconds)
    case nil: return nil
    }
  }

  /// The ` 00:00:00` that Data Export puts behind a date.
  static func isMidnight(_ cell: borrowing Span<UInt8>) -> Bool {
    guard cell.count == 19 else { return false }
    for position in 11..<19 {
      guard cell[position] == (position == 13 || position == 16 ? 0x3A : 0x30) else {
        return false
      }
    }
    return true
  }

  /// A date that is not ISO 8601, with or without a time; the slow path.
  static func writtenMoment(
    _ cell: borrowing Span<UInt8>, order: CellForms.DateOrder?
  ) -> Moment? {
    guard cell.count <= 48 else { return nil }
    var reader = DateReader()
    guard let date = reader.date(cell, order: order) else { return nil }
    guard
      let day = Day(year: date.year, month: date.month, day: date.day)?.number
    else { return nil }
    guard reader.position < cell.count else { return .day(day) }
    guard let seconds = reader.time(cell), reader.position == cell.count else { return nil }
    return .local(Int64(day) * 86_400 + Int64(seconds))
  }
}

extension Day {
  /// Days since 1970 of a second since then, on one and the same clock.
  static func containing(_ seconds: Int64) -> Int32 {
    Int32(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
  }
}

extension LocalDays {
  /// The day of a moment.
  @inline(__always)
  func day(of moment: CellParser.Moment) -> Int32 {
    switch moment {
    case .instant(let seconds): day(of: seconds)
    case .local(let seconds): Day.containing(seconds)
    case .day(let day): day
    }
  }

  /// The second of a moment, since 1970 in UTC; a day begins at its midnight here.
  func instant(of moment: CellParser.Moment) -> Int64 {
    switch moment {
    case .instant(let seconds): seconds
    case .local(let seconds): instant(ofLocal: seconds)
    case .day(let day): instant(ofLocal: Int64(day) * 86_400)
    }
  }
}
