import Metrics
import Records
import Reports

/// Why a query counts no record: found by asking again with less.
struct EmptyAnswer {
  /// A sentence; nil where records count and their figures are zero.
  let reason: String?

  init(_ query: Query, _ pipeline: Pipeline, catalogue: MetricCatalogue) throws(FindingsError) {
    let facts = query.metrics.flatMap { catalogue.facts(of: $0) }
    let slices = query.by.filter { !$0.isTime }
    let slice = Dimension.allCases.first { dimension in
      !dimension.isTime && facts.allSatisfy(dimension.facts.contains)
    }
    if let absent = facts.first(where: {
      !$0.entity.isDerived && pipeline.export.records[$0.entity].count == 0
    }) {
      reason =
        "The export holds no records of \(absent.entity.rawValue) that can be used"
        + " (cadastre check says more)."
      return
    }
    // By time alone, empty spans are rows too; members of any other dimension are only listed where
    // a record counts.
    func rows(_ change: (inout Query) -> Void) throws(FindingsError) -> Int {
      var probe = query
      probe.by = slices.isEmpty ? slice.map { [$0] } ?? query.by : slices
      probe.order = []
      probe.limit = nil
      change(&probe)
      return try pipeline.engine.run([probe])[0].rowCount
    }
    let names = Suggestion.list(query.metrics, conjunction: "and")
    if try rows({ _ in }) > 0 {
      reason = nil
    } else if query.filter != nil, try rows({ $0.filter = nil }) > 0 {
      reason = "No record that counts for \(names) meets --where; without it there are some."
    } else if query.period != .always, try rows({ $0.period = .always }) > 0 {
      let days = QuestionWords(query, pipeline.context, catalogue).days ?? ""
      reason = "No record that counts for \(names) is dated \(days); at other times there are some."
    } else if query.scope != .company, try rows({ $0.scope = .company }) > 0 {
      reason = "No record that counts for \(names) is in the territory; elsewhere there are some."
    } else {
      reason =
        "The export holds no record that counts for \(names) (cadastre explain says what does)."
    }
  }
}
