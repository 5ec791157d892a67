import CMemory
import Records
import Synchronization

extension TableLoader {
  /// Joins the parts of columns to a table.
  ///
  /// Columns are joined side by side, and the parts of each are let go as soon as it is whole.
  ///
  /// - Parameter present: the fields that some file gives; the table has no others.
  /// - Returns: The table, without those of its references that need tables still to be read.
  mutating func joined(keeping present: Set<String>) -> UnresolvedTable {
    let count = chunks.reduce(0) { $0 + $1.rowCount }
    var table = Table(entity: entity, count: count, sources: sources())
    let partsByColumn = Mutex(
      fields.indices.map { position in chunks.map { $0.parts[position] } })
    for chunk in chunks.indices { chunks[chunk].parts = [] }
    let files = chunks.map(\.file)
    let (kinds, keyForm, interners) = (fields.map(\.kind), keyForm, interners)
    let kept = fields.indices.filter { present.contains(fields[$0].name) }
    let columns = Parallel.map(kept.count, threads: threads) { number in
      let position = kept[number]
      var parts: [ColumnPart] = []
      partsByColumn.withLock { swap(&parts, &$0[position]) }
      return JoinedColumn(
        kind: kinds[position], keyForm: keyForm, parts: parts, files: files,
        interners: interners.map { file in file.map { $0[position] } }, count: count)
    }
    var references: [String: ColumnPart] = [:]
    for (field, column) in zip(kept.map { fields[$0] }, columns) {
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
    kind: FieldKind, keyForm: Mapping.KeyForm, parts: [ColumnPart], files: [Int],
    interners: [[ByteInterner]], count: Int
  ) {
    func join<Value>(null: Value, _ values: (ColumnPart) -> [Value]) -> [Value] {
      [Value](capacity: count) { joined in
        joined.fillSoon()
        for part in parts {
          if case .absent(let count) = part {
            for _ in 0..<count { joined.append(null) }
          } else {
            for value in values(part) { joined.append(value) }
          }
        }
      }
    }
    switch kind {
    case .decimal, .rate:
      self = .values(
        .decimals(
          join(null: Exact.null) { if case .decimals(let values) = $0 { values } else { [] } }))
    case .date, .datetime:
      self = .values(
        .days(join(null: Day.null) { if case .days(let values) = $0 { values } else { [] } }))
    case .instant:
      let seconds = join(null: Instants.null) {
        if case .instants(let values) = $0 { values.seconds } else { [] }
      }
      let days = join(null: Day.null) {
        if case .instants(let values) = $0 { values.days } else { [] }
      }
      self = .values(.instants(Instants(seconds: seconds, days: days)))
    case .flag:
      self = .values(
        .flags(join(null: 2) { if case .flags(let values) = $0 { values } else { [] } }))
    case .category:
      self = .values(
        .categories(JoinedColumn.categories(parts, files: files, interners: interners)))
    case .text:
      self = .values(.texts(JoinedColumn.texts(parts)))
    case .id, .reference:
      if parts.contains(where: { if case .references = $0 { true } else { false } }) {
        self = .values(
          .references(
            join(null: Reference.null) {
              if case .references(let values) = $0 { values } else { [] }
            }))
      } else if keyForm == .salesforce {
        self = .keys(
          .keys(
            join(null: SalesforceID.zero) { if case .keys(let values) = $0 { values } else { [] } }
          ))
      } else {
        self = .keys(.texts(JoinedColumn.texts(parts)))
      }
    }
  }

  private static func texts(_ parts: [ColumnPart]) -> Texts {
    var joined = Texts()
    for part in parts {
      guard case .texts(let texts) = part else {
        for _ in 0..<part.count { joined.append([]) }
        continue
      }
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
    // For each worker's codes the final ones, -1 where not met yet.
    var finals = interners.map { file in file.map { [Int32](repeating: -1, count: $0.count) } }
    let codes = [Int32](capacity: parts.reduce(0) { $0 + $1.count }) { joined in
      joined.fillSoon()
      for (part, file) in zip(parts, files) {
        guard case .codes(let values, let worker) = part else {
          for _ in 0..<part.count { joined.append(Categories.null) }
          continue
        }
        // Taken out while it is used, so that it is not copied.
        var known: [Int32] = []
        swap(&known, &finals[file][worker])
        defer { swap(&known, &finals[file][worker]) }
        for value in values {
          guard value >= 0 else {
            joined.append(Categories.null)
            continue
          }
          if known[Int(value)] < 0 {
            let bytes = Array(interners[file][worker].bytes(Int(value)))
            known[Int(value)] = canonical.code(of: bytes.span)
          }
          joined.append(known[Int(value)])
        }
      }
    }
    return Categories(
      codes: codes,
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

extension OutputSpan {
  /// Says that a large array will be filled at once.
  fileprivate mutating func fillSoon() {
    // The C boundary: the address is passed on, nothing is read.
    withUnsafeMutableBufferPointer { values, _ in
      cmemory_fill_soon(values.baseAddress, values.count * MemoryLayout<Element>.stride)
    }
  }
}
