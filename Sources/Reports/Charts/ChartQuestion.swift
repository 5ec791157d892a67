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
  let kind: ChartKind?
  let earlier: PeriodSpec?
  let shape: ChartShape
  let context: ReportContext
  let query: Query
  var wording: ChartWording
  private let limit: Int?
  private let hasWhole: Bool
  private let place: SourcePosition?

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
    try self.init(
      kind, query, comparedWith: earlier, catalogue: catalogue, context: context,
      wording: ChartWording(), at: nil)
  }

  /// A question of a report's section.
  ///
  /// - Parameters:
  ///   - kind: the chart; nil: what suits the question.
  ///   - query: metrics, dimensions, filter, period, scope and order; its limit is that of the chart.
  ///   - earlier: the period to compare with.
  ///   - catalogue: the metrics.
  ///   - context: calendar, as-of date and formatter.
  ///   - wording: what the section says in place of the question's own words.
  ///   - place: where the section stands in its file; nil: the question is of the command line.
  /// - Throws: A finding there where the chart cannot show the question.
  init(
    _ kind: ChartKind?, _ query: Query, comparedWith earlier: PeriodSpec?,
    catalogue: MetricCatalogue, context: ReportContext, wording: ChartWording,
    at place: SourcePosition?
  ) throws(FindingsError) {
    let shape = ChartShape(query, catalogue, hasEarlier: earlier != nil)
    self.kind = kind
    self.context = context
    self.earlier = earlier
    self.shape = shape
    self.wording = wording
    self.place = place
    limit = query.limit
    var rows = query
    rows.limit = nil
    rows.keepsRest = false
    self.query = rows
    // A bullet chart of a section may know no target.
    let isBare = kind == .bullet && place != nil && shape.metrics.count == 1
    if !isBare { try ChartRefusal(shape, at: place).check(kind, isComparable: earlier != nil) }
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

  /// A question that the rows of a table answer, named as those of a query would be.
  init(
    _ kind: ChartKind, rows shape: ChartShape, limit: Int?, context: ReportContext,
    wording: ChartWording, at place: SourcePosition
  ) throws(FindingsError) {
    try ChartRefusal(shape, at: place).check(kind, isComparable: false)
    self.kind = kind
    self.shape = shape
    self.context = context
    self.wording = wording
    self.place = place
    self.limit = limit
    query = Query(metrics: shape.metrics.map(\.name), by: shape.by)
    (queries, earlier, hasWhole) = ([], nil, false)
  }

  /// The chart of the answers.
  ///
  /// - Parameter answers: those to `queries`, in their order.
  /// - Returns: the chart, its heading included.
  /// - Throws: a finding at `--chart` where the numbers do not suit the kind.
  public func chart(_ answers: [MetricTable]) throws(FindingsError) -> any Chart {
    try drawn(arranged(answers)).headed
  }

  /// The answers as a grid, with what may be said of it.
  func arranged(_ answers: [MetricTable]) -> ArrangedChart {
    let count = hasWhole ? 2 : 1
    let isCompared = earlier != nil && answers.count >= 2 * count
    var past = isCompared ? wording.rows.kept(answers[count], shape) : nil
    if wording.dropsEmptyPast, let table = past, !QueryTotals.hold(table, shape) { past = nil }
    let shape = earlier != nil && past == nil ? shape.withoutEarlier : shape
    let rows = wording.rows.kept(answers[0], shape)
    var arranged = ArrangedChart(
      grid: ChartGridBuilder(shape: shape, context: context).grid(rows, earlier: past),
      shape: shape, earlier: past == nil ? nil : earlier, notes: answers[0].notes)
    arranged.grid = wording.rows.completed(arranged.grid, shape)
    if shape.axis == nil {
      for (index, label) in wording.labels.enumerated()
      where arranged.grid.groups.indices.contains(index) {
        arranged.grid.groups[index].name = label
      }
    }
    if kind == .map {
      arranged.grid = arranged.grid.joiningRegions(
        axis: shape.axis, other: shape.other, adds: shape.adds)
    }
    arranged.leaveOutUnknownTarget(wording)
    arranged.wholes = wording.rows.wholes(arranged.grid, arranged.shape)
    if queries.isEmpty { arranged.sumUp() }
    guard hasWhole else { return arranged }
    if arranged.wholes == nil {
      arranged.wholes = arranged.shape.metrics.map { answers[1][$0.name]?.value(0) }
    }
    if past != nil { arranged.wholeEarlier = answers[count + 1][shape.metrics[0].name]?.value(0) }
    return arranged
  }

  /// What is drawn of an arranged answer.
  ///
  /// - Throws: A finding where the numbers do not suit the kind.
  func drawn(_ arranged: ArrangedChart) throws(FindingsError) -> DrawnChart {
    let (grid, shape) = (arranged.grid, arranged.shape)
    var words = ChartWords(query, shape, context, earlier: arranged.earlier)
    words.wording = wording
    let facts = ChartFacts(
      grid: grid, shape: shape, words: words,
      wholes: arranged.wholes ?? shape.metrics.map { _ in nil },
      wholeEarlier: arranged.wholeEarlier, own: wording.rows.own, link: context.link)
    let kind = kind ?? ChartKind.usual(shape, grid, adds: facts.adds)
    if let misfit = kind.misfit(grid, shape, adds: facts.adds) {
      throw ChartRefusal(shape, at: place).error(kind, misfit) {
        $0.misfit(grid, shape, adds: facts.adds) == nil
      }
    }
    var suited = facts.suited(to: kind)
    if wording.tellsMiddle {
      suited.emphasis = .distribution
      suited.axis = .members
    }
    words.takeaway = Takeaway(suited, context.formatter).sentence
    words.notes = arranged.notes
    let said = words
    func chart(_ heading: @escaping @Sendable ([String]) -> ChartHeading) -> any Chart {
      maker(arranged, said, heading: heading, adds: facts.adds).chart(kind, grid)
    }
    return DrawnChart(
      kind: kind, grid: grid, shape: shape, adds: facts.adds, takeaway: said.takeaway,
      headed: chart { said.heading($0) }, bare: chart { _ in ChartHeading(title: "") })
  }

  private func maker(
    _ arranged: ArrangedChart, _ said: ChartWords,
    heading: @escaping @Sendable ([String]) -> ChartHeading, adds: Bool
  ) -> ChartMaker {
    let (shape, earlier) = (arranged.shape, arranged.earlier)
    let first = shape.metrics[0]
    let periods = wording.names ?? (said.present, said.past)
    return ChartMaker(
      context: context, heading: heading, unit: first.unit, axis: shape.axis, other: shape.other,
      names: earlier == nil ? nil : [periods.present, periods.past].map(\.upperFirst),
      isLevel: shape.metrics.contains(where: \.isLevel), limit: limit, adds: adds,
      putsWeakLast: query.order == [Order(first.name, descending: true)], metrics: shape.metrics,
      periods: earlier == nil ? nil : periods, empty: said.empty)
  }
}

/// Refuses charts that cannot show a question, and says which can.
struct ChartRefusal {
  private let shape: ChartShape
  /// Where a definition asks for the chart; nil: the command line does.
  private let place: SourcePosition?

  init(_ shape: ChartShape, at place: SourcePosition? = nil) {
    self.shape = shape
    self.place = place
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
      at: place ?? SourcePosition(file: "--chart", line: 1, column: 1), what: words(what),
      done: "nothing was drawn", suggestion: words(suggestion))
  }

  /// Options of the command line are keys in a definition.
  private func words(_ text: String) -> String {
    guard place != nil else { return text }
    return text.replacing(#/--(by|compare|chart|period) (?=[a-z]+_?[a-z]*(,|$))/#) { "\($0.1): " }
      .replacing(#/--(by|compare|chart|period)/#) { "\"\($0.1)\"" }
      .replacing("leave \"chart\" out for a table", with: "make it a table")
  }
}
