import Dispatch
import Synchronization

/// Work done by several threads at once, its results in order, so that they are the same for any
/// number of threads.
public enum Parallel {
  /// Rows below which a second thread does not pay.
  public static let worthwhile = 50_000

  /// The chunks of a number of rows, one a thread.
  public static func chunks(of rows: Int, threads: Int) -> [Range<Int>] {
    let count = rows < worthwhile ? 1 : max(threads, 1)
    return (0..<count).map { rows * $0 / count..<rows * ($0 + 1) / count }
  }

  /// The results of a body for each chunk of a number of rows, in chunk order.
  public static func chunked<Result: Sendable>(
    _ rows: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let chunks = chunks(of: rows, threads: threads)
    return each(chunks, threads: chunks.count, body)
  }

  /// Workers that take items one after another, each the next that nobody has taken: what they
  /// gather must not depend on who takes which.
  public static func workers<Worker: Sendable>(
    items: Int, threads: Int, _ make: @Sendable () -> Worker,
    body: @Sendable (inout Worker, Int) -> Void
  ) -> [Worker] {
    let count = max(1, min(threads, items))
    guard count > 1 else {
      var worker = make()
      for item in 0..<items { body(&worker, item) }
      return [worker]
    }
    let taken = Atomic(0)
    let workers = Mutex([Worker?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      var worker = make()
      while true {
        let item = taken.add(1, ordering: .relaxed).oldValue
        guard item < items else { break }
        body(&worker, item)
      }
      let made = worker
      workers.withLock { $0[index] = made }
    }
    return workers.withLock { $0.compactMap { $0 } }
  }

  /// The results of a body for each item, in their order, as many at a time as there are threads.
  public static func each<Item: Sendable, Result: Sendable>(
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
  @inlinable
  public static func rows<Element: Sendable>(
    _ count: Int, threads: Int, _ body: @Sendable (Int) -> Element
  ) -> [Element] {
    joined(chunked(count, threads: threads) { $0.map(body) })
  }

  /// The elements of parts behind each other, copied part by part into room that is made once.
  @inlinable
  public static func joined<Element>(_ parts: [[Element]]) -> [Element] {
    if parts.count == 1 { return parts[0] }
    var all: [Element] = []
    all.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { all += part }
    return all
  }
}
