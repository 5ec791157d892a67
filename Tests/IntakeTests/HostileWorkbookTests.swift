import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Workbooks that are damaged or mean harm")
struct HostileWorkbookTests {
  private func damaged(_ reason: String, at place: String = "book.xlsx") -> [String] {
    [
      "\(place): error: the workbook cannot be read: \(reason); nothing was computed; "
        + "open it in a spreadsheet program and save it again as .xlsx, or as CSV."
    ]
  }

  private func complaints(rows: String, after: String = "") throws -> [String] {
    try Workbooks.complaints(Workbooks.parts(Workbooks.sheet(rows, after: after)))
  }

  /// What is said of bytes that call themselves a workbook.
  private func complaints(_ bytes: Data, named name: String = "book.xlsx") throws -> [String] {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: name)
      try bytes.write(to: file)
      do {
        _ = try Sheet.read(file.path, named: name, sheet: nil)
        return []
      } catch let error as FindingsError {
        return error.findings.map(\.description)
      }
    }
  }

  @Test(
    "A document type is refused in every part, before any entity of it is looked at",
    arguments: [
      "xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "_rels/.rels",
    ])
  func documentType(_ part: String) throws {
    let laughs = (1...9).map { level in
      "<!ENTITY l\(level) \"\(String(repeating: "&l\(level - 1);", count: 10))\">"
    }
    let attack = """
      <!DOCTYPE x [<!ENTITY l0 "lol">\(laughs.joined())\
      <!ENTITY f SYSTEM "file:///etc/passwd">]><x a="&l9;">&l9;&f;</x>
      """
    var parts = Workbooks.parts(Workbooks.sheet(""))
    parts[part] = attack
    let found = try Workbooks.complaints(parts)
    #expect(found.count == 1)
    // libxml2 may refuse the amplification before the reader reports the document type.
    #expect(
      ["has a document type, which a workbook never has", "is not well-formed XML"].contains {
        found.first?.hasPrefix(
          "book.xlsx: error: the workbook cannot be read: \(part) \($0); ") ?? false
      }, "\(found)")
  }

  @Test("A part that inflates without end is refused at its bound", .needs(.zip))
  func bomb() async throws {
    try await withTemporaryFolder { folder in
      var parts = Workbooks.parts("")
      parts["xl/worksheets/sheet1.xml"] = nil
      try folder.write(files: parts)
      let sheet = folder.appending(path: "xl/worksheets/sheet1.xml")
      try FileManager.default.createDirectory(
        at: sheet.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(count: Workbook.maximumPart + 1).write(to: sheet)
      _ = try await run(Tool.zip.require(), ["-q", "-r", "book.xlsx", "_rels", "xl"], in: folder)
      let file = folder.appending(path: "book.xlsx").path
      #expect(throws: FindingsError.self) {
        try Sheet.read(file, named: "book.xlsx", sheet: nil)
      }
    }
  }

  @Test("Files that are no workbook are told from damaged ones")
  func otherFiles() throws {
    let old = [
      "book.xls: error: the workbook is in an old form, or protected by a password; "
        + "nothing was computed; save it as .xlsx without a password, or as CSV."
    ]
    #expect(
      try complaints(Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]), named: "book.xls") == old)
    #expect(
      try complaints(Data("a,b\n1,2\n".utf8))
        == damaged("it is not a zip of XML parts, as .xlsx is"))
    #expect(try complaints(Data()) == damaged("it is not a zip of XML parts, as .xlsx is"))
    #expect(
      try Workbooks.complaints(["mimetype": "application/vnd.oasis.opendocument.spreadsheet"])
        .count == 1)
  }

  @Test("A workbook cut anywhere is refused, or read as far as it is whole")
  func truncated() throws {
    let whole = Workbooks.zip(
      Workbooks.parts(
        Workbooks.sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"), texts: ["h"]))
    for length in stride(from: 0, to: whole.count, by: 7) {
      let found = try complaints(whole.prefix(length))
      #expect(
        found.allSatisfy { $0.hasPrefix("book.xlsx: error: the workbook cannot be read: ") },
        "\(length): \(found)")
    }
    var cut = Workbooks.parts(Workbooks.sheet(""))
    cut["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row r=\"1\">"
    #expect(
      try Workbooks.complaints(cut)
        == damaged("xl/worksheets/sheet1.xml is not well-formed XML"))
  }

  @Test("Parts that are missing or name each other wrongly are named")
  func missingParts() throws {
    var noBook = Workbooks.parts("")
    noBook["_rels/.rels"] = "<Relationships/>"
    #expect(try Workbooks.complaints(noBook) == damaged("no part of it is a workbook"))
    var noSheet = Workbooks.parts("")
    noSheet["xl/_rels/workbook.xml.rels"] = Workbooks.relations(["chartsheet": "c.xml"])
    #expect(try Workbooks.complaints(noSheet) == damaged("it holds no sheet of cells"))
    var outside = Workbooks.parts("")
    outside["xl/_rels/workbook.xml.rels"] = Workbooks.relations([
      "worksheet": "../../../../etc/passwd"
    ])
    #expect(try Workbooks.complaints(outside).count == 1)
  }

  @Test(
    "Rows and cells that cannot be are refused at their place",
    arguments: [
      ("<row r=\"-5\"/>", "row 0 is followed by one that cannot be", "book.xlsx:Sheet1!1"),
      (
        "<row r=\"3\"/><row r=\"3\"/>", "row 3 is followed by one that cannot be",
        "book.xlsx:Sheet1!3"
      ),
      (
        "<row r=\"1048577\"/>", "row 0 is followed by one that cannot be", "book.xlsx:Sheet1!1"
      ),
      (
        "<row r=\"99999999999999999999\"/>", "row 0 is followed by one that cannot be",
        "book.xlsx:Sheet1!1"
      ),
      (
        "<row r=\"1\"><c r=\"A2\"/></row>", "a cell has a name that is not of its row",
        "book.xlsx:Sheet1!1"
      ),
      (
        "<row r=\"1\"><c r=\"XFE1\"/></row>", "a cell has a name that is not of its row",
        "book.xlsx:Sheet1!1"
      ),
      (
        "<row r=\"1\"><c r=\"\"/></row>", "a cell has a name that is not of its row",
        "book.xlsx:Sheet1!1"
      ),
      (
        "<row r=\"1\"><c r=\"B1\" t=\"s\"><v>-1</v></c></row>",
        "a cell names a text that the workbook lacks", "book.xlsx:Sheet1!B1"
      ),
      (
        "<row r=\"1\"><c r=\"B1\" t=\"s\"><v>7</v></c></row>",
        "a cell names a text that the workbook lacks", "book.xlsx:Sheet1!B1"
      ),
    ])
  func impossible(_ rows: String, _ reason: String, _ place: String) throws {
    #expect(try complaints(rows: rows) == damaged(reason, at: place))
  }

  @Test("A huge dimension and huge merged cells cost nothing where there are no cells")
  func huge() throws {
    let sheet = """
      <worksheet><dimension ref="A1:XFD1048576"/><sheetData>\
      <row r="1"><c r="A1" t="str"><v>h</v></c></row>\
      <row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData><mergeCells>\
      \(String(repeating: "<mergeCell ref=\"A2:XFD1048575\"/>", count: 1000))</mergeCells></worksheet>
      """
    #expect(try Workbooks.read(Workbooks.parts(sheet)).shown == ["A1048576=1"])
    #expect(
      try complaints(
        rows: "<row r=\"1\"><c r=\"A1\"/></row>", after: "<mergeCell ref=\"A1\"/>")
        == damaged("merged cells have no place", at: "book.xlsx:Sheet1"))
  }

  @Test("Elements inside each other without end are refused")
  func deep() throws {
    var parts = Workbooks.parts("")
    parts["xl/worksheets/sheet1.xml"] = String(repeating: "<a>", count: 100_000)
    #expect(
      try Workbooks.complaints(parts) == damaged("xl/worksheets/sheet1.xml nests too deep"))
  }
}
