/// A half-open span of days: `start` belongs to it, `end` does not.
public struct Period: Hashable, Sendable {
  public let start: Day
  public let end: Day

  public init(start: Day, end: Day) {
    self.start = start
    self.end = end
  }

  /// Whether a day lies in the period.
  public func contains(_ day: Day) -> Bool { start <= day && day < end }

  /// Number of days in the period.
  public var length: Int { start.days(until: end) }

  /// The last day that belongs to the period.
  public var lastDay: Day { end.adding(days: -1) }

  /// A period of all days, for figures that are not bound to time.
  public static let always = Period(
    start: Day(number: Int32.min + 1), end: Day(number: Int32.max))
}

extension Period: CustomStringConvertible {
  /// First and last day, such as `2026-02-01 to 2026-04-30`.
  public var description: String { "\(start) to \(lastDay)" }
}
