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
    /// In file order.
    var chunks: [ChunkRows]
    /// By worker and column.
    var interners: [[ByteInterner]]
    /// What of the file its charset has no character for.
    var undecodable = Undecodable()
  }

  /// Threads hand their results over here.
  private struct Shared: ~Copyable {
    var chunks: [ChunkRows] = []
    var interners: [[ByteInterner]]
    var failure: (any Error)?
    var isIrregular = false
  }

  /// Reads the file; where a quote stands as RFC 4180 has none, once more with the careful reader.
  func run(_ file: OpenFile) throws -> Result {
    do {
      if let result = try runFast(file) { return result }
      let reader = try file.reader(isCareful: true, blockSize: blockSize)
      return try run(reader) ?? Result(chunks: [], interners: [])
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
  private func runFast(_ file: OpenFile) throws -> Result? {
    do {
      return try run(try file.reader(isCareful: false, blockSize: blockSize))
    } catch is UnclosedQuote {
      return nil
    }
  }

  private func run(_ reader: ChunkReader) throws -> Result? {
    let shared = SharedBox(threads: threads)
    let targets =
      targets.isEmpty ? [SalesforceKeyIndex?](repeating: nil, count: plan.columns.count) : targets
    DispatchQueue.concurrentPerform(iterations: threads) { number in
      let worker = ChunkWorker(number: number, plan: plan, targets: targets)
      var chunk = Chunk()
      var rows: [ChunkRows] = []
      do {
        while !shared.isStopped, try reader.next(&chunk) {
          guard let read = worker.read(chunk, isCareful: reader.isCareful) else {
            shared.stopAsIrregular()
            break
          }
          rows.append(read)
        }
        shared.add(rows, interners: worker.categories.map(\.values), worker: number)
      } catch {
        shared.fail(error)
      }
    }
    var result = try shared.result()
    result?.undecodable = reader.undecodable
    return result
  }

  /// What the threads share, under one lock.
  private final class SharedBox: Sendable {
    private let shared: Mutex<Shared>

    init(threads: Int) {
      shared = Mutex(Shared(interners: [[ByteInterner]](repeating: [], count: threads)))
    }

    var isStopped: Bool { shared.withLock { $0.isIrregular || $0.failure != nil } }

    func stopAsIrregular() { shared.withLock { $0.isIrregular = true } }

    func fail(_ error: sending any Error) {
      let error = error
      shared.withLock { $0.failure = $0.failure ?? error }
    }

    func add(_ rows: sending [ChunkRows], interners: [ByteInterner], worker: Int) {
      let rows = rows
      shared.withLock {
        $0.chunks += rows
        $0.interners[worker] = interners
      }
    }

    /// Nil where the careful reader must take over.
    func result() throws -> Result? {
      try shared.withLock { shared in
        if shared.isIrregular { return nil }
        if let failure = shared.failure { throw failure }
        return Result(
          chunks: shared.chunks.sorted { $0.number < $1.number }, interners: shared.interners)
      }
    }
  }
}
