import Foundation
import TestKit
import Testing

@testable import Reports

@Suite("Report documents as workbooks")
struct WorkbookTests {
  /// What Python's openpyxl prints of a workbook.
  private func read(_ bytes: [UInt8], _ code: String) async throws -> [String] {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "book.xlsx")
      try Data(bytes).write(to: file)
      let finished = try await run(
        Tool.python.require(),
        [
          "-c", "import openpyxl, sys\nbook = openpyxl.load_workbook(sys.argv[1])\n" + code,
          file.path,
        ])
      #expect(finished.status == 0, "\(finished.errors)")
      return finished.output.split(separator: "\n").map(String.init)
    }
  }

  private func writer(_ limits: SheetLimits = SheetLimits()) throws -> WorkbookWriter {
    WorkbookWriter(templates: try Templates(), limits: limits)
  }

  @Test("There is a cover, a sheet for each table, and the definitions", .needs(python: "openpyxl"))
  func sheets() async throws {
    let bytes = try writer().bytes(of: AgreementDocument.document())
    let names = try await read(bytes, "for sheet in book: print(sheet.title, sheet.dimensions)")
    #expect(
      names.map { $0.split(separator: " ").dropLast().joined(separator: " ") } == [
        "Cover", "Won against quota", "Won by month", "Open pipeline by stage",
        "Biggest open deals due this…", "Won and lost this week", "Accounts in no territory",
        "The largest family", "Team", "All units a list", "Levels", "All units a list 2", "Nothing",
        "Definitions",
      ])
  }

  @Test("Cells are typed and look as on the page", .needs(python: "openpyxl"))
  func cells() async throws {
    let bytes = try writer().bytes(of: AgreementDocument.document())
    let cells = try await read(
      bytes,
      """
      sheet = book["All units a list"]
      for cell in sheet[8]:
          print(cell.data_type, repr(cell.value), cell.number_format.split(";")[0], cell.font.i)
      """)
    #expect(
      cells == [
        "s '+1+1' @ False", "s '001xx000001AAA' General False", "n -149148.4 \"$\"#,##0 False",
        "n -12081 #,##0 False", "n -12.365404 #,##0.0% True", "n -12.365404 #,##0.0\"×\" False",
        "n 400 #,##0 False", "n -12.37 #,##0.0 False", "n -12.365404 #,##0.0 False",
        "d datetime.datetime(2024, 11, 4, 0, 0) yyyy\\-mm\\-dd False",
        "n None General False", "s '001E5' General False",
      ])
  }

  @Test(
    "Heads stay in sight, lists can be filtered, names and figures lead on",
    .needs(python: "openpyxl"))
  func handling() async throws {
    let bytes = try writer().bytes(of: AgreementDocument.document())
    let facts = try await read(
      bytes,
      """
      sheet = book["All units a list"]
      print(sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows)
      print([sheet.cell(row, 1).value for row in (1, 2, 3, 4)])
      print(sheet["A8"].hyperlink.target, sheet["A2"].hyperlink.location)
      print(sheet["A27"].value, sheet["C27"].value)
      figure = next(cell for cell in book["Cover"]["A"] if cell.value == "Quota attainment this year")
      place = figure.hyperlink.location.split("!")
      print(place[0], book["Definitions"][place[1]].value)
      print(book.properties.title, "|", book.properties.created)
      """)
    #expect(
      facts == [
        "B7 A6:L25 $6:$6",
        "['All units: a [list]?', 'Back to the cover', "
          + "'All 19 rows; pages and mails show 10 of 19, the worst first.', 'Made up by 1 person.']",
        "https://acme.my.salesforce.com/001xx000001AAA 'Cover'!A1", "All 19",
        "'Definitions' Attainment", "Weekly territory report: West | 2026-11-20 00:00:00",
      ])
  }

  @Test("The cover says what is in the report, what is not, and why", .needs(python: "openpyxl"))
  func cover() async throws {
    let bytes = try writer().bytes(of: AgreementDocument.document())
    let lines = try await read(
      bytes,
      """
      for row in book["Cover"].iter_rows(values_only=True):
          print(" | ".join(str(cell) for cell in row if cell not in (None, "")))
      """)
    let expected = [
      "The quarter turned on 3 deals.",
      "Won | 1234567.89 | -265432.11 | −$265\u{A0}k (−17.7%) last year; of 12 deals",
      "Rate | 0.333333 | 2.1 | +2.1\u{A0}pts last year",
      "Everything: all [units] | There are 4,321 of them.", "Careful: Only 33.3% is known.",
      "All units: a list | 3 | 2 of 5, the most first.", "Nothing | 0 | Nobody did anything.",
      "Renewals | The export holds no contracts. To have it: Export Contract.",
      "Conflicts | No account is claimed twice.", "Time zone | America/New_York",
    ]
    for line in expected { #expect(lines.contains(line), "\(line)") }
  }

  @Test("A table without rows says so, and why", .needs(python: "openpyxl"))
  func empty() async throws {
    let bytes = try writer().bytes(of: AgreementDocument.document())
    let cells = try await read(
      bytes, "sheet = book[\"Nothing\"]\nprint(sheet[\"A3\"].value, sheet.auto_filter.ref)")
    #expect(cells == ["No rows. Nobody did anything. None"])
  }

  @Test("What a sheet cannot hold is said there, and nothing is lost", .needs(python: "openpyxl"))
  func limits() async throws {
    var document = try Demo.document()
    var units = AgreementDocument.units
    units.rows[0] = ReportDocument.Row(
      [
        units.rows[0].cells[0],
        ReportDocument.Cell(ValueFormatter().money(98_765_432_109_876_543_210)),
      ]
        + units.rows[0].cells.dropFirst(2))
    document.sections = [ReportDocument.Section(id: "s", title: "S", blocks: [.table(units)])]
    let limits = SheetLimits(rows: 64 + 8, characters: 200, linksPerSheet: 7)
    let bytes = try writer(limits).bytes(of: document)
    let lines = try await read(
      bytes,
      """
      for sheet in book.worksheets[1:-1]:
          head = int(sheet.freeze_panes[1:]) - 1
          rows = [row for row in sheet.iter_rows(min_row=head + 1, values_only=True)]
          print(sheet.title, len(rows), sheet.auto_filter.ref, sheet.cell(head - 2, 1).value)
          print(sheet.cell(head - 1, 1).value)
      sheet = book.worksheets[1]
      print(repr(sheet["C8"].value), sheet["A9"].hyperlink is None)
      """)
    #expect(
      lines == [
        "All units a list 8 A7:L15 Part 1 of 3: the list is longer than a sheet.",
        "9 names have no link: a sheet holds 7 links of 2079 characters at most. "
          + "1 number is text: a spreadsheet keeps 15 digits only.",
        "All units a list 2 8 A7:L15 Part 2 of 3: the list is longer than a sheet.",
        "10 names have no link: a sheet holds 7 links of 2079 characters at most.",
        "All units a list 3 5 A7:L10 Part 3 of 3: the list is longer than a sheet.",
        "1 text is cut after 200 characters, the most that a cell holds.",
        "'9876543210987654.32' False",
      ])
  }

  @Test("The same document gives the same bytes, also beside workbooks of another day")
  func deterministic() async throws {
    let writer = try writer()
    let document = try AgreementDocument.document()
    var later = document
    later.asOf = ValueFormatter().day(Demo.asOf.adding(days: 7))
    let (one, other) = (try writer.bytes(of: document), try writer.bytes(of: later))
    #expect(one != other)
    try await withThrowingTaskGroup(of: Bool.self) { [later] group in
      for index in 0..<24 {
        group.addTask {
          try writer.bytes(of: index % 2 == 0 ? document : later) == (index % 2 == 0 ? one : other)
        }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }
}
