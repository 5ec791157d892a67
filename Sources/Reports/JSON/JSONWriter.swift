/// Writes a document as JSON: the whole of it, exact data beside the texts that readers see.
///
/// Keys are stable, and members stay in their order (docs/reports.md). Data are strings, so that no
/// reader turns an exact decimal into a binary fraction; what is not known is null.
public struct JSONWriter: Sendable {
  /// What the member `schema` says.
  public static let schema = "urn:cadastre:report:1"

  public init() {}

  /// The bytes of a document, in UTF-8.
  public func bytes(of document: ReportDocument) -> [UInt8] {
    let value: JSONValue = .object([
      ("schema", .string(JSONWriter.schema)), ("report", .string(document.report)),
      ("title", .string(document.title)), ("organisation", .string(document.organisation)),
      ("edition", edition(document.edition)), ("as_of", .string(document.asOf.data)),
      ("locale", .string(document.locale.rawValue)), ("currency", .string(document.currency)),
      ("headline", prose(document.headline)), ("comment", .list(document.comment.map(prose))),
      ("sections", .list(document.sections.map(section))),
      (
        "quiet",
        .list(
          document.quiet.map {
            .object([
              ("section", .string($0.id)), ("title", .string($0.title)), ("because", prose($0.why)),
            ])
          })
      ),
      (
        "absent",
        .list(
          document.absent.map {
            .object([
              ("section", .string($0.id)), ("title", .string($0.title)),
              ("because", .string($0.because)), ("remedy", .string($0.remedy)),
            ])
          })
      ),
      (
        "definitions",
        .list(
          document.definitions.map {
            .object([
              ("id", .string($0.id)), ("term", .string($0.term)), ("text", .string($0.text)),
            ])
          })
      ),
      ("footer", footer(document.footer)),
    ])
    return value.bytes
  }

  private func edition(_ edition: ReportDocument.Edition) -> JSONValue {
    .object([
      ("kind", .string(edition.kind.rawValue)), ("id", .string(edition.id)),
      ("name", name(edition.name)), ("within", .list(edition.path.map(name))),
    ])
  }

  private func name(_ name: ReportDocument.Name) -> JSONValue {
    .object([("name", .string(name.text)), ("href", .optional(name.link?.url))])
  }

  /// Text for those who want no more, and its parts for those who do: words, names, values.
  func prose(_ prose: ReportDocument.Prose) -> JSONValue {
    .object([
      ("text", .string(prose.unmarked)),
      (
        "parts",
        .list(
          prose.runs.map { run in
            switch run {
            case .words(let words): .string(words)
            case .name(let name): self.name(name)
            case .value(let value): .object(members(of: value))
            }
          })
      ),
    ])
  }

  private func section(_ section: ReportDocument.Section) -> JSONValue {
    .object([
      ("id", .string(section.id)), ("title", .string(section.title)),
      ("absence", section.absence.map(prose) ?? .null),
      ("blocks", .list(section.blocks.map(block))),
    ])
  }

  private func block(_ block: ReportDocument.Block) -> JSONValue {
    switch block {
    case .paragraph(let text): .object([("kind", .string("paragraph")), ("text", prose(text))])
    case .callout(let callout):
      .object([
        ("kind", .string("callout")), ("is", .string(callout.kind.rawValue)),
        ("text", prose(callout.text)),
      ])
    case .figures(let figures):
      .object([("kind", .string("figures")), ("figures", .list(figures.map(figure)))])
    case .chart(let chart):
      .object([
        ("kind", .string("chart")), ("id", .string(chart.id)), ("title", .string(chart.title)),
        ("takeaway", prose(chart.takeaway)), ("alternative", .string(chart.picture.alternative)),
        ("table", table(chart.data)),
      ])
    case .table(let content): .object([("kind", .string("table")), ("table", table(content))])
    case .tree(let tree):
      .object([
        ("kind", .string("tree")), ("id", .string(tree.id)), ("title", .string(tree.title)),
        ("takeaway", prose(tree.takeaway)), ("table", table(tree.nodes)),
      ])
    }
  }

  private func figure(_ figure: ReportDocument.KeyFigure) -> JSONValue {
    .object([
      ("label", .string(figure.label)), ("definition", .optional(figure.definition)),
      ("value", .object(members(of: figure.value))),
      (
        "change",
        figure.change.map { change in
          .object([
            ("value", .object(members(of: change.value))),
            ("direction", .string(change.direction.rawValue)), ("tone", .string(change.tone)),
            ("against", .string(change.against)),
          ])
        } ?? .null
      ),
      ("note", figure.note.map(prose) ?? .null),
    ])
  }

  private func footer(_ footer: ReportDocument.Footer) -> JSONValue {
    .object([
      (
        "facts",
        .list(
          footer.facts.map {
            .object([
              ("key", .string($0.key)), ("label", .string($0.label)),
              ("value", .object(members(of: $0.value))),
            ])
          })
      ),
      (
        "quality",
        .list(
          footer.quality.map {
            .object([
              ("code", .string($0.code)), ("severity", .string($0.severity)),
              ("text", .string($0.text)), ("count", .object(members(of: $0.count))),
            ])
          })
      ),
      ("notes", .list(footer.notes.map(prose))),
    ])
  }
}
