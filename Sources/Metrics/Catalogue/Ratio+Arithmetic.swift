import Records

// Exact arithmetic of quotients; nil where 128 bits cannot hold the result.
extension Ratio {
  /// The sum.
  public func adding(_ other: Ratio) -> Ratio? {
    if denominator == other.denominator {
      let (sum, overflow) = numerator.addingReportingOverflow(other.numerator)
      return overflow ? nil : Ratio(sum, over: denominator)
    }
    let (left, right) = (reduced, other.reduced)
    let (above, o1) = left.numerator.multipliedReportingOverflow(by: right.denominator)
    let (beside, o2) = right.numerator.multipliedReportingOverflow(by: left.denominator)
    let (below, o3) = left.denominator.multipliedReportingOverflow(by: right.denominator)
    let (sum, o4) = above.addingReportingOverflow(beside)
    return o1 || o2 || o3 || o4 ? nil : Ratio(sum, over: below)
  }

  /// The product.
  public func multiplied(by other: Ratio) -> Ratio? {
    let (left, right) = (reduced, other.reduced)
    let (above, o1) = left.numerator.multipliedReportingOverflow(by: right.numerator)
    let (below, o2) = left.denominator.multipliedReportingOverflow(by: right.denominator)
    return o1 || o2 ? nil : Ratio(above, over: below)
  }

  /// The quotient; nil where the divisor is zero.
  public func divided(by other: Ratio) -> Ratio? {
    guard other.numerator != 0 else { return nil }
    if denominator == other.denominator { return Ratio(numerator, over: other.numerator) }
    return multiplied(by: Ratio(other.denominator, over: other.numerator))
  }

  /// What is left when another is taken away.
  public func subtracting(_ other: Ratio) -> Ratio? {
    adding(Ratio(-other.numerator, over: other.denominator))
  }

  /// -1, 0 or 1, as the quotient is below, at or above zero; it is defined.
  public var sign: Int { Int(numerator.signum() * denominator.signum()) }

  /// -1, 0 or 1; both are defined.
  public func compared(to other: Ratio) -> Int {
    if denominator == other.denominator {
      let order = numerator < other.numerator ? -1 : numerator > other.numerator ? 1 : 0
      return denominator > 0 ? order : -order
    }
    let left = positive.numerator.multipliedFullWidth(by: other.positive.denominator)
    let right = other.positive.numerator.multipliedFullWidth(by: positive.denominator)
    if (left.high, left.low) == (right.high, right.low) { return 0 }
    return (left.high, left.low) < (right.high, right.low) ? -1 : 1
  }

  /// The same quotient over a denominator above zero.
  private var positive: Ratio {
    denominator < 0 ? Ratio(-numerator, over: -denominator) : self
  }

  private var reduced: Ratio {
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    guard a > 1, let divisor = Int128(exactly: a) else { return self }
    return Ratio(numerator / divisor, over: denominator / divisor)
  }
}
