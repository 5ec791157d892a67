import Metrics
import Records

/// What the page over all editions of a run shows.
public struct RunIndex: Sendable {
  /// A report with its editions.
  public struct Report: Sendable {
    /// Name of the definition, such as `weekly-territory`.
    public let name: String
    public let title: String
    /// In the order of the tree of territories: each after the one above it.
    public let editions: [Entry]
    /// What a reader should know of the editions, such as why there are none by territory.
    public let note: String?

    public init(name: String, title: String, editions: [Entry], note: String? = nil) {
      self.note = note.map(CleanText.of)
      self.name = CleanText.of(name)
      self.title = CleanText.of(title)
      self.editions = editions
    }
  }

  /// An edition with its pages and first figures.
  public struct Entry: Sendable {
    public let name: String
    /// Names of the scopes above, the outermost first.
    public let path: [String]
    /// How deep its scope stands in the tree, 0 at the top.
    public var level: Int { path.count }
    /// Addresses relative to the index, with what each is called: `page`, `XML`.
    public let files: [(label: String, path: String)]
    /// Addresses of what belongs to these files and needs no link, such as pictures of a mail.
    public let parts: [String]
    public let figures: [ReportDocument.KeyFigure]

    public init(
      name: String, path: [String], files: [(label: String, path: String)], parts: [String] = [],
      figures: [ReportDocument.KeyFigure]
    ) {
      self.name = CleanText.of(name)
      self.path = path.map(CleanText.of)
      self.files = files
      self.parts = parts
      self.figures = figures
    }

    /// The entry of an edition's document, with its first few key figures.
    public init(
      of document: ReportDocument, files: [(label: String, path: String)], parts: [String] = [],
      figures count: Int = 4
    ) {
      let figures = document.sections.flatMap(\.blocks).compactMap { block in
        if case .figures(let figures) = block { figures } else { nil }
      }
      self.init(
        name: document.edition.name.text, path: document.edition.path.map(\.text), files: files,
        parts: parts, figures: Array((figures.first ?? []).prefix(count)))
    }
  }

  public let reports: [Report]
  public let context: ReportContext

  public init(reports: [Report], context: ReportContext) {
    self.reports = reports
    self.context = context
  }

  /// The page `index.html`.
  ///
  /// `findings` is the relative address of the page of findings, nil where there is none.
  public func html(templates: Templates, findings: String? = nil) -> String {
    templates.render(
      "index", fields(findings: findings),
      title: "\(words[.reports]): \(context.formatter.dayText(context.asOf))",
      locale: context.formatter.locale)
  }

  func fields(findings: String?) -> [String: TemplateValue] {
    let count = reports.reduce(0) { $0 + $1.editions.count }
    let fields: [String: TemplateValue] = [
      "title": .text(words[.reports]), "organisation": .text(context.organisation),
      "asOf": .markup(HTMLText.value(context.formatter.day(context.asOf))),
      "summary": .text(
        words.say(
          .runSummary,
          [
            "editions": "\(context.formatter.count(Int128(count)))",
            "reports": "\(context.formatter.count(Int128(reports.count)))",
          ])),
      "reports": .list(reports.map(section)),
      "findingsSummary": .text(FindingsPage.summary(of: context.findings, context.formatter)),
    ]
    let footer = ReportDocument.Footer(
      facts: [
        ReportDocument.Fact(
          key: "as-of", label: words[.asOf], value: context.formatter.day(context.asOf)),
        ReportDocument.Fact(
          key: "export", label: words[.exportTaken], value: context.formatter.day(context.exportDay)
        ),
        ReportDocument.Fact(
          key: "run", label: words[.madeBy], value: context.formatter.text(context.run)),
      ], notes: words.notes)
    return fields.merging(HTMLWriter.footer(footer, words, findings: findings)) {
      first, _ in first
    }
  }

  private var words: ReportWords { context.formatter.words }

  private func section(_ report: Report) -> TemplateValue {
    .object([
      "id": .text(report.name), "title": .text(report.title),
      "count": .text(context.formatter.count(Int128(report.editions.count)).text),
      "table": table(report),
    ])
  }

  /// The editions as an indented table: the first file is the link of the name.
  private func table(_ report: Report) -> TemplateValue {
    var labels: [String] = []
    for figure in report.editions.flatMap(\.figures) where !labels.contains(figure.label) {
      labels.append(figure.label)
    }
    let headings: [(title: String, isEnd: Bool)] =
      [(words[.edition], false)] + labels.map { ($0, true) } + [(words[.otherFormats], false)]
    let hasOthers = report.editions.contains { $0.files.count > 1 }
    let shownHeadings = hasOthers ? headings : headings.dropLast()
    return .object([
      "id": .text("editions-" + report.name),
      "title": .text(words.say(.editionsOf, ["report": ReportDocument.Prose(report.title)])),
      "extent": .text(""), "whyEmpty": .text(words[.noEdition]), "note": .text(report.note),
      "hasRows": .flag(!report.editions.isEmpty),
      // The page has one search over all its editions.
      "isLong": .flag(false),
      "isWide": .flag(shownHeadings.count > 6),
      "columns": .list(
        shownHeadings.map {
          .object([
            "title": .text($0.title), "unit": .text(""), "isEnd": .flag($0.isEnd),
            "definition": .text(""),
          ])
        }),
      "rows": .markup(
        report.editions.map { entry in
          // A territory is found by those above it too, and all editions by their report.
          PageParts.row(
            entry.level, cells(entry, labels: labels, hasOthers: hasOthers),
            search: ([report.title] + entry.path).joined(separator: " "))
        }.joined()),
      "other": .absent, "total": .absent, "rest": .list([]), "hasRest": .flag(false),
    ])
  }

  private func cells(_ entry: Entry, labels: [String], hasOthers: Bool) -> String {
    func link(_ text: String, _ path: String) -> String {
      "<a href=\"\(HTMLText.escaped(RunIndex.address(path)))\">\(text)</a>"
    }
    let name = HTMLText.isolated(entry.name)
    let named = entry.files.first.map { link(name, $0.path) } ?? name
    var markup = "<th scope=\"row\">\(named)</th>"
    for label in labels {
      let figure = entry.figures.first { $0.label == label }
      let value = figure.map { HTMLText.value($0.value) } ?? context.formatter.locale.undefined
      markup +=
        "<td data-label=\"\(HTMLText.escaped(label))\" class=\"end\""
        + " data-sort=\"\(HTMLText.escaped(figure?.value.data ?? ""))\">\(value)</td>"
    }
    if hasOthers {
      let others = entry.files.dropFirst().map {
        link(HTMLText.escaped(words.file($0.label)), $0.path)
      }
      markup +=
        "<td data-label=\"\(HTMLText.escaped(words[.otherFormats]))\"><span>\(others.joined(separator: " "))</span></td>"
    }
    return markup
  }

  /// A relative path as an address: every byte but plain ones percent-encoded, so that no name of
  /// a file can become a scheme or a script.
  static func address(_ path: String) -> String {
    var address = ""
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "/"):
        address.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        address += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return address
  }
}
