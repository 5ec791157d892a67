import Synchronization

/// A value that is made once; whoever asks first says how, and who asks meanwhile waits.
final class Once<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)

  /// The value if someone has asked for it.
  var valueIfMade: Value? { stored.withLock { $0 } }

  func value(_ make: () -> Value) -> Value {
    stored.withLock { stored in
      if let stored { return stored }
      let made = make()
      stored = made
      return made
    }
  }
}
