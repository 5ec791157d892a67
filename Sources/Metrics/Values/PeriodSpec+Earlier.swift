import Records

extension PeriodSpec {
  /// The same days a year earlier: the quarter, the year or the elapsed days of the fiscal year
  /// before, else the days twelve months before; nil for all time.
  public func yearBefore(asOf: Day, calendar: FiscalCalendar) -> PeriodSpec? {
    switch self {
    case .fiscalQuarter(let offset): return .fiscalQuarter(offset: offset - 4)
    case .fiscalQuarterToDate(let offset): return .fiscalQuarterToDate(offset: offset - 4)
    case .fiscalYear(let offset): return .fiscalYear(offset: offset - 1)
    case .fiscalYearToDate(let offset): return .fiscalYearToDate(offset: offset - 1)
    case .always: return nil
    case .asOfDay, .trailingFourQuarters, .previousFiscalQuarters, .last12Months, .days:
      let days = period(asOf: asOf, calendar: calendar)
      return .days(
        Period(start: days.start.adding(months: -12), end: days.end.adding(months: -12)))
    }
  }
}
