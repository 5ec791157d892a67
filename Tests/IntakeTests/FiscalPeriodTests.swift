import Records
import Testing

@testable import Intake

/// Fiscal years that an export gives in its rows of Period.
@Suite("Fiscal years of Period")
struct FiscalPeriodTests {
  private static let weeks = """
    Type,StartDate,EndDate,FullyQualifiedLabel
    Year,2025-02-02,2026-02-07,FY 2025
    Quarter,2025-05-04,2025-08-02,Q2 FY 2025
    Quarter,2025-02-02,2025-05-03,Q1 FY 2025
    Quarter,2025-08-03,2025-11-01,Q3 FY 2025
    Quarter,2025-11-02,2026-02-07,Q4 FY 2025
    Week,2026-02-01,2026-02-07,W53 FY 2025

    """

  private func load(_ text: String) throws -> Export {
    try Exports.load(Exports.files(["Period.csv": text]))
  }

  @Test("A year of weeks is taken day by day, whatever the month says")
  func custom() throws {
    let export = try load(Self.weeks)
    let calendar = try #require(export.organisation?.calendar)
    let day = try #require(Day(iso: "2026-02-07"))
    #expect(calendar.quarter(containing: day).name == "Q4 FY2025")
    #expect(calendar.year(containing: day).description == "2025-02-02 to 2026-02-07")
    #expect(
      export.said == [
        "1 × Period.csv:2: notice: the export gives 1 fiscal year day by day; fiscal years and "
          + "quarters are these; before and behind them years begin on the anniversaries of the "
          + "first and the last; export Period for every year that reports compare."
      ])
    let configured = FiscalCalendar(startMonth: 7)
    let resolved = FiscalCalendar.resolved(configured: configured, exported: calendar)
    #expect(resolved.quarter(containing: day).name == "Q4 FY2025")
    #expect(FiscalCalendar.resolved(configured: configured, exported: nil) == configured)
  }

  @Test("Years of twelve whole months say no more than the month in which they begin")
  func standard() throws {
    let export = try load(
      """
      Type,StartDate,EndDate
      Year,2026-02-01,2027-01-31
      Quarter,2026-02-01,2026-04-30
      Quarter,2026-05-01,2026-07-31
      Quarter,2026-08-01,2026-10-31
      Quarter,2026-11-01,2027-01-31

      """)
    #expect(export.organisation?.calendar == FiscalCalendar(startMonth: 2))
    #expect(export.said == [])
  }

  @Test("A year without all its quarters is left out, and said to be")
  func incomplete() throws {
    let export = try load(Self.weeks.replacing("Quarter,2025-08-03", with: "Month,2025-08-03"))
    #expect(export.organisation?.calendar == nil)
    #expect(
      export.said == [
        "1 × Period.csv:2: warning: a fiscal year of Period is not made up of quarters without a "
          + "gap, or overlaps another; the year was left out; export all rows of Period, of type "
          + "Year and Quarter."
      ])
  }

  @Test("Quotas by fiscal year and quarter follow the custom years, and so do their shares")
  func quotas() throws {
    let calendar = try #require(try load(Self.weeks).organisation?.calendar)
    let quarter = try #require(QuotaPeriod("FY2025 Q4", calendar: calendar))
    #expect(quarter.period.description == "2025-11-02 to 2026-02-07")
    let year = try #require(QuotaPeriod("FY2025", calendar: calendar))
    #expect(year.period.description == "2025-02-02 to 2026-02-07")
    #expect(
      year.shares(of: 100, everyMonths: 3).map { "\($0.start) \($0.amount)" } == [
        "2025-02-02 25", "2025-05-04 25", "2025-08-03 25", "2025-11-02 25",
      ])
    #expect(
      quarter.shares(of: 100, everyMonths: 1).map { "\($0.start) \($0.amount)" } == [
        "2025-11-02 33", "2025-12-01 34", "2026-01-01 33",
      ])
  }
}
