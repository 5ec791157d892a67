import Records
import Testing

/// Years of whole weeks from a Sunday, as retailers have them: FY 2025 has 53.
@Suite("Custom fiscal years")
struct CustomYearTests {
  private let calendar: FiscalCalendar

  init() throws {
    calendar = try CustomYearTests.calendar([
      (2025, ["2025-02-02", "2025-05-04", "2025-08-03", "2025-11-02", "2026-02-08"]),
      (2026, ["2026-02-08", "2026-05-10", "2026-08-09", "2026-11-08", "2027-02-07"]),
    ])
  }

  private static func calendar(_ years: [(Int, [String])]) throws -> FiscalCalendar {
    var calendar = FiscalCalendar(startMonth: 2)
    for (name, starts) in years {
      let days = try starts.map { try #require(Day(iso: $0)) }
      let quarters = zip(days, days.dropFirst()).map { Period(start: $0, end: $1) }
      calendar.customYears.append(
        try #require(FiscalCalendar.CustomYear(name: name, quarters: quarters)))
    }
    return calendar
  }

  private func quarter(_ text: String, adding: Int = 0) throws -> String {
    let quarter = calendar.quarter(containing: try #require(Day(iso: text)), adding: adding)
    return "\(quarter.name): \(quarter.period)"
  }

  @Test("The 53rd week belongs to the last quarter of its year")
  func lastWeek() throws {
    #expect(try quarter("2026-02-07") == "Q4 FY2025: 2025-11-02 to 2026-02-07")
    #expect(try quarter("2026-02-08") == "Q1 FY2026: 2026-02-08 to 2026-05-09")
    #expect(try quarter("2026-06-15", adding: -2) == "Q4 FY2025: 2025-11-02 to 2026-02-07")
    let day = try #require(Day(iso: "2026-02-07"))
    #expect(calendar.year(containing: day).length == 53 * 7)
    #expect(calendar.yearName(containing: day) == 2025)
    #expect(
      calendar.year(containing: day, adding: 1).description == "2026-02-08 to 2027-02-06")
  }

  @Test("The trailing four quarters are whole custom quarters, however many weeks they have")
  func trailing() throws {
    let day = try #require(Day(iso: "2026-06-15"))
    #expect(
      calendar.trailingFourQuarters(before: day).description == "2025-05-04 to 2026-05-09")
  }

  @Test("Where no year is given, years and quarters begin on anniversaries")
  func beyond() throws {
    #expect(try quarter("2025-02-01") == "Q4 FY2024: 2024-11-02 to 2025-02-01")
    #expect(try quarter("2024-02-02") == "Q1 FY2024: 2024-02-02 to 2024-05-01")
    #expect(try quarter("2024-02-01") == "Q4 FY2023: 2023-11-02 to 2024-02-01")
    #expect(try quarter("2027-02-07") == "Q1 FY2027: 2027-02-07 to 2027-05-06")
    #expect(try quarter("2029-12-31") == "Q4 FY2029: 2029-11-07 to 2030-02-06")
  }

  @Test("A year that is missing between two is made up to the next, and no name stands twice")
  func gap() throws {
    let calendar = try CustomYearTests.calendar([
      (2024, ["2024-02-04", "2024-05-05", "2024-08-04", "2024-11-03", "2025-02-02"]),
      (2026, ["2026-02-08", "2026-05-10", "2026-08-09", "2026-11-08", "2027-02-07"]),
    ])
    let day = try #require(Day(iso: "2025-06-01"))
    #expect(calendar.year(containing: day).description == "2025-02-02 to 2026-02-01")
    #expect(calendar.yearName(containing: day) == 2025)
  }

  @Test("Every day is in one quarter, and every quarter in one year")
  func partition() throws {
    var day = try #require(Day(iso: "2020-01-01"))
    let end = try #require(Day(iso: "2032-01-01"))
    var names: Set<String> = []
    day = calendar.quarter(containing: day).period.start
    while day < end {
      let quarter = calendar.quarter(containing: day)
      let year = calendar.year(containing: day)
      #expect(quarter.period.start == day && day < quarter.period.end)
      #expect(year.start <= day && quarter.period.end <= year.end)
      #expect(names.insert(quarter.name).inserted, "\(quarter.name)")
      day = quarter.period.end
    }
    #expect(calendar.year(named: 2025)?.length == 53 * 7)
  }

  @Test("Quarters with a gap, an overlap or no day are no year")
  func refused() throws {
    let days = try ["2025-02-02", "2025-05-04", "2025-05-05", "2025-08-03"].map {
      try #require(Day(iso: $0))
    }
    let first = Period(start: days[0], end: days[1])
    #expect(FiscalCalendar.CustomYear(name: 2025, quarters: []) == nil)
    #expect(
      FiscalCalendar.CustomYear(
        name: 2025, quarters: [first, Period(start: days[2], end: days[3])]) == nil)
    #expect(
      FiscalCalendar.CustomYear(
        name: 2025, quarters: [first, Period(start: days[0], end: days[3])]) == nil)
    #expect(
      FiscalCalendar.CustomYear(
        name: 2025, quarters: [Period(start: days[0], end: days[0])]) == nil)
  }
}
