import ArgumentParser
import Expressions
import Metrics
import Records
import Reports

/// What is asked of a metric: slices, rows, days and territory.
struct QuestionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Dimensions to slice by, with commas between", valueName: "dimension,…"))
  var by: [String] = []

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Which rows count, such as \"StageName = 'Closing' and Value >= 10000\"",
      valueName: "expression"))
  var filter: String?

  @Option(
    help: """
      Days in which the date of a metric falls: a name such as fiscal_year_to_date, FY2027, \
      "Q3 FY2027", 2026-10, 2026-11-20 or 2026-01-01..2026-03-31; all where it is left out
      """)
  var period: String?

  @Option(help: "Only what a territory and those below it hold: its Id or name")
  var territory: String?

  /// The dimensions as help lists them.
  static var dimensions: String { Dimension.allCases.map(\.rawValue).joined(separator: ", ") }
}

/// A question of the command line whose words are understood.
struct Question {
  private(set) var query: Query
  private let period: PeriodText?
  private let territory: String?
  /// What was written, by the name under which findings point at it.
  private let texts: [String: String]
  private let catalogue: MetricCatalogue

  /// Reads the words that need no export.
  ///
  /// - Throws: A `QuestionError` with every word that is not understood.
  init(
    _ metrics: [String], _ options: QuestionOptions, sort: [String] = [], limit: Int? = nil,
    chart: ChartOptions? = nil, catalogue: MetricCatalogue
  ) throws {
    self.catalogue = catalogue
    let (metricText, byText) = (metrics.joined(separator: " "), options.by.joined(separator: ","))
    texts = [
      "METRIC": metricText, "--by": byText, "--where": options.filter ?? "",
      "--period": options.period ?? "", "--sort": sort.joined(separator: ","),
      "--territory": options.territory ?? "", "--chart": chart?.chart ?? "",
      "--compare": chart?.compare ?? "",
    ]
    var findings: [Finding] = []
    var names: [String] = []
    for word in Word.all(of: metricText, as: "METRIC") where !names.contains(word.text) {
      names.append(word.text)
      if catalogue[word.text] == nil { findings.append(word.unknownMetric(catalogue)) }
    }
    var by: [Dimension] = []
    for word in Word.all(of: byText, as: "--by") {
      guard let dimension = Dimension(rawValue: word.text.replacing("-", with: "_")) else {
        findings.append(word.unknownDimension())
        continue
      }
      if !by.contains(dimension) { by.append(dimension) }
    }
    do {
      period = try options.period.map {
        try PeriodText($0, at: SourcePosition(file: "--period", line: 1, column: 1))
      }
    } catch {
      findings += (error as? FindingsError)?.findings ?? []
      period = nil
    }
    var orders: [Order] = []
    for word in Word.all(of: sort.joined(separator: ","), as: "--sort") {
      do { orders.append(try word.order(names, by)) } catch { findings += error.findings }
    }
    territory = options.territory
    query = Query(
      metrics: names, by: by,
      filter: options.filter.map {
        ExpressionText($0, at: SourcePosition(file: "--where", line: 1, column: 1))
      }, order: orders, limit: limit, keepsRest: true)
    if sort.isEmpty { query.order = Question.usualOrder(names, by) }
    if let filter = query.filter {
      do {
        _ = try Expressions.Expression(parsing: filter.text, at: filter.at)
      } catch {
        findings.append(error.finding)
      }
    }
    guard findings.isEmpty else { throw QuestionError(findings, texts) }
  }

  /// Spans of time and forecast categories in their order, everything else by the first metric,
  /// the largest first.
  private static func usualOrder(_ metrics: [String], _ by: [Dimension]) -> [Order] {
    guard let first = metrics.first, !by.isEmpty, !by.contains(where: \.isOrdered) else {
      return []
    }
    return [Order(first, descending: true)]
  }

  /// Completes the query with what the export says: its calendar and its territories.
  ///
  /// - Throws: A `QuestionError` about the territory.
  mutating func complete(with pipeline: Pipeline) throws {
    if let period { query.period = period.spec(pipeline.context.calendar) }
    guard let territory else { return }
    do {
      query.scope = .territory(
        try Choice.territory(territory, in: pipeline.assignment.model))
    } catch {
      throw QuestionError(error.findings, texts)
    }
  }

  /// Does what asks an engine; findings that are about the question point at its words.
  func pointing<Value>(_ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch {
      let findings = (error as? FindingsError)?.findings ?? []
      let isOfQuestion = findings.allSatisfy { finding in
        finding.at.map { texts[$0.file] != nil } ?? finding.code.hasPrefix("metric-")
      }
      guard !findings.isEmpty, isOfQuestion else { throw error }
      throw QuestionError(
        findings.map { $0.at == nil ? $0.located(place(of: $0)) : $0 }, texts,
        remark: remark(on: findings))
    }
  }

  /// The word that a planner's refusal is about: a dimension, the period, else the metric.
  private func place(of finding: Finding) -> SourcePosition? {
    let by = Word.all(of: texts["--by"] ?? "", as: "--by")
    func isNamed(_ word: Word) -> Bool {
      finding.what.contains(" by \(word.text.replacing("-", with: "_")): ")
    }
    if let word = by.first(where: isNamed) { return word.at }
    // Two dimensions at once: the later of them is one too many.
    if finding.code == "metric-grain" { return by.last?.at }
    if finding.what.contains("not in the period"), texts["--period"]?.isEmpty == false {
      return SourcePosition(file: "--period", line: 1, column: 1)
    }
    let words = Word.all(of: texts["METRIC"] ?? "", as: "METRIC")
    return words.first { word in
      catalogue.measures(of: word.text).contains { finding.what.contains("\"\($0.name)\"") }
    }?.at
  }

  /// That a filter holds for all parts of a metric, where it knows a field of one of them only.
  private func remark(on findings: [Finding]) -> String? {
    guard findings.contains(where: { $0.at?.file == "--where" }) else { return nil }
    for name in query.metrics {
      let facts = catalogue.facts(of: name)
      guard facts.count > 1 else { continue }
      return "\(name) is made from \(Suggestion.list(facts.map(\.rawValue), conjunction: "and")):"
        + " the expression has to fit each of them."
    }
    return nil
  }
}

/// Words of a command line that are not understood, each with its place.
struct QuestionError: Error {
  let findings: [Finding]
  private let texts: [String: String]
  private let remark: String?

  init(_ findings: [Finding], _ texts: [String: String], remark: String? = nil) {
    self.findings = findings
    self.texts = texts
    self.remark = remark
  }

  /// Each finding, below it what was written with a mark at the character.
  var lines: [String] {
    findings.flatMap { finding -> [String] in
      guard let at = finding.at, let text = texts[at.file] else { return [finding.description] }
      return [finding.description] + PointedText.lines(text, column: at.column)
    } + (remark.map { [$0] } ?? [])
  }
}
