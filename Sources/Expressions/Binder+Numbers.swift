import Records

// Arithmetic: units, and the denominators that keep it exact.
extension Binder {
  /// The largest denominator: beyond it products of ordinary amounts would not fit 128 bits.
  private static let largestDenominator: Int128 = 10_000_000_000_000_000_000_000_000

  /// The largest numerator of a constant.
  private static let largestConstant: UInt128 = 1_000_000_000_000_000_000_000_000_000_000

  func constant(_ value: Ratio, _ node: Node) throws(ExpressionError) -> NumberProgram {
    var (a, b) = (value.numerator.magnitude, value.denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let divisor = Int128(a)
    guard divisor != 0 else { throw error(node, "division by zero", "correct the divisor") }
    guard value.numerator.magnitude <= Binder.largestConstant else {
      throw error(node, "the constant is too large", "use a smaller number")
    }
    return try program(
      .constant(value.numerator / divisor), over: value.denominator / divisor, node)
  }

  private func program(
    _ operation: NumberProgram.Operation, over denominator: Int128, _ node: Node
  ) throws(ExpressionError) -> NumberProgram {
    guard denominator <= Binder.largestDenominator else { throw tooManyPlaces(node) }
    return NumberProgram(operation: operation, denominator: denominator)
  }

  private func tooManyPlaces(_ node: Node) -> ExpressionError {
    error(
      node, "the result has more decimal places than can be kept exactly",
      "use fewer factors, or constants with fewer digits")
  }

  private func product(_ left: Int128, _ right: Int128, _ node: Node) throws(ExpressionError)
    -> Int128
  {
    let (product, overflows) = left.multipliedReportingOverflow(by: right)
    if overflows { throw tooManyPlaces(node) }
    return product
  }

  func negate(_ operand: Operand, _ node: Node) throws(ExpressionError) -> Operand {
    guard case .number(let program, let unit, let isLiteral) = operand else {
      throw error(node, "a minus sign before \(operand.type.name)", "remove it")
    }
    if let value = program.constant {
      return .number(
        NumberProgram(operation: .constant(-value.numerator), denominator: value.denominator),
        unit, isLiteral: isLiteral)
    }
    let minusOne = NumberProgram(operation: .constant(-1), denominator: 1)
    return .number(
      NumberProgram(operation: .product(program, minusOne), denominator: program.denominator),
      unit, isLiteral: false)
  }

  func arithmetic(
    _ operation: Node.Arithmetic, _ left: Node, _ right: Node, at node: Node
  ) throws(ExpressionError) -> Operand {
    let (first, second) = (try bind(left), try bind(right))
    switch (first, second) {
    case (.number(let a, let unit, let isLiteral), .number(let b, let otherUnit, let isOther)):
      guard let result = Binder.unit(of: operation, unit, otherUnit) else {
        throw mismatch(operation, unit, otherUnit, node)
      }
      return .number(
        try numbers(operation, a, b, node), result, isLiteral: isLiteral && isOther)
    case (.day(let from), .day(let to)) where operation == .minus:
      return .number(
        NumberProgram(operation: .days(from: to, to: from), denominator: 1), .days,
        isLiteral: false)
    case (.day(let day), .number(let shift, .days, _)) where operation == .plus:
      return .day(.shifted(day, by: try wholeDays(shift, right, sign: 1)))
    case (.number(let shift, .days, _), .day(let day)) where operation == .plus:
      return .day(.shifted(day, by: try wholeDays(shift, left, sign: 1)))
    case (.day(let day), .number(let shift, .days, _)) where operation == .minus:
      return .day(.shifted(day, by: try wholeDays(shift, right, sign: -1)))
    default: throw mismatch(operation, first.type, second.type, node)
    }
  }

  private func mismatch(
    _ operation: Node.Arithmetic, _ left: ValueType, _ right: ValueType, _ node: Node
  ) -> ExpressionError {
    let isDay = left == .day || right == .day
    return error(
      node, "\(left.name) \(operation.rawValue) \(right.name) has no meaning",
      isDay ? "write a span as 90 days" : "use values of one unit, or * and / to change a unit")
  }

  private func wholeDays(
    _ shift: NumberProgram, _ node: Node, sign: Int128
  ) throws(ExpressionError) -> Int32 {
    guard let value = shift.constant, value.denominator == 1,
      let days = Int32(exactly: value.numerator * sign)
    else {
      throw error(
        node, "a date is moved by a constant span of whole days only", "write a span as 90 days")
    }
    return days
  }

  /// The unit of a result; nil where the operation has no meaning.
  static func unit(
    of operation: Node.Arithmetic, _ left: ValueType, _ right: ValueType
  ) -> ValueType? {
    switch operation {
    case .plus, .minus: return left == right ? left : nil
    case .times:
      if left == .money || right == .money { return left == right ? nil : .money }
      if left == right { return .number }
      if left == .days || right == .days { return .days }
      return .percent
    case .over:
      if left == right { return .number }
      return right == .money ? nil : left
    }
  }

  private func numbers(
    _ operation: Node.Arithmetic, _ a: NumberProgram, _ b: NumberProgram, _ node: Node
  ) throws(ExpressionError) -> NumberProgram {
    switch operation {
    case .plus, .minus:
      let (factorA, factorB, common) = try commonDenominator(a, b, node)
      let sign: Int128 = operation == .plus ? 1 : -1
      if let x = a.constant, let y = b.constant {
        let (first, second) = (
          try product(x.numerator, factorA, node), try product(y.numerator, factorB * sign, node)
        )
        let (sum, overflows) = first.addingReportingOverflow(second)
        if overflows { throw tooManyPlaces(node) }
        return try constant(Ratio(sum, over: common), node)
      }
      return try program(.sum(a, factorA, b, factorB * sign), over: common, node)
    case .times:
      let denominator = try product(a.denominator, b.denominator, node)
      if let x = a.constant, let y = b.constant {
        return try constant(
          Ratio(try product(x.numerator, y.numerator, node), over: denominator), node)
      }
      return try program(.product(a, b), over: denominator, node)
    case .over:
      guard let divisor = b.constant else {
        return try program(.quotient(a, b), over: Int128(Exact.scale), node)
      }
      guard divisor.numerator != 0 else {
        throw error(node, "division by zero", "correct the divisor")
      }
      let sign: Int128 = divisor.numerator < 0 ? -1 : 1
      let reciprocal = try constant(
        Ratio(divisor.denominator * sign, over: divisor.numerator * sign), node)
      return try numbers(.times, a, reciprocal, node)
    }
  }

  /// The factors that bring two programs to one denominator, and that denominator.
  func commonDenominator(
    _ a: NumberProgram, _ b: NumberProgram, _ node: Node
  ) throws(ExpressionError) -> (Int128, Int128, Int128) {
    var (x, y) = (a.denominator, b.denominator)
    while y != 0 { (x, y) = (y, x % y) }
    let (factorA, factorB) = (b.denominator / x, a.denominator / x)
    return (factorA, factorB, try product(a.denominator, factorA, node))
  }
}
