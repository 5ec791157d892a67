import Records
import Testing

@Suite("Days")
struct DayTests {
  @Test("Every day of 400 years goes to year, month and day and back, one after another")
  func roundTrip() throws {
    // A Gregorian cycle has 146,097 days: 400 · 365 + 97 leap days.
    let first = try #require(Day(year: 1800, month: 1, day: 1))
    let end = try #require(Day(year: 2200, month: 1, day: 1))
    #expect(first.days(until: end) == 146_097)
    var last = (year: 1799, month: 12, day: 31)
    var isConsecutive = true
    for number in first.number..<end.number {
      let civil = Day(number: number).civil
      let isNextDay = civil == (last.year, last.month, last.day + 1)
      let isNextMonth = civil == (last.year, last.month + 1, 1) && last.day >= 28
      let isNextYear = civil == (last.year + 1, 1, 1) && last.month == 12 && last.day == 31
      isConsecutive = isConsecutive && (isNextDay || isNextMonth || isNextYear)
      let back = Day(year: civil.year, month: civil.month, day: civil.day)
      isConsecutive = isConsecutive && back?.number == number
      last = civil
    }
    #expect(isConsecutive)
  }

  @Test(
    "Known days have known numbers and weekdays",
    arguments: [
      ("1970-01-01", 0, 4), ("1969-12-31", -1, 3), ("2000-03-01", 11_017, 3),
      ("2026-11-20", 20_777, 5), ("1900-01-01", -25_567, 1),
    ])
  func known(_ text: String, _ number: Int32, _ weekday: Int) throws {
    let day = try #require(Day(iso: text))
    #expect(day.number == number)
    #expect(day.weekday == weekday)
    #expect(day.description == text)
  }

  @Test("A leap day stands in years by four, but not by a hundred, but by four hundred")
  func leapDays() {
    #expect(Day(iso: "2024-02-29") != nil)
    #expect(Day(iso: "2000-02-29") != nil)
    #expect(Day(iso: "2025-02-29") == nil)
    #expect(Day(iso: "1900-02-29") == nil)
    #expect(Day(iso: "2100-02-29") == nil)
  }

  @Test(
    "What is no day is not read as one",
    arguments: [
      "", "2026-11-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-01", "2026/01/01",
      "2026-01-01T00:00", " 2026-01-01", "-026-01-01", "２026-01-01",
    ])
  func noDay(_ text: String) {
    #expect(Day(iso: text) == nil)
  }

  @Test("Months are counted across years, forwards and backwards")
  func months() throws {
    let day = try #require(Day(iso: "2024-01-31"))
    #expect(day.startOfMonth().description == "2024-01-01")
    #expect(day.startOfMonth(adding: 1).description == "2024-02-01")
    #expect(day.startOfMonth(adding: -1).description == "2023-12-01")
    #expect(day.startOfMonth(adding: 25).description == "2026-02-01")
    #expect(day.adding(days: 30).description == "2024-03-01")
  }

  @Test("A period holds its first day and not its end")
  func period() throws {
    let start = try #require(Day(iso: "2024-02-01"))
    let end = try #require(Day(iso: "2024-03-01"))
    let period = Period(start: start, end: end)
    #expect(period.length == 29)
    #expect(period.contains(start))
    #expect(period.contains(end.adding(days: -1)))
    #expect(!period.contains(end))
    #expect(period.description == "2024-02-01 to 2024-02-29")
    #expect(Period.always.contains(start))
    #expect(!Period.always.contains(Day(number: Day.null)))
  }
}

@Suite("Fiscal calendars")
struct FiscalCalendarTests {
  private func quarter(
    _ calendar: FiscalCalendar, _ text: String, adding: Int = 0
  ) throws -> String {
    let day = try #require(Day(iso: text))
    let quarter = calendar.quarter(containing: day, adding: adding)
    return "\(quarter.name): \(quarter.period)"
  }

  @Test("A year from January is the calendar year, whichever way it is named")
  func january() throws {
    for calendar in [FiscalCalendar(), FiscalCalendar(startMonth: 1, namedBy: .startingYear)] {
      #expect(try quarter(calendar, "2026-11-20") == "Q4 FY2026: 2026-10-01 to 2026-12-31")
      #expect(try quarter(calendar, "2026-01-01") == "Q1 FY2026: 2026-01-01 to 2026-03-31")
      #expect(try quarter(calendar, "2024-03-31") == "Q1 FY2024: 2024-01-01 to 2024-03-31")
    }
  }

  @Test("A year from February is named by the year it ends in")
  func february() throws {
    let calendar = FiscalCalendar(startMonth: 2)
    // FY2027 runs 2026-02-01 to 2027-01-31: its fourth quarter begins in November.
    #expect(try quarter(calendar, "2026-11-20") == "Q4 FY2027: 2026-11-01 to 2027-01-31")
    #expect(try quarter(calendar, "2027-01-31") == "Q4 FY2027: 2026-11-01 to 2027-01-31")
    #expect(try quarter(calendar, "2027-02-01") == "Q1 FY2028: 2027-02-01 to 2027-04-30")
    #expect(try quarter(calendar, "2026-11-20", adding: 1) == "Q1 FY2028: 2027-02-01 to 2027-04-30")
    #expect(
      try quarter(calendar, "2026-11-20", adding: -4) == "Q4 FY2026: 2025-11-01 to 2026-01-31")
    let day = try #require(Day(iso: "2026-11-20"))
    #expect(calendar.year(containing: day).description == "2026-02-01 to 2027-01-31")
    #expect(calendar.yearName(containing: day) == 2027)
  }

  @Test("A year named by its start keeps that name into the next calendar year")
  func startingYear() throws {
    let calendar = FiscalCalendar(startMonth: 7, namedBy: .startingYear)
    #expect(try quarter(calendar, "2026-06-30") == "Q4 FY2025: 2026-04-01 to 2026-06-30")
    #expect(try quarter(calendar, "2026-07-01") == "Q1 FY2026: 2026-07-01 to 2026-09-30")
    #expect(try quarter(calendar, "2027-02-10") == "Q3 FY2026: 2027-01-01 to 2027-03-31")
  }

  @Test("The trailing four quarters are the completed ones before the day's own")
  func trailing() throws {
    let day = try #require(Day(iso: "2026-11-20"))
    #expect(
      FiscalCalendar().trailingFourQuarters(before: day).description == "2025-10-01 to 2026-09-30")
    #expect(
      FiscalCalendar(startMonth: 2).trailingFourQuarters(before: day).description
        == "2025-11-01 to 2026-10-31")
    let firstDay = try #require(Day(iso: "2026-10-01"))
    #expect(
      FiscalCalendar().trailingFourQuarters(before: firstDay).description
        == "2025-10-01 to 2026-09-30")
  }
}
