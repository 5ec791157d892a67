/// A calendar day without time or zone, counted from 1970-01-01.
///
/// Days are what reports reason in: close dates, period edges, the as-of date. A datetime becomes a
/// day only after conversion to the configured time zone, which is Intake's work.
public struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before it.
  public let number: Int32

  /// The number that stands for "no day" in a column.
  public static let null = Int32.min

  @inlinable
  public init(number: Int32) {
    self.number = number
  }

  /// A day of the proleptic Gregorian calendar, or nil where there is no such day.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (`days_from_civil`).
  @inlinable
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), day >= 1, (0...9999).contains(year),
      day <= 28 || day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    self.init(number: Day.number(year: year, month: month, day: day))
  }

  /// The day a text such as `2026-11-20` names, or nil where it is not such a text.
  public init?(iso text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func value(_ range: Range<Int>) -> Int? {
      var sum = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        sum = sum * 10 + Int(byte - 0x30)
      }
      return sum
    }
    guard let year = value(0..<4), let month = value(5..<7), let day = value(8..<10) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  /// The day a number of days later (earlier where negative).
  public func adding(days: Int) -> Day { Day(number: number + Int32(days)) }

  /// Days from this day to another; negative where the other is earlier.
  public func days(until other: Day) -> Int { Int(other.number) - Int(number) }

  /// Year, month and day of month.
  ///
  /// Source: Howard Hinnant, `civil_from_days`.
  public var civil: (year: Int, month: Int, day: Int) {
    let shifted = Int(number) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
  public var weekday: Int {
    let remainder = (Int(number) + 3) % 7
    return (remainder < 0 ? remainder + 7 : remainder) + 1
  }

  /// The same day of the month some months later, or the last of a month that is shorter.
  public func adding(months: Int) -> Day {
    let first = startOfMonth(adding: months)
    return min(
      first.adding(days: civil.day - 1), first.startOfMonth(adding: 1).adding(days: -1))
  }

  /// The first day of the month a number of months later.
  public func startOfMonth(adding months: Int = 0) -> Day {
    let (year, month, _) = civil
    let index = year * 12 + month - 1 + months
    return Day(number: Day.number(year: index / 12, month: index % 12 + 1, day: 1))
  }

  @inlinable
  static func number(year: Int, month: Int, day: Int) -> Int32 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  @inlinable
  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Day: CustomStringConvertible {
  /// The ISO 8601 form, such as `2026-11-20`.
  public var description: String {
    let (year, month, day) = civil
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
