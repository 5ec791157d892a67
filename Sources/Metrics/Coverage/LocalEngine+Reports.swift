import Records

extension LocalEngine {
  /// A standard table as reports show it.
  ///
  /// Conflicts below the configured amount are cut; `totalRowCount` still counts them, and files of
  /// the table keep every row.
  public func forReports(_ table: MetricTable) -> MetricTable {
    let least = Int128(ledger.settings.coverage.minAmount)
    guard table.name == StandardTable.conflicts.rawValue, least > 0,
      case .money(let amounts) = table["amount"]?.cells
    else { return table }
    return table.keeping(amounts.indices.filter { amounts[$0] ?? 0 >= least })
  }
}

extension MetricTable {
  /// The table with some of its rows.
  func keeping(_ rows: [Int]) -> MetricTable {
    MetricTable(
      name: name, grain: grain,
      columns: columns.map { column in
        MetricColumn(
          name: column.name, title: column.title, unit: column.unit,
          cells: column.cells.keeping(rows), definition: column.definition,
          n: column.n.map { n in rows.map { n[$0] } },
          rowUnits: column.rowUnits.map { units in rows.map { units[$0] } })
      }, totalRowCount: totalRowCount, notes: notes)
  }
}

extension Cells {
  fileprivate func keeping(_ rows: [Int]) -> Cells {
    switch self {
    case .text(let cells): .text(rows.map { cells[$0] })
    case .integers(let cells): .integers(rows.map { cells[$0] })
    case .money(let cells): .money(rows.map { cells[$0] })
    case .ratios(let cells): .ratios(rows.map { cells[$0] })
    }
  }
}
