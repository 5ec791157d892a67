/// A straight map from numbers to places on a canvas.
///
/// The range may run backwards, as it does for a vertical axis. A domain without extent maps
/// everything to the start of the range.
public struct LinearScale: Sendable, Equatable {
  /// The numbers that the scale maps.
  public var domain: ClosedRange<Double>
  /// Where the lower end of the domain lies.
  public var start: Double
  /// Where the upper end of the domain lies.
  public var end: Double

  /// A scale from a domain to two places.
  public init(domain: ClosedRange<Double>, from start: Double, to end: Double) {
    self.domain = domain
    self.start = start
    self.end = end
  }

  /// The place of a number.
  public func callAsFunction(_ number: Double) -> Double {
    // Halves, so that the distance between the largest finite numbers stays finite.
    let extent = domain.upperBound / 2 - domain.lowerBound / 2
    guard extent > 0 else { return start }
    return start + (number / 2 - domain.lowerBound / 2) / extent * (end - start)
  }
}

/// A map from places in a list to bands of equal width with gaps between them.
public struct BandScale: Sendable, Equatable {
  /// How many bands there are.
  public var count: Int
  /// Where the first step begins.
  public var start: Double
  /// Where the last step ends.
  public var end: Double
  /// The share of a step that is left empty.
  public var gap: Double

  /// A scale of so many bands between two places.
  public init(count: Int, from start: Double, to end: Double, gap: Double = 0.3) {
    self.count = count
    self.start = start
    self.end = end
    self.gap = gap
  }

  /// The distance from one band to the next.
  public var step: Double { count > 0 ? (end - start) / Double(count) : 0 }
  /// The width of a band.
  public var bandwidth: Double { step * (1 - gap) }

  /// Where a band begins.
  public func callAsFunction(_ index: Int) -> Double {
    start + step * (Double(index) + gap / 2)
  }

  /// The middle of a band.
  public func centre(_ index: Int) -> Double { start + step * (Double(index) + 0.5) }
}
