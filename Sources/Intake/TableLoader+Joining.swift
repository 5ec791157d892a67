import Records
import Synchronization

extension TableLoader {
  /// The table without those of its references that need tables still to be read.
  ///
  /// Columns are joined side by side, and the parts of each are let go as soon as it is whole.
  mutating func joined() -> UnresolvedTable {
    let count = chunks.reduce(0) { $0 + $1.rowCount }
    var table = Table(entity: entity, count: count, sources: sources())
    let partsByColumn = Mutex(
      fields.indices.map { position in chunks.map { $0.parts[position] } })
    for chunk in chunks.indices { chunks[chunk].parts = [] }
    let files = chunks.map(\.file)
    let (kinds, interners) = (fields.map(\.kind), interners)
    let columns = Parallel.map(fields.count, threads: threads) { position in
      var parts: [ColumnPart] = []
      partsByColumn.withLock { swap(&parts, &$0[position]) }
      let column = JoinedColumn(
        kind: kinds[position], parts: parts, files: files,
        interners: interners.map { file in file.map { $0[position] } }, count: count)
      return column
    }
    var references: [String: ColumnPart] = [:]
    for (field, column) in zip(fields, columns) {
      switch column {
      case .values(let values): table.columns[field.name] = values
      case .keys(let keys) where field.kind == .id: table.keys = Keys(keys)
      case .keys(let keys): references[field.name] = keys
      }
    }
    return UnresolvedTable(table: table, references: references, currencies: currencies())
  }

  /// The currencies beside the numbers of columns in which any stands.
  private func currencies() -> [String: [CurrencyCode?]] {
    var currencies: [String: [CurrencyCode?]] = [:]
    for (position, field) in fields.enumerated()
    where chunks.contains(where: { !$0.currencies[position].isEmpty }) {
      currencies[field.name] = chunks.flatMap { chunk in
        let codes = chunk.currencies[position]
        return codes.isEmpty ? [CurrencyCode?](repeating: nil, count: chunk.rowCount) : codes
      }
    }
    return currencies
  }

  private func sources() -> RowSources {
    var sources = RowSources()
    sources.files = files
    var row = 0
    for chunk in chunks {
      for run in chunk.lines.runs {
        sources.append(row: row + run.row, file: chunk.file, line: run.line)
      }
      row += chunk.rowCount
    }
    return sources
  }
}

/// A whole column, made of its parts.
private enum JoinedColumn: Sendable {
  case values(Column)
  /// The records' own keys, or those of records whose rows are not known yet.
  case keys(ColumnPart)

  init(
    kind: FieldKind, parts: [ColumnPart], files: [Int], interners: [[ByteInterner]],
    count: Int
  ) {
    func join<Value>(_ values: (ColumnPart) -> [Value]) -> [Value] {
      [Value](capacity: count) { joined in
        for part in parts {
          for value in values(part) { joined.append(value) }
        }
      }
    }
    switch kind {
    case .decimal, .rate:
      self = .values(.decimals(join { if case .decimals(let values) = $0 { values } else { [] } }))
    case .date, .datetime:
      self = .values(.days(join { if case .days(let values) = $0 { values } else { [] } }))
    case .instant:
      let seconds = join { if case .instants(let all) = $0 { all.seconds } else { [] } }
      let days = join { if case .instants(let all) = $0 { all.days } else { [] } }
      self = .values(.instants(Instants(seconds: seconds, days: days)))
    case .flag:
      self = .values(.flags(join { if case .flags(let values) = $0 { values } else { [] } }))
    case .category:
      self = .values(
        .categories(JoinedColumn.categories(parts, files: files, interners: interners)))
    case .text:
      self = .values(.texts(JoinedColumn.texts(parts)))
    case .id, .reference:
      switch parts.first {
      case .references:
        self = .values(
          .references(join { if case .references(let values) = $0 { values } else { [] } }))
      case .keys:
        self = .keys(.keys(join { if case .keys(let values) = $0 { values } else { [] } }))
      default:
        self = .keys(.texts(JoinedColumn.texts(parts)))
      }
    }
  }

  private static func texts(_ parts: [ColumnPart]) -> Texts {
    var joined = Texts()
    for case .texts(let texts) in parts {
      let start = joined.bytes.count
      joined.bytes += texts.bytes
      joined.ends += texts.ends.map { $0 + start }
    }
    return joined
  }

  /// Codes in the order of first appearance in the files, whatever thread met them.
  private static func categories(
    _ parts: [ColumnPart], files: [Int], interners: [[ByteInterner]]
  ) -> Categories {
    var canonical = ByteInterner()
    var joined: [Int32] = []
    var codes = interners.map { file in file.map { [Int32](repeating: -1, count: $0.count) } }
    for (part, file) in zip(parts, files) {
      guard case .codes(let values, let worker) = part else { continue }
      for value in values {
        guard value >= 0 else {
          joined.append(Categories.null)
          continue
        }
        if codes[file][worker][Int(value)] < 0 {
          let bytes = Array(interners[file][worker].bytes(Int(value)))
          codes[file][worker][Int(value)] = canonical.code(of: bytes.span)
        }
        joined.append(codes[file][worker][Int(value)])
      }
    }
    return Categories(
      codes: joined,
      values: (0..<canonical.count).map { String(decoding: canonical.bytes($0), as: UTF8.self) })
  }
}

extension Keys {
  fileprivate init?(_ keys: ColumnPart) {
    switch keys {
    case .keys(let keys): self = .salesforce(keys)
    case .texts(let texts): self = .text(texts)
    default: return nil
    }
  }
}
