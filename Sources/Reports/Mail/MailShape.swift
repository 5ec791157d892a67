/// What a mail gives to its templates: the names they may use.
enum MailShape {
  static let message = TemplateShape.object([
    "words": ReportWords.shape, "language": .markup, "documentTitle": .markup, "paper": .markup,
    "ink": .markup,
    "muted": .markup, "line": .markup, "strong": .markup, "link": .markup, "wash": .markup,
    "preheader": .markup, "organisation": .markup, "title": .markup, "name": .markup,
    "path": .markup, "asOf": .markup, "basis": .markup, "headline": .markup,
    "comment": .list(.object(["text": .markup])), "hasComment": .flag,
    "sections": .list(section), "shortened": .markup, "quiet": .markup,
    "absences": .list(.object(["titles": .markup, "because": .markup, "remedy": .markup])),
    "hasAbsences": .flag,
    "definitions": .list(.object(["id": .markup, "term": .markup, "text": .markup])),
    "hasDefinitions": .flag,
    "facts": .list(.object(["label": .markup, "value": .markup])),
    "quality": .list(.object(["severity": .markup, "count": .markup, "text": .markup])),
    "hasQuality": .flag, "notes": .list(.object(["text": .markup])),
  ])

  private static let section = TemplateShape.object([
    "id": .markup, "title": .markup, "absence": .markup,
    "blocks": .list(
      .object([
        "paragraph": .markup,
        "callout": .object([
          "word": .markup, "text": .markup, "ground": .markup, "edge": .markup,
        ]),
        "figures": .object([
          "rows": .list(.object(["items": .list(figure), "isOdd": .flag]))
        ]),
        "chart": .object(["title": .markup, "takeaway": .markup, "picture": picture]),
        "table": table,
        "tree": .object([
          "title": .markup, "takeaway": .markup, "picture": picture, "nodes": table,
        ]),
      ])),
  ])

  private static let figure = TemplateShape.object([
    "label": .markup, "value": .markup, "note": .markup, "definition": .markup,
    "change": .object([
      "value": .markup, "arrow": .markup, "against": .markup, "colour": .markup,
    ]),
  ])

  private static let picture = TemplateShape.object([
    "address": .markup, "width": .markup, "height": .markup, "alternative": .markup,
  ])

  private static let heading = TemplateShape.object([
    "title": .markup, "unit": .markup, "isEnd": .flag, "isWide": .flag, "definition": .markup,
  ])

  private static let table = TemplateShape.object([
    "title": .markup, "label": .markup, "extent": .markup, "whyEmpty": .markup, "note": .markup,
    "hasRows": .flag, "name": heading, "words": .markup, "columns": .list(heading),
    "rows": .markup, "more": .markup, "moreNarrow": .markup,
  ])
}
