/// The organisation's fiscal years and quarters.
///
/// Years start on the first day of a month. A year is named by the calendar year in which it ends
/// unless configured by the year in which it starts; a year that starts in January has one name.
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

  public init(startMonth: Int = 1, namedBy: NamedBy = .endingYear) {
    self.startMonth = min(max(startMonth, 1), 12)
    self.namedBy = namedBy
  }

  /// The fiscal year that contains a day.
  public func year(containing day: Day) -> Period {
    let start = day.startOfMonth(adding: -monthInYear(day))
    return Period(start: start, end: start.startOfMonth(adding: 12))
  }

  /// The name of the fiscal year that contains a day, such as 2027.
  public func yearName(containing day: Day) -> Int {
    let year = year(containing: day)
    return namedBy == .startingYear ? year.start.civil.year : year.lastDay.civil.year
  }

  /// The fiscal quarter that contains a day.
  public func quarter(containing day: Day) -> Quarter {
    let month = monthInYear(day)
    let start = day.startOfMonth(adding: -(month % 3))
    return Quarter(
      year: yearName(containing: day), number: month / 3 + 1,
      period: Period(start: start, end: start.startOfMonth(adding: 3)))
  }

  /// The fiscal quarter a number of quarters after (before where negative) the one of a day.
  public func quarter(containing day: Day, adding quarters: Int) -> Quarter {
    quarter(
      containing: quarter(containing: day).period.start.startOfMonth(adding: 3 * quarters))
  }

  /// The last four completed fiscal quarters before a day: METRICS' "trailing four quarters".
  public func trailingFourQuarters(before day: Day) -> Period {
    let end = quarter(containing: day).period.start
    return Period(start: end.startOfMonth(adding: -12), end: end)
  }

  private func monthInYear(_ day: Day) -> Int {
    (day.civil.month - startMonth + 12) % 12
  }
}
