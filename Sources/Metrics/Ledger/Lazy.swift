import Synchronization

/// A value that is made once, when it is first asked for, whoever asks.
final class Lazy<Value: Sendable>: Sendable {
  private let stored = Mutex<Value?>(nil)
  private let make: @Sendable () -> Value

  init(_ make: @escaping @Sendable () -> Value) {
    self.make = make
  }

  var value: Value {
    stored.withLock { stored in
      if let stored { return stored }
      let made = make()
      stored = made
      return made
    }
  }

  /// The value if someone has asked for it.
  var valueIfMade: Value? { stored.withLock { $0 } }
}
