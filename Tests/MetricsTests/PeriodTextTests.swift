import Metrics
import Records
import Testing

@Suite("Periods as people write them")
struct PeriodTextTests {
  private let calendar = FiscalCalendar(startMonth: 2)
  private let at = SourcePosition(file: "--period", line: 1, column: 1)

  @Test(
    "Names, fiscal years and quarters, months and days are periods",
    arguments: [
      ("fiscal_year", "2026-02-01 to 2027-01-31"),
      ("Fiscal Year To Date", "2026-02-01 to 2026-11-20"),
      ("trailing-four-quarters", "2025-11-01 to 2026-10-31"),
      ("FY2027", "2026-02-01 to 2027-01-31"),
      ("fy2026", "2025-02-01 to 2026-01-31"),
      ("Q1 FY2027", "2026-02-01 to 2026-04-30"),
      ("FY2027-Q4", "2026-11-01 to 2027-01-31"),
      ("2028-02", "2028-02-01 to 2028-02-29"),
      ("2026-11-20", "2026-11-20 to 2026-11-20"),
      ("2026-01-01..2026-03-31", "2026-01-01 to 2026-03-31"),
    ])
  func known(text: String, days: String) throws {
    let day = try #require(Day(iso: "2026-11-20"))
    let spec = try PeriodText(text, at: at).spec(calendar)
    #expect(spec.period(asOf: day, calendar: calendar).description == days)
  }

  @Test("A year named by its beginning is found by that name")
  func startingYear() throws {
    let calendar = FiscalCalendar(startMonth: 7, namedBy: .startingYear)
    let day = try #require(Day(iso: "2026-11-20"))
    let spec = try PeriodText("Q2 FY2026", at: at).spec(calendar)
    #expect(
      spec.period(asOf: day, calendar: calendar).description == "2026-10-01 to 2026-12-31")
  }

  @Test(
    "What is no period is refused at its character",
    arguments: [
      (
        "fiscal_yaer",
        "--period:1:1: error: there is no period \"fiscal_yaer\"; the query was not run; did you"
          + " mean \"fiscal_year\"?"
      ),
      (
        "2026-02-30",
        "--period:1:1: error: \"2026-02-30\" is no day; the query was not run; write a day such as"
          + " 2026-11-20."
      ),
      (
        "2026-03-01..2026-02-01",
        "--period:1:13: error: the period ends before it begins; the query was not run; write the"
          + " earlier day first."
      ),
      (
        "someday",
        "--period:1:1: error: there is no period \"someday\"; the query was not run; write a name"
          + " such as fiscal_year, or FY2027, Q3 FY2027, 2026-10, 2026-11-20 or"
          + " 2026-01-01..2026-03-31."
      ),
    ])
  func unknown(text: String, message: String) {
    let error = #expect(throws: FindingsError.self) { try PeriodText(text, at: at) }
    #expect(error?.findings.map(\.description) == [message])
  }
}
