import Records

/// A table of a document as a mail shows it: names with their words below them, and beside them as
/// many figures as there is room for; fewer of them on a telephone.
struct MailTable {
  let table: ReportDocument.Table
  let markup: MailMarkup
  let whereRest: String?
  let format: ValueFormatter
  /// Whether the rows are a tree, of which the upper levels are shown.
  let isTree: Bool
  /// The columns on a screen.
  let columns: NarrowColumns
  /// Those of them that a telephone shows too.
  let narrow: NarrowColumns

  /// Pixels between the margins of a mail, and of one on a telephone of 390 pixels.
  static let room = 552.0
  private static let narrowRoom = 358.0
  /// Pixels that names keep.
  private static let (nameRoom, narrowNameRoom) = (196.0, 132.0)
  /// The most rows of a tree.
  private static let mostNodes = 12
  /// Pixels of a character and beside a cell, in the letters of tables.
  private static let (letter, gap) = (7.4, 12.0)

  init(
    _ table: ReportDocument.Table, isTree: Bool, markup: MailMarkup, whereRest: String?,
    format: ValueFormatter
  ) {
    self.table = table
    self.isTree = isTree
    self.markup = markup
    self.whereRest = whereRest
    self.format = format
    let rows =
      table.rows.prefix(MailWriter.mostRows) + [table.other, table.total].compactMap { $0 }
    func width(_ column: Int) -> Double {
      let texts =
        rows.flatMap { row -> [String] in
          guard row.cells.indices.contains(column) else { return [] }
          let cell = row.cells[column]
          return [cell.value.text, cell.mark ?? ""]
        }
        + table.columns[column].title.split(separator: " ").map(String.init)
        + [table.columns[column].unit ?? ""]
      let widest = texts.map { DisplayWidth.of($0) }.max() ?? 0
      return Double(widest) * MailTable.letter + MailTable.gap
    }
    columns = NarrowColumns(table, room: MailTable.room - MailTable.nameRoom, width: width)
    narrow = NarrowColumns(
      table, room: MailTable.narrowRoom - MailTable.narrowNameRoom, width: width)
  }

  private static func rows(
    of table: ReportDocument.Table, _ isTree: Bool, _ most: Int
  ) -> [ReportDocument.Row] {
    isTree ? table.upperRows(min(most, mostNodes)) : Array(table.rows.prefix(most))
  }

  /// The table as far as the mail shows it.
  ///
  /// - Parameters:
  ///   - most: the most rows.
  ///   - title: what stands over the table; nil where its section says it.
  ///   - defined: the definitions that the mail holds.
  /// - Returns: what `mail/table` is given.
  func fields(most: Int, title: String?, defined: Set<String>) -> TemplateValue {
    let rows = MailTable.rows(of: table, isTree, most)
    let isCut = rows.count < table.rows.count
    let extent = PlainText.extent(of: table, shown: rows.count, whereRest: whereRest, format)
    let body =
      rows.map { row($0) }
      + (isCut ? [] : table.other.map { [row($0, isSum: true)] } ?? [])
      + (table.total.map { [row($0, isSum: true)] } ?? [])
    let wide = NarrowColumns.leftOut(columns.omitted, of: table, whereRest, format)
    let narrow = NarrowColumns.leftOut(self.narrow.omitted, of: table, whereRest, format)
    return .object([
      "title": .text(title), "label": .text(table.title), "extent": .text(extent),
      "whyEmpty": .markup(markup.prose(table.whyEmpty)),
      "note": .markup(table.note.map(markup.prose) ?? ""), "hasRows": .flag(!table.rows.isEmpty),
      "name": heading(columns.lead, defined),
      "words": .text(columns.words.map { table.columns[$0].title }.joined(separator: " · ")),
      "columns": .list(columns.figures.map { heading($0, defined) }),
      "rows": .markup(body.joined(separator: "\n")),
      // On a telephone more is left out, and other words say so.
      "more": .text(wide), "moreNarrow": .text(narrow == wide ? nil : narrow),
    ])
  }

  private func heading(_ index: Int, _ defined: Set<String>) -> TemplateValue {
    let column = table.columns[index]
    return .object([
      "title": .text(column.title), "unit": .text(column.unit),
      "isEnd": .flag(column.alignment == .end), "isWide": .flag(isWide(index)),
      "definition": .text(
        column.definition.flatMap { defined.contains($0) ? MailPage.anchor($0) : nil }),
    ])
  }

  private func isWide(_ column: Int) -> Bool {
    column != narrow.lead && !narrow.figures.contains(column)
  }

  /// A row as markup: there may be hundreds, too many for a template.
  private func row(_ row: ReportDocument.Row, isSum: Bool = false) -> String {
    guard row.cells.indices.contains(columns.lead) else { return "" }
    let edge = isSum ? markup.colours.strong : markup.colours.line
    let border = "border-top:1px solid \(edge)"
    let lead = row.cells[columns.lead]
    let indent = min(row.level, 6) * 16
    let weight = isSum ? "bold" : "normal"
    var html =
      "<tr valign=\"top\"><th scope=\"row\" align=\"left\" style=\"padding:6px 0 6px \(indent)px;"
      + "\(border);font-weight:\(weight)\">"
      + [markup.cell(lead), markup.mark(lead)].filter { !$0.isEmpty }.joined(separator: " ")
    let words = columns.words.filter(row.cells.indices.contains).map { row.cells[$0] }
    if words.contains(where: { !$0.value.text.isEmpty && $0.value.strength != .undefined }) {
      let texts = words.map { cell in
        [markup.cell(cell), markup.mark(cell)].filter { !$0.isEmpty }.joined(separator: " ")
      }
      html +=
        "<div style=\"color:\(markup.colours.muted);font-size:12px\">"
        + texts.filter { !$0.isEmpty }.joined(separator: " · ") + "</div>"
    }
    html += "</th>"
    for column in columns.figures where row.cells.indices.contains(column) {
      let cell = row.cells[column]
      html +=
        "<td\(isWide(column) ? " class=\"wide\"" : "")"
        + "\(table.columns[column].alignment == .end ? " align=\"right\"" : "") nowrap "
        + "style=\"padding:6px 0 6px 12px;\(border)\(isSum ? ";font-weight:bold" : "")\">"
        + markup.value(cell.value)
      let mark = markup.mark(cell)
      html += mark.isEmpty ? "</td>" : "<br>\(mark)</td>"
    }
    return html + "</tr>"
  }
}
