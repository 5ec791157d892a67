import Foundation
import Records

/// A workbook in Office Open XML (`.xlsx`), of which one sheet is read as a table.
///
/// A zip of XML parts that name each other: the package names the workbook, this its sheets, its
/// shared texts and its styles. Only parts that are needed are inflated, each into memory and
/// bounded. Source: ECMA-376, parts 1 (SpreadsheetML) and 2 (packaging).
struct Workbook {
  private let package: WorkbookPackage
  private let sheets: [Listed]
  private let texts: [String]
  private let styles: WorkbookStyles

  /// A sheet as the workbook lists it.
  struct Listed {
    let name: String
    let isHidden: Bool
    /// Name of its part in the zip.
    let part: String
  }

  /// The most bytes to which a part may inflate.
  static let maximumPart = 128 << 20

  /// Whether a file is a workbook by its name, in whatever version.
  static func isWorkbook(_ name: String) -> Bool {
    let lowered = name.lowercased()
    return [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"].contains { lowered.hasSuffix($0) }
  }

  /// Opens a workbook.
  ///
  /// - Throws: `FindingsError` where it is none, or is damaged.
  init(_ path: String, named name: String) throws {
    try self.init(WorkbookPackage(path: path, name: name))
  }

  /// Finds the sheets of a workbook, and reads what they share.
  ///
  /// - Throws: `FindingsError` where its parts make no workbook.
  init(_ package: WorkbookPackage) throws {
    self.package = package
    guard
      let main = try package.relations(of: "").first(where: { $0.kind == "officeDocument" })?.part
    else { throw package.damaged("no part of it is a workbook") }
    let relations = try package.relations(of: main)
    let sheetParts = Dictionary(
      relations.filter { $0.kind == "worksheet" }.map { ($0.id, $0.part) },
      uniquingKeysWith: { first, _ in first })
    func part(_ kind: String) throws -> WorkbookPart? {
      guard let relation = relations.first(where: { $0.kind == kind }) else { return nil }
      return try package.part(relation.part)
    }
    (sheets, styles, texts) = try package.reading {
      var listed: [Listed] = []
      var starts1904 = false
      let book = try package.part(main)
      try book.forEachElement { element in
        let attributes = book.attributes()
        if element == "workbookPr" {
          starts1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
        }
        guard element == "sheet", let part = attributes["id"].flatMap({ sheetParts[$0] })
        else { return }
        listed.append(
          Listed(
            name: attributes["name"] ?? "",
            isHidden: ["hidden", "veryHidden"].contains(attributes["state"] ?? ""),
            part: part))
      }
      return (
        listed, try WorkbookStyles(try part("styles"), starts1904: starts1904),
        try Workbook.texts(in: try part("sharedStrings"))
      )
    }
    guard !sheets.isEmpty else { throw package.damaged("it holds no sheet of cells") }
  }

  /// One sheet as a table; nil takes the first that is not hidden.
  ///
  /// - Parameters:
  ///   - wanted: the name of the sheet.
  ///   - hasTitle: whether something may stand above the headings; all columns are read then.
  /// - Returns: the table with its headings.
  /// - Throws: `FindingsError` where there is no such sheet, or where it cannot be read.
  func table(_ wanted: String?, hasTitle: Bool = false) throws -> Sheet {
    let first = sheets.first(where: { !$0.isHidden }) ?? sheets.first
    guard let sheet = wanted == nil ? first : find(wanted)
    else {
      throw FindingsError([
        UserFileFindings.sheetMissing(package.name, sheet: wanted ?? "", sheets: sheets.map(\.name))
      ])
    }
    return try package.reading {
      var cells = WorkbookCells(
        place: SourcePosition(file: package.name, sheet: sheet.name), texts: texts, styles: styles,
        hasTitle: hasTitle)
      try cells.read(try package.part(sheet.part))
      return Sheet(
        file: package.name, sheet: sheet.name, form: "workbook, sheet \(sheet.name)",
        lines: cells.rows)
    }
  }

  private func find(_ wanted: String?) -> Listed? {
    sheets.first { $0.name == wanted }
      ?? sheets.first { $0.name.lowercased() == wanted?.lowercased() }
  }

  /// The texts that cells share: runs of rich text joined, hints of pronunciation left out.
  private static func texts(in part: WorkbookPart?) throws -> [String] {
    guard let part else { return [] }
    var texts: [String] = []
    while let event = try part.next() {
      if event == .start("si") { texts.append(try part.richText(until: "si")) }
    }
    return texts
  }
}

extension WorkbookPart {
  /// The text of an item that may be of several runs.
  func richText(until name: String) throws -> String {
    var text = ""
    var isText = false
    var hints = 0
    while let event = try next(), event != .end(name) {
      switch event {
      case .start("t"): isText = true
      case .end("t"): isText = false
      case .start("rPh"): hints += 1
      case .end("rPh"): hints -= 1
      case .text(let part) where isText && hints == 0: text += part
      default: break
      }
    }
    return WorkbookPart.unescaped(text)
  }

  /// Text with characters that XML cannot hold, which SpreadsheetML writes as `_x000D_`.
  static func unescaped(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    return text.replacing(/_x([0-9A-Fa-f]{4})_/) { match in
      UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String($0) }
        ?? String(match.0)
    }
  }
}
