import Synchronization

/// Puts what several threads read behind each other, in the order of the file.
///
/// A thread leaves the rows of a chunk here and goes on; whoever finds nobody at it appends what comes
/// next. So a chunk's values are still in a cache when they are moved to where they stay, and no part of
/// a column is kept twice.
final class RowGatherer: Sendable {
  private struct Waiting {
    var chunks: [Int: ChunkRows] = [:]
    var next = 0

    mutating func takeNext() -> ChunkRows? {
      guard let rows = chunks.removeValue(forKey: next) else { return nil }
      next += 1
      return rows
    }
  }

  struct Gathered {
    var columns: [ColumnBuilder]
    /// In file order, without the parts of columns.
    var chunks: [ChunkRows] = []
  }

  private let waiting = Mutex(Waiting())
  private let gathered: Mutex<Gathered>
  private let byteCount: Int?

  /// The bytes of the whole file say how many rows to make room for; nil where not known.
  init(_ columns: consuming [ColumnBuilder], threads: Int, byteCount: Int?) {
    for column in columns.indices { columns[column].beginFile(threads: threads) }
    gathered = Mutex(Gathered(columns: columns))
    self.byteCount = byteCount
  }

  /// Takes the rows of a chunk.
  func add(_ rows: ChunkRows) {
    waiting.withLock { $0.chunks[rows.number] = rows }
    // Rows that another thread left while this one found the columns taken are seen by the next look.
    while waiting.withLock({ $0.chunks[$0.next] != nil }) {
      let isDone: Void? = gathered.withLockIfAvailable { gathered in
        while let next = waiting.withLock({ $0.takeNext() }) { append(next, to: &gathered) }
      }
      if isDone == nil { return }
    }
  }

  private func append(_ rows: ChunkRows, to gathered: inout Gathered) {
    var rows = rows
    if gathered.chunks.isEmpty, let byteCount, rows.byteCount > 0 {
      // As many rows to a byte as in the first chunk, and some more.
      let expected = byteCount / rows.byteCount * (rows.rowCount + rows.rowCount / 32)
      for column in gathered.columns.indices { gathered.columns[column].reserve(expected) }
    }
    for (column, part) in rows.parts.enumerated() { gathered.columns[column].append(part) }
    rows.parts = []
    gathered.chunks.append(rows)
  }

  /// What was gathered, once all threads are done.
  func finish() -> Gathered {
    gathered.withLock { gathered in
      var whole = Gathered(columns: [])
      swap(&whole, &gathered)
      return whole
    }
  }
}
