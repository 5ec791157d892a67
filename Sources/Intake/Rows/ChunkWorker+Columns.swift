import Records

extension ChunkWorker {
  /// The values of a column's cells.
  func part(
    _ column: ColumnPlan, at position: Int, _ chunk: Chunk, _ notes: inout CellNotes
  ) -> ColumnPart {
    switch column.kind {
    case .decimal:
      let isPlain = column.times == 1 && column.forms.readsPlainNumbers
      return .decimals(
        numbers(
          column, chunk, places: 4, &notes, plain: isPlain ? { $0.decimals(&$1) } : nil
        ) { CellParser.decimal($0, times: column.times) })
    case .rate:
      return .decimals(
        numbers(column, chunk, places: 9, &notes, plain: nil) { CellParser.rate($0) })
    case .date:
      return .days(
        values(column, chunk, null: Day.null, &notes, plain: { $0.days(&$1) }) {
          CellParser.date($0, order: column.forms.dates)
        })
    case .datetime:
      return .days(localDays(column, chunk, &notes))
    case .instant:
      return .instants(instants(column, chunk, &notes))
    case .flag:
      return .flags(
        values(column, chunk, null: 2, &notes, plain: { $0.flags(&$1) }) { CellParser.flag($0) })
    case .id where plan.keyForm == .salesforce, .reference where plan.keyForm == .salesforce:
      if let target = targets[position] {
        return .references(rows(column, of: target, memories[position], chunk, &notes))
      }
      return .keys(SalesforceKeys(keys(column, chunk, &notes)))
    case .category:
      return .codes(codes(column, at: position, chunk, &notes))
    case .text, .id, .reference:
      return .texts(texts(column, locate(column, in: chunk), &notes))
    }
  }

  // MARK: One cell

  /// The second of a time at which something changed.
  func stamp(_ cell: borrowing Span<UInt8>) -> Int64? {
    CellParser.moment(cell, order: plan.forms.dates).map { plan.localDays.instant(of: $0) }
  }

  func key(_ cell: borrowing Span<UInt8>) -> UInt128? {
    SalesforceID.key(cell) ?? SalesforceID.repairedKey(cell)
  }

  private func repairedKey(
    _ cell: borrowing Span<UInt8>, at position: Int, _ notes: inout CellNotes
  ) -> UInt128? {
    let key = SalesforceID.repairedKey(cell)
    if key != nil { notes.repaired.append(position) }
    return key
  }

  // MARK: All cells of a column

  /// Reads cells; an empty cell is null, one that cannot be read is noted.
  ///
  /// Those in the usual layouts are read by a kernel, where the column has one.
  @inline(__always)
  private func values<Value>(
    _ column: ColumnPlan, _ chunk: Chunk, null: Value, _ notes: inout CellNotes,
    plain: ((PlainColumn, inout [UInt32]) -> [Value])?,
    otherwise: (borrowing Span<UInt8>, Int, Int, inout CellNotes) -> Value? = { _, _, _, _ in nil },
    _ parse: (borrowing Span<UInt8>) -> Value?
  ) -> [Value] {
    let needsKey = column.kind == .id && column.cell != nil
    func value(_ cell: Range<Int>, _ row: Int, in source: [UInt8]) -> Value {
      let text = source.span
      var value: Value?
      if column.substitution != nil {
        let meant = meant(cell, in: source, column, &notes)
        value = meant.isEmpty ? (needsKey ? nil : null) : parse(meant.span)
        if value == nil { value = otherwise(meant.span, row, cell.lowerBound, &notes) }
      } else {
        let bytes = text.extracting(cell)
        value = CellParser.isNull(bytes) ? (needsKey ? nil : null) : parse(bytes)
        if value == nil { value = otherwise(bytes, row, cell.lowerBound, &notes) }
      }
      if value == nil {
        let trouble = CellTrouble(text.extracting(cell), column)
        notes.unreadable.append((row, cell.lowerBound, trouble))
      }
      return value ?? null
    }
    if let plain, let cell = column.cell, column.substitution == nil {
      var cells = self.plain(cell, in: chunk)
      cells.needsValue = needsKey
      var values = plain(cells, &others)
      if !others.isEmpty {
        locate(cell, in: chunk, rows: others)
        for (row, cell) in zip(others, self.cells) {
          values[Int(row)] = value(cell.range, Int(row), in: chunk.text)
        }
      }
      return values
    }
    let source = locate(column, in: chunk)
    return [Value](capacity: cells.count) { values in
      for row in cells.indices { values.append(value(cells[row].range, row, in: source)) }
    }
  }

  /// Numbers of which each is read as it stands where the column's form lets it, else as written.
  @inline(__always)
  private func numbers(
    _ column: ColumnPlan, _ chunk: Chunk, places: Int, _ notes: inout CellNotes,
    plain: ((PlainColumn, inout [UInt32]) -> [Int64])?,
    _ parse: (borrowing Span<UInt8>) -> Int64?
  ) -> [Int64] {
    let isPlain = column.forms.readsPlainNumbers
    let rowCount = self.rowCount
    return values(
      column, chunk, null: Exact.null, &notes, plain: plain,
      otherwise: { cell, row, _, notes in
        let number = CellParser.writtenNumber(
          cell, places: places, times: column.times, form: column.forms.numbers)
        if let currency = number?.currency {
          if notes.currencies.isEmpty {
            notes.currencies = [CurrencyCode?](repeating: nil, count: rowCount)
          }
          notes.currencies[row] = currency
        }
        return number?.value
      }, { isPlain ? parse($0) : nil })
  }

  /// The days on which times fall in the organisation's zone.
  private func localDays(
    _ column: ColumnPlan, _ chunk: Chunk, _ notes: inout CellNotes
  ) -> [Int32] {
    values(
      column, chunk, null: Day.null, &notes,
      plain: { [localDays = plan.localDays] in localDays.days(of: $0.instants(&$1)) }
    ) { cell in
      CellParser.moment(cell, order: column.forms.dates).map { plan.localDays.day(of: $0) }
    }
  }

  private func instants(
    _ column: ColumnPlan, _ chunk: Chunk, _ notes: inout CellNotes
  ) -> Instants {
    let seconds = values(
      column, chunk, null: Instants.null, &notes, plain: { $0.instants(&$1) }
    ) { cell in
      CellParser.moment(cell, order: column.forms.dates).map { moment in
        if case .day(let day) = moment { return Int64(day) * 86_400 }
        return plan.localDays.instant(of: moment)
      }
    }
    // What has no time of day stays on its day, in whatever zone.
    var unused = CellNotes()
    return Instants(seconds: seconds, days: localDays(column, chunk, &unused))
  }

  private func keys(
    _ column: ColumnPlan, _ chunk: Chunk, _ notes: inout CellNotes
  ) -> [UInt128] {
    values(
      column, chunk, null: SalesforceID.zero, &notes, plain: { $0.keys(&$1) },
      otherwise: { repairedKey($0, at: $2, &$3) }, { SalesforceID.key($0) })
  }

  /// The rows that keys name: of a small table the same ones come again and again, those of a large one
  /// are mostly near each other.
  private func rows(
    _ column: ColumnPlan, of target: SalesforceKeyIndex, _ memory: CellMemory, _ chunk: Chunk,
    _ notes: inout CellNotes
  ) -> [Int32] {
    let plain: (PlainColumn, inout [UInt32]) -> [Int32]
    if target.isSmall, !memory.isGivenUp {
      plain = { memory.recall($0, null: Reference.null, &$1) }
    } else if let table = target.followed {
      plain = { $0.rows(in: target, table, &$1) }
    } else {
      return target.rows(of: keys(column, chunk, &notes))
    }
    return values(
      column, chunk, null: Reference.null, &notes, plain: plain,
      otherwise: { repairedKey($0, at: $2, &$3).map { target.row(of: $0) } }
    ) { cell in
      guard let key = SalesforceID.key(cell) else { return nil }
      let row = target.row(of: key)
      if target.isSmall { memory.remember(cell, as: row) }
      return row
    }
  }

  private func codes(
    _ column: ColumnPlan, at position: Int, _ chunk: Chunk, _ notes: inout CellNotes
  ) -> Codes {
    // Taken out while it is used, so that its arrays are not copied.
    var reader = CategoryReader()
    swap(&reader, &categories[position])
    defer { swap(&reader, &categories[position]) }
    let memory = memories[position]
    var codes: [Int32]
    if let cell = column.cell, column.substitution == nil, !memory.isGivenUp {
      codes = memory.recall(plain(cell, in: chunk), null: Categories.null, &others)
      locate(cell, in: chunk, rows: others)
      for (row, cell) in zip(others, cells) {
        codes[Int(row)] = code(cell.range, in: chunk.text, column, memory, &reader, &notes)
      }
    } else {
      let source = locate(column, in: chunk)
      codes = cells.map { code($0.range, in: source, column, memory, &reader, &notes) }
    }
    return Codes(values: codes, worker: number, met: reader.takeMet())
  }

  /// The code of a cell's text, which is remembered where it stands in the file as it is meant.
  private func code(
    _ cell: Range<Int>, in source: [UInt8], _ column: ColumnPlan, _ memory: CellMemory,
    _ reader: inout CategoryReader, _ notes: inout CellNotes
  ) -> Int32 {
    let text = source.span
    let bytes = text.extracting(cell)
    guard column.substitution == nil, CellParser.isPlainText(bytes) else {
      return reader.code(
        of: text.extracting(spelled(cell, in: source)), at: cell.lowerBound, &notes
      ) { notes in meant(cell, in: source, column, &notes) }
    }
    let isNull = CellParser.isNull(bytes) || column.holdsReferences && CellParser.isZeroId(bytes)
    let code = isNull ? Categories.null : reader.code(of: bytes)
    memory.remember(bytes, as: code)
    return code
  }

  private func texts(
    _ column: ColumnPlan, _ source: [UInt8], _ notes: inout CellNotes
  ) -> Texts {
    var texts = Texts()
    texts.ends.reserveCapacity(cells.count)
    let text = source.span
    let needsKey = column.kind == .id && column.cell != nil
    let mayBeZero = column.holdsReferences
    for (row, cell) in cells.enumerated() {
      let bytes = text.extracting(cell.range)
      let start = texts.bytes.count
      if column.substitution != nil || !CellParser.isPlainText(bytes) {
        texts.bytes.append(contentsOf: meant(cell.range, in: source, column, &notes))
      } else if !CellParser.isNull(bytes), !(mayBeZero && CellParser.isZeroId(bytes)) {
        texts.bytes.append(contentsOf: source[cell.range])
      }
      texts.ends.append(texts.bytes.count)
      if needsKey, texts.bytes.count == start {
        notes.unreadable.append((row, Int(cell.start), .unreadable))
      }
    }
    return texts
  }
}
