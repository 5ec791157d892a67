import Synchronization

/// Values made once a key, whoever asks.
final class LockedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let stored = Mutex<[Key: Value]>([:])

  /// The values made so far, in no order.
  var made: [Value] { stored.withLock { Array($0.values) } }

  func value(for key: Key, _ make: () -> Value) -> Value {
    if let known = stored.withLock({ $0[key] }) { return known }
    let made = make()
    return stored.withLock { stored in
      if let known = stored[key] { return known }
      stored[key] = made
      return made
    }
  }
}
