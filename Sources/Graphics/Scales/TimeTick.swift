/// A place along an axis of time with its text, for example the first day of a quarter.
public struct TimeTick: Sendable, Equatable {
  /// Where the tick stands, in the unit of the positions.
  public var position: Double
  /// The text below the tick.
  public var label: String

  /// A tick with its text.
  public init(_ position: Double, _ label: String) {
    self.position = position
    self.label = label
  }
}
