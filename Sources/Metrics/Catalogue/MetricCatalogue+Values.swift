import Records

extension MetricCatalogue {
  /// The value of a metric, made from the figures of its measures.
  ///
  /// - Parameters:
  ///   - metric: its name.
  ///   - figure: the figure of a measure by its name; nil where it is undefined.
  /// - Returns: nil where the value is undefined.
  public func value(of metric: String, figure: (String) -> Ratio?) -> Ratio? {
    switch self[metric]?.kind {
    case nil: return nil
    case .measure: return figure(metric)
    case .ratio(let numerator, let denominator):
      guard let above = value(of: numerator, figure: figure),
        let below = value(of: denominator, figure: figure)
      else { return nil }
      return above.divided(by: below)
    case .formula(let text, let condition):
      guard let formula = try? MetricFormula(text) else { return nil }
      let part: (String) -> Ratio? = { value(of: $0, figure: figure) }
      if let condition = condition.flatMap({ try? MetricFormula($0) }), !condition.holds(part) {
        return nil
      }
      return formula.value(part)
    }
  }
}
