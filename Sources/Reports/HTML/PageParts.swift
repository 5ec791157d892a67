/// Parts of a document as templates are given them.
struct PageParts {
  /// Ids of the definitions that the page holds: only they can be linked to.
  let defined: Set<String>
  /// The pictures of charts and trees.
  let drawn: DrawnPictures
  /// The words between what the document says.
  let words: ReportWords
  /// The same document in other formats, with what each is called and its address.
  var files: [(label: String, path: String)] = []

  func section(_ section: ReportDocument.Section) -> TemplateValue {
    .object([
      "id": .text(section.id), "title": .text(section.title),
      "absence": .markup(section.absence.map(HTMLText.prose) ?? ""),
      "blocks": .list(section.blocks.map { block($0, in: section) }),
    ])
  }

  private func block(
    _ block: ReportDocument.Block, in section: ReportDocument.Section
  ) -> TemplateValue {
    var heading: String?
    if case .table(let table) = block, table.title != section.title, !table.title.isEmpty {
      heading = table.title
    }
    var fields: [String: TemplateValue] = [
      "heading": .text(heading),
      "paragraph": .markup(""), "callout": .absent, "figures": .absent, "chart": .absent,
      "table": .absent, "tree": .absent,
    ]
    switch block {
    case .paragraph(let prose): fields["paragraph"] = .markup(HTMLText.prose(prose))
    case .callout(let callout):
      fields["callout"] = .object([
        "kind": .text(callout.kind.rawValue),
        "word": .text(callout.kind.word(words)),
        "text": .markup(HTMLText.prose(callout.text)),
      ])
    case .figures(let figures): fields["figures"] = .object(["items": .list(figures.map(figure))])
    case .chart(let chart):
      fields["chart"] = .object([
        "id": .text(chart.id), "title": .text(chart.title),
        "isWide": .flag(Double(chart.picture.width) > PageParts.narrowTo),
        "takeaway": .markup(HTMLText.prose(chart.takeaway)),
        "picture": picture(chart.picture, of: chart.id, label: chart.title),
        "data": table(chart.data),
      ])
    case .table(let content): fields["table"] = table(content)
    case .tree(let tree):
      fields["tree"] = .object([
        "id": .text(tree.id), "title": .text(tree.title),
        "takeaway": .markup(HTMLText.prose(tree.takeaway)),
        "picture": tree.picture.map { picture($0, of: tree.id, label: tree.title) } ?? .absent,
        "nodes": table(tree.nodes),
      ])
    }
    return .object(fields)
  }

  private func figure(_ figure: ReportDocument.KeyFigure) -> TemplateValue {
    .object([
      "label": .text(figure.label), "value": .markup(HTMLText.value(figure.value)),
      "note": .markup(figure.note.map(HTMLText.prose) ?? ""),
      "definition": anchor(figure.definition),
      "change": figure.change.map { change in
        .object([
          "value": .markup(HTMLText.value(change.value)), "tone": .text(change.tone),
          "arrow": .text(change.direction.arrow), "against": .text(change.against),
        ])
      } ?? .absent,
    ])
  }

  private func picture(
    _ picture: ReportDocument.Picture, of id: String, label: String
  ) -> TemplateValue {
    .object([
      "light": .markup(drawn[id].light), "dark": .markup(drawn[id].dark),
      "width": .text(String(picture.width)), "height": .text(String(picture.height)),
      "alternative": .text(picture.alternative), "label": .text(label),
    ])
  }

  private func anchor(_ definition: String?) -> TemplateValue {
    .text(definition.flatMap { defined.contains($0) ? "def-" + $0 : nil })
  }
}

extension PageParts {
  /// A wider picture has the page to itself, and scrolls where there is no room for it.
  static let narrowTo = 448.0

  /// From this many rows a table can be searched.
  static let longFrom = 12

  func table(_ table: ReportDocument.Table) -> TemplateValue {
    .object([
      "id": .text(table.id), "title": .text(table.title), "extent": .text(extent(of: table)),
      "whyEmpty": .markup(HTMLText.prose(table.whyEmpty)),
      "note": .markup(table.note.map(HTMLText.prose) ?? ""),
      "hasRows": .flag(!table.rows.isEmpty),
      "isLong": .flag(table.rows.count > PageParts.longFrom),
      "isWide": .flag(table.columns.count > 6),
      "columns": .list(
        table.columns.map {
          .object([
            "title": .text($0.title), "unit": .text($0.unit), "isEnd": .flag($0.alignment == .end),
            "definition": anchor($0.definition),
          ])
        }),
      "rows": .markup(rows(of: table)),
      "other": table.other.map { .object(["cells": .markup(cells($0, table.columns))]) } ?? .absent,
      "total": table.total.map { .object(["cells": .markup(cells($0, table.columns))]) } ?? .absent,
      "rest": .list(lists(of: table).map(file)),
      "hasRest": .flag(!lists(of: table).isEmpty),
    ])
  }

  /// How many rows are shown of how many; where the others are is said by links.
  private func extent(of table: ReportDocument.Table) -> String? {
    guard let extent = table.extent, !table.rest.isEmpty else { return table.extent?.text }
    let count = words.say(.someRows, ["shown": "\(extent.shown)", "all": "\(extent.all)"])
    return [count, extent.order].compactMap { $0 }.joined(separator: ", ")
  }

  /// A row as markup: a page may have thousands of them, too many for a template.
  static func row(_ level: Int, _ cells: String, search: String = "") -> String {
    let level = level == 0 ? "" : " class=\"level level-\(min(level, 6))\""
    let search = search.isEmpty ? "" : " data-search=\"\(HTMLText.escaped(search))\""
    return "<tr\(level)\(search)>\(cells)</tr>\n"
  }

  /// So many rows are laid out before a page is shown; the browser takes the others after that.
  private static let firstRows = 250
  /// So many it takes at a time.
  private static let laterRows = 1000

  /// The rows in portions, of which only the first delays the page.
  private func rows(of table: ReportDocument.Table) -> String {
    var markup = ""
    for (index, row) in table.rows.enumerated() {
      let later = index - PageParts.firstRows
      if later >= 0, later.isMultiple(of: PageParts.laterRows) {
        markup += "</tbody>\n<tbody class=\"later\">\n"
      }
      markup += PageParts.row(row.level, cells(row, table.columns))
    }
    return markup
  }

  /// The files beside the page that hold all rows of a table which the page cuts.
  private func lists(
    of table: ReportDocument.Table
  ) -> [(label: String, path: String)] {
    guard !table.rest.isEmpty else { return [] }
    let workbooks = files.filter { $0.path.hasSuffix(".xlsx") }
    return workbooks.isEmpty ? files.filter { $0.path.hasSuffix(".csv") } : workbooks
  }

  /// A file as templates are given it.
  func file(_ file: (label: String, path: String)) -> TemplateValue {
    .object(["label": .text(words.file(file.label)), "path": .text(RunIndex.address(file.path))])
  }

  /// The cells of a row as markup.
  private func cells(_ row: ReportDocument.Row, _ columns: [ReportDocument.Column]) -> String {
    var markup = ""
    for (cell, column) in zip(row.cells, columns) {
      let tag = column.isRowHeader ? "th" : "td"
      markup += "<\(tag)"
      if column.isRowHeader {
        markup += " scope=\"row\""
      } else {
        markup += " data-label=\"\(HTMLText.escaped(column.title))\""
      }
      if column.alignment == .end {
        markup += " class=\"end\""
      } else if cell.value.unit == .date {
        markup += " class=\"date\""
      }
      switch cell.value.unit {
      case .text, .id: break
      default: markup += " data-sort=\"\(HTMLText.escaped(cell.value.data))\""
      }
      markup += ">"
      let value =
        column.holdsFiles
        ? HTMLText.file(cell.value.text)
        : cell.link == nil
          ? HTMLText.value(cell.value) : HTMLText.name(cell.value.text, link: cell.link)
      if let mark = cell.mark {
        markup += "<span>\(value) <span class=\"mark\">\(HTMLText.escaped(mark))</span></span>"
      } else {
        markup += value
      }
      markup += "</\(tag)>"
    }
    return markup
  }
}
