import Foundation
import Records
import TestKit

@testable import Intake

/// Workbooks made by hand: each part as text, put into a zip without compression.
enum Workbooks {
  static let package = """
    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
    <Relationship Id="rId1" Target="xl/workbook.xml" \
    Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>\
    </Relationships>
    """

  static func book(_ attributes: String = "") -> String {
    """
    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
    <workbookPr \(attributes)/><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>\
    </workbook>
    """
  }

  static func relations(_ kinds: [String: String]) -> String {
    let all = kinds.sorted { $0.key < $1.key }.enumerated().map { number, relation in
      """
      <Relationship Id="rId\(relation.key == "worksheet" ? 1 : number + 2)" \
      Target="\(relation.value)" Type="http://x/relationships/\(relation.key)"/>
      """
    }
    return "<Relationships>\(all.joined())</Relationships>"
  }

  static func sheet(_ rows: String, after: String = "") -> String {
    "<worksheet><sheetData>\(rows)</sheetData>\(after)</worksheet>"
  }

  /// The parts of a workbook of one sheet.
  static func parts(
    _ sheet: String, texts: [String] = [], styles: String = "", book: String = book()
  ) -> [String: String] {
    [
      "_rels/.rels": package, "xl/workbook.xml": book,
      "xl/_rels/workbook.xml.rels": relations([
        "worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml",
        "styles": "/xl/styles.xml",
      ]),
      "xl/worksheets/sheet1.xml": sheet,
      "xl/sharedStrings.xml": "<sst>\(texts.map { "<si><t>\($0)</t></si>" }.joined())</sst>",
      "xl/styles.xml": "<styleSheet>\(styles)</styleSheet>",
    ]
  }

  /// Reads the table of a workbook of given parts.
  static func read(_ parts: [String: String], sheet: String? = nil) throws -> Sheet {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "book.xlsx")
      try zip(parts).write(to: file)
      return try Sheet.read(file.path, named: "book.xlsx", sheet: sheet)
    }
  }

  /// Reads the table of a workbook of one sheet of given rows.
  static func read(rows: String, texts: [String] = [], styles: String = "") throws -> Sheet {
    try read(parts(sheet(rows), texts: texts, styles: styles))
  }

  /// What is said of a workbook that cannot be read.
  static func complaints(_ parts: [String: String], sheet: String? = nil) throws -> [String] {
    do {
      _ = try read(parts, sheet: sheet)
      return []
    } catch let error as FindingsError {
      return error.findings.map(\.description)
    }
  }

  /// A zip of parts, stored as they are.
  static func zip(_ parts: [String: String]) -> Data {
    Data(
      ZipBuilder(parts.sorted { $0.key < $1.key }.map { ZipBuilder.Entry($0.key, $0.value) }).bytes)
  }
}

extension Sheet {
  /// The table as text: each cell behind its place, rows in order.
  var shown: [String] {
    rows.map { row in
      row.cells.sorted { $0.key < $1.key }.map { "\($0.value.at.shortName)=\($0.value.text)" }
        .joined(separator: " ")
    }
  }
}

extension SourcePosition {
  /// `C7`, or line and column.
  fileprivate var shortName: String {
    description.split(separator: "!").last.map(String.init) ?? description
  }
}
