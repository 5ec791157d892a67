import Expressions
import Records

// Comparisons: as in the language, without regard to case in texts, null where a side is.
extension SQLExpression {
  func compare(
    _ comparison: Node.Comparison, _ left: SQLValue, _ right: SQLValue, _ node: Node
  ) throws -> String {
    let sign = comparison == .notEqual ? "<>" : comparison.rawValue
    switch (left, right) {
    case (.number(let a), .number(let b)): return compare(a, sign, b)
    case (.day(let a), .day(let b)): return "(\(a) \(sign) \(b))"
    case (.text(let a), .text(let b)):
      return "(\(folded(a)) \(sign) \(folded(b)))"
    case (.flag(let a), .flag(let b)): return "(\(a) \(sign) \(b))"
    default: throw misfit(node)
    }
  }

  private func compare(_ a: SQLNumber, _ sign: String, _ b: SQLNumber) -> String {
    let (factorA, factorB, _) = commonDenominator(a, b)
    let (left, right) = (times(a, factorA), times(b, factorB))
    guard left.bound + right.bound > dialect.largestWhole else {
      return "(\(left.sql) \(sign) \(right.sql))"
    }
    return "(\(dialect.attempt(left.sql, "-", right.sql)) \(sign) 0)"
  }

  func isIn(_ part: Node, _ values: [Node], _ node: Node) throws -> String {
    let value = try print(part)
    if case .text(let text) = value {
      return "(\(folded(text)) IN (\(literals(values).joined(separator: ", "))))"
    }
    var tests: [String] = []
    for other in values {
      tests.append(try compare(.equal, value, try print(other), node))
    }
    return "(" + tests.joined(separator: " OR ") + ")"
  }

  func match(
    _ match: Node.Match, _ part: Node, _ values: [Node]
  ) throws -> String {
    let text = folded(try print(part).sql)
    let tests = literals(values).map { literal in
      switch match {
      case .contains: dialect.contains(text, literal)
      case .startsWith: dialect.startsWith(text, literal)
      case .endsWith: dialect.endsWith(text, literal)
      case .includes, .excludes: includes(text, literal)
      }
    }
    let any = "(" + tests.joined(separator: " OR ") + ")"
    return match == .excludes ? "(NOT \(any))" : any
  }

  /// Whether one of the values between semicolons is a literal; none is one that holds a semicolon.
  private func includes(_ text: String, _ literal: String) -> String {
    if literal.contains(";") { return "(\(text) IS NULL AND NULL)" }
    return dialect.contains("(';' || \(text) || ';')", "(';' || \(literal) || ';')")
  }

  private func literals(_ values: [Node]) -> [String] {
    values.compactMap { value in
      if case .text(let text) = value.kind {
        dialect.literal(SQLExpression.lowercased(text))
      } else {
        nil
      }
    }
  }

  /// A text in lower case; a literal is lowered here.
  private func folded(_ sql: String) -> String {
    guard sql.hasPrefix("'") else { return "lower(\(sql))" }
    return SQLExpression.lowercased(sql)
  }

  /// Each scalar in its lower case, and nothing else changed, as the language compares.
  static func lowercased(_ text: String) -> String {
    text.unicodeScalars.map(\.properties.lowercaseMapping).joined()
  }
}
