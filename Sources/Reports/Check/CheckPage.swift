import Metrics
import Records

/// The page of a check.
struct CheckPage {
  let document: CheckDocument

  func html(templates: Templates) -> String {
    templates.render("check", fields, title: title, locale: document.formatter.locale)
  }

  private var title: String {
    [document.formatter.words[.check], document.organisation, document.asOf?.description].compactMap
    { $0 }
    .joined(separator: ": ")
  }

  var fields: [String: TemplateValue] {
    let format = document.formatter
    let parts = PageParts(defined: [], drawn: DrawnPictures(), words: format.words)
    let fields: [String: TemplateValue] = [
      "title": .text(format.words[.checkTitle]), "organisation": .text(document.organisation),
      "asOf": .markup(document.asOf.map { HTMLText.value(format.day($0)) } ?? ""),
      "summary": .text(document.summary),
      "reports": .list(
        document.groups.map { group in
          .object([
            "id": .text(id(of: group.name)), "title": .text(group.title),
            "table": parts.table(readiness(group.name, group.title, group.sections)),
          ])
        }),
      "hasFiles": .flag(!document.files.isEmpty), "files": parts.table(files),
      "hasIgnored": .flag(!document.ignored.isEmpty),
      "ignored": .list(document.ignored.map { .object(["name": .markup(HTMLText.file($0))]) }),
      "findingsSummary": .text(FindingsPage.summary(of: document.findings, format)),
      "findings": .list(
        document.findings.entries.map { FindingsPage.fields(of: $0, format) }),
    ]
    let footer = ReportDocument.Footer(
      facts: [
        ReportDocument.Fact(
          key: "run", label: format.words[.madeBy], value: format.text(document.run))
      ], notes: format.words.notes)
    return fields.merging(HTMLWriter.footer(footer, format.words, findings: nil)) { first, _ in
      first
    }
  }

  private func id(of report: String) -> String { report.isEmpty ? "tables" : "report-" + report }

  private func readiness(
    _ report: String, _ title: String, _ sections: [SectionReadiness]
  ) -> ReportDocument.Table {
    let format = document.formatter
    return ReportDocument.Table(
      id: id(of: report) + "-table", title: title,
      columns: [
        ReportDocument.Column(
          key: "section", title: format.words[report.isEmpty ? .table : .section], isRowHeader: true
        ),
        ReportDocument.Column(key: "will_be", title: format.words[.willBe]),
        ReportDocument.Column(key: "because", title: format.words[.because]),
        ReportDocument.Column(key: "remedy", title: format.words[.howToGetIt]),
      ],
      rows: sections.map { section in
        let level = section.level.rawValue
        let word = format.words[section.level.word]
        let isReady = section.level == .ready
        return ReportDocument.Row([
          ReportDocument.Cell(format.text(section.title)),
          ReportDocument.Cell(
            Shown(isReady ? word : "", data: level, unit: .text), mark: isReady ? nil : word),
          CheckPage.plain(FindingsPage.sentence(section.because)),
          CheckPage.plain(FindingsPage.sentence(section.remedy)),
        ])
      }, whyEmpty: ReportDocument.Prose(format.words[.noReport]))
  }

  /// Words that may be none: nothing is said, which is not the same as nothing being known.
  private static func plain(_ text: String) -> ReportDocument.Cell {
    ReportDocument.Cell(Shown(text, data: text, unit: .text))
  }

  private var files: ReportDocument.Table {
    let format = document.formatter
    let counts = [
      ("read", format.words[.rowsRead]), ("used", format.words[.rowsUsed]),
      ("set_aside", format.words[.rowsSetAside]), ("deleted", format.words[.rowsDeleted]),
    ]
    func row(_ file: CheckDocument.File) -> ReportDocument.Row {
      ReportDocument.Row(
        [
          ReportDocument.Cell(format.text(file.name)),
          CheckPage.plain(file.entity),
        ]
          + [file.read, file.used, file.setAside, file.deleted].map {
            ReportDocument.Cell(format.count(Int128($0)))
          } + [CheckPage.plain(file.dialect)])
    }
    return ReportDocument.Table(
      id: "files-table", title: format.words[.filesTitle],
      columns: [
        ReportDocument.Column(
          key: "file", title: format.words[.file], isRowHeader: true, holdsFiles: true),
        ReportDocument.Column(key: "entity", title: format.words[.asEntity], holdsFiles: true),
      ]
        + counts.map { ReportDocument.Column(key: $0.0, title: $0.1, alignment: .end) }
        + [ReportDocument.Column(key: "dialect", title: format.words[.readAs])],
      rows: document.files.map(row), total: row(document.total),
      whyEmpty: ReportDocument.Prose(format.words[.noFile]),
      note: ReportDocument.Prose(format.words[.rowsSum]))
  }
}

extension SectionReadiness.Level {
  fileprivate var word: ReportWords.Name {
    switch self {
    case .ready: .ready
    case .degraded: .degraded
    case .absent: .absent
    }
  }
}
