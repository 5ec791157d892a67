import Records

/// Looks through the files of an entity for the rows of some keys, whatever became of them.
///
/// Reading keeps nothing of a row that was deleted or set aside; this second, careful reading says
/// what it was, and is made only where somebody asks for such a record.
struct RowSearch {
  /// A key in the form in which it is compared.
  enum Key: Hashable {
    case salesforce(UInt128)
    case text(String)

    /// Nil where the text can be no key of the form.
    init?(_ text: String, form: Mapping.KeyForm) {
      guard form == .salesforce else {
        self = .text(text)
        return
      }
      let bytes = Array(text.utf8)
      guard let key = SalesforceID.key(bytes.span) ?? SalesforceID.repairedKey(bytes.span) else {
        return nil
      }
      self = .salesforce(key)
    }
  }

  /// A row of the export that has one of the keys.
  struct Hit {
    let at: SourcePosition
    let isDeleted: Bool
    /// The record into which it was merged.
    let master: String?
    /// The finding for which it was set aside, by its code; nil where its cells are in order.
    let code: String?
    /// The cell of the value.
    let value: Int64?
  }

  let entity: Entity
  let mapping: Mapping
  let files: ExportFiles
  let forms: CellForms
  /// The field of the value.
  let valueField: String

  init(_ entity: Entity, in request: LoadRequest, valueField: String) throws {
    self.entity = entity
    self.valueField = valueField
    mapping = request.mapping
    forms = request.forms
    files = try ExportFiles(at: request.paths, stated: request.dialect, limits: request.limits)
  }

  /// The rows of each key, in the order of the files.
  func rows(of keys: Set<Key>) throws -> [Key: [Hit]] {
    var hits: [Key: [Hit]] = [:]
    guard !keys.isEmpty else { return hits }
    for source in mapping.sources[entity] ?? [] where !source.isDistinct {
      for file in files.files where source.reads(file.names) {
        try search(try OpenFile(file), source, keys, &hits)
      }
    }
    return hits
  }

  private func search(
    _ file: OpenFile, _ source: Mapping.Source, _ keys: Set<Key>, _ hits: inout [Key: [Hit]]
  ) throws {
    func position(_ field: String) -> Int? {
      FilePlanner.way(to: field, of: entity, in: file.header, source)?.cells.first
    }
    guard let keyCell = position("Id") else { return }
    let deletedCell = position("IsDeleted")
    let masterCell = position("MasterRecordId")
    let essential = entity.fields.filter(\.isEssential).compactMap { field in
      position(field.name).map { plan(field, at: $0, source) }
    }
    let valueColumn = position(valueField).map {
      plan(Field(valueField, .decimal), at: $0, source)
    }
    let reader = try file.reader(isCareful: true, blockSize: ChunkReader.blockSize)
    var chunk = Chunk()
    while try reader.next(&chunk) {
      let index = CarefulIndex(chunk.text, dialect: file.dialect)
      var first = 0
      var line = chunk.line
      for end in index.records.map(Int.init) {
        let start = first == 0 ? 0 : Int(index.separators[first - 1]) + 1
        let ends = index.separators[first..<end].map(Int.init)
        first = end
        defer {
          line += chunk.text[start...ends[ends.count - 1]].count { $0 == file.dialect.newline }
        }
        func text(_ cell: Int?) -> String? {
          guard let cell, cell < ends.count else { return nil }
          let from = cell == 0 ? start : ends[cell - 1] + 1
          return OpenFile.cellText(chunk.text[from..<ends[cell]])
        }
        guard let written = text(keyCell), let key = Key(written, form: mapping.keys),
          keys.contains(key)
        else { continue }
        var code: String?
        if ends.count != file.header.names.count {
          code =
            IntakeFindings.wrongCellCount(ends.count, expected: file.header.names.count, lines: 1)
            .code
        }
        for column in essential where code == nil {
          guard let cell = text(column.cell) else { continue }
          let bytes = Array(cell.utf8)
          if !column.reads(bytes.span, keyForm: mapping.keys) {
            code =
              IntakeFindings.unreadableCell(entity, column, CellTrouble(bytes.span, column)).code
          }
        }
        let deleted = text(deletedCell).flatMap { CellParser.flag(Array($0.utf8).span) } == 1
        hits[key, default: []].append(
          Hit(
            at: SourcePosition(file: file.file.name, line: line), isDeleted: deleted,
            master: text(masterCell).flatMap { $0.isEmpty ? nil : $0 }, code: code,
            value: valueColumn.flatMap { column in
              text(column.cell).flatMap { column.number(Array($0.utf8).span) }
            }))
      }
    }
  }

  private func plan(_ field: Field, at cell: Int, _ source: Mapping.Source) -> ColumnPlan {
    ColumnPlan(
      field: field.name, kind: field.kind, isEssential: true, cell: cell, constant: nil,
      substitution: nil, times: 1, forms: forms.filled(by: mapping.forms))
  }
}

extension ColumnPlan {
  /// Whether a cell is empty or what the column holds.
  fileprivate func reads(_ cell: borrowing Span<UInt8>, keyForm: Mapping.KeyForm) -> Bool {
    if CellParser.isNull(cell) { return kind != .id }
    switch kind {
    case .decimal, .rate: return number(cell) != nil
    case .date: return CellParser.date(cell, order: forms.dates) != nil
    case .datetime, .instant: return CellParser.moment(cell, order: forms.dates) != nil
    case .flag: return CellParser.flag(cell) != nil
    case .id, .reference:
      return keyForm != .salesforce || SalesforceID.key(cell) != nil
        || SalesforceID.repairedKey(cell) != nil
    case .text, .category: return true
    }
  }

  /// The number that a cell holds, exact to 1/10,000.
  fileprivate func number(_ cell: borrowing Span<UInt8>) -> Int64? {
    let plain = forms.readsPlainNumbers ? CellParser.decimal(cell) : nil
    return plain
      ?? CellParser.writtenNumber(cell, places: 4, times: 1, form: forms.numbers)?.value
  }
}
