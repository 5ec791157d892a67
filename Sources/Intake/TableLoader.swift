import Records

/// Gathers the parts of an entity's columns from its files, then joins them to a table.
struct TableLoader {
  let entity: Entity
  let fields: [Field]
  let keyForm: Mapping.KeyForm
  let threads: Int
  let blockSize: Int
  private var chunks: [ChunkRows] = []
  private var files: [String] = []
  /// Interners of each file's workers, by file, worker and column.
  private var interners: [[[ByteInterner]]] = []

  init(
    entity: Entity, fields: [Field], keyForm: Mapping.KeyForm, threads: Int,
    blockSize: Int
  ) {
    self.entity = entity
    self.fields = fields
    self.keyForm = keyForm
    self.threads = threads
    self.blockSize = blockSize
  }

  /// Number the next file will have.
  var nextFile: Int { files.count }

  /// Reads one file by its plan.
  ///
  /// - Returns: what became of its rows.
  /// - Throws: `FindingsError` where the file cannot be read.
  mutating func read(_ file: OpenFile, _ plan: FilePlan) throws -> RowCounts {
    files.append(plan.fileName)
    let result = try FileReading(plan: plan, threads: threads, blockSize: blockSize)
      .run(file)
    var counts = RowCounts()
    for chunk in result.chunks { counts.add(chunk.counts) }
    chunks += result.chunks
    interners.append(result.interners)
    return counts
  }

  /// Everything found in the rows, in file order.
  var findings: FindingLog {
    var log = FindingLog()
    for chunk in chunks { log.merge(chunk.findings) }
    return log
  }

  var newestStamp: Int64? { chunks.compactMap(\.newestStamp).max() }

  var merges: [UInt128: UInt128] {
    chunks.reduce(into: [:]) { $0.merge($1.merges) { first, _ in first } }
  }

  /// Cells that were read as other text, by field.
  var substituted: [String: Int] {
    var counts: [String: Int] = [:]
    for chunk in chunks {
      for (field, count) in zip(fields, chunk.substituted) where count > 0 {
        counts[field.name, default: 0] += count
      }
    }
    return counts
  }

  // MARK: Joining

  /// The table without its references, which need the tables they refer to.
  mutating func joined() -> UnresolvedTable {
    let count = chunks.reduce(0) { $0 + $1.rowCount }
    var table = Table(entity: entity, count: count)
    table.sources.files = files
    var row = 0
    for chunk in chunks {
      for line in chunk.lines {
        table.sources.append(row: row, file: chunk.file, line: line)
        row += 1
      }
    }
    var references: [String: ColumnPart] = [:]
    var currencies: [String: [CurrencyCode?]] = [:]
    for (position, field) in fields.enumerated() {
      switch field.kind {
      case .decimal, .rate:
        currencies[field.name] = joinCurrencies(position)
        table.columns[field.name] = .decimals(
          join(position) { if case .decimals(let values) = $0 { values } else { [] } })
      case .date, .datetime:
        table.columns[field.name] = .days(
          join(position) { if case .days(let values) = $0 { values } else { [] } })
      case .instant:
        let seconds = join(position) { if case .instants(let all) = $0 { all.seconds } else { [] } }
        let days = join(position) { if case .instants(let all) = $0 { all.days } else { [] } }
        table.columns[field.name] = .instants(Instants(seconds: seconds, days: days))
      case .flag:
        table.columns[field.name] = .flags(
          join(position) { if case .flags(let values) = $0 { values } else { [] } })
      case .category:
        table.columns[field.name] = .categories(joinCategories(position))
      case .text:
        table.columns[field.name] = .texts(joinTexts(position))
      case .id:
        table.keys =
          keyForm == .salesforce ? .salesforce(joinKeys(position)) : .text(joinTexts(position))
      case .reference:
        references[field.name] =
          keyForm == .salesforce ? .keys(joinKeys(position)) : .texts(joinTexts(position))
      }
      for chunk in chunks.indices { chunks[chunk].parts[position] = .flags([]) }
    }
    return UnresolvedTable(table: table, references: references, currencies: currencies)
  }

  /// The currencies beside the numbers of a column, nil where none stands in any cell.
  private func joinCurrencies(_ position: Int) -> [CurrencyCode?]? {
    guard chunks.contains(where: { !$0.currencies[position].isEmpty }) else { return nil }
    return chunks.flatMap { chunk in
      let codes = chunk.currencies[position]
      return codes.isEmpty ? [CurrencyCode?](repeating: nil, count: chunk.rowCount) : codes
    }
  }

  private func joinKeys(_ position: Int) -> [UInt128] {
    join(position) { if case .keys(let values) = $0 { values } else { [] } }
  }

  private func join<Value>(_ position: Int, _ values: (ColumnPart) -> [Value]) -> [Value] {
    var joined: [Value] = []
    joined.reserveCapacity(chunks.reduce(0) { $0 + $1.rowCount })
    for chunk in chunks { joined += values(chunk.parts[position]) }
    return joined
  }

  private func joinTexts(_ position: Int) -> Texts {
    var joined = Texts()
    for chunk in chunks {
      guard case .texts(let texts) = chunk.parts[position] else { continue }
      let start = joined.bytes.count
      joined.bytes += texts.bytes
      joined.ends += texts.ends.map { $0 + start }
    }
    return joined
  }

  /// Codes in the order of first appearance in the files, whatever thread met them.
  private func joinCategories(_ position: Int) -> Categories {
    var canonical = ByteInterner()
    var joined: [Int32] = []
    var codes = interners.map { file in
      file.map { [Int32](repeating: -1, count: $0[position].count) }
    }
    for chunk in chunks {
      guard case .codes(let values, let worker) = chunk.parts[position] else { continue }
      let interner = interners[chunk.file][worker][position]
      for value in values {
        guard value >= 0 else {
          joined.append(Categories.null)
          continue
        }
        if codes[chunk.file][worker][Int(value)] < 0 {
          let bytes = Array(interner.bytes(Int(value)))
          codes[chunk.file][worker][Int(value)] = canonical.code(of: bytes.span)
        }
        joined.append(codes[chunk.file][worker][Int(value)])
      }
    }
    return Categories(
      codes: joined,
      values: (0..<canonical.count).map { String(decoding: canonical.bytes($0), as: UTF8.self) })
  }
}

/// A table whose reference columns still hold keys.
struct UnresolvedTable {
  var table: Table
  var references: [String: ColumnPart]
  /// Currencies that stand beside numbers, by field; of fields where any does.
  var currencies: [String: [CurrencyCode?]] = [:]

  /// Takes rows out.
  mutating func remove(_ rows: [Int32]) {
    var isRemoved = [Bool](repeating: false, count: table.count)
    for row in rows { isRemoved[Int(row)] = true }
    let kept = (0..<table.count).filter { !isRemoved[$0] }
    var sources = RowSources()
    sources.files = table.sources.files
    for (row, old) in kept.enumerated() {
      guard let at = table.sources.position(of: old), let file = table.sources.file(of: old)
      else { continue }
      sources.append(row: row, file: file, line: at.line)
    }
    var result = Table(entity: table.entity, count: kept.count, sources: sources)
    result.keys =
      switch table.keys {
      case .salesforce(let keys): .salesforce(kept.map { keys[$0] })
      case .text(let texts): .text(texts.keeping { !isRemoved[$0] })
      case nil: nil
      }
    result.columns = table.columns.mapValues { column in
      switch column {
      case .decimals(let values): .decimals(kept.map { values[$0] })
      case .days(let values): .days(kept.map { values[$0] })
      case .instants(let values):
        .instants(
          Instants(
            seconds: kept.map { values.seconds[$0] }, days: kept.map { values.days[$0] }))
      case .flags(let values): .flags(kept.map { values[$0] })
      case .references(let values): .references(kept.map { values[$0] })
      case .categories(let values):
        .categories(Categories(codes: kept.map { values.codes[$0] }, values: values.values))
      case .texts(let texts): .texts(texts.keeping { !isRemoved[$0] })
      }
    }
    currencies = currencies.mapValues { codes in kept.map { codes[$0] } }
    references = references.mapValues { part in
      switch part {
      case .keys(let keys): .keys(kept.map { keys[$0] })
      case .texts(let texts): .texts(texts.keeping { !isRemoved[$0] })
      default: part
      }
    }
    table = result
  }
}
