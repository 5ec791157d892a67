import Foundation
import Graphics
import Metrics
import Records

@testable import Reports

/// One edition of the weekly report with made-up answers, as other tests look at it.
enum Demo {
  static let asOf = Day(number: 20_777)  // 2026-11-20

  static func context() -> ReportContext {
    var findings = FindingLog()
    for _ in 0..<3 {
      findings.add(
        Finding(
          code: "account-parent-absent", severity: .warning,
          at: SourcePosition(file: "Account.csv", line: 12),
          what: "the parent of an account is not in the export", done: "the account is a root",
          suggestion: "export all accounts"))
    }
    return ReportContext(
      organisation: "Acme", formatter: ValueFormatter(),
      calendar: FiscalCalendar(startMonth: 2), asOf: asOf, exportDay: asOf,
      timeZone: "America/New_York", valueField: "Amount",
      crmURL: "https://acme.my.salesforce.com", findings: findings, run: "cadastre 0.1")
  }

  static let west = EditionScope(
    kind: .territory, scope: .territory(1), id: "0MIxx0000000001AAA", name: "West",
    path: [EditionScope.Member(id: "0MIxx0000000000AAA", name: "Americas")],
    parts: [
      EditionScope.Member(id: "0MIxx0000000002AAA", name: "Mountain"),
      EditionScope.Member(id: "0MIxx0000000003AAA", name: "Northern California"),
      EditionScope.Member(id: "0MIxx0000000004AAA", name: "Pacific Northwest"),
    ])

  static func canvas() throws -> CairoCanvas { try CairoCanvas() }

  static func definition() throws -> ReportDefinition {
    try ReportDefinition(text: definitionText, file: "reports/weekly-territory.yaml")
  }

  static func document(
    _ answers: DemoAnswers = DemoAnswers(), edition: EditionScope = west
  ) throws -> ReportDocument {
    let plan = ReportPlan(try definition(), for: edition, in: context())
    return try plan.document(answers.answers(to: plan), canvas: canvas())
  }

  /// A run of five editions in a tree.
  static func index() throws -> RunIndex {
    let names = [("Acme", 0), ("Americas", 0), ("West", 1), ("Mountain", 2), ("شركة Côte", 2)]
    let document = try document()
    let figures = RunIndex.Entry(of: document, files: []).figures
    return RunIndex(
      reports: [
        RunIndex.Report(
          name: "weekly-territory", title: "Weekly territory report",
          editions: names.map { name, level in
            RunIndex.Entry(
              name: name, path: Array(repeating: "Americas", count: level),
              files: [
                ("page", "weekly-territory/\(name).html"), ("XML", "weekly-territory/\(name).xml"),
              ], figures: figures)
          })
      ], context: context())
  }

  /// Puts into a document what a run may add to it: a comment, quiet sections, a cut list.
  static func complete(_ document: inout ReportDocument) {
    document.comment = ["Ask <Ana> about it.", "The rest is as expected."]
    document.quiet = [("leads", "Leads"), ("renewals", "Renewals")].map {
      ReportDocument.QuietSection(id: $0.0, title: $0.1, why: "There is none.")
    }
    for (index, section) in document.sections.enumerated() {
      guard case .table(var table)? = section.blocks.first, let last = table.rows.last else {
        continue
      }
      table.rest = [last]
      table.other = ReportDocument.Row(
        table.columns.map { column in
          let text = column.isRowHeader ? "3 others" : ""
          return ReportDocument.Cell(Shown(text, data: text, unit: .text))
        })
      document.sections[index].blocks[0] = .table(table)
      return
    }
  }

  /// Leaves a file in the folder CADASTRE_LOOK, where a person wants to see it.
  static func look(_ name: String, _ text: String) {
    guard let folder = ProcessInfo.processInfo.environment["CADASTRE_LOOK"] else { return }
    try? Data(text.utf8).write(to: URL(filePath: folder).appending(path: name))
  }
}
