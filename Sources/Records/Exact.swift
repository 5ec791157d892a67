/// Exact decimal numbers as integers.
///
/// Values of columns are 64-bit integers of 1/10,000 of a unit (currency unit, percent point,
/// piece); sums of them are 128-bit. Rounding happens once, when a number becomes text.
public enum Exact {
  /// Parts of a unit that one stands for in a decimal column.
  public static let scale: Int64 = 10_000

  /// Parts of a unit that one stands for in a column of exchange rates.
  public static let rateScale: Int64 = 1_000_000_000

  /// The number that stands for "no value" in a decimal column.
  public static let null = Int64.min

  /// A quotient rounded half away from zero; the divisor is not zero.
  @inlinable
  public static func divide(_ numerator: Int128, by denominator: Int128) -> Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    guard remainder.magnitude >= denominator.magnitude - remainder.magnitude else {
      return quotient
    }
    return (numerator < 0) == (denominator < 0) ? quotient + 1 : quotient - 1
  }

  /// A value of 1/10,000 units as decimal text with a number of places, rounded half away from zero.
  public static func text(_ value: Int128, places: Int) -> String {
    decimalText(ratio: value, over: Int128(scale), places: places)
  }

  /// A quotient as decimal text with a number of places, rounded half away from zero.
  public static func decimalText(
    ratio numerator: Int128, over denominator: Int128, places: Int
  ) -> String {
    // The whole part and the places apart: a product of both could leave 128 bits.
    var power: UInt128 = 1
    for _ in 0..<places { power *= 10 }
    let divisor = denominator.magnitude
    var (whole, remainder) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
    var part: UInt128
    (part, remainder) = divisor.dividingFullWidth(remainder.multipliedFullWidth(by: power))
    if remainder >= divisor - remainder { part += 1 }
    if part == power { (whole, part) = (whole + 1, 0) }
    let isNegative = (numerator < 0) != (denominator < 0) && (whole, part) != (0, 0)
    let text = (isNegative ? "-" : "") + String(whole)
    guard places > 0 else { return text }
    let digits = String(part)
    return text + "." + String(repeating: "0", count: places - digits.count) + digits
  }
}

/// A ratio kept as numerator and denominator until it is printed.
///
/// A ratio over zero is undefined, which is not zero.
public struct Ratio: Hashable, Sendable {
  public var numerator: Int128
  public var denominator: Int128

  public init(_ numerator: Int128, over denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  public var isDefined: Bool { denominator != 0 }

  /// Decimal text rounded half away from zero, or nil where undefined.
  public func text(places: Int) -> String? {
    guard isDefined else { return nil }
    return Exact.decimalText(ratio: numerator, over: denominator, places: places)
  }
}
