/// The organisation's fiscal years and quarters.
///
/// Years start on the first day of a month. A year is named by the calendar year in which it ends
/// unless configured by the year in which it starts; a year that starts in January has one name.
/// Custom years, given day by day, take the place of these.
public struct FiscalCalendar: Hashable, Sendable {
  /// Which calendar year names a fiscal year.
  public enum NamedBy: String, Hashable, Sendable {
    case endingYear = "ending_year"
    case startingYear = "starting_year"
  }

  /// A fiscal quarter with its name.
  public struct Quarter: Hashable, Sendable {
    /// Name of the fiscal year, such as 2027.
    public let year: Int
    /// Number in the year, 1 to 4.
    public let number: Int
    public let period: Period

    /// Such as `Q3 FY2027`.
    public var name: String { "Q\(number) FY\(year)" }
  }

  /// The English names of the months as configurations and exports write them, January first.
  public static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// Month in which the year starts, 1 to 12.
  public let startMonth: Int
  public let namedBy: NamedBy
  /// Years that are given day by day, in their order; empty where all follow the months.
  public var customYears: [CustomYear] = []

  public init(startMonth: Int = 1, namedBy: NamedBy = .endingYear) {
    self.startMonth = min(max(startMonth, 1), 12)
    self.namedBy = namedBy
  }

  /// The calendar of a configuration, else of an export; custom years, which no configuration can
  /// write down, are the export's in either case.
  public static func resolved(
    configured: FiscalCalendar?, exported: FiscalCalendar?
  ) -> FiscalCalendar {
    var calendar = configured ?? exported ?? FiscalCalendar()
    calendar.customYears = exported?.customYears ?? []
    return calendar
  }

  /// The fiscal year that contains a day.
  public func year(containing day: Day) -> Period {
    if let year = customYear(containing: day) { return year.period }
    let start = day.startOfMonth(adding: -monthInYear(day))
    return Period(start: start, end: start.startOfMonth(adding: 12))
  }

  /// The fiscal year a number of years after (before where negative) the one of a day.
  public func year(containing day: Day, adding years: Int) -> Period {
    var year = year(containing: day)
    for _ in 0..<abs(years) {
      year = self.year(containing: years > 0 ? year.end : year.start.adding(days: -1))
    }
    return year
  }

  /// The fiscal year of a name, nil where the calendar has none.
  public func year(named name: Int) -> Period? {
    guard let newYear = Day(year: name, month: 1, day: 1), name > 0 else { return nil }
    // The year of the first of January is the one named, or the next to it.
    for offset in [0, 1, -1] {
      let year = year(containing: newYear, adding: offset)
      if yearName(containing: year.start) == name { return year }
    }
    return nil
  }

  /// The name of the fiscal year that contains a day, such as 2027.
  public func yearName(containing day: Day) -> Int {
    if let year = customYear(containing: day) { return year.name }
    let year = year(containing: day)
    return namedBy == .startingYear ? year.start.civil.year : year.lastDay.civil.year
  }

  /// The fiscal quarter that contains a day.
  public func quarter(containing day: Day) -> Quarter {
    if let year = customYear(containing: day),
      let index = year.quarters.firstIndex(where: { $0.contains(day) })
    {
      return Quarter(year: year.name, number: index + 1, period: year.quarters[index])
    }
    let month = monthInYear(day)
    let start = day.startOfMonth(adding: -(month % 3))
    return Quarter(
      year: yearName(containing: day), number: month / 3 + 1,
      period: Period(start: start, end: start.startOfMonth(adding: 3)))
  }

  /// The fiscal quarter a number of quarters after (before where negative) the one of a day.
  public func quarter(containing day: Day, adding quarters: Int) -> Quarter {
    var quarter = quarter(containing: day)
    for _ in 0..<abs(quarters) {
      let period = quarter.period
      quarter = self.quarter(containing: quarters > 0 ? period.end : period.start.adding(days: -1))
    }
    return quarter
  }

  /// The last four completed fiscal quarters before a day: METRICS' "trailing four quarters".
  public func trailingFourQuarters(before day: Day) -> Period {
    Period(
      start: quarter(containing: day, adding: -4).period.start,
      end: quarter(containing: day).period.start)
  }

  private func monthInYear(_ day: Day) -> Int {
    (day.civil.month - startMonth + 12) % 12
  }
}
