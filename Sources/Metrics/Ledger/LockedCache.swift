import Synchronization

/// Values made once a key, whoever asks: who asks while one is made waits for it.
final class LockedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let stored = Mutex<[Key: Once<Value>]>([:])

  func value(for key: Key, _ make: () -> Value) -> Value {
    stored.withLock { stored in
      if let known = stored[key] { return known }
      let made = Once<Value>()
      stored[key] = made
      return made
    }.value(make)
  }
}
