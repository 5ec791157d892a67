import Records

/// The rows of a table in the order of their keys, by bytes.
struct KeyOrder: Sendable {
  /// Rows, the smallest key first.
  let rows: [Int32]
  /// For each row its place in `rows`.
  let ranks: [Int32]

  /// The order of a table; of one without keys that of its rows.
  init(of table: Table) {
    rows = table.keys?.sortedRows() ?? (0..<Int32(table.count)).map { $0 }
    var ranks = [Int32](repeating: 0, count: rows.count)
    for (rank, row) in rows.enumerated() { ranks[Int(row)] = Int32(rank) }
    self.ranks = ranks
  }
}

extension Ledger {
  /// The order of an entity's records by their keys, made once.
  func order(of entity: Entity) -> KeyOrder {
    orders.value(for: entity) { KeyOrder(of: records[entity]) }
  }
}
