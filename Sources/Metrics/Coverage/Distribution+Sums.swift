import Records

extension Ratio {
  /// The coefficient of variation σ/μ of a population, from its sums: √(n·Σx² − (Σx)²) ÷ Σx.
  ///
  /// - Parameters:
  ///   - count: how many values there are.
  ///   - sum: Σx.
  ///   - squares: Σx².
  ///   - least: the smallest value.
  /// - Returns: what `Distribution` gives for the values themselves; nil of fewer than two values, and
  ///   where their sum is zero.
  public static func variation(
    count: Int128, sum: Int128, squares: Int128, least: Int128
  ) -> Ratio? {
    guard count > 1, sum != 0, squares >= 0 else { return nil }
    let total = Natural(sum.magnitude)
    let spread = Natural(count.magnitude) * Natural(squares.magnitude) - total * total
    let ratio = WideQuotient.root(
      spread, over: total, bound: least < 0 ? 1 << 83 : count.magnitude)
    return Ratio(sum < 0 ? -ratio.numerator : ratio.numerator, over: ratio.denominator)
  }
}
