import Synchronization

/// Large values made once a key as long as they are among those used last; who asks while one is
/// made waits for it.
final class RecentCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entries {
    var values: [Key: Once<Value>] = [:]
    /// Keys, the one that was asked for last at the end.
    var order: [Key] = []
  }

  private let capacity: Int
  private let stored = Mutex(Entries())

  /// - Parameter capacity: how many values are kept.
  init(capacity: Int) {
    self.capacity = capacity
  }

  func value(for key: Key, _ make: () -> Value) -> Value {
    stored.withLock { stored in
      if let place = stored.order.firstIndex(of: key) { stored.order.remove(at: place) }
      stored.order.append(key)
      if let known = stored.values[key] { return known }
      if stored.order.count > capacity { stored.values[stored.order.removeFirst()] = nil }
      let made = Once<Value>()
      stored.values[key] = made
      return made
    }.value(make)
  }
}
