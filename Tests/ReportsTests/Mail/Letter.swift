import Foundation
import Graphics
import Records
import TestKit

@testable import Reports

/// Small documents made by hand, for mail and text.
enum Letter {
  static let format = ValueFormatter()

  static func document(
    name: String = "West", headline: ReportDocument.Prose = "West has won $1.3 M.",
    sections: [ReportDocument.Section], definitions: [ReportDocument.Definition] = []
  ) -> ReportDocument {
    ReportDocument(
      report: "weekly", title: "Weekly report", organisation: "Acme",
      edition: ReportDocument.Edition(
        kind: .territory, id: "0MIxx0000000001AAA", name: ReportDocument.Name(name)),
      locale: .enUS, currency: "USD", asOf: format.day(Day(number: 20_777)), headline: headline,
      sections: sections, definitions: definitions,
      footer: ReportDocument.Footer(
        facts: [
          ReportDocument.Fact(key: "run", label: "Made by", value: format.text("cadastre 1"))
        ]))
  }

  static func section(_ title: String, _ blocks: [ReportDocument.Block]) -> ReportDocument.Section {
    ReportDocument.Section(
      id: title.lowercased().replacing(" ", with: "-"), title: title, blocks: blocks)
  }

  static func text(_ text: String, link: String? = nil, mark: String? = nil) -> ReportDocument.Cell
  {
    ReportDocument.Cell(
      format.text(text), link: link.flatMap { RecordLink(base: "https://crm.example", id: $0) },
      mark: mark)
  }

  static func money(_ units: Int) -> ReportDocument.Cell {
    ReportDocument.Cell(format.money(Int128(units) * 10_000))
  }

  static func count(_ count: Int) -> ReportDocument.Cell {
    ReportDocument.Cell(format.count(Int128(count)))
  }

  static func day(_ number: Int32, mark: String? = nil) -> ReportDocument.Cell {
    ReportDocument.Cell(format.day(Day(number: number)), mark: mark)
  }

  static let dealColumns = [
    ReportDocument.Column(key: "Name", title: "Deal", isRowHeader: true),
    ReportDocument.Column(key: "Account.Name", title: "Account"),
    ReportDocument.Column(key: "CloseDate", title: "Close date"),
    ReportDocument.Column(key: "Value", title: "Value", alignment: .end),
  ]

  /// A list of deals, `rows` of them shown and the others kept back.
  static func deals(
    _ rows: Int, of all: Int? = nil, id: String = "deals", name: (Int) -> String = { "Deal \($0)" }
  ) -> ReportDocument.Table {
    let lines = (0..<(all ?? rows)).map { row in
      ReportDocument.Row([
        text(name(row), link: "006xx00000\(1_000_000 + row)A"),
        text("Account \(row)", link: "001xx00000\(1_000_000 + row)A"),
        day(20_777 + Int32(row % 90)), money(900_000 - row),
      ])
    }
    let counts = (format.count(Int128(rows)), format.count(Int128(lines.count)))
    return ReportDocument.Table(
      id: id, title: "Deals", columns: dealColumns, rows: Array(lines.prefix(rows)),
      rest: Array(lines.dropFirst(rows)),
      extent: ReportDocument.Extent(
        shown: counts.0, all: counts.1,
        text: rows == lines.count
          ? "All \(counts.1.text), the largest first"
          : "\(counts.0.text) of \(counts.1.text), the largest first",
        order: "the largest first"),
      whyEmpty: "No deal is open.")
  }

  /// A chart of one bar, drawn small.
  static func chart(_ id: String, alternative: String = "West won most.") -> ReportDocument.Chart {
    let scene = Scene(
      width: 200, height: 80.5, background: Colour(0xFFFFFF), title: id,
      textAlternative: alternative,
      marks: [])
    return ReportDocument.Chart(
      id: id, title: "Won by territory; USD", takeaway: "West won most.",
      picture: ReportDocument.Picture(light: scene, dark: scene, alternative: alternative),
      data: deals(2, id: id + "-data"))
  }

  static func mail(_ document: ReportDocument) throws -> MailParts {
    try MailWriter(templates: Templates(), canvas: Demo.canvas()).parts(of: document)
  }

  /// What `scripts/check-mail.py` says of the HTML: problems, or its words.
  static func read(_ html: String, words: Bool = false) async throws -> [String] {
    try await withTemporaryFolder { folder in
      let file = folder.appending(path: "mail.html")
      try Data(html.utf8).write(to: file)
      let script = Repository.root.appending(path: "scripts/check-mail.py").path
      let finished = try await run(
        Tool.python.require(), [script, file.path] + (words ? ["--text"] : []), seconds: 600)
      return finished.output.split(separator: "\n").map(String.init)
        + (finished.errors.isEmpty ? [] : [finished.errors])
    }
  }
}
