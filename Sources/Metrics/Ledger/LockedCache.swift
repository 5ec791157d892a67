import Synchronization

/// Values made once a key, whoever asks: who asks while one is made waits for it.
final class LockedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let stored = Mutex<[Key: Lazy<Value>]>([:])

  /// The values made so far, in no order.
  var made: [Value] { stored.withLock { Array($0.values) }.compactMap(\.valueIfMade) }

  func value(for key: Key, _ make: @escaping @Sendable () -> Value) -> Value {
    stored.withLock { stored in
      if let known = stored[key] { return known }
      let made = Lazy(make)
      stored[key] = made
      return made
    }.value
  }
}
