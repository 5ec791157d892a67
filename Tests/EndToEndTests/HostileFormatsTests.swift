import Foundation
import TestKit
import Testing

@Suite("Naughty text in every text field of an export")
struct HostileFormatsTests {
  /// Text that would do something if anything took it for more than text.
  private static let attacks = [
    "<script>window.fired=1;console.error('fired')</script>",
    "\"><img src=x onerror=\"window.fired=1;console.error('fired')\">",
    "</title></style></textarea><svg onload=console.error('fired')>",
    "' onmouseover='console.error(1)' x='", "javascript:console.error('fired')",
    "{{mustache}} {{{raw}}} {{#section}} {{>page}}", "{won} {edition} {count|a|b}",
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\u{202E}evil\u{202C}\u{2066}",
    "]]><!-- --><!DOCTYPE x [<!ENTITY e \"e\">]>&e;", "&lt;b&gt;&#60;",
    "line\nbreak\r\nand\ttab", "bell\u{07} escape\u{1B}[31m nul\u{1}",
    "e\u{0301}\u{0323} 👩‍👩‍👧 🏳️‍🌈 \u{FEFF}\u{200B}", "שלום مرحبا 漢字 ไทย",
    String(repeating: "W", count: 10_000),
    String(repeating: "wide ", count: 2000),
  ]

  /// The columns of the sample in which people write what they like.
  private static let free: Set<String> = [
    "Name", "FirstName", "LastName", "Company", "Email", "Website", "Phone", "City",
    "PostalCode", "Title", "Subject", "Industry", "LeadSource", "StageName", "MasterLabel",
    "ApiName", "ProductCode", "Family", "LossReason__c", "BillingCity", "BillingState",
    "BillingStreet", "BillingPostalCode", "Description", "ContractNumber", "Street", "NextStep",
  ]

  /// What is looked at in each kind of file; a further format is a further line.
  private static let checks: [(ending: String, check: @Sendable (URL) async throws -> [String])] = [
    ("html", page), ("txt", text), ("csv", list), ("json", json), ("xlsx", workbook),
    ("pdf", paper),
  ]

  @Test(
    "Every report in every format holds it as text alone, and no page runs any of it",
    .needs(.chromium, .python, .xmllint, .pdftotext))
  func everyFormat() async throws {
    try await withTemporaryFolder { folder in
      try await Program.sample(folder, accounts: 120)
      try Self.spoil(folder.appending(path: "export"))
      try await Program.run("init", "--export", "export", "--yes", "--quiet", in: folder)
      for report in ["weekly-territory", "data-quality", "lead-routing", "unassigned-accounts"] {
        try await Program.run(
          "report", report, "--edition", "company", "--format",
          "html,mail,text,pdf,xlsx,csv,json,xml", "--quiet", in: folder)
      }
      let output = Program.output(folder)
      let files = output.filesBelow()
      try await expectValid(files.filter { $0.hasSuffix(".xml") }, in: output)
      for (ending, check) in Self.checks {
        let those = files.filter { $0.hasSuffix("." + ending) }
        #expect(!those.isEmpty, "\(ending)")
        for file in those {
          #expect(try await check(output.appending(path: file)) == [], "\(file)")
        }
      }
    }
  }

  // MARK: Checks

  private static func page(_ file: URL) async throws -> [String] {
    let html = try String(contentsOf: file, encoding: .utf8)
    var problems = [
      "<script>window", "<img src=x", "<svg onload", "</textarea>", "href=\"javascript",
      "<!DOCTYPE x",
      "\u{1B}", "\u{7}",
    ].filter { html.contains($0) }
    // The name of the mail's page in the list of naughty ones is 600 pixels wide by design.
    for width in file.path.contains(".mail/") ? [1280] : [390, 1280] {
      problems += try await PageCheck.problems(
        of: file, in: PageCheck.View(width: width),
        steps: "[{\"expect\": \"window.fired === undefined\", \"is\": true}]"
      ).filter { problem in
        ["Console error", "The picture", "The page is", "Step"].contains { problem.hasPrefix($0) }
      }
    }
    return problems
  }

  private static func text(_ file: URL) async throws -> [String] {
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\r" }
      ? ["a control character"] : []
  }

  /// No cell of a list begins as a formula would.
  private static func list(_ file: URL) async throws -> [String] {
    let text = try String(contentsOf: file, encoding: .utf8)
    return try CSVReader.rows(text).joined().filter { cell in
      guard let first = cell.unicodeScalars.first else { return false }
      return "=+@\t\r".unicodeScalars.contains(first)
        || (first == "-" && Double(cell) == nil)
    }.map { "the cell \($0.prefix(40)) could be a formula" }
  }

  private static func json(_ file: URL) async throws -> [String] {
    _ = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    return []
  }

  /// No sheet holds a formula.
  private static func workbook(_ file: URL) async throws -> [String] {
    let script = """
      import sys, zipfile
      book = zipfile.ZipFile(sys.argv[1])
      for name in book.namelist():
          text = book.read(name)
          if name.startswith('xl/worksheets/') and (b'<f>' in text or b'<f ' in text):
              print(name, 'holds a formula')
          if b'\\x1b' in text or b'\\x07' in text:
              if name.endswith('.xml'): print(name, 'holds a control character')
      """
    let finished = try await run(Tool.python.require(), ["-c", script, file.path])
    return (finished.output + finished.errors).split(separator: "\n").map(String.init)
  }

  /// Poppler reads the names as the words they are.
  private static func paper(_ file: URL) async throws -> [String] {
    let finished = try await run(Tool.pdftotext.require(), ["-raw", file.path, "-"])
    guard finished.status == 0 else { return [finished.errors] }
    let text = finished.output
    return text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 7 }
      ? ["a control character"] : []
  }

  // MARK: The export

  /// Puts a naughty string before every text that a person could have written; the same text gets
  /// the same one everywhere, so that labels still agree.
  private static func spoil(_ export: URL) throws {
    for name in export.filesBelow() where name.hasSuffix(".csv") {
      let rows = try CSVReader.rows(export.text(name))
      guard let header = rows.first else { continue }
      let spoilt = rows.dropFirst().map { row in
        zip(header, row).map { column, cell in
          guard free.contains(column), !cell.isEmpty else { return cell }
          return attacks[cell.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 9973 } % attacks.count]
            + " " + cell
        }
      }
      let text = ([header] + spoilt).map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
      }.joined()
      try export.write(files: [name: text])
    }
  }
}
