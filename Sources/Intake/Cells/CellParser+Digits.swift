extension CellParser {
  /// The digits of a number as they are read, up to nineteen; further ones are only counted.
  struct Digits {
    private var mantissa: UInt64 = 0
    private(set) var count = 0
    private var afterPoint = 0
    private var dropped = 0
    /// Whether the decimal mark was met.
    var hasPoint = false

    private static let powers: [UInt64] = (0..<20).map { exponent in
      (0..<exponent).reduce(1) { power, _ in power * 10 }
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
      count += 1
      if mantissa < 1_000_000_000_000_000_000 {
        mantissa = mantissa * 10 + UInt64(byte - 0x30)
        if hasPoint { afterPoint += 1 }
      } else if !hasPoint {
        dropped += 1
      }
    }

    /// The number times a power of ten and a factor, rounded half away from zero; nil where there
    /// are no digits or the number does not fit.
    func value(exponent: Int, times: Int64, isNegative: Bool) -> Int64? {
      guard count > 0 else { return nil }
      let exponent = exponent + dropped - afterPoint
      guard times != 1 else {
        return Digits.scaled(mantissa, exponent: exponent, isNegative: isNegative)
      }
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: UInt64(times.magnitude))
      guard overflow else {
        return Digits.scaled(product, exponent: exponent, isNegative: isNegative)
      }
      // So many digits that the last of them do not matter.
      guard
        let value = Digits.scaled(mantissa, exponent: exponent, isNegative: isNegative)
      else { return nil }
      let (multiple, isTooLarge) = value.multipliedReportingOverflow(by: times)
      return isTooLarge ? nil : multiple
    }

    private static func scaled(_ mantissa: UInt64, exponent: Int, isNegative: Bool) -> Int64? {
      var value = mantissa
      if value == 0 || exponent < -19 { return 0 }
      if exponent >= 0 {
        guard exponent < powers.count else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: powers[exponent])
        guard !overflow else { return nil }
        value = product
      } else {
        let divisor = powers[-exponent]
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        value = remainder >= divisor - remainder ? quotient + 1 : quotient
      }
      guard value <= UInt64(Int64.max) else { return nil }
      return isNegative ? -Int64(value) : Int64(value)
    }
  }
}
