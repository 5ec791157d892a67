/// A whole number of any size, for the few figures whose exact value leaves 128 bits.
///
/// Just what comparing products takes: sums, differences, products and order.
struct Natural: Comparable, Sendable {
  /// Digits of base 2^32, the lowest first, without zeros at the end.
  private var digits: [UInt32]

  init(_ value: UInt128) {
    digits = []
    var rest = value
    while rest > 0 {
      digits.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
  }

  private init(_ digits: [UInt32]) {
    self.digits = digits
    while self.digits.last == 0 { self.digits.removeLast() }
  }

  /// A number of 256 bits.
  init(high: UInt128, low: UInt128) {
    self = Natural(high) * Natural(1 << 64) * Natural(1 << 64) + Natural(low)
  }

  static func + (left: Natural, right: Natural) -> Natural {
    var sum: [UInt32] = []
    var carry: UInt64 = 0
    for at in 0..<max(left.digits.count, right.digits.count) {
      carry += UInt64(at < left.digits.count ? left.digits[at] : 0)
      carry += UInt64(at < right.digits.count ? right.digits[at] : 0)
      sum.append(UInt32(truncatingIfNeeded: carry))
      carry >>= 32
    }
    sum.append(UInt32(carry))
    return Natural(sum)
  }

  /// The difference, 0 where the right number is larger.
  static func - (left: Natural, right: Natural) -> Natural {
    guard left > right else { return Natural(0) }
    var difference = left.digits
    var borrow: Int64 = 0
    for at in difference.indices {
      let digit =
        Int64(left.digits[at]) - borrow - Int64(at < right.digits.count ? right.digits[at] : 0)
      difference[at] = UInt32(truncatingIfNeeded: digit)
      borrow = digit < 0 ? 1 : 0
    }
    return Natural(difference)
  }

  static func * (left: Natural, right: Natural) -> Natural {
    var product = [UInt32](repeating: 0, count: left.digits.count + right.digits.count)
    for (at, digit) in left.digits.enumerated() {
      var carry: UInt64 = 0
      for (other, factor) in right.digits.enumerated() {
        carry += UInt64(product[at + other]) + UInt64(digit) * UInt64(factor)
        product[at + other] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      product[at + right.digits.count] = UInt32(carry)
    }
    return Natural(product)
  }

  static func < (left: Natural, right: Natural) -> Bool {
    if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
    for (one, other) in zip(left.digits, right.digits).reversed() where one != other {
      return one < other
    }
    return false
  }
}
