import Expressions
import Records
import Settings

/// Checks that metrics fit together: names, units, additivity, what a measure needs.
struct MetricCheck {
  private let catalogue: MetricCatalogue
  private let findings: Findings

  init(_ catalogue: MetricCatalogue, _ findings: Findings) {
    self.catalogue = catalogue
    self.findings = findings
  }

  func run() {
    for metric in catalogue.metrics {
      if case .measure(let measure) = metric.kind {
        check(measure, of: metric)
      } else {
        check(parts: metric)
      }
    }
  }

  private func check(_ measure: Measure, of metric: Metric) {
    if (measure.of == nil) != (measure.aggregate == .count) {
      refuse(
        metric,
        measure.of == nil
          ? "measure \"\(metric.name)\" does not say what it aggregates"
          : "measure \"\(metric.name)\" counts rows and aggregates nothing",
        measure.of == nil ? "add of: with a field or expression" : "remove of:")
    }
    switch measure.aggregate {
    case .sum, .count:
      if measure.additivity == .nonAdditive {
        refuse(
          metric, "measure \"\(metric.name)\" is a \(measure.aggregate.rawValue) and adds up",
          "write additivity: additive or semi_additive")
      }
    case .countDistinct, .median, .p90, .mean, .max, .min:
      if measure.additivity != .nonAdditive {
        refuse(
          metric,
          "measure \"\(metric.name)\" is a \(measure.aggregate.rawValue), which does not"
            + " add up", "write additivity: non_additive")
      }
    }
    if measure.additivity == .semiAdditive, measure.date != nil, !measure.fact.isMonthly {
      refuse(
        metric, "measure \"\(metric.name)\" is a state as of one day and has a date",
        "remove date:, or write additivity: additive")
    }
    if measure.aggregate == .countDistinct, let of = measure.of {
      let dimension = Dimension(rawValue: of.text)
      if dimension == nil || dimension?.isTime == true {
        refuse(
          metric,
          "measure \"\(metric.name)\" counts members of \"\(of.text)\", which is no"
            + " dimension",
          Suggestion.sentence(
            for: of.text, in: Dimension.allCases.filter { !$0.isTime }.map(\.rawValue),
            otherwise: "name a dimension, such as account"))
      } else if let dimension, !dimension.facts.contains(measure.fact) {
        refuse(
          metric, "\(measure.fact.grain) has no \(dimension.rawValue)",
          "name a dimension of the fact \(measure.fact.rawValue)")
      }
    }
  }

  private func check(parts metric: Metric) {
    for part in metric.parts where catalogue[part] == nil {
      refuse(
        metric, "metric \"\(metric.name)\" is made of \"\(part)\", which is not known",
        Suggestion.sentence(
          for: part, in: catalogue.metrics.map(\.name), otherwise: "define it first"))
    }
    guard metric.parts.allSatisfy({ catalogue[$0] != nil }) else { return }
    if isDeep(metric, 0) {
      refuse(
        metric, "metric \"\(metric.name)\" is made of itself", "take it out of its own parts")
      return
    }
    if case .ratio(let numerator, let denominator) = metric.kind, metric.unit == .rate,
      let above = catalogue[numerator], let below = catalogue[denominator],
      above.unit != below.unit
    {
      refuse(
        metric,
        "\"\(numerator)\" and \"\(denominator)\" have different units, so their quotient"
          + " is no rate", "choose another unit, or parts of one unit")
    }
    if case .formula(let text, _) = metric.kind {
      MetricFormula.check(text, of: metric, catalogue, findings)
    }
  }

  private func isDeep(_ metric: Metric, _ depth: Int) -> Bool {
    guard depth < MetricCatalogue.maximumDepth else { return true }
    return metric.parts.contains { catalogue[$0].map { isDeep($0, depth + 1) } ?? false }
  }

  private func refuse(_ metric: Metric, _ what: String, _ suggestion: String) {
    findings.add(.value, at: metric.at, what, suggestion)
  }
}
