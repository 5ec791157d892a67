import Dispatch
import Records
import Synchronization

/// Reads one file with several threads that take its chunks in turn.
struct FileReading {
  let plan: FilePlan
  let threads: Int
  /// By column, the index of the table that its keys name, where that table was read before.
  var targets: [SalesforceKeyIndex?] = []
  var blockSize = ChunkReader.blockSize

  struct Result {
    /// In file order, without the parts of columns.
    var chunks: [ChunkRows] = []
    /// What of the file its charset has no character for.
    var undecodable = Undecodable()
  }

  /// Reads the file and appends its rows to columns, one for each of the plan; where a quote stands as
  /// RFC 4180 has none, once more with the careful reader.
  func run(_ file: OpenFile, into columns: inout [ColumnBuilder]) throws -> Result {
    do {
      if let result = try runFast(file, into: &columns) { return result }
      let reader = try file.reader(isCareful: true, blockSize: blockSize)
      return try run(reader, file.file.byteCount, into: &columns) ?? Result()
    } catch let error as StreamError {
      throw FindingsError([IntakeFindings.unreadable(plan.fileName, error)])
    } catch let error as UnclosedQuote {
      throw FindingsError([
        IntakeFindings.unclosedQuote(plan.fileName, line: error.line, column: error.column)
      ])
    }
  }

  /// Nil where the careful reader must take over: also where quotes do not pair, because it alone
  /// tells one that was never closed from one that is a character of its cell.
  private func runFast(_ file: OpenFile, into columns: inout [ColumnBuilder]) throws -> Result? {
    do {
      return try run(
        try file.reader(isCareful: false, blockSize: blockSize), file.file.byteCount,
        into: &columns)
    } catch is UnclosedQuote {
      return nil
    }
  }

  /// Columns hold nothing of a file that was not read to its end.
  private func run(
    _ reader: ChunkReader, _ byteCount: Int?, into columns: inout [ColumnBuilder]
  ) throws -> Result? {
    let marks = columns.map(\.mark)
    // Handed over, so that nobody else holds what grows.
    var handed: [ColumnBuilder] = []
    swap(&handed, &columns)
    let gatherer = RowGatherer(consume handed, threads: threads, byteCount: byteCount)
    let state = ReadingState()
    let targets =
      targets.isEmpty ? [SalesforceKeyIndex?](repeating: nil, count: plan.columns.count) : targets
    DispatchQueue.concurrentPerform(iterations: threads) { number in
      let worker = ChunkWorker(number: number, plan: plan, targets: targets)
      var chunk = Chunk()
      do {
        while !state.isStopped, try reader.next(&chunk) {
          guard let rows = worker.read(chunk, isCareful: reader.isCareful) else {
            state.stopAsIrregular()
            break
          }
          gatherer.add(rows)
        }
      } catch {
        state.fail(error)
      }
    }
    let gathered = gatherer.finish()
    columns = gathered.columns
    if state.isStopped {
      for column in columns.indices { columns[column].rollBack(to: marks[column]) }
      if let failure = state.failure { throw failure }
      return nil
    }
    return Result(chunks: gathered.chunks, undecodable: reader.undecodable)
  }

  /// What tells the threads to stop.
  private final class ReadingState: Sendable {
    private let state = Mutex<(failure: (any Error)?, isIrregular: Bool)>((nil, false))

    /// Whether a thread failed, or the careful reader must take over.
    var isStopped: Bool { state.withLock { $0.isIrregular || $0.failure != nil } }
    var failure: (any Error)? { state.withLock { $0.failure } }

    func stopAsIrregular() { state.withLock { $0.isIrregular = true } }

    func fail(_ error: sending any Error) {
      let error = error
      state.withLock { $0.failure = $0.failure ?? error }
    }
  }
}
