import Expressions
import Records

/// A condition on figures, such as `neglected > 0 and logged >= 0.3`.
public struct FigureCondition: Sendable {
  public let text: ExpressionText
  /// Names of the figures in it, each once.
  public let names: [String]
  private let formula: MetricFormula

  /// Reads a condition.
  ///
  /// - Throws: What is wrong with the text, at its character; also where it compares nothing.
  public init(_ text: ExpressionText) throws(ExpressionError) {
    let expression = try Expression(parsing: text.text, at: text.at)
    guard FigureCondition.compares(expression.root) else {
      throw ExpressionError(
        .type, at: text.at, what: "this compares no figures",
        suggestion: "compare figures with numbers, such as neglected > 0")
    }
    self.text = text
    formula = try MetricFormula(text)
    names = formula.names.reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  /// Whether it holds of some figures; a comparison with one that is not known does not.
  public func holds(_ figure: (String) -> Ratio?) -> Bool { formula.holds(figure) }

  private static func compares(_ node: Node) -> Bool {
    switch node.kind {
    case .comparison(_, let left, let right): isNumber(left) && isNumber(right)
    case .not(let part): compares(part)
    case .all(let parts), .any(let parts): parts.allSatisfy(compares)
    default: false
    }
  }

  private static func isNumber(_ node: Node) -> Bool {
    switch node.kind {
    case .field, .number: true
    case .negated(let part): isNumber(part)
    case .arithmetic(_, let left, let right): isNumber(left) && isNumber(right)
    default: false
    }
  }
}
