import Records

extension TableLoader {
  /// The table of what was read.
  ///
  /// - Parameter present: the fields that some file gives; the table has no others.
  /// - Returns: The table, without those of its references that need tables still to be read.
  consuming func table(keeping present: Set<String>) -> UnresolvedTable {
    let count = chunks.reduce(0) { $0 + $1.rowCount }
    var result = UnresolvedTable(
      table: Table(entity: entity, count: count, sources: sources()), references: [:],
      currencies: currencies())
    for (field, built) in zip(fields, columns) where present.contains(field.name) {
      if field.kind == .id {
        result.table.keys = Keys(built.values)
      } else if case .reference = field.kind, !built.isResolved {
        result.references[field.name] = built.values
      } else {
        result.table.columns[field.name] = built.column
      }
    }
    return result
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

extension Keys {
  fileprivate init?(_ keys: ColumnPart) {
    switch keys {
    case .keys(let keys): self = .salesforce(keys)
    case .texts(let texts): self = .text(texts)
    default: return nil
    }
  }
}
