import Records

/// An expression bound to the columns of a fact as a number or day, evaluated a batch at a time.
///
/// Sums, products and division by a constant are exact. Division by a value that differs from row
/// to row is rounded once a row, half away from zero, to 1/10,000; division by zero gives null, and
/// so does a value that 128 bits cannot hold.
public struct Formula: Sendable {
  /// Unit of the values.
  public let type: ValueType
  /// Parts of a unit that one stands for; 1 where the values are day numbers.
  public let denominator: Int128
  private let program: Program

  private enum Program: Sendable {
    case numbers(NumberProgram)
    case days(DayProgram)
  }

  /// Binds an expression; types and units are checked here.
  ///
  /// - Parameters:
  ///   - expression: the formula.
  ///   - resolver: finds the fields it names.
  ///   - asOf: what `today` means.
  /// - Throws: the first name that is not known or value that does not fit, at its character.
  public init(
    _ expression: Expression, resolver: any FieldResolver, asOf: Day
  ) throws(ExpressionError) {
    let binder = Binder(expression: expression, resolver: resolver, asOf: asOf)
    let operand = try binder.bind(expression.root)
    type = operand.type
    switch operand {
    case .number(let numbers, _, _):
      denominator = numbers.denominator
      program = .numbers(numbers)
    case .day(let days):
      denominator = 1
      program = .days(days)
    case .text, .literal, .flag, .reference:
      throw binder.error(
        expression.root, "a formula gives a number or a date, this is \(operand.type.name)",
        "name a field that holds numbers, such as Amount")
    }
  }

  /// The cells themselves where the formula is just one decimal field of the fact.
  public var column: [Int64]? {
    if case .numbers(let program) = program, case .column(let cells) = program.operation,
      cells.via == nil
    {
      return cells.values
    }
    return nil
  }

  /// Overwrites `values` and `nulls` with one entry a row; `nulls` holds 1 and `values` 0 for null.
  ///
  /// A value is its integer over `denominator`, in units of `type`.
  public func evaluate(rows: Range<Int>, into values: inout [Int128], nulls: inout [UInt8]) {
    switch program {
    case .numbers(let program):
      program.evaluate(rows: rows, into: &values, nulls: &nulls)
    case .days(let program):
      let days = program.evaluate(rows: rows)
      values = days.map { $0 == Day.null ? 0 : Int128($0) }
      nulls = days.map { $0 == Day.null ? 1 : 0 }
    }
  }

  /// Overwrites `values` with one entry a row, `Exact.null` where there is none.
  ///
  /// - Parameters:
  ///   - rows: the rows.
  ///   - offsets: distances from the first row of those that are asked for, ascending; the entries of
  ///     others mean nothing. Nil: all are.
  ///   - values: what is overwritten.
  /// - Returns: false where a value does not fit 64 bits; then `values` means nothing.
  public func evaluate(
    rows: Range<Int>, at offsets: ArraySlice<Int32>? = nil, into values: inout [Int64]
  ) -> Bool {
    switch program {
    case .numbers(let program):
      return program.evaluate(BatchRows(rows: rows, offsets: offsets), into: &values)
    case .days(let program):
      values = program.evaluate(rows: rows).map { $0 == Day.null ? Exact.null : Int64($0) }
      return true
    }
  }
}
