import Records

/// Quotients whose exact value no quotient of 128 bits holds, as decimals that round as it does.
///
/// A value is cut after twelve decimals, and a thirteenth, 1, says that something was cut. So it
/// rounds to any number of places below twelve as the exact value does, ties included, and depends
/// on nothing but whole numbers: no engine's floating point can drift from it.
enum WideQuotient {
  private static let places: UInt128 = 1_000_000_000_000

  /// `numerator / denominator`, at most `bound`; the denominator is above zero.
  static func quotient(_ numerator: Natural, over denominator: Natural, bound: UInt128) -> Ratio {
    decimals(upTo: bound, of: numerator * Natural(places)) { Natural($0) * denominator }
  }

  /// `√numerator / denominator`, at most `bound`; the denominator is above zero.
  static func root(_ numerator: Natural, over denominator: Natural, bound: UInt128) -> Ratio {
    let square = denominator * denominator
    return decimals(upTo: bound, of: numerator * Natural(places) * Natural(places)) {
      Natural($0) * Natural($0) * square
    }
  }

  /// The last number of decimals of which a growing function is not above a limit.
  private static func decimals(
    upTo bound: UInt128, of limit: Natural, _ value: (UInt128) -> Natural
  ) -> Ratio {
    var (low, high) = (UInt128(0), bound * places)
    while low < high {
      let middle = low + (high - low + 1) / 2
      if value(middle) <= limit { low = middle } else { high = middle - 1 }
    }
    let isCut = value(low) < limit
    return Ratio(Int128(low) * 10 + (isCut ? 1 : 0), over: Int128(places) * 10)
  }
}

/// A sum of squares, exact in 256 bits.
struct SquareSum: Sendable {
  private var high: UInt128 = 0
  private var low: UInt128 = 0

  mutating func add(_ value: Int128) {
    let square = value.magnitude.multipliedFullWidth(by: value.magnitude)
    let (sum, overflow) = low.addingReportingOverflow(square.low)
    low = sum
    high += square.high + (overflow ? 1 : 0)
  }

  var total: Natural { Natural(high: high, low: low) }
}
