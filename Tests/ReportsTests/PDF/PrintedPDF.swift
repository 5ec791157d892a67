import Foundation
import TestKit

@testable import Reports

/// A document as poppler reads its PDF.
struct PrintedPDF {
  let bytes: [UInt8]
  /// The text in the order of drawing, a page an element.
  let pages: [String]
  private let about: String
  let fonts: String
  let structure: String
  let links: String

  init(_ document: ReportDocument, look: String? = nil) async throws {
    let bytes = try PDFWriter(templates: Templates(), canvas: Demo.canvas()).bytes(of: document)
    self.bytes = bytes
    if let look, let folder = ProcessInfo.processInfo.environment["CADASTRE_LOOK"] {
      try Data(bytes).write(to: URL(filePath: folder).appending(path: look + ".pdf"))
    }
    let text = try await PrintedPDF.read(bytes, .pdftotext, ["-raw", "-enc", "UTF-8"], output: "-")
    pages = text.split(separator: "\u{C}").map(String.init)
    about = try await PrintedPDF.read(bytes, .pdfinfo, ["-f", "1", "-l", "99"])
    fonts = try await PrintedPDF.read(bytes, .pdffonts, [])
    structure = try await PrintedPDF.read(bytes, .pdfinfo, ["-struct-text"])
    links = try await PrintedPDF.read(bytes, .pdfinfo, ["-url"])
  }

  private static func read(
    _ bytes: [UInt8], _ tool: Tool, _ arguments: [String], output: String? = nil
  ) async throws -> String {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "report.pdf")
      try Data(bytes).write(to: file)
      let done = try await run(
        tool.require(), arguments + [file.path] + (output.map { [$0] } ?? []))
      // Poppler tells faults of a file on standard error.
      guard done.status == 0, done.errors.isEmpty else { throw Complaint(text: done.errors) }
      return done.output
    }
  }

  struct Complaint: Error { let text: String }

  /// The text of all pages without space, feet of pages and marks of direction.
  var squeezed: String {
    pages.map { page in
      let lines = page.split(separator: "\n")
      return PrintedPDF.squeezed(
        lines.filter { $0.firstMatch(of: /Page [0-9]+ of [0-9]+$/) == nil }
          .joined(separator: "\n"))
    }.joined()
  }

  static func squeezed(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter {
          !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
        }))
  }

  /// The addresses that links lead to.
  var addresses: Set<String> {
    Set(links.matches(of: /Annotation +(.*)/).map { String($0.1) })
  }

  /// How many elements of a kind the structure has.
  func elements(_ kind: String) -> Int {
    // One with attributes has a colon behind its name.
    structure.split(separator: "\n").count {
      [kind, kind + ":"].contains($0.trimmingCharacters(in: .whitespaces))
    }
  }

  /// What a line of the information says.
  func info(_ key: String) -> String? {
    about.split(separator: "\n").first { $0.hasPrefix(key + ":") }
      .map { $0.dropFirst(key.count + 1).trimmingCharacters(in: .whitespaces) }
  }
}

extension ReportDocument {
  /// Every text of the document that paper shows, the cells of a row together.
  var printed: [String] {
    var texts = [organisation, title, edition.name.text, asOf.text, headline.printed]
    texts += comment.map(\.printed) + edition.path.map(\.text)
    for section in sections {
      texts += [section.title, section.absence?.printed ?? ""]
      for block in section.blocks { texts += block.printed }
    }
    texts += quiet.flatMap { [$0.title, $0.why.printed] }
    texts += absent.map(\.title)
    texts += definitions.flatMap { [$0.term, $0.text] }
    texts += footer.facts.flatMap { [$0.label, $0.value.text] }
    texts += footer.quality.map { $0.severity + $0.count.text + "×" + $0.text }
    return texts + footer.notes.map(\.printed)
  }
}

extension ReportDocument.Block {
  fileprivate var printed: [String] {
    switch self {
    case .paragraph(let prose): [prose.printed]
    case .callout(let callout): [callout.text.printed]
    case .figures(let figures):
      figures.flatMap { figure in
        [
          figure.label, figure.value.text, figure.note?.printed ?? "",
          figure.change.map { $0.value.text + $0.against } ?? "",
        ]
      }
    case .chart(let chart): [chart.title, chart.takeaway.printed] + chart.data.printed
    case .tree(let tree): [tree.title, tree.takeaway.printed] + tree.nodes.printed
    case .table(let table): table.printed
    }
  }
}

extension ReportDocument.Table {
  fileprivate var printed: [String] {
    guard !rows.isEmpty else { return [whyEmpty.printed, note?.printed ?? ""] }
    let lines = rows + [other, total].compactMap { $0 }
    return columns.map { $0.title + ($0.unit ?? "") }
      + lines.map { $0.cells.map { $0.value.text + ($0.mark ?? "") }.joined() }
      + [extent?.text ?? "", note?.printed ?? ""]
  }
}

extension ReportDocument.Prose {
  fileprivate var printed: String {
    runs.map { run in
      switch run {
      case .words(let words): words
      case .name(let name): name.text
      case .value(let value): value.text
      }
    }.joined()
  }
}
