import Dispatch
import Synchronization

/// Work done by several threads at once, its results in order.
enum Parallel {
  /// The results of as many ranges of a count as there are threads; of one where it is small.
  static func ranges<Value: Sendable>(
    of count: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Value
  ) -> [Value] {
    let parts = count < 10_000 ? 1 : threads
    return map(parts, threads: parts) { body(count * $0 / parts..<count * ($0 + 1) / parts) }
  }

  /// The results of numbered pieces of work that threads take in turn.
  static func map<Value: Sendable>(
    _ count: Int, threads: Int, _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    let next = Mutex(0)
    let results = Mutex([Value?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: min(count, threads)) { _ in
      while true {
        let piece = next.withLock { next in
          next += 1
          return next - 1
        }
        guard piece < count else { return }
        let result = body(piece)
        results.withLock { $0[piece] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
