import Metrics
import Records
import Testing

@Suite("Periods in words")
struct PeriodSpecTests {
  private let february = FiscalCalendar(startMonth: 2)

  private func days(_ name: String, asOf: String) throws -> String {
    let spec = try #require(PeriodSpec(name: name))
    return spec.period(asOf: Organisation.day(asOf), calendar: february).description
  }

  @Test(
    "Fiscal years that start in February",
    arguments: [
      ("fiscal_quarter", "2026-11-01 to 2027-01-31"),
      ("previous_fiscal_quarter", "2026-08-01 to 2026-10-31"),
      ("fiscal_quarter_to_date", "2026-11-01 to 2026-11-20"),
      ("previous_fiscal_quarter_to_date", "2026-08-01 to 2026-08-20"),
      ("fiscal_quarter_to_date_last_year", "2025-11-01 to 2025-11-20"),
      ("fiscal_year", "2026-02-01 to 2027-01-31"),
      ("previous_fiscal_year", "2025-02-01 to 2026-01-31"),
      ("fiscal_year_to_date", "2026-02-01 to 2026-11-20"),
      ("trailing_four_quarters", "2025-11-01 to 2026-10-31"),
      ("last_12_months", "2025-11-01 to 2026-10-31"),
      ("as_of_day", "2026-11-20 to 2026-11-20"),
    ])
  func names(_ name: String, _ expected: String) throws {
    #expect(try days(name, asOf: "2026-11-20") == expected)
  }

  @Test("A longer quarter is compared with all of a shorter one at most")
  func shorterQuarter() throws {
    // The quarter of 30 October has had 91 days; February to April 2026 has 89, May to July 92.
    let quarters = FiscalCalendar(startMonth: 2)
    let spec = PeriodSpec.fiscalQuarterToDate(offset: -2)
    let period = spec.period(asOf: Organisation.day("2026-10-31"), calendar: quarters)
    #expect(period.description == "2026-02-01 to 2026-04-30")
    #expect(period.length == 89)
  }

  @Test("The share elapsed counts D itself")
  func shareElapsed() {
    // 20 of 92 days of November to January.
    let share = PeriodSpec.fiscalQuarterToDate(offset: 0).shareElapsed(
      asOf: Organisation.day("2026-11-20"), calendar: february)
    #expect(share == Ratio(20, over: 92))
  }

  @Test("A leap day is an elapsed day like any other")
  func leapDay() throws {
    // 2028-02-01 to 2028-02-29 are 29 days, as are 2027-02-01 to 2027-03-01.
    let spec = PeriodSpec.fiscalYearToDate(offset: -1)
    let period = spec.period(asOf: Organisation.day("2028-02-29"), calendar: february)
    #expect(period.description == "2027-02-01 to 2027-03-01")
  }
}
