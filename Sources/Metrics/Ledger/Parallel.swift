import Dispatch
import Synchronization

/// Work over rows cut into disjoint chunks whose results are put together in chunk order, so that
/// they are the same for any number of threads.
enum Parallel {
  /// Rows below which a second thread does not pay.
  static let worthwhile = 50_000

  /// The chunks of a number of rows, one a thread.
  static func chunks(of rows: Int, threads: Int) -> [Range<Int>] {
    let count = rows < worthwhile ? 1 : max(threads, 1)
    let length = (rows + count - 1) / count
    return (0..<count).map { min($0 * length, rows)..<min(($0 + 1) * length, rows) }
  }

  /// The results of a body for each chunk, in chunk order.
  static func map<Result: Sendable>(
    _ chunks: [Range<Int>], _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    guard chunks.count > 1 else { return chunks.map(body) }
    let results = Mutex<[Result?]>([Result?](repeating: nil, count: chunks.count))
    DispatchQueue.concurrentPerform(iterations: chunks.count) { index in
      let result = body(chunks[index])
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// Workers that take items one after another, each the next that nobody has taken: what they
  /// gather must not depend on who takes which.
  static func workers<Worker: Sendable>(
    items: Int, threads: Int, _ make: @Sendable () -> Worker,
    body: @Sendable (inout Worker, Int) -> Void
  ) -> [Worker] {
    let taken = Mutex(0)
    return map((0..<max(1, min(threads, items))).map { $0..<$0 + 1 }) { _ in
      var worker = make()
      while true {
        let item = taken.withLock { taken in
          taken += 1
          return taken - 1
        }
        guard item < items else { return worker }
        body(&worker, item)
      }
    }
  }

  /// The results of a body for each item, in their order, as many at a time as there are threads.
  static func each<Item: Sendable, Result: Sendable>(
    _ items: [Item], threads: Int, _ body: @Sendable (Item) -> Result
  ) -> [Result] {
    let parts = workers(items: items.count, threads: threads) {
      [(index: Int, result: Result)]()
    } body: { results, index in
      results.append((index, body(items[index])))
    }
    return parts.joined().sorted { $0.index < $1.index }.map(\.result)
  }

  /// An element a row.
  static func rows<Element: Sendable>(
    _ count: Int, threads: Int, _ body: @Sendable (Int) -> Element
  ) -> [Element] {
    let parts = map(chunks(of: count, threads: threads)) { $0.map(body) }
    return parts.count == 1 ? parts[0] : Array(parts.joined())
  }
}
