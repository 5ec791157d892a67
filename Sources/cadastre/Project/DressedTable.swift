import Metrics
import Records

extension MetricTable {
  /// The table with the headings and remarks of the one that is made here, and with the conflicts of
  /// leads, which are only found here and stand in front of those of inactive owners.
  ///
  /// - Parameter own: the same table as this machine makes it.
  /// - Returns: the table with the same cells otherwise.
  func dressed(as own: MetricTable) -> MetricTable {
    let leads = own.texts("kind").indices.filter { own.texts("kind")[$0] == "C6" }
    let place = texts("kind").firstIndex { ($0 ?? "") > "C6" } ?? rowCount
    let columns = zip(self.columns, own.columns).map { column, other in
      var dressed = MetricColumn(
        name: column.name, title: other.title, unit: other.unit,
        cells: column.cells.joined(by: other.cells, leads, at: place), definition: other.definition,
        n: column.n, rowUnits: column.rowUnits)
      dressed.labels = other.labels
      return dressed
    }
    // Of large files no more than the header may lie here, so why there are no rows is no remark on
    // rows that there are.
    let isOfOthers = own.rowCount == 0 && rowCount > 0
    return MetricTable(
      name: own.name, grain: own.grain, columns: columns, notes: isOfOthers ? [] : own.notes)
  }

  private func texts(_ column: String) -> [String?] {
    guard let column = self[column] else { return [] }
    return (0..<rowCount).map { column.text($0) }
  }
}

extension Cells {
  /// The cells with some of others in front of a row.
  fileprivate func joined(by others: Cells, _ rows: [Int], at place: Int) -> Cells {
    guard !rows.isEmpty else { return self }
    func spliced<Cell>(_ mine: [Cell], _ theirs: [Cell]) -> [Cell] {
      Array(mine[..<place]) + theirs + Array(mine[place...])
    }
    return switch (self, others) {
    case (.text(let mine), .text(let theirs)):
      .text(spliced(Array(mine), rows.map { theirs[$0] }))
    case (.money(let mine), .money(let theirs)):
      .money(spliced(Array(mine), rows.map { theirs[$0] }))
    default: self
    }
  }
}
