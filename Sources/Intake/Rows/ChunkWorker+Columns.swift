import Records

extension ChunkWorker {
  /// The values of a column's cells, which stand in the source.
  func part(
    _ column: ColumnPlan, at position: Int, _ source: [UInt8], _ notes: inout CellNotes
  ) -> ColumnPart {
    switch column.kind {
    case .decimal:
      return .decimals(numbers(column, source, places: 4, &notes) { decimal($0, column.times) })
    case .rate:
      return .decimals(numbers(column, source, places: 9, &notes) { CellParser.rate($0) })
    case .date:
      return .days(values(column, source, null: Day.null, &notes) { day($0, column) })
    case .datetime:
      return .days(
        values(column, source, null: Day.null, &notes) { dayOfInstant($0, column) })
    case .instant:
      return .instants(instants(column, source, &notes))
    case .flag:
      return .flags(values(column, source, null: 2, &notes) { CellParser.flag($0) })
    case .id where plan.keyForm == .salesforce, .reference where plan.keyForm == .salesforce:
      let keys = values(
        column, source, null: SalesforceID.zero, &notes,
        otherwise: { cell, _, at, notes in
          let key = SalesforceID.repairedKey(cell)
          if key != nil { notes.repaired.append(at) }
          return key
        }, { SalesforceID.key($0) })
      return targets[position].map { .references($0.rows(of: keys)) } ?? .keys(keys)
    case .category:
      return .codes(codes(column, at: position, source, &notes), worker: number)
    case .text, .id, .reference:
      return .texts(texts(column, source, &notes))
    }
  }

  // MARK: One cell

  private func decimal(_ cell: borrowing Span<UInt8>, _ times: Int64) -> Int64? {
    if times == 1, let value = CellParser.plainDecimal(cell) { return value }
    return CellParser.decimal(cell, times: times)
  }

  private func day(_ cell: borrowing Span<UInt8>, _ column: ColumnPlan) -> Int32? {
    if let day = CellParser.plainDay(cell), cell.count == 10 || CellParser.isMidnight(cell) {
      return day
    }
    return CellParser.date(cell, order: column.forms.dates)
  }

  /// The second of a time at which something changed.
  func stamp(_ cell: borrowing Span<UInt8>) -> Int64? {
    CellParser.plainInstant(cell)
      ?? CellParser.moment(cell, order: plan.forms.dates).map { plan.localDays.instant(of: $0) }
  }

  func key(_ cell: borrowing Span<UInt8>) -> UInt128? {
    SalesforceID.key(cell) ?? SalesforceID.repairedKey(cell)
  }

  private func moment(
    _ cell: borrowing Span<UInt8>, _ column: ColumnPlan
  ) -> CellParser.Moment? {
    CellParser.plainInstant(cell).map { .instant($0) }
      ?? CellParser.moment(cell, order: column.forms.dates)
  }

  private func dayOfInstant(_ cell: borrowing Span<UInt8>, _ column: ColumnPlan) -> Int32? {
    moment(cell, column).map { plan.localDays.day(of: $0) }
  }

  // MARK: All cells of a column

  /// Reads cells one by one; an empty cell is null, one that cannot be read is noted.
  @inline(__always)
  private func values<Value>(
    _ column: ColumnPlan, _ source: [UInt8], null: Value, _ notes: inout CellNotes,
    otherwise: (borrowing Span<UInt8>, Int, Int, inout CellNotes) -> Value? = { _, _, _, _ in nil },
    _ parse: (borrowing Span<UInt8>) -> Value?
  ) -> [Value] {
    let text = source.span
    let cells = self.cells
    let needsKey = column.kind == .id && column.cell != nil
    return [Value](capacity: cells.count) { values in
      for row in cells.indices {
        let cell = cells[row].range
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
        values.append(value ?? null)
      }
    }
  }

  /// Numbers of which each is read as it stands where the column's form lets it, else as written.
  private func numbers(
    _ column: ColumnPlan, _ source: [UInt8], places: Int, _ notes: inout CellNotes,
    _ parse: (borrowing Span<UInt8>) -> Int64?
  ) -> [Int64] {
    let isPlain = column.forms.readsPlainNumbers
    let rowCount = cells.count
    return values(
      column, source, null: Exact.null, &notes,
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

  private func instants(
    _ column: ColumnPlan, _ source: [UInt8], _ notes: inout CellNotes
  ) -> Instants {
    let seconds = values(column, source, null: Instants.null, &notes) { cell in
      moment(cell, column).map { moment in
        if case .day(let day) = moment { return Int64(day) * 86_400 }
        return plan.localDays.instant(of: moment)
      }
    }
    // What has no time of day stays on its day, in whatever zone.
    var unused = CellNotes()
    let days = values(column, source, null: Day.null, &unused) { cell in
      dayOfInstant(cell, column)
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
    let mayBeZero = column.holdsReferences
    return [Int32](capacity: cells.count) { codes in
      for cell in cells {
        let range = cell.range
        let bytes = text.extracting(range)
        if column.substitution == nil, CellParser.isPlainText(bytes) {
          let isNull = CellParser.isNull(bytes) || mayBeZero && CellParser.isZeroId(bytes)
          codes.append(isNull ? Categories.null : reader.code(of: bytes))
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
