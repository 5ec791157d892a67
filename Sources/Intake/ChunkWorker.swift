import Foundation
import Records

/// One thread's work: chunks of a file become parts of columns.
struct ChunkWorker {
  let number: Int
  let plan: FilePlan
  private var index = RecordIndex()
  private var scratch: [UInt8] = []
  private var substituted = 0
  /// Where cells of a UTF-8 file stand that are not UTF-8.
  private var misencoded: [Int] = []
  /// One interner for each column of repeating text.
  private(set) var interners: [ByteInterner]

  init(number: Int, plan: FilePlan) {
    self.number = number
    self.plan = plan
    interners = [ByteInterner](repeating: ByteInterner(), count: plan.columns.count)
  }

  /// Reads a chunk; nil where the careful reader must take over the file.
  mutating func read(_ chunk: Chunk, isCareful: Bool) -> ChunkRows? {
    index.update(chunk.text, dialect: plan.dialect, isCareful: isCareful)
    if index.isIrregular { return nil }
    var rows = ChunkRows(
      number: chunk.number, file: plan.fileNumber, parts: [], rowCount: 0, lines: [])
    let records = accept(chunk, &rows)
    var isRejected = [Bool](repeating: false, count: records.count)
    for (position, column) in plan.columns.enumerated() {
      substituted = 0
      rows.parts.append(
        part(column, at: position, chunk, records, rejected: &isRejected, &rows.findings))
      rows.substituted.append(substituted)
    }
    rows.lines = lines(of: records, in: chunk)
    rows.rowCount = records.count
    rows.newestStamp = newestStamp(chunk, records)
    let rejectedCount = isRejected.count { $0 }
    if rejectedCount > 0 {
      rows.counts.setAside += rejectedCount
      rows.remove(isRejected)
    }
    return rows
  }

  /// The records with the right number of cells that are not deleted.
  private func accept(_ chunk: Chunk, _ rows: inout ChunkRows) -> [Int] {
    var records: [Int] = []
    records.reserveCapacity(index.recordCount)
    for record in 0..<index.recordCount {
      let count = index.cellCount(record)
      if count != plan.cellCount {
        let bytes = index.bytes(record)
        let isBlank = bytes.allSatisfy { chunk.text[$0] == 0x0D }
        if isBlank { continue }
        rows.counts.read += 1
        rows.counts.setAside += 1
        report(
          IntakeFindings.wrongCellCount(count, expected: plan.cellCount), at: bytes.lowerBound,
          chunk, &rows.findings)
        continue
      }
      rows.counts.read += 1
      if let deletedCell = plan.deletedCell {
        let cell = content(index.cell(deletedCell, of: record), chunk)
        if CellParser.flag(chunk.text.span.extracting(cell)) == 1 {
          rows.counts.deleted += 1
          if let merge = merge(chunk, record) { rows.merges[merge.key] = merge.master }
          continue
        }
      }
      records.append(record)
    }
    return records
  }

  /// The keys of a deleted record that was merged into another.
  private func merge(_ chunk: Chunk, _ record: Int) -> (key: UInt128, master: UInt128)? {
    guard let keyCell = plan.keyCell, let masterCell = plan.masterCell else { return nil }
    let span = chunk.text.span
    let key = CellParser.salesforceKey(
      span.extracting(content(index.cell(keyCell, of: record), chunk)))
    let master = CellParser.salesforceKey(
      span.extracting(content(index.cell(masterCell, of: record), chunk)))
    guard let key, let master, master != SalesforceID.zero else { return nil }
    return (key, master)
  }

  /// Lines of the records; counted in the text only where a field holds a newline.
  private func lines(of records: [Int], in chunk: Chunk) -> [Int] {
    if chunk.newlines == index.recordCount { return records.map { chunk.line + $0 } }
    var line = chunk.line
    var position = 0
    return records.map { record in
      let start = index.bytes(record).lowerBound
      line += chunk.text[position..<start].count { $0 == plan.dialect.newline }
      position = start
      return line
    }
  }

  private func newestStamp(_ chunk: Chunk, _ records: [Int]) -> Int64? {
    guard let cell = plan.stampCell else { return nil }
    var newest: Int64?
    let span = chunk.text.span
    for record in records {
      let cell = span.extracting(content(index.cell(cell, of: record), chunk))
      if let instant = CellParser.instant(cell), instant > newest ?? Int64.min {
        newest = instant
      }
    }
    return newest
  }

  /// The bytes of a cell within its quotes.
  @inline(__always)
  private func content(_ cell: Range<Int>, _ chunk: Chunk) -> Range<Int> {
    var (start, end) = (cell.lowerBound, cell.upperBound)
    // Only the last cell of a record loses a carriage return: elsewhere it is a character.
    if end > start, chunk.text[end - 1] == 0x0D, chunk.text[end] == plan.dialect.newline {
      end -= 1
    }
    if end - start >= 2, chunk.text[start] == Dialect.quote,
      chunk.text[end - 1] == Dialect.quote
    {
      start += 1
      end -= 1
    }
    return start..<end
  }

  /// Calls a reader with the bytes of each record's cell, unescaped, decoded and substituted.
  @inline(__always)
  private mutating func forEachCell(
    _ column: ColumnPlan, _ chunk: Chunk, _ records: [Int],
    isText: Bool, _ body: (Int, Int, borrowing Span<UInt8>) -> Void
  ) {
    if let constant = column.constant {
      for position in records.indices { body(position, 0, constant.span) }
      return
    }
    guard let cellNumber = column.cell else {
      let nothing: [UInt8] = []
      for position in records.indices { body(position, 0, nothing.span) }
      return
    }
    let span = chunk.text.span
    for (position, record) in records.enumerated() {
      let raw = index.cell(cellNumber, of: record)
      let cell = content(raw, chunk)
      if isText || column.substitution != nil {
        if prepare(cell, isQuoted: cell.lowerBound > raw.lowerBound, column, chunk) {
          body(position, cell.lowerBound, scratch.span)
          continue
        }
      }
      if cell.count == 4, ChunkWorker.isNotAvailable(span.extracting(cell)) {
        body(position, cell.lowerBound, span.extracting(0..<0))
      } else {
        body(position, cell.lowerBound, span.extracting(cell))
      }
    }
  }

  /// The null marker `#N/A`.
  private static func isNotAvailable(_ cell: borrowing Span<UInt8>) -> Bool {
    cell[0] == 0x23 && cell[1] == 0x4E && cell[2] == 0x2F && cell[3] == 0x41
  }

  /// Puts a cell into `scratch` where it does not stand in the file as it is meant.
  private mutating func prepare(
    _ cell: Range<Int>, isQuoted: Bool, _ column: ColumnPlan, _ chunk: Chunk
  ) -> Bool {
    let bytes = chunk.text[cell]
    var isPrepared = false
    if isQuoted, bytes.contains(Dialect.quote) {
      scratch.removeAll(keepingCapacity: true)
      var skipsQuote = false
      for byte in bytes {
        if byte == Dialect.quote, skipsQuote {
          skipsQuote = false
          continue
        }
        skipsQuote = byte == Dialect.quote
        scratch.append(byte)
      }
      isPrepared = true
    }
    if bytes.contains(where: { $0 >= 0x80 }), !isReadable(bytes) {
      let source = isPrepared ? scratch : Array(bytes)
      if plan.dialect.encoding == .utf8 { misencoded.append(cell.lowerBound) }
      let text = String(data: Data(source), encoding: .windowsCP1252)
      scratch = Array((text ?? String(decoding: source, as: UTF8.self)).utf8)
      isPrepared = true
    }
    if let substitution = column.substitution, !cell.isEmpty {
      if let other = substitution(isPrepared ? scratch : Array(bytes)) {
        scratch = other
        isPrepared = true
        if substitution.isCorrection { substituted += 1 }
      }
    }
    return isPrepared
  }

  /// Whether bytes are the UTF-8 that the rest of the program takes them for.
  private func isReadable(_ bytes: ArraySlice<UInt8>) -> Bool {
    plan.dialect.encoding == .utf8 && String(validating: bytes, as: UTF8.self) != nil
  }

  private func report(
    _ finding: Finding, at position: Int, _ chunk: Chunk, _ log: inout FindingLog
  ) {
    var located = finding
    if log.count(of: finding.code) < FindingLog.placesKept {
      let before = chunk.text[..<position]
      let newline = plan.dialect.newline
      let lineStart = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
      located = finding.located(
        SourcePosition(
          file: plan.fileName, line: chunk.line + before.count { $0 == newline },
          column: 1 + plan.dialect.characterCount(before[lineStart...])))
    }
    log.add(located)
  }

  // MARK: Columns

  private mutating func part(
    _ column: ColumnPlan, at position: Int, _ chunk: Chunk, _ records: [Int],
    rejected: inout [Bool], _ log: inout FindingLog
  ) -> ColumnPart {
    var unreadable: [(row: Int, at: Int)] = []
    let plan = plan
    let part: ColumnPart
    switch column.kind {
    case .decimal, .rate:
      var values = [Int64](repeating: Exact.null, count: records.count)
      let isRate = column.kind == .rate
      forEachCell(column, chunk, records, isText: false) { row, at, cell in
        guard cell.count > 0 else { return }
        let value =
          isRate ? CellParser.rate(cell) : CellParser.decimal(cell, times: column.times)
        if let value { values[row] = value } else { unreadable.append((row, at)) }
      }
      part = .decimals(values)
    case .date, .datetime:
      var values = [Int32](repeating: Day.null, count: records.count)
      let isInstant = column.kind == .datetime
      forEachCell(column, chunk, records, isText: false) { row, at, cell in
        guard cell.count > 0 else { return }
        if isInstant, cell.count > 10, let instant = CellParser.instant(cell) {
          values[row] = plan.localDays.day(of: instant)
        } else if isInstant, cell.count > 10, CellParser.isoDate(cell) != nil {
          // A time that cannot be read would leave the day in doubt.
          unreadable.append((row, at))
        } else if let day = CellParser.date(cell, order: column.forms.dates) {
          values[row] = day
        } else {
          unreadable.append((row, at))
        }
      }
      part = .days(values)
    case .instant:
      var values = Instants(
        seconds: [Int64](repeating: Instants.null, count: records.count),
        days: [Int32](repeating: Day.null, count: records.count))
      forEachCell(column, chunk, records, isText: false) { row, at, cell in
        guard cell.count > 0 else { return }
        if cell.count > 10, let instant = CellParser.instant(cell) {
          values.seconds[row] = instant
          values.days[row] = plan.localDays.day(of: instant)
        } else if let day = CellParser.date(cell, order: column.forms.dates) {
          values.seconds[row] = Int64(day) * 86_400
          values.days[row] = day
        } else {
          unreadable.append((row, at))
        }
      }
      part = .instants(values)
    case .flag:
      var values = [UInt8](repeating: 2, count: records.count)
      forEachCell(column, chunk, records, isText: false) { row, at, cell in
        guard cell.count > 0 else { return }
        if let flag = CellParser.flag(cell) {
          values[row] = flag
        } else {
          unreadable.append((row, at))
        }
      }
      part = .flags(values)
    case .id where plan.keyForm == .salesforce, .reference where plan.keyForm == .salesforce:
      let isOwn = column.kind == .id
      var values = [UInt128](repeating: SalesforceID.zero, count: records.count)
      forEachCell(column, chunk, records, isText: false) { row, at, cell in
        guard cell.count > 0 else {
          if isOwn, column.cell != nil { unreadable.append((row, at)) }
          return
        }
        if let key = CellParser.salesforceKey(cell) {
          values[row] = key
        } else {
          unreadable.append((row, at))
        }
      }
      part = .keys(values)
    case .category:
      var codes = [Int32](repeating: Categories.null, count: records.count)
      var interner = interners[position]
      interners[position] = ByteInterner()
      forEachCell(column, chunk, records, isText: true) { row, _, cell in
        if cell.count > 0 { codes[row] = interner.code(of: cell) }
      }
      interners[position] = interner
      part = .codes(codes, worker: number)
    case .text, .id, .reference:
      var texts = Texts()
      texts.ends.reserveCapacity(records.count)
      let isOwn = column.kind == .id
      forEachCell(column, chunk, records, isText: true) { row, at, cell in
        for byte in 0..<cell.count { texts.bytes.append(cell[byte]) }
        texts.ends.append(texts.bytes.count)
        if isOwn, cell.count == 0, column.cell != nil { unreadable.append((row, at)) }
      }
      part = .texts(texts)
    }
    for position in misencoded {
      report(IntakeFindings.misencodedCell(plan.entity, column), at: position, chunk, &log)
    }
    misencoded.removeAll()
    for cell in unreadable {
      if column.isEssential { rejected[cell.row] = true }
      report(
        IntakeFindings.unreadableCell(plan.entity, column), at: cell.at, chunk, &log)
    }
    return part
  }
}

extension ChunkRows {
  /// Takes rows out of every column.
  mutating func remove(_ isRejected: [Bool]) {
    func kept<Value>(_ values: [Value]) -> [Value] {
      zip(values, isRejected).compactMap { $1 ? nil : $0 }
    }
    parts = parts.map { part in
      switch part {
      case .decimals(let values): .decimals(kept(values))
      case .days(let values): .days(kept(values))
      case .instants(let values):
        .instants(Instants(seconds: kept(values.seconds), days: kept(values.days)))
      case .flags(let values): .flags(kept(values))
      case .keys(let values): .keys(kept(values))
      case .codes(let values, let worker): .codes(kept(values), worker: worker)
      case .texts(let texts): .texts(texts.keeping { !isRejected[$0] })
      }
    }
    lines = kept(lines)
    rowCount = lines.count
  }
}

extension Texts {
  /// The rows for which a test holds.
  func keeping(_ isKept: (Int) -> Bool) -> Texts {
    var result = Texts()
    for row in 0..<count where isKept(row) { result.append(bytes[range(row)]) }
    return result
  }
}
