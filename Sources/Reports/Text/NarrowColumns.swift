/// Which columns of a table stand side by side where there is little room, as in mail and text.
///
/// The column that names the rows comes first. Columns of words stand below the name, on a line of
/// their own. Figures and dates keep their columns as far as there is room: amounts first, then
/// rates and dates, then counts and the rest, each from the left. What is left out is known, so
/// that a reader is told. A definition that says which columns a mail shows overrules all this.
struct NarrowColumns {
  /// The column that names the rows.
  let lead: Int
  /// Columns of words, which stand below the name, in the order of the table.
  let words: [Int]
  /// Columns of figures and dates, in the order of the table.
  let figures: [Int]
  /// Columns that are left out, in the order of the table.
  let omitted: [Int]

  /// More columns of words than these make a line that nobody reads.
  static let mostWords = 4

  /// - Parameters:
  ///   - table: the table.
  ///   - room: what figures may take, in the unit of `width`.
  ///   - width: the room of a column of figures, by its index.
  init(_ table: ReportDocument.Table, room: Double, width: (Int) -> Double) {
    let columns = table.columns
    let lead =
      columns.firstIndex(where: \.isRowHeader)
      ?? columns.firstIndex { $0.alignment == .start } ?? 0
    let others = columns.indices.filter {
      $0 != lead
        && (table.narrowColumns.isEmpty || table.narrowColumns.contains(columns[$0].key))
    }
    let wanted = others.filter { NarrowColumns.isFigure($0, in: table) }
    let ranked = wanted.sorted {
      (NarrowColumns.rank($0, in: table), $0) < (NarrowColumns.rank($1, in: table), $1)
    }
    var left = room
    var kept: [Int] = []
    for column in ranked {
      let width = width(column)
      // The most important figure stands even where it is tight.
      guard width <= left || kept.isEmpty else { continue }
      left -= width
      kept.append(column)
    }
    self.lead = lead
    figures = kept.sorted()
    let words = others.filter { !NarrowColumns.isFigure($0, in: table) }
    self.words = Array(words.prefix(NarrowColumns.mostWords))
    let shown = Set([lead] + figures + self.words)
    omitted = columns.indices.filter { !shown.contains($0) }
  }

  /// Whether a column holds figures or dates, which are short and compared down the page.
  static func isFigure(_ column: Int, in table: ReportDocument.Table) -> Bool {
    table.columns[column].alignment == .end || unit(column, in: table) == .date
  }

  private static func rank(_ column: Int, in table: ReportDocument.Table) -> Int {
    switch unit(column, in: table) {
    case .money: 0
    case .rate, .points, .multiple, .date: 1
    default: 2
    }
  }

  private static func unit(_ column: Int, in table: ReportDocument.Table) -> Shown.Unit? {
    guard let cells = table.rows.first?.cells, cells.indices.contains(column) else { return nil }
    return cells[column].value.unit
  }
}

extension ReportDocument.Table {
  /// The rows of a tree that say most where there is room for few: its upper levels, each in its
  /// order, and in the order of the tree.
  func upperRows(_ most: Int) -> [ReportDocument.Row] {
    guard rows.count > most else { return rows }
    let byLevel = rows.indices.sorted { (rows[$0].level, $0) < (rows[$1].level, $1) }
    return byLevel.prefix(most).sorted().map { rows[$0] }
  }
}
