/// A table as spreadsheets and lists take it: every row of the list, and what pages put into one
/// cell in columns of their own.
///
/// Behind a column whose cells name records stands the column of their Ids, behind one with marks
/// that of the marks; a tree begins with the level of each row.
struct CompleteTable {
  /// What a column takes from a row.
  fileprivate enum Source {
    case level
    case value(Int)
    case id(Int)
    case mark(Int)
  }

  /// A column that people and programs see alike.
  struct Column {
    /// Stable name, unique in the table.
    let key: String
    let title: String
    /// The definition of the figures, by its id.
    let definition: String?
    let isRowHeader: Bool
    fileprivate let source: Source
  }

  /// A cell of such a column.
  struct Cell {
    let value: Shown
    var link: RecordLink?
    /// How deep it stands in a tree.
    var level = 0
  }

  let table: ReportDocument.Table
  /// The parts of the list: the rows that pages show, then the rest, then what stands for a rest
  /// that is not there.
  private let parts: [[ReportDocument.Row]]
  let columns: [Column]
  let rowCount: Int

  init(_ table: ReportDocument.Table) {
    self.table = table
    let other = table.rest.isEmpty ? table.other.map { [$0] } ?? [] : []
    parts = [table.rows, table.rest, other]
    rowCount = parts.reduce(0) { $0 + $1.count }
    columns = CompleteTable.columns(table, parts)
  }

  /// Whether every row that there is is among the rows.
  var isComplete: Bool {
    table.extent.map { String(table.rows.count + table.rest.count) == $0.all.data } ?? true
  }

  /// The rows in their order, each once.
  var rows: some Sequence<ReportDocument.Row> { parts.lazy.joined() }

  /// What a column takes from a row, nil where there is nothing.
  func cell(_ column: Column, of row: ReportDocument.Row) -> Cell? {
    switch column.source {
    case .level:
      return Cell(value: Shown(String(row.level), data: String(row.level), unit: .count))
    case .value(let index):
      guard row.cells.indices.contains(index) else { return nil }
      let cell = row.cells[index]
      return Cell(
        value: cell.value, link: cell.link, level: column.isRowHeader ? row.level : 0)
    case .id(let index):
      guard let id = row.id(index) else { return nil }
      return Cell(value: Shown(id, data: id, unit: .id), link: row.cells[index].link)
    case .mark(let index):
      guard let mark = row.mark(index) else { return nil }
      return Cell(value: Shown(mark, data: mark, unit: .text))
    }
  }

  private static func columns(
    _ table: ReportDocument.Table, _ parts: [[ReportDocument.Row]]
  ) -> [Column] {
    var columns: [Column] = []
    if parts.joined().contains(where: { $0.level > 0 }) {
      columns.append(
        Column(
          key: "level", title: "Level", definition: nil, isRowHeader: false, source: .level))
    }
    let keys = Set(table.columns.map(\.key))
    for (index, column) in table.columns.enumerated() {
      columns.append(
        Column(
          key: column.key, title: column.title + (column.unit.map { " (\($0))" } ?? ""),
          definition: column.definition, isRowHeader: column.isRowHeader, source: .value(index)))
      // A list may have asked for the Ids itself.
      if !keys.contains(column.key + "_id"),
        parts.joined().contains(where: { $0.id(index) != nil })
      {
        columns.append(
          Column(
            key: column.key + "_id", title: column.title + " Id", definition: nil,
            isRowHeader: false, source: .id(index)))
      }
      if parts.joined().contains(where: { $0.mark(index) != nil }) {
        columns.append(
          Column(
            key: column.key + "_mark", title: column.title + " mark", definition: nil,
            isRowHeader: false, source: .mark(index)))
      }
    }
    return columns
  }
}

extension ReportDocument.Row {
  fileprivate func id(_ index: Int) -> String? {
    guard cells.indices.contains(index), let id = cells[index].id, !id.isEmpty else { return nil }
    return id
  }

  fileprivate func mark(_ index: Int) -> String? {
    guard cells.indices.contains(index), let mark = cells[index].mark, !mark.isEmpty else {
      return nil
    }
    return mark
  }
}

extension ReportDocument {
  /// A table with the section it stands in and the sentence that is told of it.
  struct PlacedTable {
    let section: Section
    /// What it is called: the title of its chart or tree, else its own.
    let title: String
    /// What a chart or tree says of it.
    let takeaway: Prose?
    let table: Table
  }

  /// Every table of the document in its order: lists, the data of charts, the nodes of trees.
  var tables: [PlacedTable] {
    sections.flatMap { section in
      section.blocks.compactMap { block -> PlacedTable? in
        switch block {
        case .table(let table):
          PlacedTable(section: section, title: table.title, takeaway: nil, table: table)
        case .chart(let chart):
          PlacedTable(
            section: section, title: chart.title, takeaway: chart.takeaway, table: chart.data)
        case .tree(let tree):
          PlacedTable(
            section: section, title: tree.title, takeaway: tree.takeaway, table: tree.nodes)
        case .paragraph, .callout, .figures: nil
        }
      }
    }
  }
}
