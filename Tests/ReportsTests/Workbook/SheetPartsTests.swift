import Records
import Testing

@testable import Reports

@Suite("Names, numbers and texts as a workbook takes them")
struct SheetPartsTests {
  @Test("Names of sheets are allowed, short, and unlike each other to Excel")
  func names() {
    var names = SheetNames()
    let titles = [
      "Cover", "cover", "Won: [this] quarter?", "'quoted'", "", "///", "History",
      "Biggest open deals that are due this quarter", "Biggest open deals that are due this week",
      String(repeating: "株", count: 40), "Names \u{202E}reversed", "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀",
    ]
    let found = titles.map { names.name(for: $0) }
    #expect(
      found == [
        "Cover", "cover 2", "Won this quarter", "quoted", "Sheet", "Sheet 2", "History 2",
        "Biggest open deals that are…", "Biggest open deals that are… 2",
        String(repeating: "株", count: 30) + "…", "Names reversed",
        String(repeating: "🚀", count: 15) + "…",
      ])
    #expect(found.allSatisfy { $0.utf16.count <= 31 })
  }

  @Test(
    "Number formats are those of the page, in the language of files",
    arguments: [
      (Shown.Unit.money("USD"), "1.00", "\"$\"#,##0;\"−$\"#,##0;\"$\"#,##0"),
      (.money("CHF"), "1.00", "\"CHF\u{A0}\"#,##0;\"−CHF\u{A0}\"#,##0;\"CHF\u{A0}\"#,##0"),
      (.count, "1", "#,##0;\"−\"#,##0;#,##0"),
      (.rate, "0.1", "#,##0.0%;\"−\"#,##0.0%;#,##0.0%"),
      (.multiple, "2.4", "#,##0.0\"×\";\"−\"#,##0.0\"×\";#,##0.0\"×\""),
      (.days, "41", "#,##0;\"−\"#,##0;#,##0"), (.days, "41.50", "#,##0.0;\"−\"#,##0.0;#,##0.0"),
      (.number, "1.000000", "#,##0.0;\"−\"#,##0.0;#,##0.0"),
    ])
  func formats(_ unit: Shown.Unit, _ data: String, _ code: String) {
    var formats = NumberFormats(locale: .enUS)
    #expect(formats.code(of: Shown("", data: data, unit: unit)) == code)
  }

  @Test(
    "Changes carry their sign",
    arguments: [
      (Shown.Unit.money("USD"), "1.00", "\"+$\"#,##0;\"−$\"#,##0;\"$\"#,##0"),
      (.count, "1", "\"+\"#,##0;\"−\"#,##0;#,##0"),
      (
        .points, "0.021",
        "\"+\"#,##0.0\"\u{A0}pts\";\"−\"#,##0.0\"\u{A0}pts\";#,##0.0\"\u{A0}pts\""
      ),
    ])
  func changes(_ unit: Shown.Unit, _ data: String, _ code: String) {
    var formats = NumberFormats(locale: .enUS)
    #expect(formats.code(of: Shown("", data: data, unit: unit), isChange: true) == code)
  }

  @Test("Percent points are hundredths in a cell, exactly")
  func points() {
    let data = NumberFormats.data(of: Shown("+2.1 pts", data: "0.021000", unit: .points))
    #expect(Double(data) == 2.1)
  }

  @Test(
    "Digits that say something are counted",
    arguments: [
      ("0", 0), ("0.00", 0), ("7", 1), ("100", 1), ("0.25", 2), ("-1284300.37", 9),
      ("123456789012345.60", 16), ("0.021000e2", 2),
    ])
  func digits(_ data: String, _ count: Int) {
    #expect(SheetText.digits(of: data) == count)
  }

  @Test("A text too long for a cell is cut by whole characters of Unicode, and that is known")
  func long() {
    #expect(SheetText.held("abc", limit: 3) == ("abc", false))
    #expect(SheetText.held("abcd", limit: 3) == ("ab…", true))
    #expect(SheetText.held("a🚀🚀", limit: 4) == ("a🚀…", true))
  }

  @Test("What Excel takes for an escape is read as it stands")
  func escapes() {
    #expect(SheetText.held("_x0041_ _xzz_ _x", limit: 100).text == "_x005F_x0041_ _xzz_ _x")
    #expect(SheetText.held("_x0041_", limit: 10) == ("_x0…", true))
  }

  @Test(
    "Days are counted as spreadsheets do",
    arguments: [("1900-03-01", 61), ("1970-01-01", 25_569), ("2026-11-20", 46_346)])
  func days(_ day: String, _ serial: Int) throws {
    #expect(SheetText.serial(of: try #require(Day(iso: day))) == serial)
  }

  @Test("Rows of the rest, Ids, marks and levels have a place in a complete list")
  func complete() {
    let table = CompleteTable(AgreementDocument.units)
    #expect(
      table.columns.map(\.key) == [
        "name", "name_id", "money", "count", "rate", "times", "days", "mean", "number", "day",
        "day_mark", "id",
      ])
    #expect(table.columns.map(\.title)[1] == "Name Id")
    #expect(table.columns.map(\.title)[10] == "Day mark")
    #expect(table.rowCount == 19)
    #expect(table.isComplete)
  }
}
