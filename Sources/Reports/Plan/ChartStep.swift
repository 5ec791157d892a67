import Metrics
import Records

/// Where the answers of a chart stand.
struct ChartStep: Sendable {
  let chart: ReportDefinition.Chart
  let content: Content

  enum Content: Sendable {
    /// The answers to a question stand one after the other.
    case question(ChartQuestion, first: Int)
    case table(StandardTable, Int)
    /// The bridge of the pipeline is made for the edition as one line, not for each territory.
    case detail(Int)
    /// Why the question cannot be drawn.
    case refused(String)
  }

  /// The metrics asked for, the target among them, and what they are sliced by.
  var asked: (metrics: [String], by: [Dimension]) {
    guard case .question(let question, _) = content else { return ([], []) }
    return (question.query.metrics, question.query.by)
  }
}

extension QuerySheet {
  /// Most members of charts whose members are rows, where a definition does not say.
  private static let usualLimit = 12

  mutating func ask(
    _ chart: ReportDefinition.Chart, _ section: ReportDefinition.Section
  ) -> ReportPlan.Step {
    switch chart.source {
    case .metrics:
      let question: ChartQuestion
      do {
        question = try self.question(chart, section)
      } catch {
        let reasons = error.findings.map(\.what).joined(separator: " ")
        return .chart(ChartStep(chart: chart, content: .refused(reasons)))
      }
      let first = queries.count
      queries += question.queries
      return .chart(ChartStep(chart: chart, content: .question(question, first: first)))
    case .bridge(.pipelineMovement):
      return .chart(ChartStep(chart: chart, content: .detail(index(of: .pipelineBridge))))
    case .rows(let table, _, _), .bridge(let table):
      return .chart(ChartStep(chart: chart, content: .table(table, index(of: table))))
    }
  }

  private func question(
    _ chart: ReportDefinition.Chart, _ section: ReportDefinition.Section
  ) throws(FindingsError) -> ChartQuestion {
    let catalogue = try context.metrics()
    let (metrics, by) = chart.asked(partsAreOwners: edition.parts.isEmpty)
    for metric in metrics where catalogue[metric] == nil {
      throw FindingsError([
        Finding(
          code: "settings-value", severity: .error, at: section.at,
          what: "no metric is called \"\(metric)\"", done: "nothing was drawn",
          suggestion: "use a name of reports/metrics.yaml")
      ])
    }
    var (period, earlier) = (chart.period, earlier(of: chart))
    if let months = chart.months {
      let end = context.asOf.startOfMonth()
      period = .days(Period(start: end.startOfMonth(adding: -months), end: end))
      earlier = .days(
        Period(
          start: end.startOfMonth(adding: -months - 12), end: end.startOfMonth(adding: -12)))
    }
    let isOfTerritories = by == [.territorySubtree]
    let isCut = !(isOfTerritories && chart.among == .all)
    let isOrdered = by.contains(where: \.isOrdered)
    let query = Query(
      name: section.id, metrics: metrics, by: by, filter: chart.filter, period: period,
      scope: edition.scope,
      order: chart.order.isEmpty && !isOrdered && !by.isEmpty
        ? metrics.first.map { [Order($0, descending: true)] } ?? [] : chart.order,
      limit: isCut ? chart.limit ?? usualLimit(chart.kind) : nil)
    return try ChartQuestion(
      chart.kind, query, comparedWith: earlier, catalogue: catalogue, context: context,
      wording: wording(chart, section, isOfTerritories: isOfTerritories), at: section.at)
  }

  private func earlier(of chart: ReportDefinition.Chart) -> PeriodSpec? {
    switch chart.earlier {
    case nil: nil
    case .period(let period): period
    case .yearBefore: chart.period.yearBefore(asOf: context.asOf, calendar: context.calendar)
    }
  }

  /// Kinds of which each member is a row have few of them beside other charts.
  private func usualLimit(_ kind: ChartKind) -> Int? {
    switch kind {
    case .bar, .bullet, .slope: QuerySheet.usualLimit
    default: nil
    }
  }

  private func wording(
    _ chart: ReportDefinition.Chart, _ section: ReportDefinition.Section, isOfTerritories: Bool
  ) -> ChartWording {
    var wording = ChartWording(title: section.title)
    wording.labels = chart.labels
    wording.tellsMiddle = chart.tellsMiddle
    if let months = chart.months {
      wording.names = ("Latest", "Year before")
      wording.against = "the \(context.formatter.count(Int128(months)).text) months before"
      wording.dropsEmptyPast = true
    } else if chart.earlier == .yearBefore {
      wording.dropsEmptyPast = true
      let words = PeriodWords(context)
      wording.names = words.shortOfYear(chart.period).map { ($0.now, $0.before) }
    }
    switch chart.among {
    case .leaves: wording.rows = .only(context.balanced)
    case .all:
      if isOfTerritories {
        wording.rows = .parts(
          own: edition.id, below: Set(edition.parts.map(\.id)),
          keepsRest: edition.kind == .company)
      }
    }
    return wording
  }
}

extension ReportContext {
  /// The metrics; where nobody gave them those that ship.
  ///
  /// - Throws: What is wrong with those that ship.
  func metrics() throws(FindingsError) -> MetricCatalogue {
    if let catalogue { return catalogue }
    switch ReportContext.builtInMetrics {
    case .success(let catalogue): return catalogue
    case .failure(let error): throw error
    }
  }

  private static let builtInMetrics = Result<MetricCatalogue, FindingsError> {
    () throws(FindingsError) in try MetricCatalogue.builtIn()
  }
}
