import Metrics
import Records

/// What a metric means and how a query of it is made, in words.
public struct ExplanationText {
  private let query: Query
  private let context: ReportContext
  private let catalogue: MetricCatalogue
  private let settings: MetricSettings
  private let labels: [ForecastCategories.Label]
  private let width: Int

  /// - Parameters:
  ///   - query: what is asked; each of its metrics is explained.
  ///   - context: the as-of date, the calendar and how values are written.
  ///   - catalogue: the metrics.
  ///   - settings: what the configuration says about figures.
  ///   - labels: what the organisation calls the forecast categories.
  ///   - width: cells of the terminal.
  public init(
    _ query: Query, _ context: ReportContext, catalogue: MetricCatalogue, settings: MetricSettings,
    labels: [ForecastCategories.Label] = [], width: Int
  ) {
    self.query = query
    self.context = context
    self.catalogue = catalogue
    self.settings = settings
    self.labels = labels
    self.width = width
  }

  /// What each metric means: its sentence, unit, additivity, formula and parts down to measures.
  public var definition: [String] {
    var lines: [String] = []
    for name in query.metrics {
      guard let metric = catalogue[name] else { continue }
      lines.append("\(name): \(metric.title)")
      lines += indented(metric.definition)
      lines += indented("Unit: \(unit(metric.unit)). \(adds(name)) Defined at \(metric.at).")
      lines.append("")
    }
    lines.append("Made from")
    for name in parts { lines += indented(made(name), hanging: 2) }
    let words = derivedWords
    if !words.isEmpty {
      lines += ["", "Where"]
      for (word, meaning) in words { lines += indented("\(word): \(meaning)", hanging: 2) }
    }
    return lines
  }

  /// What is read: which rows of which facts, and which columns.
  ///
  /// - Parameters:
  ///   - counted: for each measure how many records count, of how many there are.
  ///   - fields: the columns by entity that the query takes.
  /// - Returns: lines of at most the width, but for words that are longer.
  public func plan(
    counted: [(measure: String, records: Int, of: Int)], fields: [Entity: Set<String>]
  ) -> [String] {
    var lines = ["Plan, as of \(context.formatter.dayText(context.asOf))"]
    var facts: [Fact] = []
    for name in query.metrics {
      for fact in catalogue.facts(of: name) where !facts.contains(fact) { facts.append(fact) }
    }
    for fact in facts {
      let own = counted.filter { part in
        catalogue.measures(of: part.measure).first?.measure.fact == fact
      }
      let counts = own.map { "\(grouped($0.records)) for \($0.measure)" }
      lines += indented(
        "One pass over \(words(fact)), \(fact.grain) a row: of \(grouped(own.first?.of ?? 0)) rows"
          + " count \(Suggestion.list(counts, conjunction: "and")).", hanging: 2)
    }
    if !query.by.isEmpty {
      lines += indented(
        "Sliced by \(Suggestion.list(query.by.map(\.rawValue), conjunction: "and")).")
    }
    if case .territory(let index) = query.scope, let model = context.model {
      lines += indented(
        "Only what \(CleanText.unmarked(model.names[index])) and the territories below it hold.")
    }
    lines += indented(window, hanging: 2)
    for entity in Entity.allCases {
      guard let names = fields[entity], !names.isEmpty else { continue }
      lines += indented(
        "Reads \(entity.rawValue): \(names.sorted().joined(separator: ", "))", hanging: 2)
    }
    return lines
  }

  /// That the records behind a measure give its figure, or that they do not.
  public func proof(_ behind: RecordsBehind, shown: Int) -> [String] {
    guard let metric = catalogue[behind.measure], case .measure(let measure) = metric.kind else {
      return []
    }
    let total = behind.table.totalRowCount
    let written = figure(behind.ofRecords, metric.unit)
    var text =
      shown < total
      ? "\(grouped(shown)) of \(grouped(total)) records; --format csv writes all. "
      : "\(grouped(total)) \(total == 1 ? "record" : "records"). "
    let all = total == 1 ? "Its value" : "The values of all \(grouped(total))"
    switch measure.aggregate {
    case .sum: text += "\(all) \(total == 1 ? "is" : "sum to") \(written)"
    case .count: text += "Counted, they are \(written)"
    case .countDistinct: text += "They have \(written) different members"
    case .mean: text += "Their mean is \(written)"
    case .median: text += "The smallest value that half of them reach or stay below is \(written)"
    case .p90:
      text += "The smallest value that nine tenths of them reach or stay below is \(written)"
    case .max: text += "The largest value is \(written)"
    case .min: text += "The smallest value is \(written)"
    }
    if !query.by.isEmpty, measure.additivity == .nonAdditive {
      text += ", the figure of all slices together"
    } else if behind.agrees {
      text += query.by.isEmpty ? ": the figure" : ": the figures of all slices together"
    }
    text += "."
    if !behind.agrees {
      text +=
        " The figure is \(figure(behind.figure, metric.unit)): this is a defect of cadastre;"
        + " please report it."
    }
    return WrappedText.lines(text, to: width)
  }

  private func figure(_ value: Ratio?, _ unit: Unit) -> String {
    guard let value else { return context.formatter.undefined(.number).text }
    let formatter = context.formatter
    switch unit {
    case .money: return formatter.money(value).full ?? ""
    case .count, .days: return formatter.count(ValueFormatter.whole(value)).text
    case .meanDays: return formatter.meanDays(value).text
    case .rate: return formatter.rate(value).text
    default: return formatter.number(value).text
    }
  }

  private func grouped(_ count: Int) -> String { context.formatter.count(Int128(count)).text }

  private func unit(_ unit: Unit) -> String {
    switch unit {
    case .money: "money, in \(context.formatter.currency)"
    case .count: "a count"
    case .rate: "a rate"
    case .days: "days"
    case .meanDays: "a mean of days"
    default: "a number"
    }
  }

  private func adds(_ name: String) -> String {
    switch catalogue.additivity(of: name) {
    case .additive: "It adds up along every dimension."
    case .semiAdditive: "It adds up along every dimension but time: it is a state on one day."
    case .nonAdditive: "It does not add up: the figure of a whole is made from its own rows."
    }
  }

  /// The metrics with all they are made of, each once, the whole before its parts.
  private var parts: [String] {
    var parts: [String] = []
    var rest = query.metrics
    while !rest.isEmpty {
      let name = rest.removeFirst()
      guard !parts.contains(name) else { continue }
      parts.append(name)
      rest += catalogue[name]?.parts ?? []
    }
    return parts
  }

  private func made(_ name: String) -> String {
    switch catalogue[name]?.kind {
    case nil: return name
    case .ratio(let above, let below):
      return "\(name) = \(above) / \(below), undefined where \(below) is 0"
    case .formula(let text, let condition):
      let end = condition.map { ", undefined unless \(plain($0.text))" } ?? ""
      return "\(name) = \(plain(text.text))\(end)"
    case .measure(let measure):
      var text = "\(name) = \(aggregate(measure))"
      var conditions = [measure.condition, query.filter].compactMap { $0.map { plain($0.text) } }
      if conditions.count > 1 { conditions = conditions.map { "(\($0))" } }
      if let date = measure.date, query.period != .always {
        conditions.append("\(date) in the period")
      }
      if !conditions.isEmpty { text += " where " + conditions.joined(separator: " and ") }
      if measure.isUndefinedWithoutRows { text += ", undefined where there is none" }
      return text
    }
  }

  private func aggregate(_ measure: Measure) -> String {
    let rows = words(measure.fact)
    let of = plain(measure.of?.text ?? "")
    return switch measure.aggregate {
    case .sum: "the sum of \(of) over \(rows)"
    case .count: "the number of \(rows)"
    case .countDistinct: "the number of different \(of) members among \(rows)"
    case .median: "the median of \(of) over \(rows)"
    case .p90: "the ninth decile of \(of) over \(rows)"
    case .mean: "the mean of \(of) over \(rows)"
    case .max: "the largest \(of) among \(rows)"
    case .min: "the smallest \(of) among \(rows)"
    }
  }

  private func words(_ fact: Fact) -> String { fact.rawValue.replacing("_", with: " ") }

  /// An expression on one line.
  private func plain(_ text: String) -> String {
    CleanText.unmarked(text).split(separator: " ").joined(separator: " ")
  }

  private func indented(_ text: String, hanging: Int = 0) -> [String] {
    let first = "  "
    let next = first + String(repeating: " ", count: hanging)
    return WrappedText.lines(text, to: max(24, width - next.count)).enumerated().map {
      ($0 == 0 ? first : next) + $1
    }
  }

  /// Which days the period is, and which measures take none.
  private var window: String {
    let dated = parts.compactMap { name -> (String, Measure)? in
      if case .measure(let measure) = catalogue[name]?.kind { return (name, measure) }
      return nil
    }
    let states = dated.filter { $0.1.date == nil }.map(\.0)
    let state =
      states.isEmpty
      ? ""
      : " \(Suggestion.list(states, conjunction: "and")) \(states.count == 1 ? "is" : "are") as of"
        + " that day, whatever the period."
    guard states.count < dated.count else { return state.trimmed }
    let days = QuestionWords(query, context, catalogue).days.map { "The period is \($0)." }
    return (days ?? "Without a period, all time counts.") + state
  }

  /// What derived fields mean here, for those that the parts name.
  private var derivedWords: [(String, String)] {
    let text =
      parts.compactMap { name -> String? in
        guard case .measure(let measure) = catalogue[name]?.kind else { return nil }
        return [measure.of?.text, measure.condition?.text].compactMap { $0 }.joined(separator: " ")
      }.joined(separator: " ") + " " + (query.filter?.text ?? "")
      + (query.by.contains(.forecastCategory) ? " Forecast" : "")
    let names = Set(text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" })
    return DerivedWords(settings, currency: context.formatter.currency, labels: labels).all
      .filter { names.contains(Substring($0.0.lowercased())) }
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
