import Records

/// The records from which a figure is made, and whether they give it.
public struct RecordsBehind: Sendable {
  /// The measure they are behind.
  public let measure: String
  /// Grain: one row a record that counts, the largest value first, then by Id; columns `id`, `name`,
  /// `value` (of a count of members: the member), `date` and the dimensions asked for.
  public let table: MetricTable
  /// How many records the fact has.
  public let recordCount: Int
  /// What the records give, each as often as it stands in a slice.
  public let ofRecords: Ratio?
  /// What the engine gives: the sum of the slices, or the whole of what does not add up.
  public let figure: Ratio?

  /// Whether the records give the figure exactly.
  public var agrees: Bool {
    switch (ofRecords, figure) {
    case (nil, nil): true
    case (let records?, let figure?): records.compared(to: figure) == 0
    default: false
    }
  }
}

extension LocalEngine {
  /// What the configuration says about figures.
  public var settings: MetricSettings { ledger.settings }

  /// The records behind a measure of a query: those that filter, period and scope keep.
  ///
  /// They are looked for one by one, apart from the engine's passes, and summed again: that both
  /// agree is a proof and no echo.
  ///
  /// - Parameters:
  ///   - measure: a measure of one of the query's metrics.
  ///   - query: slices, filter, period and scope; its metrics do not matter.
  ///   - limit: how many of the records the table holds; nil: all.
  /// - Returns: the records with the proof.
  /// - Throws: Why the query cannot be answered.
  public func records(
    behind measure: String, of query: Query, limit: Int? = nil
  ) throws(FindingsError) -> RecordsBehind {
    let (metric, definition, finder, figure) = try behind(measure, of: query)
    return RecordsBehind(
      measure: measure,
      table: finder.table(metric, limit: limit),
      recordCount: ledger.records[definition.fact.entity].count,
      ofRecords: finder.figure ?? (figure == nil ? nil : Ratio(0, over: 1)), figure: figure)
  }

  /// A measure with its records, found, and the figure that the engine gives.
  func behind(
    _ measure: String, of query: Query
  ) throws(FindingsError) -> (
    metric: Metric, definition: Measure, finder: RecordFinder, figure: Ratio?
  ) {
    var query = query
    query.metrics = [measure]
    query.order = []
    query.limit = nil
    guard let metric = catalogue[measure], case .measure(let definition) = metric.kind else {
      throw FindingsError([
        Finding(
          code: "metric-unknown", severity: .error, what: "there is no measure \"\(measure)\"",
          done: "no records were looked for", suggestion: "name a measure of the metric")
      ])
    }
    if definition.additivity == .nonAdditive { query.by = [] }
    let plan = try plan([query])
    let answer = try answers([query])[0]
    var finder: RecordFinder
    do {
      finder = try RecordFinder(
        definition, plan.aggregations[answer.plan.measures[0].figures], of: query, ledger: ledger,
        scopes: scopes,
        space: answer.space)
    } catch {
      throw FindingsError([error.finding])
    }
    finder.find()
    let values = answer.values(measure)
    var figure: Ratio?
    for group in answer.presentGroups {
      guard let value = values(group) else { continue }
      figure = figure.map { $0.adding(value) ?? $0 } ?? value
    }
    // No record at all is a zero where it is not undefined.
    if figure == nil, answer.presentGroups.isEmpty, query.by.isEmpty { figure = values(0) }
    return (metric, definition, finder, figure)
  }
}
