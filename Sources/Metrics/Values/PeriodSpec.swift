import Records

/// A period in words, which becomes days once the as-of date D is known.
///
/// "To date" ends with D, which belongs to it. A comparison of a partial period takes the same
/// number of elapsed days of the earlier one (at most all of it), and nothing is extrapolated.
public enum PeriodSpec: Hashable, Sendable {
  /// D alone.
  case asOfDay
  /// The whole fiscal quarter a number of quarters after the one of D.
  case fiscalQuarter(offset: Int)
  /// The fiscal quarter of D up to D, or as many days of the one a number of quarters away.
  case fiscalQuarterToDate(offset: Int)
  /// The whole fiscal year a number of years after the one of D.
  case fiscalYear(offset: Int)
  /// The fiscal year of D up to D, or as many days of the one a number of years away.
  case fiscalYearToDate(offset: Int)
  /// The last four completed fiscal quarters before D.
  case trailingFourQuarters
  /// Some completed fiscal quarters before the one of D.
  case previousFiscalQuarters(Int)
  /// The last twelve completed calendar months before D.
  case last12Months
  /// Days named one by one.
  case days(Period)
  /// All time.
  case always

  /// The names that report definitions and the command line use.
  public static let named: [(name: String, spec: PeriodSpec)] = [
    ("as_of_day", .asOfDay),
    ("fiscal_quarter", .fiscalQuarter(offset: 0)),
    ("previous_fiscal_quarter", .fiscalQuarter(offset: -1)),
    ("next_fiscal_quarter", .fiscalQuarter(offset: 1)),
    ("fiscal_quarter_after_next", .fiscalQuarter(offset: 2)),
    ("fiscal_quarter_last_year", .fiscalQuarter(offset: -4)),
    ("fiscal_quarter_to_date", .fiscalQuarterToDate(offset: 0)),
    ("previous_fiscal_quarter_to_date", .fiscalQuarterToDate(offset: -1)),
    ("fiscal_quarter_to_date_last_year", .fiscalQuarterToDate(offset: -4)),
    ("fiscal_year", .fiscalYear(offset: 0)),
    ("previous_fiscal_year", .fiscalYear(offset: -1)),
    ("fiscal_year_to_date", .fiscalYearToDate(offset: 0)),
    ("previous_fiscal_year_to_date", .fiscalYearToDate(offset: -1)),
    ("trailing_four_quarters", .trailingFourQuarters),
    ("previous_eight_fiscal_quarters", .previousFiscalQuarters(8)),
    ("last_12_months", .last12Months),
    ("always", .always),
  ]

  /// The period of a name, nil where no period is called so.
  public init?(name: String) {
    guard let spec = PeriodSpec.named.first(where: { $0.name == name })?.spec else { return nil }
    self = spec
  }

  /// The days it stands for.
  public func period(asOf: Day, calendar: FiscalCalendar) -> Period {
    switch self {
    case .asOfDay: return Period(start: asOf, end: asOf.adding(days: 1))
    case .fiscalQuarter(let offset):
      return calendar.quarter(containing: asOf, adding: offset).period
    case .fiscalQuarterToDate(let offset):
      let present = calendar.quarter(containing: asOf).period
      return PeriodSpec.firstDays(
        elapsed(in: present, asOf), of: calendar.quarter(containing: asOf, adding: offset).period)
    case .fiscalYear(let offset): return year(offset, asOf, calendar)
    case .fiscalYearToDate(let offset):
      let present = calendar.year(containing: asOf)
      return PeriodSpec.firstDays(elapsed(in: present, asOf), of: year(offset, asOf, calendar))
    case .trailingFourQuarters: return calendar.trailingFourQuarters(before: asOf)
    case .previousFiscalQuarters(let count):
      return Period(
        start: calendar.quarter(containing: asOf, adding: -count).period.start,
        end: calendar.quarter(containing: asOf).period.start)
    case .last12Months:
      return Period(
        start: asOf.startOfMonth(adding: -12), end: asOf.startOfMonth())
    case .days(let period): return period
    case .always: return .always
    }
  }

  /// Share of the whole period that has passed with D: 1 once it is over, 0 before it begins.
  public func shareElapsed(asOf: Day, calendar: FiscalCalendar) -> Ratio {
    let whole: Period
    switch self {
    case .fiscalQuarterToDate(let offset):
      whole = calendar.quarter(containing: asOf, adding: offset).period
    case .fiscalYearToDate(let offset): whole = year(offset, asOf, calendar)
    default: whole = period(asOf: asOf, calendar: calendar)
    }
    if case .always = self { return Ratio(1, over: 1) }
    let passed = min(max(elapsed(in: whole, asOf), 0), whole.length)
    return Ratio(Int128(passed), over: Int128(whole.length))
  }

  private func elapsed(in period: Period, _ asOf: Day) -> Int {
    period.start.days(until: asOf) + 1
  }

  private func year(_ offset: Int, _ asOf: Day, _ calendar: FiscalCalendar) -> Period {
    calendar.year(containing: asOf, adding: offset)
  }

  private static func firstDays(_ count: Int, of period: Period) -> Period {
    Period(start: period.start, end: min(period.start.adding(days: count), period.end))
  }
}
