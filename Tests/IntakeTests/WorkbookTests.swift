import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Sheets of workbooks")
struct WorkbookTests {
  @Test("Shared, inline and computed texts, numbers, truth values and errors are what they are")
  func kinds() throws {
    let sheet = try Workbooks.read(
      rows: """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>B</t></is></c>\
        <c r="C1" t="str"><f>"C"</f><v>C</v></c><c r="D1" t="s"><v>1</v></c></row>
        <row r="2"><c r="A2"><v>1.5E3</v></c><c r="B2" t="b"><v>1</v></c>\
        <c r="C2" t="e"><v>#N/A</v></c><c r="D2"><f>A2*2</f><v>3000</v></c></row>
        <row r="4"><c r="B4" t="inlineStr"><is><r><t>two </t></r><r><rPr/><t>runs</t></r>\
        <rPh sb="0" eb="1"><t>hint</t></rPh></is></c><c r="C4"><f>A2</f></c><c r="D4"/></row>
        """, texts: ["A &amp; a", "D_x000D_"])
    #expect(sheet.headings.map(\.text) == ["A & a", "B", "C", "D\r"])
    #expect(
      sheet.shown == [
        "A2=1.5E3 B2=TRUE C2=#N/A D2=3000", "B4=two runs C4=a formula that was never computed",
      ])
    #expect(sheet.rows[0].cells[1]?.kind == .number)
    #expect(sheet.rows[0].cells[2]?.kind == .flag)
    #expect(sheet.rows[0].cells[3]?.kind == .fault)
    #expect(sheet.rows[1].cells[3]?.kind == .fault)
    #expect(sheet.rows[1].cells[2]?.at.description == "book.xlsx:Sheet1!B4")
    #expect(sheet.form == "workbook, sheet Sheet1")
  }

  @Test("Rows and cells without names stand one after the other")
  func unnamed() throws {
    let sheet = try Workbooks.read(
      rows: "<row><c t=\"str\"><v>h</v></c><c t=\"str\"><v>i</v></c></row>"
        + "<row><c><v>1</v></c><c><v>2</v></c></row>")
    #expect(sheet.shown == ["A2=1 B2=2"])
  }

  @Test("The table may begin anywhere; what stands beside it is no part of it")
  func elsewhere() throws {
    let sheet = try Workbooks.read(
      rows: """
        <row r="3"><c r="C3" t="str"><v>h</v></c><c r="E3" t="str"><v>i</v></c></row>
        <row r="9"><c r="A9"><v>0</v></c><c r="C9"><v>1</v></c><c r="D9"><v>2</v></c>\
        <c r="ZZ9"><v>3</v></c></row>
        """)
    #expect(sheet.headings.map(\.column) == [3, 5])
    #expect(sheet.rows[0].cells[3]?.text == "1")
    #expect(
      sheet.strays.map(\.description) == [
        "book.xlsx:Sheet1!A9", "book.xlsx:Sheet1!D9", "book.xlsx:Sheet1!ZZ9",
      ])
  }

  @Test(
    "A number is a date by its format, counted from 1900 or 1904",
    arguments: [
      ("", "46327", "2026-11-01"), ("date1904=\"1\"", "44865", "2026-11-01"),
      ("", "46327.75", "2026-11-01"), ("", "1", "1900-01-01"), ("", "59", "1900-02-28"),
      ("", "61", "1900-03-01"), ("", "60", "a date outside of the calendar"),
      ("", "-1", "a date outside of the calendar"),
      ("", "99999999", "a date outside of the calendar"),
      ("date1904=\"true\"", "0", "1904-01-01"), ("", "2958465", "9999-12-31"),
    ])
  func dates(_ system: String, _ number: String, _ shown: String) throws {
    let rows = """
      <row r="1"><c r="A1" t="str"><v>day</v></c></row>
      <row r="2"><c r="A2" s="1"><v>\(number)</v></c></row>
      """
    let styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
    let sheet = try Workbooks.read(
      Workbooks.parts(
        Workbooks.sheet(rows), styles: styles, book: Workbooks.book(system)))
    #expect(sheet.rows[0].cells[1]?.text == shown)
  }

  @Test(
    "Formats of numbers that show a date",
    arguments: [
      ("yyyy-mm-dd", true), ("mmm yy", true), ("d.m.yy;@", true), ("[$-409]mmmm", true),
      ("\\Fd", true), ("0.00", false), ("General", false), ("[Magenta]0", false), ("[h]", false),
      ("[mm]:ss", false),
      ("0 \"days\"", false), ("hh:mm:ss", false), ("[h]:mm", false), ("#,##0_d", false),
      ("0;[Red]yy", false),
    ])
  func formats(_ code: String, _ isDate: Bool) {
    #expect(WorkbookStyles.showsDate(code) == isDate)
  }

  @Test("A cell in the ISO form of dates is a date")
  func isoDate() throws {
    let sheet = try Workbooks.read(
      rows: "<row><c t=\"str\"><v>h</v></c></row>"
        + "<row><c t=\"d\"><v>2026-11-01T00:00:00</v></c></row>")
    #expect(sheet.rows[0].cells[1]?.text == "2026-11-01")
  }

  @Test("The text of merged cells is that of each of them, within the rows of the table")
  func merged() throws {
    let rows = """
      <row r="1"><c r="A1" t="str"><v>h</v></c><c r="B1" t="str"><v>i</v></c></row>
      <row r="2"><c r="A2" t="str"><v>x</v></c><c r="B2"><v>1</v></c></row>
      <row r="3"><c r="A3"/><c r="B3"><v>2</v></c></row>
      """
    let sheet = try Workbooks.read(
      Workbooks.parts(
        Workbooks.sheet(
          rows,
          after: "<mergeCells><mergeCell ref=\"A2:A1048576\"/><mergeCell ref=\"D3:XFD9\"/>"
            + "</mergeCells>")))
    #expect(sheet.shown == ["A2=x B2=1", "A3=x B3=2"])
    #expect(sheet.rows[1].cells[1]?.isMerged == true)
    #expect(sheet.rows[0].cells[1]?.isMerged == false)
  }

  @Test("Other programs prefix their names and write no styles, texts or names of cells")
  func prefixed() throws {
    let parts = [
      "_rels/.rels": Workbooks.package.replacing("xl/workbook.xml", with: "/xl/book.xml"),
      "xl/book.xml": """
      <x:workbook xmlns:x="urn:x" xmlns:y="urn:y"><x:sheets>\
      <x:sheet name="Old" sheetId="1" state="hidden" y:id="a"/>\
      <x:sheet name="Näme &amp; Co" sheetId="2" y:id="b"/></x:sheets></x:workbook>
      """,
      "xl/_rels/book.xml.rels": """
      <Relationships><Relationship Id="a" Target="a.xml" Type="x/worksheet"/>\
      <Relationship Id="b" Target="../xl/./b.xml" Type="x/worksheet"/></Relationships>
      """,
      "xl/a.xml": "<worksheet/>",
      "xl/b.xml": """
      <x:worksheet xmlns:x="urn:x"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>h</x:t>\
      </x:is></x:c></x:row><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>
      """,
    ]
    #expect(try Workbooks.read(parts).shown == ["A2=7"])
    #expect(try Workbooks.read(parts, sheet: "näme & co").form == "workbook, sheet Näme & Co")
    #expect(
      try Workbooks.complaints(parts, sheet: "Name & Co") == [
        "book.xlsx: error: the workbook has no sheet \"Name & Co\"; nothing was computed; "
          + "did you mean \"Näme & Co\"?"
      ])
    #expect(try Workbooks.read(parts, sheet: "Old").headings.isEmpty)
  }

  @Test("Workbooks of two other programs hold the same table")
  func fixtures() throws {
    let tables = try ["openpyxl", "xlsxwriter-1904"].map { name in
      let file = Repository.fixture("quota-files").appending(path: "\(name).xlsx")
      return try Sheet.read(file.path, named: "quotas.xlsx", sheet: nil)
    }
    for table in tables {
      #expect(table.sheet == "Quotas")
      #expect(
        table.headings.map(\.text) == ["Holder", "Measure", "Period", "Amount", "Valid from"])
      #expect(
        table.shown.prefix(4) == [
          "A2=World B2=Bookings C2=FY2027 Q1 D2=100000",
          "A3=World B3=Bookings C3=2026-11-01 D3=50000",
          "A4=North B4=Bookings C4=FY2027 Q4 D4=900",
          "A5=North B5=Bookings C5=FY2027 Q4 D5=1000 E5=2026-11-10",
        ])
    }
    #expect(tables[0].shown == tables[1].shown)
  }
}
