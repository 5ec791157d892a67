import CScan
import Records

/// One thread's work: chunks of a file become parts of columns.
///
/// A chunk is indexed, its records are accepted or set aside, then it is read column by column: the
/// kernel locates the column's cells, one loop turns them into values.
final class ChunkWorker {
  let number: Int
  let plan: FilePlan
  /// By column, the index of the table that its keys name, where that table was read before.
  let targets: [SalesforceKeyIndex?]
  private var index = RecordIndex()
  /// Numbers of the chunk's records that become rows.
  private var accepted: [UInt32] = []
  /// The cells of the column that is being read, one for each row; reused.
  private(set) var cells: [cscan_cell] = []
  /// The rows of a column whose cells the kernel left; reused.
  var others: [UInt32] = []
  /// Number of the chunk's records that become rows.
  var rowCount: Int { accepted.count }
  /// One reader for each column of repeating text.
  var categories: [CategoryReader]
  /// By column, what texts were read as that may come again.
  let memories: [CellMemory]

  init(number: Int, plan: FilePlan, targets: [SalesforceKeyIndex?]) {
    self.number = number
    self.plan = plan
    self.targets = targets
    categories = [CategoryReader](repeating: CategoryReader(), count: plan.columns.count)
    memories = plan.columns.map { _ in CellMemory() }
  }

  /// Reads a chunk; nil where the careful reader must take over the file.
  func read(_ chunk: Chunk, isCareful: Bool) -> ChunkRows? {
    index.update(chunk.text, dialect: plan.dialect, isCareful: isCareful)
    if index.isIrregular { return nil }
    var rows = ChunkRows(number: chunk.number, file: plan.fileNumber, byteCount: chunk.text.count)
    accept(chunk, &rows)
    if plan.readsDeleted { keepDeleted(chunk, &rows) } else { removeDeleted(chunk, &rows) }
    rows.lines = lines(in: chunk)
    rows.newestStamp = newestStamp(chunk)
    var isRejected: [Bool] = []
    for (position, column) in plan.columns.enumerated() {
      var notes = CellNotes()
      if column.cell == nil && column.constant == nil {
        rows.parts.append(.absent(accepted.count))
      } else {
        rows.parts.append(part(column, at: position, chunk, &notes))
      }
      rows.substituted.append(notes.substituted)
      rows.currencies.append(notes.currencies)
      for at in notes.repaired {
        report(IntakeFindings.repairedId(plan.entity, column), at: at, chunk, &rows.findings)
      }
      for at in notes.misencoded {
        report(IntakeFindings.misencodedCell(plan.entity, column), at: at, chunk, &rows.findings)
      }
      for cell in notes.unreadable {
        if column.isEssential {
          if isRejected.isEmpty {
            isRejected = [Bool](repeating: false, count: accepted.count)
          }
          isRejected[cell.row] = true
        }
        report(
          IntakeFindings.unreadableCell(plan.entity, column, cell.trouble), at: cell.at, chunk,
          &rows.findings)
      }
    }
    if !isRejected.isEmpty {
      rows.counts.setAside += isRejected.count { $0 }
      rows.remove(isRejected)
    }
    return rows
  }

  // MARK: Rows

  /// Accepts the records with the right number of cells.
  private func accept(_ chunk: Chunk, _ rows: inout ChunkRows) {
    // Rows of one cell at the end may be a report's footer: the whole file shows whether they are.
    let tailStart = ReportFooter.start(in: index, of: plan.cellCount, chunk.text)
    rows.tail.isWholeChunk = tailStart == 0
    for record in index.accept(cells: plan.cellCount, into: &accepted) {
      let bytes = index.bytes(record)
      let isBlank = bytes.allSatisfy { chunk.text[$0] == 0x0D }
      if isBlank {
        if record >= tailStart { rows.tail.addBlank() }
        continue
      }
      rows.counts.setAside += 1
      rows.counts.ragged += 1
      let finding = IntakeFindings.wrongCellCount(
        index.cellCount(record), expected: plan.cellCount,
        lines: 1 + chunk.text[bytes].count { $0 == plan.dialect.newline })
      if record >= tailStart {
        rows.tail.add(located(finding, at: bytes.lowerBound, chunk))
      } else {
        report(finding, at: bytes.lowerBound, chunk, &rows.findings)
      }
    }
    rows.counts.read = accepted.count + rows.counts.setAside
  }

  /// Takes deleted records out; notes those that were merged into another.
  private func removeDeleted(_ chunk: Chunk, _ rows: inout ChunkRows) {
    guard let deletedCell = plan.deletedCell else { return }
    let isDeleted = self.isDeleted(deletedCell, in: chunk)
    guard isDeleted.contains(1) else { return }
    let deleted = zip(accepted, isDeleted).filter { $0.1 == 1 }.map(\.0)
    let kept = zip(accepted, isDeleted).filter { $0.1 != 1 }.map(\.0)
    rows.counts.deleted = deleted.count
    if let keyCell = plan.keyCell {
      accepted = deleted
      let text = chunk.text.span
      locate(keyCell, in: chunk)
      let keys = cells.map { key(text.extracting($0.range)) }
      for case let key? in keys { rows.merges[key] = SalesforceID.zero }
      if let masterCell = plan.masterCell {
        locate(masterCell, in: chunk)
        let masters = cells.map { key(text.extracting($0.range)) }
        for case (let key?, let master?) in zip(keys, masters) { rows.merges[key] = master }
      }
    }
    accepted = kept
  }

  /// Takes all other records out.
  private func keepDeleted(_ chunk: Chunk, _ rows: inout ChunkRows) {
    let isDeleted = plan.deletedCell.map { self.isDeleted($0, in: chunk) } ?? []
    accepted = zip(accepted, isDeleted).filter { $0.1 == 1 }.map(\.0)
    rows.counts.read = accepted.count + rows.counts.setAside
  }

  private func isDeleted(_ cell: Int, in chunk: Chunk) -> [UInt8] {
    var flags = plain(cell, in: chunk).flags(&others)
    locate(cell, in: chunk, rows: others)
    for (row, cell) in zip(others, cells) {
      flags[Int(row)] = CellParser.flag(chunk.text.span.extracting(cell.range)) ?? 2
    }
    return flags
  }

  /// Lines of the records; counted in the text only where a field holds a newline.
  private func lines(in chunk: Chunk) -> RowLines {
    let isLinePerRecord = chunk.newlines == index.recordCount
    if isLinePerRecord, accepted.count == index.recordCount {
      return RowLines(from: chunk.line, count: accepted.count)
    }
    var lines = RowLines()
    var line = chunk.line
    var position = 0
    for record in accepted {
      if isLinePerRecord {
        lines.append(chunk.line + Int(record))
        continue
      }
      let start = index.bytes(Int(record)).lowerBound
      line += chunk.text[position..<start].count { $0 == plan.dialect.newline }
      position = start
      lines.append(line)
    }
    return lines
  }

  private func newestStamp(_ chunk: Chunk) -> Int64? {
    guard let stampCell = plan.stampCell else { return nil }
    let newest = plain(stampCell, in: chunk).newest(&others)
    locate(stampCell, in: chunk, rows: others)
    let stamps = cells.compactMap { stamp(chunk.text.span.extracting($0.range)) }
    return [newest, stamps.max()].compactMap { $0 }.max()
  }

  // MARK: Cells

  /// A column of the accepted records, for the kernels.
  func plain(_ cell: Int, in chunk: Chunk) -> PlainColumn {
    PlainColumn(
      index: index, cell: cell, wanted: accepted, text: chunk.text, dialect: plan.dialect)
  }

  /// Locates the cells of a column and says in which bytes they stand.
  func locate(_ column: ColumnPlan, in chunk: Chunk) -> [UInt8] {
    if let cell = column.cell {
      locate(cell, in: chunk)
      return chunk.text
    }
    let constant = column.constant ?? []
    let cell = cscan_cell(start: 0, end: UInt32(constant.count))
    cells = [cscan_cell](repeating: cell, count: accepted.count)
    return constant
  }

  private func locate(_ cell: Int, in chunk: Chunk) {
    plain(cell, in: chunk).locate(into: &cells)
  }

  /// Locates the cells of some rows only.
  func locate(_ cell: Int, in chunk: Chunk, rows: [UInt32]) {
    var column = plain(cell, in: chunk)
    column.wanted = rows.map { accepted[Int($0)] }
    column.locate(into: &cells)
  }

  private func report(
    _ finding: Finding, at position: Int, _ chunk: Chunk, _ log: inout FindingLog
  ) {
    let isPlaced = log.count(of: finding.code) < FindingLog.placesKept
    log.add(isPlaced ? located(finding, at: position, chunk) : finding)
  }

  private func located(_ finding: Finding, at position: Int, _ chunk: Chunk) -> Finding {
    let before = chunk.text[..<position]
    let newline = plan.dialect.newline
    let lineStart = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
    return finding.located(
      SourcePosition(
        file: plan.fileName, line: chunk.line + before.count { $0 == newline },
        column: plan.dialect.hasColumns
          ? 1 + plan.dialect.characterCount(before[lineStart...]) : 0))
  }
}

extension cscan_cell {
  var range: Range<Int> { Int(start)..<Int(end) }
}

/// What is to be said about the cells of one column of one chunk.
struct CellNotes {
  /// Rows whose cell is no such value, and where it stands in the text.
  var unreadable: [(row: Int, at: Int, trouble: CellTrouble)] = []
  /// Where Ids stand of which a spreadsheet had destroyed the case.
  var repaired: [Int] = []
  /// Currencies that stand beside numbers, by row; empty where there is none.
  var currencies: [CurrencyCode?] = []
  /// Where cells of a UTF-8 file stand that are not UTF-8.
  var misencoded: [Int] = []
  /// Cells that were read as another text that is meant by them.
  var substituted = 0
}
