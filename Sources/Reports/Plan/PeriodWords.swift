import Metrics
import Records

/// Periods in words.
struct PeriodWords {
  let calendar: FiscalCalendar
  let asOf: Day
  let formatter: ValueFormatter

  init(_ context: ReportContext) {
    calendar = context.calendar
    asOf = context.asOf
    formatter = context.formatter
  }

  /// The fiscal quarter of the as-of date, such as `Q3 FY2027`.
  var quarter: String { calendar.quarter(containing: asOf).name }

  /// The fiscal year of the as-of date, such as `FY2027`.
  var year: String { "FY\(calendar.yearName(containing: asOf))" }

  /// What a change is counted from, such as `the first 112 days of FY2026`.
  func against(_ period: PeriodSpec) -> String {
    switch period {
    case .fiscalQuarterToDate(let offset):
      return first(period, of: calendar.quarter(containing: asOf, adding: offset).name)
    case .fiscalYearToDate(let offset): return first(period, of: year(offset))
    case .fiscalQuarter(let offset):
      return calendar.quarter(containing: asOf, adding: offset).name
    case .fiscalYear(let offset): return year(offset)
    case .trailingFourQuarters: return words[.lastFourQuarters]
    case .previousFiscalQuarters(let count):
      return words.say(.lastQuarters, ["count": "\(formatter.count(Int128(count)))"])
    case .last12Months: return words[.lastTwelveMonths]
    case .asOfDay: return formatter.dayText(asOf)
    case .days(let period):
      return words.say(
        .fromTo,
        ["start": "\(formatter.day(period.start))", "end": "\(formatter.day(period.lastDay))"])
    case .always: return words[.allTime]
    }
  }

  /// Short names of a span to date and of the same days a year before; nil for other periods.
  func shortOfYear(_ period: PeriodSpec) -> (now: String, before: String)? {
    switch period {
    case .fiscalQuarterToDate(0):
      ("\(quarter) to date", calendar.quarter(containing: asOf, adding: -4).name + ", same days")
    case .fiscalYearToDate(0): ("\(year) to date", "\(year(-1)), same days")
    default: nil
    }
  }

  private func first(_ period: PeriodSpec, of whole: String) -> String {
    let days = period.period(asOf: asOf, calendar: calendar).length
    return words.say(
      .firstDays,
      ["count": "\(formatter.count(Int128(days)))", "period": ReportDocument.Prose(whole)])
  }

  private var words: ReportWords { formatter.words }

  private func year(_ offset: Int) -> String {
    "FY\(calendar.yearName(containing: asOf) + offset)"
  }
}
