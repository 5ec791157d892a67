import Records

/// The records of an entity that no file of the export holds, such as the user's file of quotas: they
/// stand in the script themselves.
struct LiteralRows: Sendable {
  enum Cell: Sendable {
    case null
    case text(String)
    case number(Int64)
    case day(Day)
    case flag(Bool)
  }

  /// Names and kinds of the columns that the entity knows, by name.
  let columns: [(name: String, kind: FieldKind)]
  /// Grain: one entry per record, with a cell a column.
  let rows: [[Cell]]

  /// - Parameters:
  ///   - records: the export, whose records the rows name.
  ///   - entity: whose records.
  ///   - key: an Id as it is joined.
  init(_ records: RecordSet, _ entity: Entity, key: (String) -> String) {
    let table = records[entity]
    let own = table.columns.keys.sorted().compactMap { name in
      entity.field(named: name).map { (name: name, kind: $0.kind) }
    }
    let columns = (table.keys == nil ? [] : [(name: "Id", kind: FieldKind.id)]) + own
    self.columns = columns
    rows = (0..<table.count).map { row in
      columns.map { name, kind -> Cell in
        if kind == .id { return .text(key(table.id(row))) }
        return switch table.columns[name] {
        case .decimals(let cells):
          cells[row] == Exact.null ? .null : .number(cells[row])
        case .days(let cells): cells[row] == Day.null ? .null : .day(Day(number: cells[row]))
        case .flags(let cells): cells[row] == 2 ? .null : .flag(cells[row] == 1)
        case .categories(let cells): cells[row].map { .text($0) } ?? .null
        case .texts(let cells): cells[row].map { .text($0) } ?? .null
        case .references(let cells):
          if case .reference(let target) = kind, cells[row] >= 0 {
            .text(key(records[target].id(Int(cells[row]))))
          } else {
            .null
          }
        case .instants, nil: .null
        }
      }
    }
  }
}
