import Records

/// A day of the week.
public enum Weekday: String, Hashable, Sendable, CaseIterable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// 1 for Monday to 7 for Sunday (ISO 8601).
  public var number: Int { (Weekday.allCases.firstIndex(of: self) ?? 0) + 1 }
}

/// When a report is due.
public enum Schedule: Hashable, Sendable {
  case day
  case weekday(Weekday)
  /// The first day of a month.
  case month
  /// The first day of a fiscal quarter.
  case quarter
  /// The first day of a fiscal year.
  case year

  /// The words of `every:`.
  static let words =
    ["day"] + Weekday.allCases.map(\.rawValue) + ["month", "quarter", "year"]

  init?(_ word: String) {
    switch word {
    case "day": self = .day
    case "month": self = .month
    case "quarter": self = .quarter
    case "year": self = .year
    default:
      guard let weekday = Weekday(rawValue: word) else { return nil }
      self = .weekday(weekday)
    }
  }

  /// The last scheduled day that is not after a day.
  public func lastDay(notAfter day: Day, calendar: FiscalCalendar) -> Day {
    switch self {
    case .day: day
    case .weekday(let weekday): day.adding(days: -((day.weekday - weekday.number + 7) % 7))
    case .month: day.startOfMonth()
    case .quarter: calendar.quarter(containing: day).period.start
    case .year: calendar.year(containing: day).start
    }
  }
}
