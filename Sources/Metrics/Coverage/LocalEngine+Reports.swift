import Records

extension LocalEngine {
  /// The conflicts C1 to C5 and C7 of the whole company: by kind, then amount descending, then the
  /// Ids of deal and account.
  public func conflicts() -> [Conflict] { ConflictFinder(coverage, .company).conflicts() }

  /// Ids and names of the territories that the standard table `balance` compares, in the order of
  /// the model.
  public func balancedTerritories() -> [(id: String, name: String)] {
    guard let model = ledger.assignment.model else { return [] }
    return BalanceTable().leaves(self, .company).map { (model.ids[$0], model.names[$0]) }
  }

  /// A standard table as reports show it.
  ///
  /// Conflicts below the configured amount and those that the user accepts are cut; `totalRowCount`
  /// still counts them, and files of the table keep every row.
  public func forReports(_ table: MetricTable) -> MetricTable {
    let least = Int128(ledger.settings.coverage.minAmount)
    guard table.name == StandardTable.conflicts.rawValue,
      case .money(let amounts) = table["amount"]?.cells,
      least > 0 || !coverage.accepted.isEmpty
    else { return table }
    let accepted = Set(coverage.accepted.map(acceptedKey))
    return table.keeping(
      amounts.indices.filter { row in
        let id =
          table["lead_id"]?.text(row) ?? table["opportunity_id"]?.text(row)
          ?? table["account_id"]?.text(row) ?? ""
        return amounts[row] ?? 0 >= least
          && !accepted.contains((table["kind"]?.text(row) ?? "") + id)
      })
  }

  /// Kind and Id of what an accepted conflict is about.
  private func acceptedKey(_ subject: AcceptedConflict.Subject) -> String {
    let records = ledger.records
    let id =
      switch subject.record {
      case .deal(let row): records[.opportunity].id(Int(row))
      case .account(let row): records[.account].id(Int(row))
      case .lead(let row): records[.lead].id(Int(row))
      }
    return subject.kind.rawValue + id
  }
}

extension MetricTable {
  /// The table with some of its rows.
  public func keeping(_ rows: [Int]) -> MetricTable {
    MetricTable(
      name: name, grain: grain,
      columns: columns.map { column in
        var kept = MetricColumn(
          name: column.name, title: column.title, unit: column.unit,
          cells: column.cells.keeping(rows), definition: column.definition,
          n: column.n.map { n in rows.map { n[$0] } },
          rowUnits: column.rowUnits.map { units in rows.map { units[$0] } })
        kept.labels = column.labels
        return kept
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
    case .millionths(let cells): .millionths(NumberCells(rows.map { cells[$0] }))
    }
  }
}
