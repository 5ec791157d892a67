import Foundation

/// A map from positive numbers to places, equal ratios at equal distances.
///
/// Numbers at or below zero have no place. A domain without extent maps to the start of the range.
public struct LogScale: Sendable, Equatable {
  /// The numbers that the scale maps, all positive.
  public let domain: ClosedRange<Double>
  /// Where the lower end of the domain lies.
  public var start: Double
  /// Where the upper end of the domain lies.
  public var end: Double

  /// A scale from a domain to two places; nil where the domain is not positive and finite.
  public init?(domain: ClosedRange<Double>, from start: Double, to end: Double) {
    guard domain.lowerBound > 0, domain.upperBound.isFinite else { return nil }
    self.domain = domain
    self.start = start
    self.end = end
  }

  /// The place of a number; nil where it is not positive.
  public func callAsFunction(_ number: Double) -> Double? {
    guard number > 0, number.isFinite else { return nil }
    let extent = log10(domain.upperBound) - log10(domain.lowerBound)
    guard extent > 0 else { return start }
    return start + (log10(number) - log10(domain.lowerBound)) / extent * (end - start)
  }

  /// Ticks at 1, 2 and 5 times powers of ten within the domain, at powers alone, or at every n-th.
  ///
  /// The densest of these that has no more than `count` ticks; a domain that holds fewer than two
  /// of them has its own ends besides.
  public func ticks(count: Int) -> [Double] {
    let wanted = max(2, count)
    let powers =
      Int(
        log10(domain.lowerBound).rounded(.down))...Int(
        log10(domain.upperBound).rounded(.up))
    func ticks(_ digits: [Double], every step: Int) -> [Double] {
      powers.filter { $0.isMultiple(of: step) }.flatMap { power in
        digits.map { Ticks.decimal($0, power: power) }
      }.filter(domain.contains)
    }
    for digits in [[1.0, 2, 5], [1, 5], [1]] {
      let found = ticks(digits, every: 1)
      if found.count <= wanted { return found.count > 1 ? found : ends(with: found) }
    }
    let step = (2...max(2, powers.count)).first { ticks([1], every: $0).count <= wanted }
    let found = ticks([1], every: step ?? powers.count)
    return found.count > 1 ? found : ends(with: found)
  }

  private func ends(with ticks: [Double]) -> [Double] {
    Set(ticks + [domain.lowerBound, domain.upperBound]).sorted()
  }
}

/// The place of a number on an axis that is even in numbers or in ratios.
public enum ValueScale: Sendable, Equatable {
  case linear(LinearScale)
  case log(LogScale)

  /// The place of a number; nil where the scale has none.
  public func callAsFunction(_ number: Double) -> Double? {
    switch self {
    case .linear(let scale): number.isFinite ? scale(number) : nil
    case .log(let scale): scale(number)
    }
  }

  /// The numbers that the scale maps.
  public var domain: ClosedRange<Double> {
    switch self {
    case .linear(let scale): scale.domain
    case .log(let scale): scale.domain
    }
  }

  /// Numbers for about so many ticks, in rising order.
  public func ticks(count: Int) -> [Double] {
    switch self {
    case .linear(let scale): Ticks.values(for: scale.domain, count: count)
    case .log(let scale): scale.ticks(count: count)
    }
  }
}
