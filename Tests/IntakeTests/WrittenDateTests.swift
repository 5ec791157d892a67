import Foundation
import Records
import Testing

@testable import Intake

@Suite("Dates as people and report exports write them")
struct WrittenDateTests {
  /// What a cell of a datetime says: an instant with `Z`, a time of the local clocks, or a day.
  private func moment(_ text: String, _ order: CellForms.DateOrder?) -> String? {
    func clock(_ seconds: Int64) -> String {
      let day = Day.containing(seconds)
      let rest = Int(seconds - Int64(day) * 86_400)
      let parts = [rest / 3_600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      return "\(Day(number: day)) \(parts.joined(separator: ":"))"
    }
    return switch CellParser.moment(Array(text.utf8).span, order: order) {
    case .instant(let seconds): clock(seconds) + "Z"
    case .local(let seconds): clock(seconds)
    case .day(let day): Day(number: day).description
    case nil: nil
    }
  }

  @Test(
    "The order says which number is which, with two or four digits of a year",
    arguments: [
      ("3/1/2017", .monthDayYear, "2017-03-01"), ("3/1/2017", .dayMonthYear, "2017-01-03"),
      ("02/23/26", .monthDayYear, "2026-02-23"), ("24.12.2026", .dayMonthYear, "2026-12-24"),
      ("24-12-26", .dayMonthYear, "2026-12-24"), ("2026/11/20", .yearMonthDay, "2026-11-20"),
      ("2026.1.2", .yearMonthDay, "2026-01-02"), ("26/11/20", .yearMonthDay, "2026-11-20"),
      ("2026-11-20", .monthDayYear, "2026-11-20"), ("1/2/69", .monthDayYear, "2069-01-02"),
      ("1/2/70", .monthDayYear, "1970-01-02"), ("23/02/2026", .monthDayYear, nil),
      ("2/30/2026", .monthDayYear, nil), ("2026/11/20", .monthDayYear, nil),
      ("11/20/2026", .yearMonthDay, nil), ("3/1-2017", .monthDayYear, nil),
      ("3 1 2017", .monthDayYear, nil), ("003/1/2017", .monthDayYear, nil),
      ("3/1/20177", .monthDayYear, nil), ("3/1/2017 ", .monthDayYear, nil),
      (" 3/1/2017", .monthDayYear, nil), ("3/1/2017x", .monthDayYear, nil),
    ] as [(String, CellForms.DateOrder, String?)])
  func orders(text: String, order: CellForms.DateOrder, value: String?) {
    #expect(moment(text, order) == value)
  }

  @Test(
    "A locale's datetime is of the clocks on the wall, of twelve hours or of twenty-four",
    arguments: [
      ("02/23/26 08:55 PM", .monthDayYear, "2026-02-23 20:55:00"),
      ("3/1/2017 12:00 AM", .monthDayYear, "2017-03-01 00:00:00"),
      ("3/1/2017 12:00 PM", .monthDayYear, "2017-03-01 12:00:00"),
      ("3/1/2017, 1:05:09 pm", .monthDayYear, "2017-03-01 13:05:09"),
      ("3/1/2017, 1:05\u{202F}PM", .monthDayYear, "2017-03-01 13:05:00"),
      ("3/1/2017 1:05 a.m.", .monthDayYear, "2017-03-01 01:05:00"),
      ("24.12.2026 14:05", .dayMonthYear, "2026-12-24 14:05:00"),
      ("24.12.2026, 14:05:30", .dayMonthYear, "2026-12-24 14:05:30"),
      ("24.12.2026 9.05", .dayMonthYear, "2026-12-24 09:05:00"),
      ("2026/11/20 23:59", .yearMonthDay, "2026-11-20 23:59:00"),
      ("3/1/2017 13:00 PM", .monthDayYear, nil), ("3/1/2017 0:30 AM", .monthDayYear, nil),
      ("3/1/2017 24:00", .monthDayYear, nil), ("3/1/2017 12:60", .monthDayYear, nil),
      ("3/1/2017 12", .monthDayYear, nil), ("3/1/2017 12:0", .monthDayYear, nil),
      ("3/1/2017 noon", .monthDayYear, nil), ("3/1/2017 12:00 XM", .monthDayYear, nil),
      ("3/1/2017 12:00 PM GMT", .monthDayYear, nil),
    ] as [(String, CellForms.DateOrder, String?)])
  func times(text: String, order: CellForms.DateOrder, value: String?) {
    #expect(moment(text, order) == value)
  }

  @Test(
    "A month by its name needs no stated order",
    arguments: [
      ("23-Feb-2026", "2026-02-23"), ("23-FEB-26", "2026-02-23"), ("23 Feb 2026", "2026-02-23"),
      ("1 September 2026", "2026-09-01"), ("Feb 23, 2026", "2026-02-23"),
      ("February 23 2026", "2026-02-23"), ("May 1, 2026 5:00 PM", "2026-05-01 17:00:00"),
      ("30-Feb-2026", nil), ("Febr 23, 2026", nil), ("23-Foo-2026", nil), ("Feb 2026", nil),
      ("Feb", nil), ("23-Feb/2026", nil),
    ] as [(String, String?)])
  func named(text: String, value: String?) {
    #expect(moment(text, nil) == value)
  }

  @Test(
    "ISO datetimes are in UTC unless they have an offset, whatever is stated",
    arguments: [
      ("2026-02-23 20:55:00", "2026-02-23 20:55:00Z"),
      ("2026-02-23T20:55:00.123Z", "2026-02-23 20:55:00Z"),
      ("2026-02-23T20:55:00-05:00", "2026-02-24 01:55:00Z"), ("2026-02-23", "2026-02-23"),
      ("2026-02-30", nil), ("2026-02-23 25:00:00", nil), ("2026-02-23x", nil), ("3/1/2017", nil),
    ] as [(String, String?)])
  func iso(text: String, value: String?) {
    #expect(moment(text, nil) == value)
  }

  @Test(
    "A date field takes the day and leaves the time, which must be one",
    arguments: [
      ("2023-05-11 00:00:00", "2023-05-11"), ("2023-05-11 23:59:59", "2023-05-11"),
      ("2023-05-11T23:59:59.000Z", "2023-05-11"), ("5/11/2023 12:00 AM", "2023-05-11"),
      ("2023-05-11 99:00:00", nil), ("2023-05-11 later", nil), ("5/11/2023 later", nil),
    ] as [(String, String?)])
  func dates(text: String, value: String?) {
    let day = CellParser.date(Array(text.utf8).span, order: .monthDayYear)
    #expect(day.map { Day(number: $0).description } == value)
  }

  @Test("The clocks of New York show 20:55 five or four hours before UTC")
  func localInstants() throws {
    let days = LocalDays(try #require(TimeZone(identifier: "America/New_York")))
    func utc(_ text: String) -> Int64? {
      CellParser.moment(Array(text.utf8).span, order: .monthDayYear).map { days.instant(of: $0) }
    }
    func iso(_ text: String) -> Int64? { CellParser.instant(Array(text.utf8).span) }
    #expect(utc("02/23/26 08:55 PM") == iso("2026-02-24T01:55:00Z"))
    #expect(utc("07/23/26 08:55 PM") == iso("2026-07-24T00:55:00Z"))
    #expect(utc("2026-02-23") == iso("2026-02-23T05:00:00Z"))
    // Both sides of the change of clocks on 8 March 2026 at 2:00.
    #expect(utc("3/8/2026 1:59 AM") == iso("2026-03-08T06:59:00Z"))
    #expect(utc("3/8/2026 3:00 AM") == iso("2026-03-08T07:00:00Z"))
  }
}
