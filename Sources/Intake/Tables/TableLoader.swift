import Records

/// Gathers the parts of an entity's columns from its files, then joins them to a table.
struct TableLoader {
  let entity: Entity
  let fields: [Field]
  let threads: Int
  let blockSize: Int
  /// By field, the index of the table that its keys name, where that table was read before.
  private let targets: [SalesforceKeyIndex?]
  /// What was read, in file order, without the parts of columns.
  private(set) var chunks: [ChunkRows] = []
  private(set) var columns: [ColumnBuilder]
  private(set) var files: [String] = []
  /// What was found in whole files.
  private var fileFindings = FindingLog()

  init(
    entity: Entity, fields: [Field], keyForm: Mapping.KeyForm, indexes: [Entity: KeyIndex],
    threads: Int, blockSize: Int, keepsCells: Bool = true
  ) {
    self.entity = entity
    targets = fields.map { field in
      guard case .reference(let target) = field.kind,
        case .salesforce(var index) = indexes[target]
      else { return nil }
      if !entity.keepsStrangers(field) { index.strangers = nil }
      return index
    }
    columns = zip(fields, targets).map {
      keepsCells
        ? ColumnBuilder($0.kind, keyForm: keyForm, isResolved: $1 != nil) : ColumnBuilder.counting
    }
    self.fields = fields
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
    var result = try FileReading(
      plan: plan, threads: threads, targets: targets, blockSize: blockSize
    ).run(file, into: &columns)
    let footer = ReportFooter.settle(&result.chunks)
    if let first = footer.first {
      fileFindings.add(IntakeFindings.reportFooter(at: first), count: footer.count, places: footer)
    }
    var counts = RowCounts()
    for chunk in result.chunks { counts.add(chunk.counts) }
    chunks += result.chunks
    if result.undecodable.count > 0 {
      let finding = IntakeFindings.undecodable(
        plan.fileName, plan.dialect, line: result.undecodable.line)
      fileFindings.add(
        finding, count: result.undecodable.count, places: [finding.at].compactMap { $0 })
    }
    return counts
  }

  /// Everything found in the rows, in file order.
  var findings: FindingLog {
    var log = fileFindings
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
}

/// A table of which some reference columns still hold keys.
struct UnresolvedTable {
  var table: Table
  /// Keys of records of tables that are not read yet, or of the table itself.
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
      case .salesforce(let keys): .salesforce(SalesforceKeys(kept.map { keys[$0] }))
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
      case .keys(let keys): .keys(SalesforceKeys(kept.map { keys[$0] }))
      case .texts(let texts): .texts(texts.keeping { !isRemoved[$0] })
      default: part
      }
    }
    table = result
  }
}
