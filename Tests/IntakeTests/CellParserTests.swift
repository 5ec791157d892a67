import Foundation
import Records
import Testing

@testable import Intake

@Suite("Values of cells")
struct CellParserTests {
  private func decimal(_ text: String, times: Int64 = 1) -> Int64? {
    CellParser.decimal(Array(text.utf8).span, times: times)
  }

  private func instant(_ text: String) -> Int64? {
    CellParser.instant(Array(text.utf8).span)
  }

  private func date(_ text: String, _ order: CellForms.DateOrder? = nil) -> String? {
    CellParser.date(Array(text.utf8).span, order: order).map { Day(number: $0).description }
  }

  @Test(
    "A number is exact to 1/10,000",
    arguments: [
      ("0", 0), ("1", 10_000), ("-3", -30_000), ("+5", 50_000), ("500000.0", 5_000_000_000),
      ("1234.5678", 12_345_678), (".5", 5_000), ("5.", 50_000), ("-0", 0), ("007", 70_000),
      ("1.2E7", 120_000_000_000), ("1e3", 10_000_000), ("2.5E+02", 2_500_000), ("5E-1", 5_000),
      ("0E99", 0), ("0.00", 0),
    ] as [(String, Int64)])
  func numbers(text: String, value: Int64) {
    #expect(decimal(text) == value)
  }

  @Test(
    "More than four places are rounded half away from zero",
    arguments: [
      ("0.00005", 1), ("0.00004", 0), ("-0.00005", -1), ("0.000049999", 0), ("1.99995", 20_000),
      ("5E-5", 1), ("4E-5", 0), ("1E-300", 0), ("33.33333333333333333333", 333_333),
      ("0.0000000000000000000000001", 0),
    ] as [(String, Int64)])
  func rounding(text: String, value: Int64) {
    #expect(decimal(text) == value)
  }

  @Test("The largest amount is 922,337,203,685,477.5807; one more is no number that can be kept")
  func largest() {
    #expect(decimal("922337203685477.5807") == Int64.max)
    #expect(decimal("-922337203685477.5807") == -Int64.max)
    #expect(decimal("922337203685477.5808") == nil)
    #expect(decimal("1E15") == nil)
    #expect(decimal("99999999999999999999999") == nil)
  }

  @Test(
    "What is no plain number is not read as one",
    arguments: [
      "", "-", ".", "-.", "e5", "1e", "1e+", "1E5.0", "1,234.50", "1 000", " 1", "1 ", "USD 5",
      "5%", "1.2.3", "--5", "(5)", "NaN", "inf", "0x10", "#N/A",
    ])
  func noNumbers(text: String) {
    #expect(decimal(text) == nil)
  }

  @Test("A factor is applied before anything is rounded")
  func factors() {
    #expect(decimal("1100.04", times: 1_000_000) == 11_000_400_000_000)
    #expect(decimal("0.1234567", times: 1_000_000) == 1_234_567_000)
    #expect(decimal("-0.00004", times: 1_000) == -400)
    #expect(decimal("5", times: 1_000_000_000) == 50_000_000_000_000)
    #expect(decimal("1000000000", times: 1_000_000_000) == nil)
  }

  @Test("An exchange rate is exact to 1/1,000,000,000")
  func rates() {
    func rate(_ text: String) -> Int64? { CellParser.rate(Array(text.utf8).span) }
    #expect(rate("1") == 1_000_000_000)
    #expect(rate("0.9185") == 918_500_000)
    #expect(rate("11.123456789") == 11_123_456_789)
    #expect(rate("11.1234567895") == 11_123_456_790)
    #expect(rate("one") == nil)
  }

  @Test(
    "Yes and no come in all the Data Loader's forms",
    arguments: [
      ("1", 1), ("true", 1), ("TRUE", 1), ("True", 1), ("yes", 1), ("Y", 1), ("y", 1), ("t", 1),
      ("on", 1), ("ON", 1), ("0", 0), ("false", 0), ("FALSE", 0), ("no", 0), ("N", 0), ("f", 0),
      ("off", 0), ("", nil), ("2", nil), ("maybe", nil), ("truth", nil), ("yes ", nil),
    ] as [(String, UInt8?)])
  func flags(text: String, value: UInt8?) {
    let flag = CellParser.flag(Array(text.utf8).span)
    #expect(flag == value)
  }

  @Test(
    "An ISO date is a day, alone or before a time",
    arguments: [
      ("2026-11-20", "2026-11-20"), ("2023-05-11 00:00:00", "2023-05-11"),
      ("2026-02-28T23:59:59.000Z", "2026-02-28"), ("2024-02-29", "2024-02-29"),
      ("1969-12-31", "1969-12-31"), ("2026-02-29", nil), ("2026-13-01", nil),
      ("2026-00-10", nil), ("2026-11-31", nil), ("26-11-20", nil), ("2026/11/20", nil),
      ("2026-11-2", nil), ("20261120", nil), ("2026-11-20x", nil), ("", nil), ("tomorrow", nil),
    ] as [(String, String?)])
  func isoDates(text: String, day: String?) {
    #expect(date(text) == day)
  }

  @Test(
    "A mapping says whether the month or the day comes first",
    arguments: [
      ("3/1/2017", "2017-03-01", "2017-01-03"), ("12/31/2016", "2016-12-31", nil),
      ("31.12.2016", nil, "2016-12-31"), ("01-02-2020", "2020-01-02", "2020-02-01"),
      ("2026-11-20", "2026-11-20", "2026-11-20"), ("3/1/2017 5:00 PM", "2017-03-01", "2017-01-03"),
      ("3/1", nil, nil), ("3/1/017", nil, nil), ("3//2017", nil, nil), ("3/1/2017/4", nil, nil),
      ("2/30/2017", nil, nil), ("a/b/2017", nil, nil),
    ] as [(String, String?, String?)])
  func orderedDates(text: String, american: String?, european: String?) {
    #expect(date(text, .monthDayYear) == american)
    #expect(date(text, .dayMonthYear) == european)
  }

  @Test("Two digits of a year are in 1970 to 2069")
  func twoDigitYears() {
    #expect(date("1/2/69", .monthDayYear) == "2069-01-02")
    #expect(date("1/2/70", .monthDayYear) == "1970-01-02")
    #expect(date("01.03.17", .dayMonthYear) == "2017-03-01")
    #expect(date("1/2/00", .monthDayYear) == "2000-01-02")
  }

  @Test("Without a mapping's word a date with slashes is not guessed at")
  func unguessedDates() {
    #expect(date("3/1/2017") == nil)
  }

  @Test(
    "A datetime is an instant: without zone in UTC, with Z, or with an offset",
    arguments: [
      ("1970-01-01", 0), ("1970-01-01 00:00:01", 1), ("1970-01-02T00:00", 86_400),
      ("2001-09-09T01:46:40.000Z", 1_000_000_000), ("2001-09-09t01:46:40z", 1_000_000_000),
      ("2001-09-09 01:46:40", 1_000_000_000), ("2001-09-09 1:46:40", 1_000_000_000),
      ("2001-09-09 1:46", 999_999_960), ("2001-09-09 1:4", nil), ("2001-09-09 :46", nil),
      ("2001-09-09T03:46:40+02:00", 1_000_000_000),
      ("2001-09-09T03:46:40.123+0200", 1_000_000_000),
      ("2001-09-08T20:16:40-05:30", 1_000_000_000), ("1969-12-31T23:59:59Z", -1),
      ("2001-09-09T25:00:00Z", nil), ("2001-09-09T01:60:00Z", nil),
      ("2001-09-09T01:46:40Zulu", nil), ("2001-09-09T01:46:40+02", nil),
      ("2001-09-09T01:46:40 GMT", nil), ("2001-09-09T01", nil), ("2001-02-30T01:00:00Z", nil),
    ] as [(String, Int64?)])
  func instants(text: String, seconds: Int64?) {
    #expect(instant(text) == seconds)
  }

  @Test("An Id of 18 characters and its 15 are one key; anything else is no Id")
  func ids() {
    func key(_ text: String) -> UInt128? { SalesforceID.key(Array(text.utf8).span) }
    let short = key("001D000000IRFma")
    #expect(short != nil)
    #expect(short == key("001D000000IRFmaIAH"))
    #expect(short != key("001d000000irfma"))
    #expect(short.map(SalesforceID.text) == "001D000000IRFmaIAH")
    #expect(key("000000000000000AAA") == SalesforceID.zero)
    #expect(key("000000000000000") == SalesforceID.zero)
    for text in ["", "001D000000IRFm", "001D000000IRFmaIA", "001D000000IRFmaIAHX"] {
      #expect(key(text) == nil)
    }
    #expect(key("001D0000-0IRFma") == nil)
    #expect(key(" 01D000000IRFma") == nil)
  }
}

@Suite("The day of an instant")
struct LocalDayTests {
  private func day(_ text: String, in zone: String) throws -> String {
    let days = LocalDays(try #require(TimeZone(identifier: zone)))
    let instant = CellParser.instant(Array(text.utf8).span)
    return Day(number: days.day(of: try #require(instant))).description
  }

  @Test(
    "In New York the day changes at 5 or 4 hours UTC, also on the days that clocks change",
    arguments: [
      ("2026-01-15T04:59:59Z", "2026-01-14"), ("2026-01-15T05:00:00Z", "2026-01-15"),
      ("2026-07-15T03:59:59Z", "2026-07-14"), ("2026-07-15T04:00:00Z", "2026-07-15"),
      // Clocks go forward on 8 March 2026 at 07:00 UTC: that day has 23 hours.
      ("2026-03-08T04:59:59Z", "2026-03-07"), ("2026-03-08T05:00:00Z", "2026-03-08"),
      ("2026-03-08T06:59:59Z", "2026-03-08"), ("2026-03-08T07:00:00Z", "2026-03-08"),
      ("2026-03-09T03:59:59Z", "2026-03-08"), ("2026-03-09T04:00:00Z", "2026-03-09"),
      // Clocks go back on 1 November 2026 at 06:00 UTC: that day has 25 hours.
      ("2026-11-01T03:59:59Z", "2026-10-31"), ("2026-11-01T04:00:00Z", "2026-11-01"),
      ("2026-11-01T06:00:00Z", "2026-11-01"), ("2026-11-02T04:59:59Z", "2026-11-01"),
      ("2026-11-02T05:00:00Z", "2026-11-02"), ("1970-01-01T04:59:59Z", "1969-12-31"),
    ])
  func newYork(text: String, expected: String) throws {
    #expect(try day(text, in: "America/New_York") == expected)
  }

  @Test("East of Greenwich the day comes early, also by half an hour or a quarter")
  func east() throws {
    #expect(try day("2026-01-14T18:29:59Z", in: "Asia/Kolkata") == "2026-01-14")
    #expect(try day("2026-01-14T18:30:00Z", in: "Asia/Kolkata") == "2026-01-15")
    #expect(try day("2026-01-14T18:15:00Z", in: "Asia/Kathmandu") == "2026-01-15")
    #expect(try day("2026-01-14T10:00:00Z", in: "Pacific/Kiritimati") == "2026-01-15")
  }

  @Test("In UTC a day is a day, before 1970 too")
  func utc() throws {
    #expect(try day("1969-12-31T23:59:59Z", in: "UTC") == "1969-12-31")
    #expect(try day("1969-12-31T00:00:00Z", in: "UTC") == "1969-12-31")
    #expect(try day("2026-11-20T23:59:59Z", in: "UTC") == "2026-11-20")
  }

  @Test("A datetime column is a day of the zone, a date column never shifts")
  func columns() throws {
    let deals = """
      Id,StageName,Amount,CloseDate,CreatedDate
      \(ID.deal(1)),Won,1,2026-03-15 00:00:00,2026-01-01 03:30:00
      \(ID.deal(2)),Won,1,2026-03-15,2026-01-01
      \(ID.deal(3)),Won,1,2026-03-15T02:00:00Z,2026-01-01T06:30:00.000+0100

      """
    let export = try Exports.load(
      Exports.files(["Opportunity.csv": deals]), timeZone: "America/New_York")
    let table = export.records[.opportunity]
    #expect(table.dates("CloseDate") == ["2026-03-15", "2026-03-15", "2026-03-15"])
    // A datetime without a time is the day it names.
    #expect(table.dates("CreatedDate") == ["2025-12-31", "2026-01-01", "2026-01-01"])
  }
}
