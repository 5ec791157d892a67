import Expressions
import Metrics
import Records
import Settings
import Territories

// Tables, and what all sections have in common.
extension DefinitionReader {
  func table(_ keys: KeyReader) -> ReportDefinition.Table? {
    let source = source(keys)
    let reasons = reasons(keys, of: source)
    let columns = keys.entries("columns").compactMap {
      entry -> (title: String, name: String)? in
      guard let name = entry.value.located(findings) else { return nil }
      if let source { checkColumn(name, of: source, hasReasons: !reasons.isEmpty) }
      return (entry.key, name.value)
    }
    if case .listing = source, columns.isEmpty {
      findings.add(
        .missingKey, at: keys.group.at, "a list needs the key \"columns\"",
        "add columns: a title and a field for each, such as {Deal: Name}")
    }
    let until = keys.read("until") { inner -> (field: String, period: PeriodSpec)? in
      let field = inner.required("field")?.string(findings)
      let period = period(inner, "period")
      if period == nil, !inner.has("period") { _ = inner.required("period") }
      guard let field, let period else { return nil }
      return (field, period)
    }
    let table = ReportDefinition.Table(
      source: source ?? .listing(.opportunities), columns: columns,
      period: period(keys, "period") ?? .always, filter: expression(keys, "where"),
      until: until ?? nil, order: order(keys), limit: keys.int("limit", in: 1...10_000),
      orderWords: keys.string("order_words"), total: keys.bool("total") ?? false,
      overdue: keys.string("overdue"), note: pattern(keys, "note", names: []),
      empty: pattern(keys, "empty", names: []),
      attached: keys.int("attach", in: 0...1_000_000) ?? 5_000, reasons: reasons,
      mailColumns: mailColumns(keys, of: source, columns))
    return source == nil ? nil : table
  }

  /// One of `metrics` with `by`, `list`, and `table`.
  private func source(_ keys: KeyReader) -> ReportDefinition.Table.Source? {
    let written = ["metrics", "list", "table", "changes"].filter(keys.has)
    guard written.count == 1 else {
      findings.add(
        written.isEmpty ? .missingKey : .value, at: keys.group.at,
        written.isEmpty
          ? "the table has neither \"metrics\" nor \"list\" nor \"table\" nor \"changes\""
          : "the table has \(Suggestion.list(written.map { "\"\($0)\"" }, conjunction: "and"))",
        "write one of them")
      return nil
    }
    switch written[0] {
    case "metrics":
      let names = (keys.value("metrics")?.list(findings) ?? []).compactMap(metric)
      guard let by = breakdown(keys.required("by")), !names.isEmpty else { return nil }
      return .metrics(names, by: by)
    case "changes": return changes(keys).map { .changes($0) }
    case "list": return keys.oneOf("list", Fact.self).map { .listing($0) }
    default:
      let names =
        StandardTable.allCases.map(\.rawValue) + DetailTable.allCases.map(\.rawValue)
        + DataTable.allCases.map(\.rawValue)
      guard let name = keys.oneOf("table", names) else { return nil }
      return StandardTable(rawValue: name).map { .standard($0) }
        ?? DetailTable(rawValue: name).map { .detail($0) }
        ?? DataTable(rawValue: name).map { .data($0) }
    }
  }

  func breakdown(_ value: Value?) -> ReportDefinition.Breakdown? {
    let names = ["parts"] + Dimension.allCases.map(\.rawValue)
    guard let word = value?.oneOf(names, findings) else { return nil }
    return word == "parts" ? .parts : Dimension(rawValue: word).map { .dimension($0) }
  }

  func period(_ keys: KeyReader, _ key: String) -> PeriodSpec? {
    keys.oneOf(key, PeriodSpec.named.map(\.name)).flatMap { PeriodSpec(name: $0) }
  }

  /// The name of a metric; one that the catalogue does not have is a finding.
  func metric(_ value: Value?) -> String? {
    guard let name = value?.located(findings) else { return nil }
    guard let metrics, !metrics.contains(name.value) else { return name.value }
    findings.add(
      .value, at: name.at, "no metric is called \"\(name.value)\"",
      Suggestion.sentence(
        for: name.value, in: metrics.sorted(), otherwise: "use a name of reports/metrics.yaml"))
    return nil
  }

  /// An expression, parsed once here so that its mistakes are found with the others.
  func expression(_ keys: KeyReader, _ key: String) -> ExpressionText? {
    guard let text = keys.located(key) else { return nil }
    do {
      _ = try Expression(parsing: text.value, at: text.at)
      return ExpressionText(text.value, at: text.at)
    } catch {
      findings.add(error.finding)
      return nil
    }
  }

  /// Columns to sort by, each with `descending` behind it or not.
  func order(_ keys: KeyReader) -> [Order] {
    guard let value = keys.value("order") else { return [] }
    let items: [Value]
    if case .sequence(let values) = value.kind { items = values } else { items = [value] }
    return items.compactMap { item in
      guard let text = item.string(findings) else { return nil }
      let words = text.split(separator: " ").map(String.init)
      if words.count == 1 { return Order(words[0]) }
      if words.count == 2, ["ascending", "descending"].contains(words[1]) {
        return Order(words[0], descending: words[1] == "descending")
      }
      item.refuse("a column, or a column and \"descending\"", findings)
      return nil
    }
  }

  func pattern(_ keys: KeyReader, _ key: String, names: [String]?) -> Pattern? {
    keys.value(key).flatMap { pattern($0, names: names) }
  }

  /// Words with names in braces: the common ones and those given, or any where none are given.
  func pattern(_ value: Value, names: [String]?) -> Pattern? {
    guard let text = value.located(findings) else { return nil }
    let pattern = Pattern(text.value, at: text.at)
    guard let names else { return pattern }
    let known =
      ReportDefinition.commonNames + ChangeFigure.names + [ReportDefinition.readerName]
      + figures.flatMap { [$0, $0 + ".change"] } + names
    for name in pattern.names where !known.contains(name) {
      findings.add(
        .value, at: text.at, "nothing called \"\(name)\" can stand in braces here",
        Suggestion.sentence(
          for: name, in: known.sorted(), otherwise: "use \(Suggestion.list(known.sorted()))"))
    }
    return pattern
  }
}
