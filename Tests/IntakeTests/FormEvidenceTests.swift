import Records
import Testing

@testable import Intake

@Suite("Evidence of forms")
struct FormEvidenceTests {
  private func evidence(_ cells: [String]) -> FormEvidence {
    CellForms.evidence(in: cells.map { Array($0.utf8) })
  }

  @Test(
    "A number above 12 tells the order of dates; without one they stay undecided",
    arguments: [
      (["3/1/2017", "12/31/2016"], .monthDayYear, false),
      (["3/1/2017", "31/12/2016"], .dayMonthYear, false),
      (["24.12.2026 14:05", "1.2.2026 9:00"], .dayMonthYear, false),
      (["2026/11/20"], .yearMonthDay, false), (["3/1/2017", "4/5/2018"], nil, true),
      (["12/31/2016", "31/12/2016"], nil, true), (["2026-11-20", ""], nil, false),
      (["1/1/2017", "2/2/2017"], .monthDayYear, false), (["23-Feb-2026"], nil, false),
      (["soon", "3/25/2017"], .monthDayYear, false), ([], nil, false),
    ] as [([String], CellForms.DateOrder?, Bool)])
  func dates(cells: [String], order: CellForms.DateOrder?, isUndecided: Bool) {
    #expect(evidence(cells).forms.dates == order)
    #expect(evidence(cells).hasUndecidedDates == isUndecided)
  }

  @Test(
    "The marks of numbers tell their form, where not every reading is possible",
    arguments: [
      (["1.234,50", "12"], .pointComma, false), (["12,5", "1234,75"], .pointComma, false),
      (["1 234,50"], .spaceComma, false), (["1,234.50", "1,234"], .commaPoint, false),
      (["1,234", "12"], nil, true), (["USD 1,234.50", "USD 1,234"], .commaPoint, false),
      (["1,234.50"], nil, false), (["500000.0", "12.25"], nil, false),
      (["1.234", "12.500"], nil, true), (["1.234", "12.5"], nil, false),
      (["1.234,50", "1,234.50"], nil, true), (["1", "2"], nil, false), (["Acme"], nil, false),
    ] as [([String], CellForms.NumberForm?, Bool)])
  func numbers(cells: [String], form: CellForms.NumberForm?, isUndecided: Bool) {
    #expect(evidence(cells).forms.numbers == form)
    #expect(evidence(cells).hasUndecidedNumbers == isUndecided)
  }
}
