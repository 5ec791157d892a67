import Foundation
import TestKit
import Testing

@testable import Reports

/// Every number of a document in every format, read by other tools than wrote it.
///
/// `scripts/check-agreement.py` holds each format to the XML; xmllint holds the XML to its schema.
@Suite("A document says the same in every format")
struct AgreementTests {
  /// Writes a document into a folder in every format, as `cadastre report` names the files.
  private func write(_ document: ReportDocument, to folder: URL) throws {
    let templates = try Templates()
    let canvas = try Demo.canvas()
    let html = try HTMLWriter(templates: templates, canvas: canvas).text(of: document)
    let mail = try MailWriter(templates: templates, canvas: canvas).parts(
      of: document, whereRest: "in edition.xlsx")
    let text = TextWriter().text(of: document, whereRest: "in edition.xlsx")
    var files: [String: [UInt8]] = [
      "edition.xml": try XMLWriter(templates: templates).bytes(of: document),
      "edition.html": Array(html.utf8),
      "edition.xlsx": try WorkbookWriter(templates: templates).bytes(of: document),
      "edition.json": JSONWriter().bytes(of: document),
      "edition.pdf": try PDFWriter(templates: templates, canvas: canvas).bytes(of: document),
      "edition.txt": Array(text.utf8),
      "edition.mail/index.html": Array(mail.html.utf8),
      "edition.mail/message.txt": Array(mail.text.utf8),
    ]
    for file in CSVWriter().files(of: document) { files["edition/\(file.name)"] = file.bytes }
    for (name, bytes) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
  }

  /// What differs, as the script says it.
  private func problems(_ document: ReportDocument, _ formats: [String]) async throws -> String {
    try await withTemporaryFolder { folder in
      try write(document, to: folder)
      let script = Repository.root.appending(path: "scripts/check-agreement.py").path
      let finished = try await run(
        Tool.python.require(), [script, folder.appending(path: "edition").path] + formats)
      #expect(finished.status <= 1, "\(finished.errors)")
      return finished.output
    }
  }

  @Test(
    "Figures and rows are the same in XML, JSON, CSV, workbook, page, PDF, text and mail",
    .needs(.python, .pdftotext), .needs(python: "openpyxl"))
  func formats() async throws {
    #expect(try await problems(AgreementDocument.document(), []) == "")
  }

  @Test(
    "LibreOffice shows in the cells of the workbook what the page shows",
    .needs(.python, .libreOffice), .needs(python: "openpyxl"))
  func libreOffice() async throws {
    #expect(try await problems(AgreementDocument.document(), ["libreoffice"]) == "")
  }

  @Test("xmllint and the schema agree", .needs(.xmllint))
  func xmllint() async throws {
    try await withTemporaryFolder { folder in
      try write(AgreementDocument.document(), to: folder)
      let schema = Repository.root.appending(path: "templates/xml/report.rng").path
      let finished = try await run(
        Tool.xmllint.require(),
        ["--noout", "--relaxng", schema, folder.appending(path: "edition.xml").path])
      #expect(finished.status == 0, "\(finished.errors)")
    }
  }

  @Test(
    "The comparison is not blind: a figure that differs by a cent is found",
    .needs(.python), .needs(python: "openpyxl"))
  func alarm() async throws {
    try await withTemporaryFolder { folder in
      try write(AgreementDocument.document(), to: folder)
      let file = folder.appending(path: "edition.xml")
      let xml = try String(contentsOf: file, encoding: .utf8)
      // The list that is cut: Ada's 11 deals, in data and text.
      let changed = xml.replacing("data=\"11\">11<", with: "data=\"12\">12<")
      #expect(xml != changed)
      try Data(changed.utf8).write(to: file)
      let script = Repository.root.appending(path: "scripts/check-agreement.py").path
      let finished = try await run(
        Tool.python.require(), [script, folder.appending(path: "edition").path])
      let formats = Set(finished.output.split(separator: "\n").map { $0.prefix { $0 != ":" } })
      #expect(
        formats == ["json", "csv", "xlsx", "html", "pdf", "text", "mail", "mail text"])
      #expect(finished.output.contains("xlsx: cut, row 1, Deals: 11 in place of '12'\n"))
    }
  }
}
