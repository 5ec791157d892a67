import Records

extension ChunkWorker {
  /// The values of a column's cells, which stand in the source.
  func part(
    _ column: ColumnPlan, at position: Int, _ source: [UInt8], _ notes: inout CellNotes
  ) -> ColumnPart {
    switch column.kind {
    case .decimal:
      return .decimals(
        values(column, source, null: Exact.null, &notes) { decimal($0, column) })
    case .rate:
      return .decimals(values(column, source, null: Exact.null, &notes) { CellParser.rate($0) })
    case .date:
      return .days(values(column, source, null: Day.null, &notes) { day($0) })
    case .datetime:
      return .days(values(column, source, null: Day.null, &notes) { dayOfInstant($0) })
    case .instant:
      return .instants(instants(column, source, &notes))
    case .flag:
      return .flags(values(column, source, null: 2, &notes) { CellParser.flag($0) })
    case .id where plan.keyForm == .salesforce, .reference where plan.keyForm == .salesforce:
      let keys = values(column, source, null: SalesforceID.zero, &notes) { key($0) }
      return targets[position].map { .references($0.rows(of: keys)) } ?? .keys(keys)
    case .category:
      return .codes(codes(column, at: position, source, &notes), worker: number)
    case .text, .id, .reference:
      return .texts(texts(column, source, &notes))
    }
  }

  // MARK: One cell

  private func decimal(_ cell: borrowing Span<UInt8>, _ column: ColumnPlan) -> Int64? {
    // Where numbers are written otherwise, a point may group their digits.
    if column.times == 1, column.forms.numbers == nil,
      let value = CellParser.plainDecimal(cell)
    {
      return value
    }
    return CellParser.decimal(cell, times: column.times)
  }

  private func day(_ cell: borrowing Span<UInt8>) -> Int32? {
    CellParser.plainDay(cell) ?? CellParser.date(cell, order: plan.forms.dates)
  }

  func instant(_ cell: borrowing Span<UInt8>) -> Int64? {
    CellParser.plainInstant(cell) ?? CellParser.instant(cell)
  }

  func key(_ cell: borrowing Span<UInt8>) -> UInt128? {
    CellParser.plainKey(cell) ?? CellParser.salesforceKey(cell)
  }

  private func dayOfInstant(_ cell: borrowing Span<UInt8>) -> Int32? {
    if cell.count > 10 {
      if let instant = instant(cell) { return plan.localDays.day(of: instant) }
      // A time that cannot be read would leave the day in doubt.
      if CellParser.isoDate(cell) != nil { return nil }
    }
    return day(cell)
  }

  // MARK: All cells of a column

  /// Reads cells one by one; an empty cell is null, one that cannot be read is noted.
  @inline(__always)
  private func values<Value>(
    _ column: ColumnPlan, _ source: [UInt8], null: Value, _ notes: inout CellNotes,
    _ parse: (borrowing Span<UInt8>) -> Value?
  ) -> [Value] {
    let text = source.span
    let cells = self.cells
    let needsKey = column.kind == .id && column.cell != nil
    return [Value](capacity: cells.count) { values in
      for row in cells.indices {
        let cell = cells[row].range
        let value: Value?
        if column.substitution != nil {
          let meant = meant(cell, in: source, column, &notes)
          value = meant.isEmpty ? (needsKey ? nil : null) : parse(meant.span)
        } else {
          let bytes = text.extracting(cell)
          value = CellParser.isNull(bytes) ? (needsKey ? nil : null) : parse(bytes)
        }
        if value == nil { notes.unreadable.append((row, cell.lowerBound)) }
        values.append(value ?? null)
      }
    }
  }

  private func instants(
    _ column: ColumnPlan, _ source: [UInt8], _ notes: inout CellNotes
  ) -> Instants {
    let seconds = values(column, source, null: Instants.null, &notes) { cell in
      (cell.count > 10 ? instant(cell) : nil) ?? day(cell).map { Int64($0) * 86_400 }
    }
    // What has no time of day stays on its day, in whatever zone.
    var unused = CellNotes()
    let days = values(column, source, null: Day.null, &unused) { cell in
      (cell.count > 10 ? instant(cell) : nil).map { plan.localDays.day(of: $0) } ?? day(cell)
    }
    return Instants(seconds: seconds, days: days)
  }

  private func codes(
    _ column: ColumnPlan, at position: Int, _ source: [UInt8], _ notes: inout CellNotes
  ) -> [Int32] {
    // Taken out while it is used, so that its arrays are not copied.
    var reader = CategoryReader()
    swap(&reader, &categories[position])
    defer { swap(&reader, &categories[position]) }
    let text = source.span
    return [Int32](capacity: cells.count) { codes in
      for cell in cells {
        let range = cell.range
        let bytes = text.extracting(range)
        if column.substitution == nil, CellParser.isPlainText(bytes) {
          codes.append(CellParser.isNull(bytes) ? Categories.null : reader.code(of: bytes))
        } else {
          let spelled = text.extracting(spelled(range, in: source))
          codes.append(
            reader.code(of: spelled, at: range.lowerBound, &notes) { notes in
              meant(range, in: source, column, &notes)
            })
        }
      }
    }
  }

  private func texts(
    _ column: ColumnPlan, _ source: [UInt8], _ notes: inout CellNotes
  ) -> Texts {
    var texts = Texts()
    texts.ends.reserveCapacity(cells.count)
    let text = source.span
    let needsKey = column.kind == .id && column.cell != nil
    for (row, cell) in cells.enumerated() {
      let bytes = text.extracting(cell.range)
      let start = texts.bytes.count
      if column.substitution != nil || !CellParser.isPlainText(bytes) {
        texts.bytes.append(contentsOf: meant(cell.range, in: source, column, &notes))
      } else if !CellParser.isNull(bytes) {
        texts.bytes.append(contentsOf: source[cell.range])
      }
      texts.ends.append(texts.bytes.count)
      if needsKey, texts.bytes.count == start {
        notes.unreadable.append((row, Int(cell.start)))
      }
    }
    return texts
  }
}
