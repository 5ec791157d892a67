/// What each page gives to its template: the names a template may use.
enum PageShape {
  /// The pages by the names of their templates.
  static let pages: [(name: String, shape: TemplateShape)] = [
    ("page", report), ("index", index), ("findings", findings),
    ("check", check), ("tree-page", tree), ("mail/message", MailShape.message),
  ]

  static let report = TemplateShape.object(
    head.merging([
      "title": .markup, "organisation": .markup, "name": .markup, "path": .markup,
      "asOf": .markup, "basis": .markup, "headline": .markup, "home": .markup,
      "files": .list(file), "hasFiles": .flag,
      "comment": .list(.object(["text": .markup])), "hasComment": .flag, "quiet": .markup,
      "contents": .list(.object(["id": .markup, "title": .markup])), "hasContents": .flag,
      "rows": .list(.object(["isRow": .flag, "sections": .list(section)])),
      "definitions": .list(.object(["id": .markup, "term": .markup, "text": .markup])),
      "hasDefinitions": .flag,
      "absences": .list(.object(["titles": .markup, "because": .markup, "remedy": .markup])),
      "hasAbsences": .flag,
    ]) { first, _ in first }
    .merging(footer) { first, _ in first })

  static let index = TemplateShape.object(
    head.merging([
      "title": .markup, "organisation": .markup, "asOf": .markup, "summary": .markup,
      "reports": .list(
        .object([
          "id": .markup, "title": .markup, "count": .markup, "table": table,
        ])),
      "findingsSummary": .markup,
    ]) { first, _ in first }
    .merging(footer) { first, _ in first })

  static let findings = TemplateShape.object(
    head.merging([
      "title": .markup, "organisation": .markup, "asOf": .markup, "summary": .markup,
      "home": .markup,
      "findings": .list(finding),
    ]) { first, _ in first }
    .merging(footer) { first, _ in first })

  static let check = TemplateShape.object(
    head.merging([
      "title": .markup, "organisation": .markup, "asOf": .markup, "summary": .markup,
      "reports": .list(.object(["id": .markup, "title": .markup, "table": table])),
      "hasFiles": .flag, "files": table, "hasIgnored": .flag,
      "ignored": .list(.object(["name": .markup])), "findingsSummary": .markup,
      "findings": .list(finding),
    ]) { first, _ in first }
    .merging(footer) { first, _ in first })

  static let tree = TemplateShape.object(
    head.merging([
      "title": .markup, "organisation": .markup, "asOf": .markup, "takeaway": .markup,
      "legend": .markup, "count": .markup,
      "hasKey": .flag, "key": .list(.object(["colour": .markup, "name": .markup])),
      "data": .markup, "plain": .markup,
    ]) { first, _ in first }
    .merging(footer) { first, _ in first })

  private static let finding = TemplateShape.object([
    "id": .markup, "severity": .markup, "word": .markup, "code": .markup, "count": .markup,
    "what": .markup,
    "done": .markup, "suggestion": .markup, "meaning": .markup, "manual": .markup,
    "hasPlaces": .flag, "placesLabel": .markup, "places": .list(.object(["text": .markup])),
  ])

  private static let head: [String: TemplateShape] = [
    "language": .markup, "documentTitle": .markup, "style": .markup, "script": .markup,
    "policy": .markup, "words": ReportWords.shape,
  ]

  private static let footer: [String: TemplateShape] = [
    "facts": .list(.object(["label": .markup, "value": .markup])),
    "quality": .list(
      .object(["severity": .markup, "word": .markup, "count": .markup, "text": .markup])),
    "hasQuality": .flag, "findingsLink": .markup,
    "notes": .list(.object(["text": .markup])),
  ]

  private static let section = TemplateShape.object([
    "id": .markup, "title": .markup, "absence": .markup,
    "blocks": .list(
      .object([
        "heading": .markup, "paragraph": .markup,
        "callout": .object(["kind": .markup, "word": .markup, "text": .markup]),
        "figures": .object(["items": .list(figure)]),
        "chart": .object([
          "id": .markup, "title": .markup, "isWide": .flag, "takeaway": .markup, "picture": picture,
          "data": table,
        ]),
        "table": table,
        "tree": .object([
          "id": .markup, "title": .markup, "takeaway": .markup, "picture": picture,
          "nodes": table,
        ]),
      ])),
  ])

  private static let figure = TemplateShape.object([
    "label": .markup, "value": .markup, "note": .markup, "definition": .markup,
    "change": .object([
      "value": .markup, "tone": .markup, "arrow": .markup, "against": .markup,
    ]),
  ])

  private static let picture = TemplateShape.object([
    "light": .markup, "dark": .markup, "width": .markup, "height": .markup,
    "alternative": .markup, "label": .markup,
  ])

  private static let table = TemplateShape.object([
    "id": .markup, "title": .markup, "extent": .markup, "whyEmpty": .markup, "note": .markup,
    "hasRows": .flag, "isLong": .flag, "isWide": .flag,
    "columns": .list(
      .object(["title": .markup, "unit": .markup, "isEnd": .flag, "definition": .markup])),
    "rows": .markup, "other": .object(["cells": .markup]), "total": .object(["cells": .markup]),
    "rest": .list(file), "hasRest": .flag,
  ])

  private static let file = TemplateShape.object(["label": .markup, "path": .markup])
}
