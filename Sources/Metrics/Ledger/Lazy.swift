import Synchronization

/// A value that is made once, when it is first asked for, whoever asks.
final class Lazy<Value: Sendable>: Sendable {
  private enum State {
    /// How to make it; let go of once it is made, with all that it holds.
    case waiting(@Sendable () -> Value)
    case made(Value)
  }

  private let state: Mutex<State>

  init(_ make: @escaping @Sendable () -> Value) {
    state = Mutex(.waiting(make))
  }

  var value: Value {
    state.withLock { state in
      switch state {
      case .made(let value): return value
      case .waiting(let make):
        let value = make()
        state = .made(value)
        return value
      }
    }
  }

  /// The value if someone has asked for it.
  var valueIfMade: Value? {
    state.withLock { state in
      if case .made(let value) = state { value } else { nil }
    }
  }
}
