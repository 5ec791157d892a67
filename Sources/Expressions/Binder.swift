import Records

/// Turns an expression into computations over columns; here types and units are checked.
struct Binder {
  let expression: Expression
  let resolver: any FieldResolver
  let asOf: Day

  /// A bound part of an expression.
  enum Operand {
    case number(NumberProgram, ValueType, isLiteral: Bool)
    case day(DayProgram)
    case text(TextSource)
    case literal(String)
    case flag(Test)
    case reference(Cells<Int32>)

    var type: ValueType {
      switch self {
      case .number(_, let unit, _): unit
      case .day: .day
      case .text, .literal: .text
      case .flag: .flag
      case .reference: .reference
      }
    }
  }

  /// The cells of a text field.
  enum TextSource {
    case categories(Categories, via: [Int32]?)
    case texts(Texts, via: [Int32]?)
  }

  /// The whole expression as a condition.
  func test() throws(ExpressionError) -> Test {
    try test(expression.root)
  }

  /// A part as a condition.
  func test(_ node: Node) throws(ExpressionError) -> Test {
    let operand = try bind(node)
    guard case .flag(let test) = operand else {
      throw error(
        node, "a condition is needed here, this is \(operand.type.name)",
        "compare it with something, such as Amount >= 1000 or Type = 'Renewal'")
    }
    return test
  }

  func bind(_ node: Node) throws(ExpressionError) -> Operand {
    switch node.kind {
    case .field(let path): return try field(path, node)
    case .number(let value):
      return .number(try constant(value, node), .number, isLiteral: true)
    case .text(let value): return .literal(value)
    case .day(let day): return .day(.constant(day))
    case .today: return .day(.constant(asOf))
    case .days(let days):
      return .number(
        NumberProgram(operation: .constant(Int128(days)), denominator: 1), .days, isLiteral: false)
    case .flag(let value): return .flag(.constant(value ? 1 : 0))
    case .negated(let part): return try negate(try bind(part), part)
    case .arithmetic(let operation, let left, let right):
      return try arithmetic(operation, left, right, at: node)
    case .comparison(let comparison, let left, let right):
      return .flag(try compare(comparison, left, right))
    case .isIn(let part, let values): return .flag(try isIn(part, values))
    case .between(let part, let low, let high):
      let notBelow = try compare(.greaterOrEqual, part, low)
      return .flag(.all([notBelow, try compare(.lessOrEqual, part, high)]))
    case .match(let match, let part, let values): return .flag(try self.match(match, part, values))
    case .isNull(let part): return .flag(.isNull(try nullTest(part)))
    case .not(let part): return .flag(.not(try test(part)))
    case .all(let parts): return .flag(.all(try tests(parts)))
    case .any(let parts): return .flag(.any(try tests(parts)))
    }
  }

  private func tests(_ parts: [Node]) throws(ExpressionError) -> [Test] {
    var tests: [Test] = []
    for part in parts { tests.append(try test(part)) }
    return tests
  }

  private func field(_ path: [String], _ node: Node) throws(ExpressionError) -> Operand {
    let name = path.joined(separator: ".")
    guard let field = resolver.resolve(path) else {
      throw ExpressionError(
        .unknownField, at: expression.position(of: node), what: "unknown field \"\(name)\"",
        suggestion: Suggestion.sentence(
          for: name, in: resolver.knownNames,
          otherwise: "use a field of the export; text stands in single quotes"))
    }
    let column: Column
    switch field.source {
    case .column(let stored): column = stored
    case .flag(let flag, _) where field.via == nil: return .flag(.constant(flag ? 1 : 0))
    case .flag: column = field.column
    case .elapsed(let starts, let ends):
      let program = NumberProgram(
        operation: .elapsed(
          from: Cells(values: starts, via: field.via), to: Cells(values: ends, via: field.via)),
        denominator: Int128(field.scale))
      return .number(program, field.unit, isLiteral: false)
    }
    switch column {
    case .decimals(let values):
      let program = NumberProgram(
        operation: .column(Cells(values: values, via: field.via)),
        denominator: Int128(field.scale))
      return .number(program, field.unit.isNumeric ? field.unit : .number, isLiteral: false)
    case .days(let values): return .day(.column(Cells(values: values, via: field.via)))
    // A condition compares days; the time of day only orders rows.
    case .instants(let instants):
      return .day(.column(Cells(values: instants.days, via: field.via)))
    case .flags(let values): return .flag(.flags(Cells(values: values, via: field.via)))
    case .references(let values): return .reference(Cells(values: values, via: field.via))
    case .categories(let categories): return .text(.categories(categories, via: field.via))
    case .texts(let texts): return .text(.texts(texts, via: field.via))
    }
  }

  private func nullTest(_ node: Node) throws(ExpressionError) -> Test.NullTest {
    switch try bind(node) {
    case .number(let program, _, _): return .numbers(program)
    case .day(let program): return .days(program)
    case .text(.categories(let categories, let via)):
      return .codes(Cells(values: categories.codes, via: via))
    case .text(.texts(let texts, let via)): return .texts(texts, via: via)
    case .reference(let cells): return .references(cells)
    case .flag(let test): return .outcomes(test)
    case .literal:
      throw error(node, "a text literal is never null", "name a field before is null")
    }
  }

  func error(_ node: Node, _ what: String, _ suggestion: String) -> ExpressionError {
    ExpressionError(
      .type, at: expression.position(of: node), what: what, suggestion: suggestion)
  }
}
