import Graphics
import Metrics
import Records

/// A question whose answer is to be a picture: what is asked of an engine, and what is drawn.
///
/// Like a report's plan it never sees an engine: whoever has one runs `queries` and hands the
/// answers back in their order. The rows are asked for without a limit, so that the takeaway is of
/// all of them; what a limit cuts is put together here.
public struct ChartQuestion: Sendable {
  /// The queries to run: the rows, the whole, and both for the earlier period.
  public let queries: [Query]
  private let kind: ChartKind?
  private let limit: Int?
  private let earlier: PeriodSpec?
  private let hasWhole: Bool
  private let shape: ChartShape
  private let catalogue: MetricCatalogue
  private let context: ReportContext
  private let query: Query

  /// - Parameters:
  ///   - kind: the chart; nil: what suits the question.
  ///   - query: metrics, dimensions, filter, period, scope and order; its limit is that of the chart.
  ///   - earlier: the period to compare with.
  ///   - catalogue: the metrics.
  ///   - context: calendar, as-of date and formatter.
  /// - Throws: a finding at `--chart` where the chart cannot show the question.
  public init(
    _ kind: ChartKind?, _ query: Query, comparedWith earlier: PeriodSpec? = nil,
    catalogue: MetricCatalogue, context: ReportContext
  ) throws(FindingsError) {
    let shape = ChartShape(query, catalogue, hasEarlier: earlier != nil)
    self.kind = kind
    self.catalogue = catalogue
    self.context = context
    self.earlier = earlier
    self.shape = shape
    limit = query.limit
    var rows = query
    rows.limit = nil
    rows.keepsRest = false
    self.query = rows
    try ChartRefusal(shape).check(kind, isComparable: earlier != nil)
    var whole = rows
    whole.by = []
    whole.order = []
    whole.metrics = shape.metrics.filter { metric in
      catalogue.onlyBy(metric.name).isEmpty
        && (metric.additivity != .semiAdditive || !shape.isOverTime)
    }.map(\.name)
    hasWhole = !query.by.isEmpty && whole.metrics.contains(shape.metrics[0].name)
    var queries = hasWhole ? [rows, whole] : [rows]
    if let earlier {
      for present in queries {
        var past = present
        past.name += "-earlier"
        past.metrics = Array(past.metrics.prefix(1))
        past.order = past.order.filter { past.metrics.contains($0.column) }
        past.period = earlier
        queries.append(past)
      }
    }
    self.queries = queries
  }

  /// The chart of the answers.
  ///
  /// - Parameter answers: those to `queries`, in their order.
  /// - Returns: the chart, its heading included.
  /// - Throws: a finding at `--chart` where the numbers do not suit the kind.
  public func chart(_ answers: [MetricTable]) throws(FindingsError) -> any Chart {
    let count = hasWhole ? 2 : 1
    let past = earlier == nil || answers.count < 2 * count ? nil : answers[count]
    var grid = ChartGridBuilder(shape: shape, context: context).grid(answers[0], earlier: past)
    if kind == .map {
      grid = grid.joiningRegions(axis: shape.axis, other: shape.other, adds: shape.adds)
    }
    let wholes = hasWhole ? (answers[1], past == nil ? nil : answers[count + 1]) : nil
    var words = ChartWords(query, shape, context, earlier: earlier)
    let facts = ChartFacts(
      grid: grid, shape: shape, words: words,
      wholes: shape.metrics.map { metric in wholes.flatMap { $0.0[metric.name]?.value(0) } },
      wholeEarlier: wholes.flatMap { $0.1?[shape.metrics[0].name]?.value(0) })
    let kind = kind ?? ChartKind.usual(shape, grid, adds: facts.adds)
    if let misfit = kind.misfit(grid, shape, adds: facts.adds) {
      throw ChartRefusal(shape).error(kind, misfit) {
        $0.misfit(grid, shape, adds: facts.adds) == nil
      }
    }
    words.takeaway = Takeaway(facts.suited(to: kind), context.formatter).sentence
    words.notes = answers[0].notes
    let said = words
    let first = shape.metrics[0]
    return ChartMaker(
      context: context, heading: { said.heading($0) }, unit: first.unit, axis: shape.axis,
      other: shape.other,
      names: earlier == nil ? nil : [said.present, said.past].map(\.upperFirst),
      isLevel: shape.metrics.contains(where: \.isLevel), limit: limit, adds: facts.adds,
      putsWeakLast: query.order == [Order(first.name, descending: true)], metrics: shape.metrics,
      periods: earlier == nil ? nil : (said.present, said.past), empty: said.empty
    ).chart(kind, grid)
  }
}

/// Refuses charts that cannot show a question, and says which can.
struct ChartRefusal {
  private let shape: ChartShape

  init(_ shape: ChartShape) {
    self.shape = shape
  }

  /// - Throws: A finding where no chart, or not the one asked for, can show the question.
  func check(_ kind: ChartKind?, isComparable: Bool) throws(FindingsError) {
    if let (what, suggestion) = impossible(isComparable) {
      throw FindingsError([finding(what, suggestion)])
    }
    guard let kind else {
      if ChartKind.allCases.contains(where: { $0.misfit(shape) == nil }) { return }
      throw error(.bar, ChartKind.bar.misfit(shape) ?? "") { _ in true }
    }
    guard let misfit = kind.misfit(shape) else { return }
    throw error(kind, misfit) { _ in true }
  }

  /// - Returns: Why a kind does not fit, with those that do.
  func error(
    _ kind: ChartKind, _ why: String, where fits: (ChartKind) -> Bool
  ) -> FindingsError {
    let others = ChartKind.allCases.filter {
      $0 != kind && $0.misfit(shape) == nil && fits($0)
    }.map(\.rawValue)
    return FindingsError([
      finding(
        "\(kind.named) cannot show this: \(why)",
        others.isEmpty
          ? "no other kind fits either: leave --chart out for a table"
          : "\(others.count == 1 ? "what fits is" : "kinds that fit are") \(Suggestion.list(others))"
      )
    ])
  }

  private func impossible(_ isComparable: Bool) -> (String, String)? {
    if shape.by.count > 2 {
      return ("a chart has two dimensions at most", "leave some of --by out")
    }
    if shape.by.isEmpty, shape.metrics.count < 2 {
      return ("one figure makes no chart", "slice it: --by territory, or --by fiscal_quarter")
    }
    if shape.by.count == 2, shape.metrics.count > 1 {
      return (
        "a chart shows one metric by two dimensions, or several metrics by one",
        "leave a metric or a dimension out"
      )
    }
    if shape.by.filter(\.isTime).count > 1 {
      return (
        "a chart has one axis of time", "keep one of \(Suggestion.list(shape.by.map(\.rawValue)))"
      )
    }
    guard isComparable else { return nil }
    if shape.by.count != 1 || (shape.metrics.count > 1 && !shape.hasTarget) {
      return (
        "--compare draws one metric by one dimension beside its earlier figures",
        "leave the other metrics and dimensions out, or --compare"
      )
    }
    if let state = shape.metrics.first(where: \.isState) {
      return (
        "\(state.name) is a state as of one day, which has no earlier period",
        "leave --compare out, or take a metric with a date"
      )
    }
    return nil
  }

  private func finding(_ what: String, _ suggestion: String) -> Finding {
    Finding(
      code: "chart-unfit", severity: .error,
      at: SourcePosition(file: "--chart", line: 1, column: 1), what: what,
      done: "nothing was drawn", suggestion: suggestion)
  }
}
