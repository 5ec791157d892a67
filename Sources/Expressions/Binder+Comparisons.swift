import Records

// Comparisons: like with like.
extension Binder {
  func compare(
    _ comparison: Node.Comparison, _ left: Node, _ right: Node
  ) throws(ExpressionError) -> Test {
    let (first, second) = (try bind(left), try bind(right))
    switch (first, second) {
    case (.number(let a, let unit, let isLiteral), .number(let b, let otherUnit, let isOther))
    where unit == otherUnit || isLiteral || isOther:
      // A bare number takes the unit of what it is compared with, but a span is only for days.
      return try compare(a, comparison, b, right)
    case (.day(let a), .day(let b)): return .days(a, comparison, b)
    case (.literal(let a), .literal(let b)):
      let test = TextTest(.compares(comparison), [b])
      return .constant(test.passes(a) ? 1 : 0)
    case (.text(let source), .literal(let value)):
      return try compare(source, comparison, value, right)
    case (.literal(let value), .text(let source)):
      return try compare(source, comparison.mirrored, value, left)
    case (.text(let a), .text(let b)):
      let (ranksA, ranksB) = Binder.ranks(a, b)
      return .ranks(ranksA, comparison, ranksB)
    case (.flag(let a), .flag(let b)) where comparison == .equal: return .same(a, b)
    case (.flag(let a), .flag(let b)) where comparison == .notEqual: return .not(.same(a, b))
    case (.reference, _): throw referenceCompared(left)
    case (_, .reference): throw referenceCompared(right)
    default:
      throw error(
        right, "\(first.type.name) cannot be compared with \(second.type.name)",
        advice(first, second))
    }
  }

  private func referenceCompared(_ node: Node) -> ExpressionError {
    error(
      node, "a reference can only be tested for null",
      "compare a field of the record it refers to, such as Owner.Name")
  }

  /// What to write where two kinds do not compare.
  private func advice(_ first: Operand, _ second: Operand) -> String {
    switch (first, second) {
    case (.literal(let value), .day) where Day(iso: value) != nil,
      (.day, .literal(let value)) where Day(iso: value) != nil:
      return "write the date without quotes"
    case (.literal, .number), (.number, .literal): return "write the number without quotes"
    case (.literal, .flag), (.flag, .literal): return "write true or false without quotes"
    case (.text, .number), (.text, .day): return "put the text in single quotes"
    case (.number, .number): return "compare values of one unit"
    case (.flag, .flag): return "use = or !="
    default: return "compare values of one kind"
    }
  }

  private func compare(
    _ a: NumberProgram, _ comparison: Node.Comparison, _ b: NumberProgram, _ node: Node
  ) throws(ExpressionError) -> Test {
    for (column, comparison, constant) in [(a, comparison, b), (b, comparison.mirrored, a)] {
      // A constant that the column could hold compares cell by cell.
      if case .column(let cells) = column.operation, let value = constant.constant,
        column.denominator % value.denominator == 0
      {
        let (scaled, overflows) = value.numerator.multipliedReportingOverflow(
          by: column.denominator / value.denominator)
        if !overflows, let threshold = Int64(exactly: scaled), threshold != Exact.null {
          return .decimals(cells, comparison, threshold)
        }
      }
    }
    let (factorA, factorB, _) = try commonDenominator(a, b, node)
    return .numbers(a, factorA, comparison, b, factorB)
  }

  private func compare(
    _ source: TextSource, _ comparison: Node.Comparison, _ value: String, _ node: Node
  ) throws(ExpressionError) -> Test {
    try refuseEmpty(value, node)
    return Binder.test(source, TextTest(.compares(comparison), [value]))
  }

  private func refuseEmpty(_ value: String, _ node: Node) throws(ExpressionError) {
    guard value.isEmpty else { return }
    throw error(
      node, "no cell holds '', an empty cell is null",
      "test for empty cells with is null or is not null")
  }

  func isIn(_ part: Node, _ values: [Node]) throws(ExpressionError) -> Test {
    if case .text(let source) = try bind(part) {
      return Binder.test(source, TextTest(.isIn, try literals(values, after: "in")))
    }
    var tests: [Test] = []
    for value in values { tests.append(try compare(.equal, part, value)) }
    return .any(tests)
  }

  func match(
    _ match: Node.Match, _ part: Node, _ values: [Node]
  ) throws(ExpressionError) -> Test {
    let operand = try bind(part)
    guard case .text(let source) = operand else {
      throw error(
        part, "\(match.rawValue) looks into text, this is \(operand.type.name)",
        "name a text field before it")
    }
    return Binder.test(
      source, TextTest(.looksInto(match), try literals(values, after: match.rawValue)))
  }

  private func literals(_ values: [Node], after word: String) throws(ExpressionError) -> [String] {
    var literals: [String] = []
    for value in values {
      guard case .text(let literal) = value.kind else {
        throw error(value, "\(word) needs text in single quotes here", "quote the value")
      }
      try refuseEmpty(literal, value)
      literals.append(literal)
    }
    return literals
  }

  /// A text test: for text that repeats, each distinct value is tested once, here.
  static func test(_ source: TextSource, _ test: TextTest) -> Test {
    switch source {
    case .texts(let texts, let via): return .texts(texts, via: via, test)
    case .categories(let categories, let via):
      let outcomes = categories.values.map { test.passes($0) ? UInt8(1) : 0 }
      return .codes(Cells(values: categories.codes, via: via), outcomes: [2] + outcomes)
    }
  }

  /// The texts of two fields as ranks in their common order, without regard to case.
  private static func ranks(_ a: TextSource, _ b: TextSource) -> (Cells<Int32>, Cells<Int32>) {
    var distinct: Set<[UInt8]> = []
    let (first, second) = (folded(a), folded(b))
    distinct.formUnion(first.values)
    distinct.formUnion(second.values)
    let sorted = distinct.sorted { $0.lexicographicallyPrecedes($1) }
    let rankOf = Dictionary(uniqueKeysWithValues: zip(sorted, 0..<Int32(sorted.count)))
    func ranks(_ side: (values: [[UInt8]], codes: [Int32], via: [Int32]?)) -> Cells<Int32> {
      let byCode = side.values.map { rankOf[$0] ?? -1 }
      return Cells(values: side.codes.map { $0 < 0 ? -1 : byCode[Int($0)] }, via: side.via)
    }
    return (ranks(first), ranks(second))
  }

  private static func folded(
    _ source: TextSource
  ) -> (values: [[UInt8]], codes: [Int32], via: [Int32]?) {
    switch source {
    case .categories(let categories, let via):
      return (categories.values.map { TextTest.lowercased($0.utf8) }, categories.codes, via)
    case .texts(let texts, let via):
      let values = (0..<texts.count).map { TextTest.lowercased(texts.bytes[texts.range($0)]) }
      return (values, values.indices.map { values[$0].isEmpty ? -1 : Int32($0) }, via)
    }
  }
}
