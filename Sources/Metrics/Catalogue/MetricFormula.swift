import Expressions
import Records
import Settings

/// A formula over metrics, evaluated exactly in quotients.
struct MetricFormula: Sendable {
  private let root: Node
  /// Names of the metrics in it.
  let names: [String]

  init(_ text: ExpressionText) throws(ExpressionError) {
    let expression = try Expression(parsing: text.text, at: text.at)
    root = expression.root
    names = expression.fields.map { $0.joined(separator: ".") }
  }

  /// The value over given figures; nil where one is undefined or a divisor is zero.
  func value(_ figure: (String) -> Ratio?) -> Ratio? {
    MetricFormula.value(root, figure)
  }

  /// Whether a comparison over given figures holds; no where one is undefined.
  func holds(_ figure: (String) -> Ratio?) -> Bool {
    MetricFormula.holds(root, figure)
  }

  private static func value(_ node: Node, _ figure: (String) -> Ratio?) -> Ratio? {
    switch node.kind {
    case .field(let path): return figure(path.joined(separator: "."))
    case .number(let number): return number
    case .negated(let part):
      return value(part, figure).map { Ratio(-$0.numerator, over: $0.denominator) }
    case .arithmetic(let operation, let left, let right):
      guard let left = value(left, figure), let right = value(right, figure) else { return nil }
      switch operation {
      case .plus: return left.adding(right)
      case .minus: return left.adding(Ratio(-right.numerator, over: right.denominator))
      case .times: return left.multiplied(by: right)
      case .over: return left.divided(by: right)
      }
    default: return nil
    }
  }

  private static func holds(_ node: Node, _ figure: (String) -> Ratio?) -> Bool {
    switch node.kind {
    case .comparison(let comparison, let left, let right):
      guard let left = value(left, figure), let right = value(right, figure) else { return false }
      let order = left.compared(to: right)
      switch comparison {
      case .equal: return order == 0
      case .notEqual: return order != 0
      case .less: return order < 0
      case .lessOrEqual: return order <= 0
      case .greater: return order > 0
      case .greaterOrEqual: return order >= 0
      }
    case .not(let part): return !holds(part, figure)
    case .all(let parts): return parts.allSatisfy { holds($0, figure) }
    case .any(let parts): return parts.contains { holds($0, figure) }
    default: return false
    }
  }

  /// Checks that units fit: only like is added to like, and the whole has the metric's unit.
  static func check(
    _ text: ExpressionText, of metric: Metric, _ catalogue: MetricCatalogue, _ findings: Findings
  ) {
    guard let expression = try? Expression(parsing: text.text, at: text.at) else { return }
    do {
      let unit = try unit(expression.root, expression) { catalogue[$0]?.unit }
      if let unit, unit != metric.unit {
        findings.add(
          .value, at: text.at, "the formula of \"\(metric.name)\" does not give the unit it states",
          "correct unit: or the formula")
      }
    } catch {
      findings.add(error.finding)
    }
  }

  /// Unit of a part; nil for a bare number or a product, which may be anything.
  private static func unit(
    _ node: Node, _ expression: Expression, _ known: (String) -> Unit?
  ) throws(ExpressionError) -> Unit? {
    switch node.kind {
    case .field(let path): return known(path.joined(separator: "."))
    case .number: return nil
    case .negated(let part): return try unit(part, expression, known)
    case .arithmetic(let operation, let left, let right):
      let above = try unit(left, expression, known)
      let below = try unit(right, expression, known)
      switch operation {
      case .plus, .minus:
        if let above, let below, above != below {
          throw ExpressionError(
            .type, at: expression.position(of: node),
            what: "figures of different units cannot be added",
            suggestion: "add figures of one unit")
        }
        return above ?? below
      case .times: return nil
      case .over: return above != nil && above == below ? .rate : nil
      }
    default:
      throw ExpressionError(
        .type, at: expression.position(of: node),
        what: "a formula over metrics holds names of metrics, numbers, + - * / and parentheses",
        suggestion: "put conditions into measures")
    }
  }
}
