import Metrics
import Records
import Settings

// Charts and maps.
extension DefinitionReader {
  /// The keys of a chart; a map is one whose kind is known.
  func chart(_ keys: KeyReader, isMap: Bool) -> ReportDefinition.Chart? {
    let written = isMap ? nil : keys.required("chart")
    let kind = isMap ? ChartKind.map : written.flatMap(kind)
    let source = chartSource(keys, kind)
    let months = keys.int("months", in: 2...60)
    let chart = ReportDefinition.Chart(
      kind: kind ?? .bar, source: source ?? .metrics([], by: []),
      target: keys.value("target").flatMap(metric),
      ownerTarget: keys.value("owner_target").flatMap(metric),
      period: period(keys, "period") ?? .always, earlier: earlier(keys), months: months,
      annualised: keys.bool("annualised") ?? false,
      among: keys.oneOf("among", ReportDefinition.Chart.Among.self) ?? .all,
      labels: labels(keys, source),
      tellsMiddle: keys.oneOf("message", ["largest", "middle"]) == "middle",
      filter: expression(keys, "where"), order: order(keys),
      limit: keys.int("limit", in: 1...100), subtitle: pattern(keys, "subtitle", names: []),
      empty: pattern(keys, "empty", names: []))
    guard kind != nil, source != nil else { return nil }
    if case .metrics = chart.source { check(chart, at: written?.at ?? keys.group.at) }
    return chart
  }

  /// A label for each metric, or none.
  private func labels(
    _ keys: KeyReader, _ source: ReportDefinition.Chart.Source?
  ) -> [String] {
    let labels = keys.strings("labels")
    guard case .metrics(let metrics, _) = source, !labels.isEmpty, labels.count != metrics.count
    else { return labels }
    findings.add(
      .value, at: keys.value("labels")?.at ?? keys.group.at,
      "there are \(labels.count) labels for \(metrics.count) metrics",
      "write one for each, in their order")
    return []
  }

  private func kind(_ value: Value) -> ChartKind? {
    let word = value.string(Findings())?.lowercased()
    if let word, ["pie", "donut", "doughnut"].contains(word) {
      findings.add(
        .value, at: value.at, "there is no chart \"\(word)\", because angles are hard to compare",
        "write bar")
      return nil
    }
    return value.oneOf(ChartKind.self, findings)
  }

  private func earlier(_ keys: KeyReader) -> ReportDefinition.Chart.Earlier? {
    let names = PeriodSpec.named.map(\.name) + ["year_before"]
    guard let word = keys.oneOf("compare", names) else { return nil }
    return PeriodSpec(name: word).map { .period($0) } ?? .yearBefore
  }

  /// One of `metric`, `metrics` and `table`.
  private func chartSource(
    _ keys: KeyReader, _ kind: ChartKind?
  ) -> ReportDefinition.Chart.Source? {
    if keys.has("table") { return tableSource(keys, kind) }
    var names: [String]?
    if keys.has("metrics") {
      names = (keys.value("metrics")?.list(findings) ?? []).compactMap(metric)
    } else {
      names = metric(keys.required("metric")).map { [$0] }
    }
    // A line of completed months needs no other axis.
    let isOfMonths = keys.has("months") && !keys.has("by")
    let value = keys.value("by")
    var by: [ReportDefinition.Breakdown] = isOfMonths ? [.dimension(.month)] : []
    if let value {
      let words: [Value]
      if case .sequence(let values) = value.kind { words = values } else { words = [value] }
      by = words.compactMap(breakdown)
      guard by.count == words.count else { return nil }
    } else if !isOfMonths, names.map({ $0.count == 1 }) ?? false {
      _ = keys.required("by")
      return nil
    }
    return names.map { .metrics($0, by: by) }
  }

  private func tableSource(
    _ keys: KeyReader, _ kind: ChartKind?
  ) -> ReportDefinition.Chart.Source? {
    // The bridge is made of a detail table, which weekly lists show beside it.
    let bridge = DetailTable.pipelineBridge.rawValue
    let names = StandardTable.allCases.map(\.rawValue) + [bridge]
    let written = keys.value("table")
    let table: StandardTable? = keys.oneOf("table", names).flatMap {
      $0 == bridge ? .pipelineMovement : StandardTable(rawValue: $0)
    }
    let values = keys.has("values") ? keys.strings("values") : keys.string("value").map { [$0] }
    let by = keys.string("by")
    guard let table, let kind, let at = written?.at else { return nil }
    guard let values else {
      guard kind == .waterfall, TableBridge.tables.contains(table) else {
        findings.add(
          .missingKey, at: at, "a chart of the rows of \(table.rawValue) needs the key \"value\"",
          "name a column of figures as value, and the column that names the rows as by; bridges are "
            + "waterfalls of \(Suggestion.list(TableBridge.tables.map(\.rawValue)))")
        return nil
      }
      return .bridge(table)
    }
    guard let by else {
      _ = keys.required("by")
      return nil
    }
    let alone: [ChartKind] = [
      .bar, .column, .waterfall, .pareto, .lorenz, .histogram, .scatter, .treemap,
    ]
    guard alone.contains(kind) else {
      findings.add(
        .value, at: at,
        "\(kind.named) cannot show the rows of a table, which have no order in time "
          + "and no second dimension",
        "kinds that fit are \(Suggestion.list(alone.map(\.rawValue)))")
      return nil
    }
    return .rows(table, values: values, by: by)
  }

  /// Refuses what no edition could draw.
  private func check(_ chart: ReportDefinition.Chart, at: SourcePosition) {
    guard let catalogue else { return }
    for partsAreOwners in chart.isOfParts ? [false, true] : [false] {
      let (metrics, by) = chart.asked(partsAreOwners: partsAreOwners)
      guard !metrics.isEmpty, metrics.allSatisfy({ catalogue[$0] != nil }) else { return }
      // Without a target of its own a bullet chart shows what there is.
      if chart.kind == .bullet, metrics.count == 1, chart.isOfParts { continue }
      let hasEarlier = chart.earlier != nil || chart.months != nil
      let shape = ChartShape(Query(metrics: metrics, by: by), catalogue, hasEarlier: hasEarlier)
      do {
        try ChartRefusal(shape, at: at).check(chart.kind, isComparable: hasEarlier)
      } catch {
        for finding in error.findings { findings.add(finding) }
        return
      }
    }
  }

  /// A section whose message is to stand with others must be there.
  func checkTakeaways(_ sections: [ReportDefinition.Section]) {
    let ids = sections.map(\.id)
    for section in sections {
      guard case .takeaways(let takeaways) = section.content else { continue }
      for id in takeaways.of where !ids.contains(id) {
        findings.add(
          .value, at: section.at, "no section has the id \"\(id)\"",
          Suggestion.sentence(
            for: id, in: ids, otherwise: "write ids of sections of this report"))
      }
    }
  }
}
