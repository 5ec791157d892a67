import Metrics
import Records
import Testing

@Suite("Slicing by day and week")
struct DayAndWeekTests {
  private func organisation(_ days: [String]) -> Organisation {
    var o = Organisation()
    for (index, day) in days.enumerated() {
      o.deal("d\(index)", .won, amount: 1 << Int64(index), close: day)
    }
    return o
  }

  private func rows(
    _ engine: LocalEngine, _ dimension: Dimension, _ period: PeriodSpec = .always
  ) throws -> [String] {
    try engine.run([Query(metrics: ["won_amount"], by: [dimension], period: period)])[0].csv()
      .split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("Each day has its figure and its ISO name, days without a deal included, leap days too")
  func days() throws {
    let engine = try organisation(["2028-03-01", "2028-02-28", "2028-03-01"]).engine()
    #expect(
      try rows(engine, .day) == ["2028-02-28,2.00", "2028-02-29,0.00", "2028-03-01,5.00"])
    let span = Period(
      start: Organisation.day("2028-02-29"), end: Organisation.day("2028-03-03"))
    #expect(
      try rows(engine, .day, .days(span)) == [
        "2028-02-29,0.00", "2028-03-01,5.00", "2028-03-02,0.00",
      ])
  }

  @Test("Measures of two dates in one query stand in the spans of their own dates")
  func twoDates() throws {
    var o = Organisation()
    o.deal("a", .won, amount: 1, close: "2026-03-05", created: "2026-01-10")
    o.deal("b", .won, amount: 1, close: "2026-03-09", created: "2026-03-01")
    o.deal("c", .open, amount: 1, close: "2026-04-01", created: "2026-02-01")
    let query = Query(metrics: ["created_count", "won_count"], by: [.month])
    #expect(
      try o.engine().run([query])[0].csv() == """
        month,created_count,won_count
        2026-01,1,0
        2026-02,1,0
        2026-03,1,2

        """)
  }

  @Test("A week has seven days over the end of a year, and is named by its first day")
  func weeks() throws {
    // 2026-12-28 is a Monday, 2027-01-03 a Sunday.
    var o = organisation(["2026-12-27", "2026-12-28", "2027-01-03", "2027-01-11"])
    #expect(
      try rows(o.engine(), .week) == [
        "2026-12-21,1.00", "2026-12-28,6.00", "2027-01-04,0.00", "2027-01-11,8.00",
      ])
    o.settings.weekStarts = 7
    #expect(
      try rows(o.engine(), .week) == ["2026-12-27,3.00", "2027-01-03,4.00", "2027-01-10,8.00"])
  }

  @Test("A period that begins within a week shows the week with the days of the period alone")
  func cut() throws {
    let engine = try organisation(["2026-11-16", "2026-11-18", "2026-11-23"]).engine()
    let span = Period(
      start: Organisation.day("2026-11-17"), end: Organisation.day("2026-11-24"))
    #expect(
      try rows(engine, .week, .days(span)) == ["2026-11-16,2.00", "2026-11-23,4.00"])
  }

  @Test("What is known month by month is refused by day, and a state by week")
  func refusals() throws {
    let engine = try organisation(["2026-11-16"]).engine()
    #expect(throws: FindingsError.self) {
      try engine.run([Query(metrics: ["mrr"], by: [.day])])
    }
    #expect(throws: FindingsError.self) {
      try engine.run([Query(metrics: ["open_amount"], by: [.week])])
    }
  }
}
