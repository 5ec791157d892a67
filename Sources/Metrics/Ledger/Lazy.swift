/// A value that is made once, when it is first asked for, whoever asks.
final class Lazy<Value: Sendable>: Sendable {
  private let once = Once<Value>()
  private let make: @Sendable () -> Value

  init(_ make: @escaping @Sendable () -> Value) {
    self.make = make
  }

  var value: Value { once.value(make) }

  /// The value if someone has asked for it.
  var valueIfMade: Value? { once.valueIfMade }
}
