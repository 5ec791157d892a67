import Records

/// The lines of a report below its headings, told apart: records, totals, and what is neither.
struct ReportLines: Sendable {
  /// Lines that stand for a record.
  private(set) var records: [Sheet.Row] = []
  /// Places of lines that do not.
  private(set) var unused: [SourcePosition] = []
  /// The cell that the last line of totals of the whole report has in the column of values.
  private(set) var total: Sheet.Cell?

  /// - Parameters:
  ///   - lines: the lines below the headings.
  ///   - columns: where each column stands.
  ///   - headingCount: how many headings there are.
  init(_ lines: [Sheet.Row], columns: [ReportHeadings.Role: Int], headingCount: Int) {
    let key = columns[.id] ?? columns[.name]
    let hasIds = columns[.id] != nil
    let lastFull = lines.lastIndex { $0.cells.count > 1 } ?? -1
    // Labels of groups that stand in the first row of each.
    let firstOwn = [.id, .name, .value].compactMap { columns[$0] }.min() ?? 0
    let groups = [.account, .day, .stage].compactMap { columns[$0] }.filter { $0 < firstOwn }
    var labels: [Int: Sheet.Cell] = [:]
    for (index, line) in lines.enumerated() {
      let cells = line.cells.values.sorted { $0.column < $1.column }
      guard let first = cells.first else { continue }
      let keyCell = key.flatMap { line.cells[$0] }
      let isTotal =
        ReportLines.isTotal(keyCell ?? first)
        || keyCell == nil && cells.contains { ReportLines.isTotal($0) }
      // One cell where the headings are many is a record only where it may be a key.
      let isLone = cells.count == 1 && headingCount > 1
      let isKey =
        keyCell.map { cell in
          index < lastFull
            || hasIds && !cell.text.contains(" ") && cell.text.contains { $0.isNumber }
        } ?? false
      if isTotal || isLone && !isKey {
        unused.append(first.at)
        if isTotal, let value = columns[.value].flatMap({ line.cells[$0] }),
          value.column != first.column, !ReportLines.isOfGroup(cells)
        {
          total = value
        }
        if !isTotal, groups.contains(first.column) { labels[first.column] = first }
        continue
      }
      var line = line
      for column in groups {
        if let own = line.cells[column] {
          labels[column] = own
        } else {
          line.cells[column] = labels[column]
        }
      }
      records.append(line)
    }
  }

  private static func isTotal(_ cell: Sheet.Cell) -> Bool {
    cell.kind == .text && ReportHeadings.isTotal(cell.text)
  }

  /// Whether a line of totals is of a group: `Subtotal`, `Zwischensumme`, `Sous-total`.
  private static func isOfGroup(_ cells: [Sheet.Cell]) -> Bool {
    cells.contains { cell in
      let folded = Synonyms.folded(cell.text)
      return isTotal(cell) && ["sub", "zwischen", "sous"].contains { folded.hasPrefix($0) }
    }
  }
}
