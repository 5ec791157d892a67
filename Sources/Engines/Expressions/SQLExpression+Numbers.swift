import Expressions
import Records

// Arithmetic: the denominators that keep it exact.
extension SQLExpression {
  func constant(_ value: Ratio) -> SQLNumber {
    var (a, b) = (value.numerator.magnitude, value.denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let divisor = Int128(max(a, 1)) * (value.denominator < 0 ? -1 : 1)
    let reduced = Ratio(value.numerator / divisor, over: value.denominator / divisor)
    return SQLNumber(
      sql: dialect.number(reduced.numerator), denominator: reduced.denominator,
      bound: Double(reduced.numerator.magnitude), constant: reduced)
  }

  func arithmetic(
    _ operation: Node.Arithmetic, _ left: SQLValue, _ right: SQLValue, _ node: Node
  ) throws -> SQLValue {
    switch (operation, left, right) {
    case (_, .number(let a), .number(let b)): return .number(numbers(operation, a, b))
    case (.minus, .day(let from), .day(let to)):
      return .number(
        SQLNumber(sql: dialect.days(from: to, to: from), denominator: 1, bound: 4.3e9))
    case (.plus, .day(let day), .number(let shift)), (.plus, .number(let shift), .day(let day)):
      return .day(try moved(day, shift, 1, node))
    case (.minus, .day(let day), .number(let shift)):
      return .day(try moved(day, shift, -1, node))
    default: throw misfit(node)
    }
  }

  private func moved(
    _ day: String, _ shift: SQLNumber, _ sign: Int, _ node: Node
  ) throws -> String {
    guard let value = shift.constant, value.denominator == 1,
      let days = Int(exactly: value.numerator)
    else { throw misfit(node) }
    return dialect.day(day, movedBy: days * sign)
  }

  private func numbers(
    _ operation: Node.Arithmetic, _ a: SQLNumber, _ b: SQLNumber
  ) -> SQLNumber {
    switch operation {
    case .plus, .minus:
      let (factorA, factorB, common) = commonDenominator(a, b)
      let sign: Int128 = operation == .plus ? 1 : -1
      if let x = a.constant, let y = b.constant {
        return constant(
          Ratio(x.numerator * factorA + y.numerator * factorB * sign, over: common))
      }
      let (left, right) = (times(a, factorA), times(b, factorB))
      return combined(
        left.sql, operation.rawValue, right.sql, common, left.bound + right.bound)
    case .times:
      if let x = a.constant, let y = b.constant {
        return constant(
          Ratio(x.numerator * y.numerator, over: x.denominator * y.denominator))
      }
      return product(a, b)
    case .over:
      if let divisor = b.constant {
        let sign: Int128 = divisor.numerator < 0 ? -1 : 1
        return numbers(
          .times, a,
          constant(Ratio(divisor.denominator * sign, over: divisor.numerator * sign)))
      }
      let above = times(a, b.denominator * Int128(Exact.scale))
      let below = times(b, a.denominator)
      let isSafe = max(above.bound, below.bound) < dialect.largestWhole
      return SQLNumber(
        sql: isSafe
          ? "divided(\(above.sql), \(below.sql))"
          : dialect.attemptDivided(above.sql, below.sql),
        denominator: Int128(Exact.scale), bound: above.bound)
    }
  }

  func product(_ a: SQLNumber, _ b: SQLNumber) -> SQLNumber {
    if let x = a.constant, let y = b.constant {
      return constant(Ratio(x.numerator * y.numerator, over: x.denominator * y.denominator))
    }
    let denominator = a.denominator * b.denominator
    if b.constant?.numerator == 1 {
      return SQLNumber(sql: a.sql, denominator: denominator, bound: a.bound)
    }
    return combined(a.sql, "*", b.sql, denominator, a.bound * b.bound)
  }

  /// A number times a whole factor, over the same denominator.
  func times(_ number: SQLNumber, _ factor: Int128) -> SQLNumber {
    if factor == 1 { return number }
    if let value = number.constant {
      return SQLNumber(
        sql: dialect.number(value.numerator * factor), denominator: number.denominator,
        bound: number.bound * Double(factor), constant: value)
    }
    return combined(
      number.sql, "*", dialect.number(factor), number.denominator,
      number.bound * Double(factor.magnitude))
  }

  private func combined(
    _ left: String, _ sign: String, _ right: String, _ denominator: Int128, _ bound: Double
  ) -> SQLNumber {
    bound > dialect.largestWhole
      ? SQLNumber(
        sql: dialect.attempt(left, sign, right), denominator: denominator,
        bound: dialect.largestWhole)
      : SQLNumber(sql: "(\(left) \(sign) \(right))", denominator: denominator, bound: bound)
  }

  /// The factors that bring two numbers to one denominator, and that denominator.
  func commonDenominator(_ a: SQLNumber, _ b: SQLNumber) -> (Int128, Int128, Int128) {
    var (x, y) = (a.denominator, b.denominator)
    while y != 0 { (x, y) = (y, x % y) }
    let (factorA, factorB) = (b.denominator / x, a.denominator / x)
    return (factorA, factorB, a.denominator * factorA)
  }
}
