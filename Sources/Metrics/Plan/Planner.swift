import Records

/// Turns queries into a plan, and refuses those whose figures would be wrong.
struct Planner {
  private let catalogue: MetricCatalogue
  private let asOf: Day
  private let calendar: FiscalCalendar
  private var plan = QueryPlan()
  private var indexOfAggregation: [QueryPlan.Aggregation: Int] = [:]
  private var indexOfSpace: [QueryPlan.Space: Int] = [:]
  /// The first place of each text, so that the same words written twice are one condition.
  private var firstOfText: [String: ExpressionText] = [:]
  private var findings: [Finding] = []

  init(catalogue: MetricCatalogue, asOf: Day, calendar: FiscalCalendar) {
    self.catalogue = catalogue
    self.asOf = asOf
    self.calendar = calendar
  }

  /// The plan of queries.
  ///
  /// - Throws: Every reason why one of them cannot be answered.
  static func plan(
    _ queries: [Query], catalogue: MetricCatalogue, asOf: Day, calendar: FiscalCalendar
  ) throws(FindingsError) -> QueryPlan {
    var planner = Planner(catalogue: catalogue, asOf: asOf, calendar: calendar)
    for query in queries { planner.add(query) }
    guard planner.findings.isEmpty else { throw FindingsError(planner.findings) }
    return planner.plan
  }

  private mutating func add(_ query: Query) {
    let period = query.period.period(asOf: asOf, calendar: calendar)
    var measures: [(name: String, measure: Measure)] = []
    for name in query.metrics {
      guard catalogue[name] != nil else {
        refuse(
          "metric-unknown", "metric \"\(name)\" is not known",
          Suggestion.sentence(
            for: name, in: catalogue.metrics.map(\.name),
            otherwise: "list the metrics of reports/metrics.yaml"))
        continue
      }
      for part in catalogue.measures(of: name)
      where !measures.contains(where: { $0.name == part.name }) {
        measures.append(part)
      }
    }
    let failures = findings.count
    for (name, measure) in measures { check(name, measure, query, period) }
    guard findings.count == failures, !measures.isEmpty else { return }

    let space = index(of: space(query, period, measures.map(\.measure)))
    plan.answers.append(
      QueryPlan.Answer(
        query: query, period: period, space: space,
        measures: measures.map { name, measure in
          let figures = aggregation(measure, measure.aggregate, query, period, space)
          let rows = aggregation(measure, .count, query, period, space)
          return QueryPlan.MeasureSource(
            name: name, measure: measure, figures: figures, rows: rows)
        }))
  }

  private func space(_ query: Query, _ period: Period, _ measures: [Measure]) -> QueryPlan.Space {
    let hasTime = query.by.contains(where: \.isTime)
    var facts: [Fact] = []
    var dates: [QueryPlan.FactDate] = []
    for measure in measures {
      if !facts.contains(measure.fact) { facts.append(measure.fact) }
      guard hasTime, let date = measure.date else { continue }
      let factDate = QueryPlan.FactDate(fact: measure.fact, date: date)
      if !dates.contains(factDate) { dates.append(factDate) }
    }
    return QueryPlan.Space(
      by: query.by,
      period: hasTime && period != .always
        ? MonthlyStates.listed(period, of: facts, asOf: asOf) : nil, facts: facts,
      dates: dates, scope: query.scope)
  }

  private mutating func aggregation(
    _ measure: Measure, _ aggregate: Aggregate, _ query: Query, _ period: Period, _ space: Int
  ) -> Int {
    let isBounded = measure.date != nil && period != .always
    let needsDate =
      isBounded || measure.isMonthlyState || query.by.contains(where: \.isTime)
    return index(
      of: QueryPlan.Aggregation(
        fact: measure.fact, aggregate: aggregate,
        of: aggregate == .count ? nil : measure.of.map { first($0) },
        conditions: [measure.condition, query.filter].compactMap { $0 }.map { first($0) },
        date: needsDate ? measure.date : nil, period: isBounded ? period : nil,
        takesLastMonth: measure.isMonthlyState,
        // Who is counted once is not added to anybody.
        takesTopQuotas: measure.fact == .quotas && measure.aggregate != .countDistinct
          && !query.by.contains { $0.isManyValued || $0.isOwner },
        by: query.by, scope: query.scope, space: space))
  }

  private mutating func first(_ text: ExpressionText) -> ExpressionText {
    if let known = firstOfText[text.text] { return known }
    firstOfText[text.text] = text
    return text
  }

  private mutating func index(of aggregation: QueryPlan.Aggregation) -> Int {
    if let known = indexOfAggregation[aggregation] { return known }
    plan.aggregations.append(aggregation)
    indexOfAggregation[aggregation] = plan.aggregations.count - 1
    return plan.aggregations.count - 1
  }

  /// The place of a space in the plan; spaces of the same records are one, for the facts of all.
  private mutating func index(of space: QueryPlan.Space) -> Int {
    var key = space
    if space.by.allSatisfy(\.isOfRecords) { key.facts = [] }
    if let known = indexOfSpace[key] {
      for fact in space.facts where !plan.spaces[known].facts.contains(fact) {
        plan.spaces[known].facts.append(fact)
      }
      return known
    }
    plan.spaces.append(space)
    indexOfSpace[key] = plan.spaces.count - 1
    return plan.spaces.count - 1
  }

  private mutating func check(
    _ name: String, _ measure: Measure, _ query: Query, _ period: Period
  ) {
    for dimension in query.by where !dimension.facts.contains(measure.fact) {
      refuse(
        "metric-dimension",
        "metric \"\(name)\" cannot be sliced by \(dimension.rawValue):"
          + " \(measure.fact.grain) has none",
        "slice it by another dimension")
    }
    if let dimension = query.by.first(where: \.isTime), measure.date == nil {
      let why =
        measure.additivity == .semiAdditive
        ? "it is a state on one day, and the sum of states counts what lasts again and again"
        : "it has no date"
      refuse(
        "metric-not-additive-over-time",
        "metric \"\(name)\" cannot be summed by \(dimension.rawValue): \(why)",
        "slice it by another dimension, or take a metric with a date")
    } else if measure.additivity == .semiAdditive, measure.date == nil, period != .always,
      !period.contains(asOf)
    {
      refuse(
        "metric-not-additive-over-time",
        "metric \"\(name)\" is known as of \(asOf) only, which is not in the period \(period)",
        "ask for it without a period, or take a metric with a date")
    }
    if !measure.onlyBy.isEmpty, !measure.onlyBy.contains(where: query.by.contains) {
      refuse(
        "metric-levels-added",
        "metric \"\(name)\" would add the levels of a hierarchy",
        "slice it by \(Suggestion.list(measure.onlyBy.map(\.rawValue)))")
    }
    if query.by.filter(\.isManyValued).count > 1 {
      refuse(
        "metric-grain", "a row would stand in several members of two dimensions at once",
        "slice by \(Suggestion.list(query.by.filter(\.isManyValued).map(\.rawValue))) alone")
    }
  }

  private mutating func refuse(_ code: String, _ what: String, _ suggestion: String) {
    let finding = Finding(
      code: code, severity: .error, what: what, done: "the query was not run",
      suggestion: suggestion)
    if !findings.contains(finding) { findings.append(finding) }
  }
}

extension Dimension {
  /// Whether a row may stand in several of its members.
  public var isManyValued: Bool {
    self == .territory || self == .territorySubtree || self == .ownerSubtree
  }
}
