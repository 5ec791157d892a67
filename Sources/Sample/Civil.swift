/// Days of the Gregorian calendar as whole numbers since 1970-01-01.
///
/// After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil and
/// civil_from_days).
enum Civil {
  /// The day number of a date.
  static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date of a day number.
  static func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let z = day + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let m = (5 * dayOfYear + 2) / 153
    let month = m < 10 ? m + 3 : m - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * m + 2) / 5 + 1)
  }

  /// The same day of a later or earlier month, or the last day of a month that is shorter.
  static func adding(months: Int, to day: Int) -> Int {
    let (y, m, d) = date(day)
    let index = y * 12 + m - 1 + months
    let (year, month) = (index / 12, index % 12 + 1)
    let next = Civil.day(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1)
    return min(Civil.day(year, month, d), next - 1)
  }

  /// The day itself, or the Friday before it if it falls on a weekend.
  static func workday(_ day: Int) -> Int {
    // 1970-01-01 was a Thursday: 0 is Monday here.
    let weekday = (day + 3) % 7
    return weekday < 5 ? day : day - (weekday - 4)
  }

  /// `YYYY-MM-DD`.
  static func text(_ day: Int) -> String {
    let (y, m, d) = date(day)
    return "\(y)-\(m < 10 ? "0" : "")\(m)-\(d < 10 ? "0" : "")\(d)"
  }
}

/// The fiscal calendar of the organisation: years of twelve months from a starting month.
struct FiscalYears {
  /// 1 for calendar years, 2 for years that start in February.
  let startMonth: Int

  /// The first day of the fiscal year that holds a day.
  func start(of day: Int) -> Int {
    let (y, m, _) = Civil.date(day)
    return Civil.day(m >= startMonth ? y : y - 1, startMonth, 1)
  }

  /// The first day of the fiscal quarter that holds a day.
  func quarterStart(of day: Int) -> Int {
    let year = start(of: day)
    var quarter = year
    for q in 1...3 {
      let next = Civil.adding(months: 3 * q, to: year)
      if next <= day { quarter = next }
    }
    return quarter
  }

  /// The last four fiscal quarters that are complete on a day.
  func trailingFourQuarters(before day: Int) -> Range<Int> {
    let end = quarterStart(of: day)
    return Civil.adding(months: -12, to: end)..<end
  }

  /// The fiscal year that holds a day.
  func year(of day: Int) -> Range<Int> {
    let first = start(of: day)
    return first..<Civil.adding(months: 12, to: first)
  }

  /// The number of the fiscal year that starts on a day, named by its ending year.
  func name(ofYearStarting day: Int) -> Int {
    Civil.date(Civil.adding(months: 12, to: day) - 1).year
  }
}
