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

/// The boundaries of a fiscal calendar along an axis, coarse and fine, of which an axis takes one.
///
/// The caller, who knows the calendar, gives days counted from any day, with their texts. A text
/// must say all: a month is "Feb 2026" where its year is not plain.
public struct TimeTicks: Sendable, Equatable {
  /// Boundaries of years, quarters, months and weeks, or whichever of them are wanted; coarse first.
  public var levels: [[TimeTick]]

  /// Ticks to choose from, the coarsest level first.
  public init(levels: [[TimeTick]]) { self.levels = levels }

  /// The finest level whose texts all stand clear of each other, else the coarsest with a tick.
  ///
  /// - Parameters:
  ///   - scale: Where days lie; ticks outside its domain are left out.
  ///   - gap: The room between two texts, in points.
  ///   - width: Says how wide a text is.
  /// - Returns: The ticks in rising order, at least two of them where any level has two.
  public func fitting(
    _ scale: LinearScale, gap: Double = 8, width: (String) -> Double
  ) -> [TimeTick] {
    let inside = levels.map { level in
      level.filter { scale.domain.contains($0.position) }.sorted { $0.position < $1.position }
    }
    let fitting = inside.last { ticks in
      ticks.count > 1
        && zip(ticks, ticks.dropFirst()).allSatisfy { left, right in
          let distance = abs(scale(right.position) - scale(left.position))
          return (width(left.label) + width(right.label)) / 2 + gap <= distance
        }
    }
    return fitting ?? inside.first { $0.count > 1 } ?? inside.last { !$0.isEmpty } ?? []
  }
}
