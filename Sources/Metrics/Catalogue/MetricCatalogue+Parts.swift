import Expressions
import Records

// What a metric is as a whole follows from the measures that it is made of.
extension MetricCatalogue {
  /// The facts whose rows a metric is made from, each once.
  public func facts(of name: String) -> [Fact] {
    var facts: [Fact] = []
    for (_, measure) in measures(of: name) where !facts.contains(measure.fact) {
      facts.append(measure.fact)
    }
    return facts
  }

  /// Along what a metric adds up; ratios do not, formulas where they only add and subtract.
  public func additivity(of name: String) -> Additivity {
    switch self[name]?.kind {
    case nil, .ratio, .formula(_, definedWhere: .some): return .nonAdditive
    case .measure(let measure): return measure.additivity
    case .formula(let text, nil):
      guard let expression = try? Expression(parsing: text.text, at: text.at),
        MetricCatalogue.isSum(expression.root)
      else { return .nonAdditive }
      let parts = self[name]?.parts.map { additivity(of: $0) } ?? []
      if parts.contains(.nonAdditive) { return .nonAdditive }
      return parts.contains(.semiAdditive) ? .semiAdditive : .additive
    }
  }

  /// The dimensions of which a query of a metric must name one; empty: none.
  public func onlyBy(_ name: String) -> [Dimension] {
    measures(of: name).flatMap(\.measure.onlyBy)
  }

  private static func isSum(_ node: Node) -> Bool {
    switch node.kind {
    case .field: true
    case .negated(let part): isSum(part)
    case .arithmetic(let operation, let left, let right):
      (operation == .plus || operation == .minus) && isSum(left) && isSum(right)
    default: false
    }
  }
}
