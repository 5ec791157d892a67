/// A value that is made once, when it is first asked for, whoever asks.
public final class Lazy<Value: Sendable>: Sendable {
  private let once = Once<Value>()
  private let make: @Sendable () -> Value

  public init(_ make: @escaping @Sendable () -> Value) {
    self.make = make
  }

  /// The value, made by whoever asks first; who asks meanwhile waits.
  public var value: Value { once.value(make) }

  /// The value if someone has asked for it.
  var valueIfMade: Value? { once.valueIfMade }
}
