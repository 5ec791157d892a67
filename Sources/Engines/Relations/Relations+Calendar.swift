import Metrics
import Records

// Spans of time that are given day by day.
extension Relations {
  /// Defines the fiscal quarters or years that the export's days need, where they are given day by
  /// day, and gives the relation's name.
  func fiscalSpans(_ dimension: Dimension) throws -> String {
    let isYear = dimension == .fiscalYear
    let name = isYear ? "fiscal_year" : "fiscal_quarter"
    let calendar = settings.calendar
    try define(name, "The fiscal \(isYear ? "years" : "quarters"), as the export gives them.") {
      var rows: [[String]] = []
      var day = schema.days.start
      while day < schema.days.end {
        let span =
          isYear ? calendar.year(containing: day) : calendar.quarter(containing: day).period
        rows.append([dialect.literal(span.start), dialect.literal(span.end)])
        day = span.end
      }
      return dialect.values(["first_day", "next_day"], rows)
    }
    return name
  }

  /// The first day of the fiscal quarter or year of a day, and the day after the last.
  ///
  /// - Parameters:
  ///   - dimension: quarters or years.
  ///   - day: the day.
  ///   - alias: a name for the row of the span, which tells it from others.
  ///   - join: adds a join.
  /// - Returns: the two days.
  /// - Throws: what SQL cannot say.
  func fiscalSpan(
    _ dimension: Dimension, of day: String, alias: String, join: (String) -> Void
  ) throws -> (start: String, next: String) {
    guard settings.calendar.customYears.isEmpty else {
      let spans = try fiscalSpans(dimension)
      join(
        "LEFT JOIN \(spans) AS \(alias) ON \(day) >= \(alias).first_day"
          + " AND \(day) < \(alias).next_day")
      return ("\(alias).first_day", "\(alias).next_day")
    }
    let isYear = dimension == .fiscalYear
    let unit = isYear ? "year" : "quarter"
    let month = dialect.start(of: "month", day)
    let shift = settings.calendar.startMonth - 1
    let start =
      shift == 0
      ? dialect.start(of: unit, month)
      : dialect.day(
        dialect.start(of: unit, dialect.day(month, movedByMonths: "-\(shift)")),
        movedByMonths: "\(shift)")
    return (start, dialect.day(start, movedByMonths: isYear ? "12" : "3"))
  }

  /// The first day of the week of a day.
  func week(of day: String) -> String {
    // 2000-01-03 was a Monday.
    let known = dialect.literal(
      Day(number: Relations.someMonday.number).adding(days: settings.weekStarts - 1))
    let passed = dialect.days(from: known, to: day)
    return dialect.day(day, movedByDays: "-(((\(passed)) % 7 + 7) % 7)")
  }

  private static let someMonday = Day(iso: "2000-01-03") ?? Day(number: 0)
}
