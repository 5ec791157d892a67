import Records

/// Which rows of a monthly fact a state takes: of each span of time the last completed month.
///
/// A state is semi-additive: it is summed over customers and never over months. Sliced by time each
/// span has the state at its end, or of its last completed month; otherwise the state is that of
/// the last completed month before the period's end, wherever the period begins.
struct MonthlyStates: Hashable {
  private let date: String
  private let period: Period?
  private let spans: [Dimension]

  /// nil where an aggregation takes all rows.
  init?(_ aggregation: QueryPlan.Aggregation) {
    guard aggregation.takesLastMonth, let date = aggregation.date else { return nil }
    self.date = date
    period = aggregation.period
    spans = aggregation.by.filter(\.isTime)
  }

  /// Whether the months must also lie in the period.
  var takesPeriod: Bool { !spans.isEmpty }

  /// The rows of a mask that are of a month that counts.
  ///
  /// - Parameters:
  ///   - mask: the rows that may count; nil: all.
  ///   - few: the rows of the fact that the mask is of; nil: all.
  ///   - ledger: the records.
  ///   - resolver: finds the date.
  /// - Returns: one entry a row of the mask.
  func mask(
    _ mask: [UInt8]?, _ few: FewRows?, _ ledger: Ledger, _ resolver: FactResolver
  ) -> [UInt8] {
    guard case .days(let all) = resolver.resolve([date])?.column else { return mask ?? [] }
    let days = few?.picked(all) ?? all
    let completed = ledger.records.asOf.startOfMonth()
    var isLast: [Int32: UInt8] = [:]
    return days.indices.map { row in
      if let mask, mask[row] == 0 { return 0 }
      let day = days[row]
      if let known = isLast[day] { return known }
      let end = end(of: Day(number: day), ledger.settings.calendar)
      // The month after this one ends after the span does, or is not completed.
      let next = Day(number: day).adding(days: 1).startOfMonth(adding: 1)
      let known: UInt8 =
        Day(number: day) < min(end, completed) && next > min(end, completed) ? 1 : 0
      isLast[day] = known
      return known
    }
  }

  /// The end of the shortest span of time in which a day lies, at most that of the period.
  private func end(of day: Day, _ calendar: FiscalCalendar) -> Day {
    spans.map { dimension in
      switch dimension {
      case .fiscalQuarter: calendar.quarter(containing: day).period.end
      case .fiscalYear: calendar.year(containing: day).end
      default: day.startOfMonth(adding: 1)
      }
    }.reduce((period ?? .always).end) { min($0, $1) }
  }

  /// The days of a period whose spans are listed: of monthly facts alone, those of completed months.
  static func listed(_ period: Period, of facts: [Fact], asOf: Day) -> Period {
    guard facts.allSatisfy(\.isMonthly) else { return period }
    return Period(
      start: period.start, end: max(period.start, min(period.end, asOf.startOfMonth())))
  }
}
