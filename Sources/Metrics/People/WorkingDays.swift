import Records

/// Days on which people work: Monday to Friday, without the holidays of the user's file.
struct WorkingDays: Sendable {
  private let holidays: Set<Day>

  init(_ holidays: [Holiday]) {
    self.holidays = Set(holidays.map(\.day))
  }

  func contains(_ day: Day) -> Bool { day.weekday <= 5 && !holidays.contains(day) }

  /// How many there are in a span of days.
  func count(in period: Period) -> Int {
    (0..<max(0, period.length)).reduce(0) {
      $0 + (contains(period.start.adding(days: $1)) ? 1 : 0)
    }
  }

  /// The first days of a period up to its working day of a number, that one included; all of the
  /// period where it has fewer, none of it for none.
  func first(_ number: Int, of period: Period) -> Period {
    guard number > 0 else { return Period(start: period.start, end: period.start) }
    var (day, rest) = (period.start, number)
    while day < period.end {
      if contains(day) { rest -= 1 }
      day = day.adding(days: 1)
      if rest == 0 { break }
    }
    return Period(start: period.start, end: day)
  }
}

/// Which deals close by the working day of their fiscal quarter that the as-of date is of its own:
/// METRICS §2, pace.
public enum Pace {
  /// The field of deals that says so.
  static let field = "IsByThisDay"

  /// The fiscal quarter of a day, and the number of its working days up to that day.
  public static func workingDay(
    of day: Day, _ calendar: FiscalCalendar, holidays: [Holiday]
  ) -> (quarter: Period, number: Int) {
    let quarter = calendar.quarter(containing: day).period
    let passed = Period(start: quarter.start, end: day.adding(days: 1))
    return (quarter, WorkingDays(holidays).count(in: passed))
  }

  /// 1 for each such deal, 0 for the others, null (2) without a close date.
  static func flags(_ ledger: Ledger) -> [UInt8] {
    let calendar = ledger.settings.calendar
    let asOf = ledger.records.asOf
    let working = WorkingDays(ledger.userRecords.holidays)
    let (quarter, passed) = workingDay(
      of: asOf, calendar, holidays: ledger.userRecords.holidays)
    let days = ledger.records[.opportunity].days("CloseDate")
    var known: [Int32: UInt8] = [Day.null: 2]
    return days.map { number in
      if let flag = known[number] { return flag }
      let day = Day(number: number)
      let period = calendar.quarter(containing: day).period
      let isBefore = working.first(passed, of: period).contains(day)
      // The present quarter goes up to the as-of date, though that be no working day.
      let flag: UInt8 = (period == quarter ? day <= asOf : isBefore) ? 1 : 0
      known[number] = flag
      return flag
    }
  }
}
