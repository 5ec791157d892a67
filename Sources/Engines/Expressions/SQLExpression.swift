import Expressions
import Metrics
import Records

/// Finds fields as SQL for the expressions over one fact.
protocol SQLFields {
  /// The field of a path.
  ///
  /// - Throws: a finding where the field is unknown, or SQL cannot give it.
  func field(_ path: [String]) throws -> SQLValue
}

/// Prints expressions of the one language as SQL that gives the same for every row.
///
/// Types and units were checked when the expression was bound to columns; here a part is only told
/// apart by what its SQL is.
struct SQLExpression {
  let dialect: any Dialect
  let fields: any SQLFields
  let asOf: Day

  /// A condition.
  func condition(_ text: ExpressionText) throws -> String {
    try print(parsed(text)).sql
  }

  /// What an aggregate takes.
  func value(_ text: ExpressionText) throws -> SQLValue {
    try print(parsed(text))
  }

  private func parsed(_ text: ExpressionText) throws -> Node {
    do {
      return try Expression(parsing: text.text, at: text.at).root
    } catch {
      throw FindingsError([error.finding])
    }
  }

  func print(_ node: Node) throws -> SQLValue {
    switch node.kind {
    case .field(let path):
      // In SQL records have keys, which no text is compared with.
      if path.last?.lowercased() == "id" { throw NotPrinted.finding("a condition on Ids") }
      return try fields.field(path)
    case .number(let value): return .number(constant(value))
    case .text(let text): return .text(dialect.literal(text))
    case .day(let day): return .day(dialect.literal(day))
    case .today: return .day(dialect.literal(asOf))
    case .days(let days): return .number(constant(Ratio(Int128(days), over: 1)))
    case .flag(let flag): return .flag(flag ? "true" : "false")
    case .negated(let part):
      guard case .number(let number) = try print(part) else { throw misfit(node) }
      return .number(product(number, constant(Ratio(-1, over: 1))))
    case .arithmetic(let operation, let left, let right):
      return try arithmetic(operation, try print(left), try print(right), node)
    case .comparison(let comparison, let left, let right):
      return .flag(try compare(comparison, try print(left), try print(right), node))
    case .isIn(let part, let values): return .flag(try isIn(part, values, node))
    case .between(let part, let low, let high):
      let value = try print(part)
      let above = try compare(.greaterOrEqual, value, try print(low), node)
      let below = try compare(.lessOrEqual, value, try print(high), node)
      return .flag("(\(above) AND \(below))")
    case .match(let match, let part, let values):
      return .flag(try self.match(match, part, values))
    case .isNull(let part): return .flag("(\(try print(part).sql) IS NULL)")
    case .not(let part): return .flag("(NOT \(try print(part).sql))")
    case .all(let parts): return .flag(try joined(parts, " AND "))
    case .any(let parts): return .flag(try joined(parts, " OR "))
    }
  }

  private func joined(_ parts: [Node], _ word: String) throws -> String {
    var printed: [String] = []
    for part in parts { printed.append(try print(part).sql) }
    return "(" + printed.joined(separator: word) + ")"
  }

  /// What is said where a part is not what its place needs; the check before has refused it.
  func misfit(_ node: Node) -> FindingsError {
    NotPrinted.finding("an expression whose parts do not fit each other")
  }
}

/// Refusals: what the printer does not know is named, and never left out.
enum NotPrinted {
  static func finding(_ what: String, _ suggestion: String? = nil) -> FindingsError {
    FindingsError([
      Finding(
        code: "sql-not-printed", severity: .error, what: "SQL cannot say \(what) yet",
        done: "no SQL was printed",
        suggestion: suggestion ?? "ask without it, or take the local engine's answer")
    ])
  }
}
