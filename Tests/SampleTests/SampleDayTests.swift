import Records
import Testing

@testable import Sample

/// What the generator needs of days beyond Records.
@Suite struct SampleDayTests {
  @Test("A date in the code is the day it names")
  func dates() {
    #expect(Day(1970, 1, 1).number == 0)
    #expect(Day(2026, 11, 20).description == "2026-11-20")
    #expect(Day(9999, 12, 31).description == "9999-12-31")
    #expect(Day(Day(2012, 1, 2).count) == Day(2012, 1, 2))
  }

  @Test("A month later is the same day, or the last of a shorter month")
  func months() {
    #expect(Day(2024, 1, 31).adding(months: 1) == Day(2024, 2, 29))
    #expect(Day(2025, 1, 31).adding(months: 1) == Day(2025, 2, 28))
    #expect(Day(2024, 2, 29).adding(months: 12) == Day(2025, 2, 28))
    #expect(Day(2025, 11, 15).adding(months: 36) == Day(2028, 11, 15))
    #expect(Day(2026, 3, 31).adding(months: -1) == Day(2026, 2, 28))
  }

  @Test("A weekend's work is done on the Friday before")
  func workdays() {
    let friday = Day(2026, 11, 20).count
    #expect((friday - 1...friday + 3).map { Day.workday($0) - friday } == [-1, 0, 0, 0, 3])
  }
}
