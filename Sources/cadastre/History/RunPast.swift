import History
import Metrics
import Records
import Reports

/// What earlier runs of a project leave to the reports of a day.
struct RunPast {
  /// The days on which editions of each report were made, the earliest first.
  let days: [String: [Day]]
  private let file: HistoryFile?
  private let runs: [KeptRun]

  /// - Parameter file: the history; nil: nothing was ever kept.
  /// - Throws: `HistoryError` where it cannot be read.
  init(_ file: HistoryFile?) throws {
    self.file = file
    days = try file?.daysOfReports() ?? [:]
    runs = try file?.runs() ?? []
  }

  /// The newest run, which the next export is held against.
  var newest: KeptRun? { runs.last }

  /// Between which days the bridge of the pipeline goes: from the last edition that showed one.
  func movement(_ request: MovementRequest, of definitions: [ReportDefinition]) -> MovementRequest {
    var request = request
    request.editions = Array(
      Set(definitions.filter(\.showsBridge).flatMap { days[$0.name] ?? [] })
    ).sorted()
    return request
  }

  /// What the editions of reports are held against; what was kept in another currency is not.
  func figures(for definitions: [ReportDefinition], of pipeline: Pipeline) throws -> ReportPast {
    let (asOf, currency) = (pipeline.context.asOf, pipeline.context.formatter.currency)
    let comparable = Set(runs.filter { $0.currency == currency }.map(\.asOf))
    var past = ReportPast()
    let yearBefore = asOf.yearBefore
    for name in Set(definitions.map(\.name)).sorted() {
      let made = (days[name] ?? []).filter { comparable.contains($0) && $0 < asOf }
      if let last = made.last { try read(name, last, into: &past.last) }
      // The week that ends on the day of a year before: weekly editions fall on other dates.
      if let day = made.last(where: { $0 <= yearBefore }), day.days(until: yearBefore) < 7 {
        try read(name, day, into: &past.yearBefore)
      }
    }
    if definitions.contains(where: \.showsTrend) {
      let trends = try KeptQuestions.trends(pipeline)
      past.trend =
        try (days[KeptEdition.trends] ?? []).filter { $0 < asOf }.suffix(RunPast.trendDays).map {
          ReportPast.TrendDay(day: $0, figures: try trend(on: $0))
        } + [ReportPast.TrendDay(day: asOf, figures: trends)]
    }
    if definitions.contains(where: \.showsPrediction) {
      past.prediction = try prediction(for: pipeline, comparable)
    }
    return past
  }

  /// What the last notice before the as-of date predicted of the model that is in force; else what the
  /// last of any model did.
  private func prediction(for pipeline: Pipeline, _ comparable: Set<Day>) throws
    -> NoticePrediction?
  {
    let (asOf, active) = (pipeline.context.asOf, pipeline.assignment.model)
    let kept = (days[KeptEdition.predictions] ?? []).filter { comparable.contains($0) && $0 < asOf }
    var last: NoticePrediction?
    for (place, day) in kept.reversed().enumerated() {
      // An older one is not compared any more, but for that which says so.
      guard place == 0 || day.days(until: asOf) <= NoticePrediction.lifetime else { break }
      let editions = try file?.editions(on: day, of: KeptEdition.predictions) ?? []
      let read = try KeptPrediction.read(editions, on: day, active: active) {
        try active.map {
          try KeptPrediction.figures(pipeline.engine, $0, pipeline.context.readiness)
        } ?? [:]
      }
      guard let read else { continue }
      if read.actual != nil { return read }
      last = last ?? read
    }
    return last
  }

  /// The most earlier runs that a trend shows: a year of weeks.
  private static let trendDays = 52

  private func read(
    _ report: String, _ day: Day, into editions: inout [ReportPast.EditionKey: ReportPast.Edition]
  ) throws {
    for edition in try file?.editions(on: day, of: report) ?? [] {
      let key = ReportPast.EditionKey(report: report, kind: edition.kind, scope: edition.scope)
      let known = edition.figures.compactMap { figure in figure.value.map { (figure.key, $0) } }
      editions[key] = ReportPast.Edition(
        day: day, figures: Dictionary(known, uniquingKeysWith: { first, _ in first }))
    }
  }

  private func trend(on day: Day) throws -> [TrendFigure: Ratio] {
    let figures = try file?.editions(on: day, of: KeptEdition.trends).first?.figures ?? []
    return figures.reduce(into: [:]) { trend, figure in
      if let name = TrendFigure(rawValue: figure.key) { trend[name] = figure.value }
    }
  }
}

extension Day {
  /// The same day of the year before; of the 29th of February the 28th.
  fileprivate var yearBefore: Day {
    let (year, month, day) = civil
    return Day(year: year - 1, month: month, day: day)
      ?? Day(year: year - 1, month: month, day: day - 1) ?? self
  }
}

extension KeptEdition {
  /// The figures of the company that are followed from run to run.
  init(trends: [TrendFigure: Ratio]) {
    self.init(
      report: KeptEdition.trends, kind: "company", scope: "", name: "",
      figures: TrendFigure.allCases.compactMap { figure in
        trends[figure].map {
          KeptFigure(key: figure.rawValue, label: figure.rawValue, unit: "count", value: $0)
        }
      })
  }

  /// An edition with the figures that it shows.
  init(_ job: ReportRun.Job, _ figures: [ExactFigure]) {
    self.init(
      report: job.definition.name, kind: job.edition.kind.rawValue, scope: job.edition.id,
      name: job.edition.name,
      figures: figures.map {
        KeptFigure(key: $0.key, label: $0.label, unit: $0.unit, value: $0.value)
      })
  }
}
