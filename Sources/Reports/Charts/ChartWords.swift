import Graphics
import Metrics
import Records

/// The words over a chart: what is shown, in which unit, of which days, and what is left out.
struct ChartWords {
  let query: Query
  let shape: ChartShape
  let context: ReportContext
  let earlier: PeriodSpec?
  /// What a section says in place of these words.
  var wording = ChartWording()
  var takeaway: ReportDocument.Prose?
  /// What the engine says of the whole.
  var notes: [String] = []

  init(_ query: Query, _ shape: ChartShape, _ context: ReportContext, earlier: PeriodSpec?) {
    self.query = query
    self.shape = shape
    self.context = context
    self.earlier = earlier
  }

  /// Such as `Won and quota, by territory`.
  var title: String {
    let titles = shape.metrics.enumerated().map { index, metric in
      index == 0 ? metric.title : ChartWords.lowered(metric.title)
    }
    let by = shape.by.map { ChartWords.lowered($0.title) }
    return Suggestion.list(titles, conjunction: "and")
      + (by.isEmpty ? "" : ", by " + Suggestion.list(by, conjunction: "and"))
  }

  /// Unit, days, filters, as-of date; then what is not as it seems.
  func subtitle(_ remarks: [String]) -> String {
    var parts = [unit, days].compactMap { $0 }
    if case .territory(let index) = query.scope, let model = context.model {
      parts.append("in " + model.names[index])
    }
    if let filter = query.filter { parts.append("where " + filter.text) }
    parts.append("as of " + context.formatter.dayText(context.asOf))
    return CleanText.unmarked((parts + remarks).joined(separator: "; "))
  }

  func heading(_ remarks: [String] = []) -> ChartHeading {
    guard let title = wording.title else {
      return ChartHeading(
        takeaway: takeaway?.plain, title: self.title, subtitle: subtitle(remarks))
    }
    // What is shown of a section stands below its title, and the as-of date at the top of the page.
    let parts = [wording.subtitle ?? days, unit].compactMap { $0 } + wording.remarks + remarks
    return ChartHeading(
      takeaway: takeaway?.plain, title: title,
      subtitle: CleanText.unmarked(parts.joined(separator: "; ")))
  }

  /// The sentence in place of a plot.
  var empty: String {
    notes.isEmpty ? "There is nothing to show." : notes.joined(separator: " ")
  }

  private var unit: String? {
    guard shape.isOneUnit, let unit = shape.metrics.first?.unit else { return nil }
    return switch unit {
    case .money: context.formatter.currency == "XXX" ? "amounts" : context.formatter.currency
    case .count: "number"
    case .rate: "percent"
    case .days, .meanDays: "days"
    default: "number"
    }
  }

  private var days: String? {
    guard query.period != .always else { return nil }
    let words = PeriodWords(context)
    let period = query.period.period(asOf: context.asOf, calendar: context.calendar)
    let range = words.range(period)
    let name = words.name(query.period)
    return name == range ? range : "\(name) (\(range))"
  }

  /// The name of the present figures beside earlier ones.
  var present: String { PeriodWords(context).name(query.period) }

  /// The name of the earlier figures.
  var past: String { earlier.map(PeriodWords(context).name) ?? "" }

  /// What the earlier figures are called in a sentence.
  var against: String { wording.against ?? past }

  /// Whether the two periods may be held against each other: neither has days to come, and they are
  /// as long, but for the days by which quarters and years differ.
  var isComparable: Bool {
    guard let earlier else { return true }
    let (now, then) = (days(of: query.period), days(of: earlier))
    func isOver(_ period: Period) -> Bool { period.end <= context.asOf.adding(days: 1) }
    return isOver(now) && isOver(then) && abs(now.length - then.length) <= 3
  }

  private func days(of spec: PeriodSpec) -> Period {
    spec.period(asOf: context.asOf, calendar: context.calendar)
  }

  /// A heading within a sentence; abbreviations such as MRR stay as they are.
  static func lowered(_ title: String) -> String {
    let first = title.prefix { $0 != " " }
    return first.dropFirst().contains(where: \.isUppercase)
      ? title : title.prefix(1).lowercased() + title.dropFirst()
  }
}

extension PeriodWords {
  /// Days as people read them.
  func range(_ period: Period) -> String {
    period.length == 1
      ? formatter.dayText(period.start)
      : "\(formatter.dayText(period.start)) to \(formatter.dayText(period.lastDay))"
  }

  /// What a period is called, such as `FY2027 to date`.
  func name(_ period: PeriodSpec) -> String {
    switch period {
    case .fiscalQuarterToDate(0): "\(quarter) to date"
    case .fiscalYearToDate(0): "\(year) to date"
    default: against(period)
    }
  }
}

extension String {
  /// With a capital letter at its beginning.
  var upperFirst: String { prefix(1).uppercased() + dropFirst() }
}
