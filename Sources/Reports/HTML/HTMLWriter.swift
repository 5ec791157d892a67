import Graphics
import Records

/// Writes a document as one self-contained page.
public struct HTMLWriter: Sendable {
  private let templates: Templates
  private let canvas: CairoCanvas

  /// A writer of pages.
  ///
  /// - Parameters:
  ///   - templates: what pages look like.
  ///   - canvas: what draws their pictures.
  public init(templates: Templates, canvas: CairoCanvas) {
    self.templates = templates
    self.canvas = canvas
  }

  /// The page of a document.
  ///
  /// - Parameters:
  ///   - document: what the page shows.
  ///   - home: the relative address of the page over all editions, nil where there is none.
  ///   - findings: that of the page of findings, nil where there is none.
  ///   - files: the same document in other formats, with what each is called and its address.
  /// - Returns: the page.
  /// - Throws: `GraphicsError` where a picture cannot be drawn.
  public func text(
    of document: ReportDocument, home: String? = nil, findings: String? = nil,
    files: [(label: String, path: String)] = []
  ) throws(GraphicsError) -> String {
    let parts = PageParts(
      defined: Set(document.definitions.map(\.id)),
      drawn: try DrawnPictures(of: document, canvas: canvas),
      words: document.words, files: files)
    return templates.render(
      "page", HTMLWriter.fields(of: document, parts, home: home, findings: findings),
      title: HTMLWriter.title(of: document), locale: document.locale)
  }

  static func title(of document: ReportDocument) -> String {
    "\(document.title): \(document.edition.name.text), \(document.asOf.text)"
  }

  /// What the template `page` is given for a document.
  static func fields(
    of document: ReportDocument, _ parts: PageParts, home: String?, findings: String?
  ) -> [String: TemplateValue] {
    let words = parts.words
    let contents: [TemplateValue] = document.sections.map {
      .object(["id": .text($0.id), "title": .text($0.title)])
    }
    let fields: [String: TemplateValue] = [
      "title": .text(document.title), "organisation": .text(document.organisation),
      "name": .markup(
        HTMLText.name(document.edition.name.text, link: document.edition.name.link)),
      "path": .markup(
        document.edition.path.map { HTMLText.name($0.text, link: $0.link) }
          .joined(separator: " › ")),
      "asOf": .markup(HTMLText.value(document.asOf)),
      "basis": .markup(basis(of: document.footer)),
      "headline": .markup(HTMLText.prose(document.headline)),
      "home": .text(home), "files": .list(parts.files.map(parts.file)),
      "hasFiles": .flag(!parts.files.isEmpty),
      "comment": .list(document.comment.map { .object(["text": .markup(HTMLText.prose($0))]) }),
      "hasComment": .flag(!document.comment.isEmpty),
      "quiet": .text(document.quietSentence),
      "contents": .list(contents), "hasContents": .flag(contents.count > 3),
      "rows": .list(rows(of: document.sections, parts)),
      "definitions": .list(
        document.definitions.map {
          .object([
            "id": .text("def-" + $0.id), "term": .text($0.term), "text": .text($0.text),
          ])
        }),
      "hasDefinitions": .flag(!document.definitions.isEmpty),
      "absences": .list(absences(of: document)), "hasAbsences": .flag(!document.absent.isEmpty),
    ]
    return fields.merging(footer(document.footer, words, findings: findings)) { first, _ in first }
  }

  private static func absences(of document: ReportDocument) -> [TemplateValue] {
    document.absences.map {
      .object([
        "titles": .text($0.titles), "because": .text($0.because), "remedy": .text($0.remedy),
      ])
    }
  }

  /// What the figures rest on, in the few words that stand under the title.
  private static func basis(of footer: ReportDocument.Footer) -> String {
    footer.basis.map { "\(HTMLText.escaped($0.label)): \(HTMLText.value($0.value))" }
      .joined(separator: " · ")
  }

  /// Sections in rows: narrow ones that follow each other stand side by side.
  private static func rows(
    of sections: [ReportDocument.Section], _ parts: PageParts
  ) -> [TemplateValue] {
    var rows: [(isRow: Bool, sections: [ReportDocument.Section])] = []
    for section in sections {
      if section.isNarrow, let last = rows.last, last.isRow {
        rows[rows.count - 1].sections.append(section)
      } else {
        rows.append((section.isNarrow, [section]))
      }
    }
    return rows.map {
      .object(["isRow": .flag($0.isRow), "sections": .list($0.sections.map(parts.section))])
    }
  }

  /// What the template `footer` is given.
  static func footer(
    _ footer: ReportDocument.Footer, _ words: ReportWords, findings: String?
  ) -> [String: TemplateValue] {
    [
      "facts": .list(
        footer.facts.map {
          .object(["label": .text($0.label), "value": .markup(HTMLText.value($0.value))])
        }),
      "quality": .list(
        footer.quality.map {
          .object([
            "severity": .text($0.severity), "word": .text(words.severity($0.severity)),
            "count": .markup(HTMLText.value($0.count)),
            "text": .text($0.text),
          ])
        }),
      "hasQuality": .flag(!footer.quality.isEmpty), "findingsLink": .text(findings),
      "notes": .list(footer.notes.map { .object(["text": .markup(HTMLText.prose($0))]) }),
    ]
  }
}
