import Records

extension MailPage {
  /// The anchor of a definition.
  static func anchor(_ definition: String) -> String { "def-" + definition }

  private var format: ValueFormatter {
    ValueFormatter(
      locale: document.locale, currency: document.currency, words: document.words)
  }

  /// What the template `mail/message` is given.
  func fields(_ extent: Extent) -> [String: TemplateValue] {
    let defined = extent.hasDefinitions ? Set(document.definitions.map(\.id)) : []
    let edition = document.edition
    return colours(markup.colours).merging([
      "preheader": .text(PlainText.cut(PlainText.prose(document.headline), to: 140)),
      "organisation": .markup(MailMarkup.text(document.organisation)),
      "title": .text(document.title),
      "name": .markup(markup.name(edition.name.text, link: edition.name.link)),
      "path": .markup(
        edition.path.map { markup.name($0.text, link: $0.link) }.joined(separator: " › ")),
      "asOf": .text(document.asOf.text),
      "basis": .markup(
        document.footer.basis.map { "\(HTMLText.escaped($0.label)): \(markup.value($0.value))" }
          .joined(separator: " · ")),
      "headline": .markup(markup.prose(document.headline)),
      "comment": .list(document.comment.map { .object(["text": .markup(markup.prose($0))]) }),
      "hasComment": .flag(!document.comment.isEmpty),
      "sections": .list(
        document.sections.prefix(extent.sections).map { section($0, extent, defined) }),
      "shortened": .text(shortened(extent)),
      "quiet": .text(document.quietSentence),
      "absences": .list(
        document.absences.map {
          .object([
            "titles": .text($0.titles), "because": .text($0.because), "remedy": .text($0.remedy),
          ])
        }),
      "hasAbsences": .flag(!document.absent.isEmpty),
      "definitions": .list(
        extent.hasDefinitions
          ? document.definitions.map {
            .object([
              "id": .text(MailPage.anchor($0.id)), "term": .text($0.term), "text": .text($0.text),
            ])
          } : []),
      "hasDefinitions": .flag(extent.hasDefinitions && !document.definitions.isEmpty),
    ]) { first, _ in first }.merging(footer(markup)) { first, _ in first }
  }

  private func colours(_ colours: MailColours) -> [String: TemplateValue] {
    [
      "paper": colours.paper, "ink": colours.ink, "muted": colours.muted, "line": colours.line,
      "strong": colours.strong, "link": colours.link, "wash": colours.wash,
    ].mapValues { .text($0.description) }
  }

  private func footer(_ markup: MailMarkup) -> [String: TemplateValue] {
    let footer = document.footer
    return [
      "facts": .list(
        footer.facts.map {
          .object(["label": .text($0.label), "value": .markup(markup.value($0.value))])
        }),
      "quality": .list(
        footer.quality.map {
          .object([
            "severity": .text(document.words.severity($0.severity)), "count": .text($0.count.text),
            "text": .text($0.text),
          ])
        }),
      "hasQuality": .flag(!footer.quality.isEmpty),
      "notes": .list(footer.notes.map { .object(["text": .markup(markup.prose($0))]) }),
    ]
  }

  /// What the mail leaves out because it would be too long; nil where it is whole.
  private func shortened(_ extent: Extent) -> String? {
    guard !extent.hasDefinitions else { return nil }
    let titles = document.sections.dropFirst(extent.sections).map(\.title)
    let left = titles + (document.definitions.isEmpty ? [] : [document.words[.definitions]])
    guard !left.isEmpty else { return nil }
    let place = whereRest.map { " (\($0))" } ?? ""
    return document.words.say(
      .mailTooLong,
      [
        "titles": ReportDocument.Prose(document.words.list(left)),
        "place": ReportDocument.Prose(place),
      ])
  }

  private func section(
    _ section: ReportDocument.Section, _ extent: Extent, _ defined: Set<String>
  ) -> TemplateValue {
    .object([
      "id": .text(section.id), "title": .text(section.title),
      "absence": .markup(section.absence.map(markup.prose) ?? ""),
      "blocks": .list(section.blocks.map { block($0, in: section, extent, defined) }),
    ])
  }

  private func block(
    _ block: ReportDocument.Block, in section: ReportDocument.Section, _ extent: Extent,
    _ defined: Set<String>
  ) -> TemplateValue {
    var fields: [String: TemplateValue] = [
      "paragraph": .markup(""), "callout": .absent, "figures": .absent, "chart": .absent,
      "table": .absent, "tree": .absent,
    ]
    func table(
      _ table: ReportDocument.Table, title: String?, isTree: Bool = false
    ) -> TemplateValue {
      MailTable(table, isTree: isTree, markup: markup, whereRest: whereRest, format: format)
        .fields(most: extent.rows, title: title, defined: defined)
    }
    switch block {
    case .paragraph(let prose): fields["paragraph"] = .markup(markup.prose(prose))
    case .callout(let callout):
      let isWarning = callout.kind == .warning
      fields["callout"] = .object([
        "word": .text(callout.kind.word(document.words)),
        "text": .markup(markup.prose(callout.text)),
        "ground": .text((isWarning ? markup.colours.warning : markup.colours.wash).description),
        "edge": .text((isWarning ? markup.colours.bad : markup.colours.good).description),
      ])
    case .figures(let figures): fields["figures"] = self.figures(figures, defined)
    case .chart(let chart):
      fields["chart"] = .object([
        "title": .text(chart.title), "takeaway": .markup(markup.prose(chart.takeaway)),
        "picture": picture(picture(of: chart)),
      ])
    case .table(let content):
      fields["table"] = table(content, title: content.title == section.title ? nil : content.title)
    case .tree(let tree):
      let drawn = shown(tree)
      fields["tree"] = .object([
        "title": .text(tree.title), "takeaway": .markup(markup.prose(tree.takeaway)),
        "picture": drawn.map(picture) ?? .absent,
        "nodes": drawn == nil ? table(tree.nodes, title: nil, isTree: true) : .absent,
      ])
    }
    return .object(fields)
  }

  private func picture(_ picture: Picture) -> TemplateValue {
    .object([
      "address": .text("cid:" + picture.contentID), "width": .text(String(picture.width)),
      "height": .text(String(picture.height)), "alternative": .text(picture.alternative),
    ])
  }

  /// Two figures a row, the last one beside an empty place where their number is odd.
  private func figures(
    _ figures: [ReportDocument.KeyFigure], _ defined: Set<String>
  ) -> TemplateValue {
    let starts = stride(from: 0, to: figures.count, by: 2)
    return .object([
      "rows": .list(
        starts.map { start in
          let pair = figures[start..<min(start + 2, figures.count)]
          return .object([
            "items": .list(pair.map { figure($0, defined) }), "isOdd": .flag(pair.count == 1),
          ])
        })
    ])
  }

  private func figure(
    _ figure: ReportDocument.KeyFigure, _ defined: Set<String>
  ) -> TemplateValue {
    let colours = markup.colours
    let definition = figure.definition.flatMap { defined.contains($0) ? MailPage.anchor($0) : nil }
    return .object([
      "label": .text(figure.label), "value": .markup(markup.value(figure.value)),
      "note": .markup(figure.note.map(markup.prose) ?? ""), "definition": .text(definition),
      "change": figure.change.map { change in
        let colour =
          change.tone == "good" ? colours.good : change.tone == "bad" ? colours.bad : colours.muted
        return .object([
          "value": .text(change.value.text), "arrow": .text(change.direction.arrow),
          "against": .text(change.against), "colour": .text(colour.description),
        ])
      } ?? .absent,
    ])
  }
}
