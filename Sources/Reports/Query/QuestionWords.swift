import Metrics
import Records

/// What a query asks, in words: the head of its table.
public struct QuestionWords {
  private let query: Query
  private let context: ReportContext
  private let catalogue: MetricCatalogue

  public init(_ query: Query, _ context: ReportContext, _ catalogue: MetricCatalogue) {
    self.query = query
    self.context = context
    self.catalogue = catalogue
  }

  /// The sentence in lines of a width.
  public func lines(_ width: Int) -> [String] { WrappedText.lines(sentence, to: width) }

  /// Such as `Won, by territory, Feb 1, 2026 to Jan 31, 2027, where Value > 5, as of Nov 20, 2026`.
  public var sentence: String {
    let titles = query.metrics.map { catalogue[$0]?.title ?? $0 }
    var text = Suggestion.list(titles, conjunction: "and")
    if !query.by.isEmpty {
      text +=
        ", by "
        + Suggestion.list(query.by.map { $0.title.lowercased() }, conjunction: "and")
    }
    if let days { text += ", " + days }
    if let filter = query.filter { text += ", where " + filter.text }
    if case .territory(let index) = query.scope, let model = context.model {
      text += ", in " + model.names[index]
    }
    return CleanText.unmarked(text + ", as of " + context.formatter.dayText(context.asOf))
      + sorted
  }

  /// The days of the period, with its name where it has one; nil for all time.
  public var days: String? {
    guard query.period != .always else { return nil }
    let period = query.period.period(asOf: context.asOf, calendar: context.calendar)
    let formatter = context.formatter
    return period.length == 1
      ? formatter.dayText(period.start)
      : "\(formatter.dayText(period.start)) to \(formatter.dayText(period.lastDay))"
  }

  private var sorted: String {
    guard !query.order.isEmpty else { return "" }
    let columns = query.order.map { "\($0.column) \($0.descending ? "descending" : "ascending")" }
    return "; sorted by \(columns.joined(separator: ", "))"
  }
}
