import Expressions
import Records
import Settings

/// Reads `measures`, `ratios` and `formulas` of a file of metrics.
struct MetricReader {
  private let findings: Findings

  init(_ findings: Findings) {
    self.findings = findings
  }

  func metrics(of document: Document) -> [Metric] {
    document.root.read(findings) { keys in
      keys.entries("measures").compactMap { metric($0, measure) }
        + keys.entries("ratios").compactMap { metric($0, ratio) }
        + keys.entries("formulas").compactMap { metric($0, formula) }
    } ?? []
  }

  /// Reads what every metric has, and its kind by the given function.
  private func metric(
    _ entry: Value.Entry, _ kind: (KeyReader) -> Metric.Kind?
  ) -> Metric? {
    if !isName(entry.key) {
      findings.add(
        .value, at: entry.at, "\"\(entry.key)\" cannot be the name of a metric",
        "use lower-case letters, digits and underscores")
    }
    let read = entry.value.read(findings) { keys -> Metric? in
      let title = keys.required("title")?.string(findings)
      let definition = keys.required("description")?.string(findings)
      let unit = keys.required("unit")?.oneOf(MetricUnit.self, findings)
      let kind = kind(keys)
      guard let title, let definition, let unit, let kind else { return nil }
      return Metric(
        name: entry.key, title: title, definition: definition, unit: unit.unit, kind: kind,
        at: entry.at)
    }
    return read ?? nil
  }

  private func measure(_ keys: KeyReader) -> Metric.Kind? {
    let fact = keys.required("fact")?.oneOf(Fact.self, findings)
    let aggregate = keys.required("aggregate")?.oneOf(Aggregate.self, findings)
    let additivity = keys.required("additivity")?.oneOf(Additivity.self, findings)
    let of = expression(keys, "of")
    let condition = expression(keys, "where")
    let date = keys.string("date")
    let withoutRows = keys.oneOf("without_rows", ["zero", "undefined"])
    let onlyBy = keys.list("only_by").compactMap { $0.oneOf(Dimension.self, findings) }
    guard let fact, let aggregate, let additivity else { return nil }
    return .measure(
      Measure(
        fact: fact, aggregate: aggregate, of: of, condition: condition, date: date,
        additivity: additivity, isUndefinedWithoutRows: withoutRows == "undefined",
        onlyBy: onlyBy))
  }

  private func ratio(_ keys: KeyReader) -> Metric.Kind? {
    guard let numerator = keys.required("numerator")?.string(findings),
      let denominator = keys.required("denominator")?.string(findings)
    else { return nil }
    return .ratio(numerator: numerator, denominator: denominator)
  }

  private func formula(_ keys: KeyReader) -> Metric.Kind? {
    _ = keys.required("formula")
    let condition = expression(keys, "defined_where")
    return expression(keys, "formula").map { .formula($0, definedWhere: condition) }
  }

  /// An expression whose syntax is right.
  private func expression(_ keys: KeyReader, _ key: String) -> ExpressionText? {
    guard let text = keys.value(key)?.located(findings) else { return nil }
    do {
      _ = try Expression(parsing: text.value, at: text.at)
    } catch {
      findings.add(error.finding)
    }
    return ExpressionText(text.value, at: text.at)
  }

  private func isName(_ text: String) -> Bool {
    text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
    } && text.utf8.first.map { $0 > 0x39 } ?? false
  }
}

/// Units as files of metrics write them.
private enum MetricUnit: String, CaseIterable {
  case money, count, rate, days, number
  case meanDays = "mean_days"

  var unit: Unit {
    switch self {
    case .money: .money
    case .count: .count
    case .rate: .rate
    case .days: .days
    case .number: .number
    case .meanDays: .meanDays
    }
  }
}
