import Graphics
import Metrics
import Records

/// Spans of a time dimension: from the names that engines give them to days, and to what people read.
struct SpanNames {
  private let calendar: FiscalCalendar
  private let formatter: ValueFormatter
  private let dimension: Dimension

  init(_ context: ReportContext, _ dimension: Dimension) {
    calendar = context.calendar
    formatter = context.formatter
    self.dimension = dimension
  }

  /// The days of a name such as `2026-11`, `Q3 FY2027` or `2026-11-16`; nil for what has no date.
  func period(of name: String) -> Period? {
    switch dimension {
    case .day, .week:
      guard let day = Day(iso: name) else { return nil }
      return Period(start: day, end: day.adding(days: dimension == .day ? 1 : 7))
    case .fiscalYear, .fiscalQuarter:
      guard let match = name.wholeMatch(of: #/(?:Q([1-4]) )?FY([0-9]+)/#),
        let year = Int(match.2).flatMap(calendar.year(named:))
      else { return nil }
      guard let number = match.1.flatMap({ Int($0) }) else { return year }
      return calendar.quarter(containing: year.start, adding: number - 1).period
    default:
      guard let day = Day(iso: name + "-01") else { return nil }
      return Period(start: day, end: day.startOfMonth(adding: 1))
    }
  }

  /// What people read for a span.
  func name(of span: Period, _ name: String) -> String {
    switch dimension {
    case .day, .week: formatter.dayText(span.start)
    case .fiscalQuarter: calendar.quarter(containing: span.start).name
    case .fiscalYear: "FY\(calendar.yearName(containing: span.start))"
    default: formatter.monthText(span.start)
    }
  }

  func next(after span: Period) -> Period {
    switch dimension {
    case .day: Period(start: span.end, end: span.end.adding(days: 1))
    case .week: Period(start: span.end, end: span.end.adding(days: 7))
    case .fiscalQuarter: calendar.quarter(containing: span.end).period
    case .fiscalYear: calendar.year(containing: span.end)
    default: Period(start: span.end, end: span.end.startOfMonth(adding: 1))
    }
  }

  /// Places along a line: the starts of fiscal years, of fiscal quarters or of months, whichever are
  /// the first to be more than two, else of every span.
  func ticks(_ spans: [Period]) -> [LineChart.Tick] {
    let starts = spans.map(\.start)
    func position(_ day: Day) -> Double { Double(day.number) }
    let years = starts.filter { calendar.year(containing: $0).start == $0 }
    let quarters = starts.filter { calendar.quarter(containing: $0).period.start == $0 }
    let quarterTicks = quarters.map {
      LineChart.Tick(position($0), calendar.quarter(containing: $0).name)
    }
    if years.count > 2 {
      return years.map {
        LineChart.Tick(position($0), "FY\(calendar.yearName(containing: $0))")
      }
    }
    if quarters.count > 2 { return quarterTicks }
    let months = starts.filter { $0.civil.day == 1 }
    if months.count > 2 {
      return months.map { LineChart.Tick(position($0), formatter.monthText($0)) }
    }
    return spans.map { LineChart.Tick(position($0.start), name(of: $0, "")) }
  }
}
