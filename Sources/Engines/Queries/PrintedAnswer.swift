import Metrics
import Records

/// The answer of a query, made from the whole numbers that another engine gave.
struct PrintedAnswer {
  private let plan: QueryPlan.Answer
  private let query: QuerySQL
  private let schema: ExportSchema
  private let settings: MetricSettings
  private let catalogue: MetricCatalogue
  /// The days whose spans are listed; nil: as the rows have them.
  private let period: Period?
  private var groups: [Group] = []

  /// A row of the result.
  private struct Group {
    var members: [String]
    var names: [String?]
    var figures: [Ratio?]
    var rows: [Int128]
  }

  init(
    _ plan: QueryPlan.Answer, _ query: QuerySQL, _ rows: [[String?]], schema: ExportSchema,
    settings: MetricSettings, period: Period?, catalogue: MetricCatalogue
  ) throws {
    self.plan = plan
    self.period = period
    self.query = query
    self.schema = schema
    self.settings = settings
    self.catalogue = catalogue
    for row in rows { groups.append(try group(row)) }
    fillSpans()
  }

  private func group(_ cells: [String?]) throws -> Group {
    guard cells.count == query.columns.count else { throw PrintedAnswer.damaged }
    let count = plan.measures.count
    var group = Group(members: [], names: [], figures: [], rows: [])
    var figures = [Int128?](repeating: nil, count: count)
    var divisors = [Int128?](repeating: nil, count: count)
    var rows = [Int128](repeating: 0, count: count)
    for (column, cell) in zip(query.columns, cells) {
      switch column {
      case .member: group.members.append(cell ?? "")
      case .name: group.names.append(cell)
      case .figure(let index): figures[index] = try whole(cell)
      case .divisor(let index): divisors[index] = try whole(cell) ?? 0
      case .rows(let index): rows[index] = try whole(cell) ?? 0
      }
    }
    group.rows = rows
    group.figures = plan.measures.indices.map { index in
      let measure = plan.measures[index].measure
      if measure.isUndefinedWithoutRows, rows[index] == 0 { return nil }
      switch measure.aggregate {
      case .count: return Ratio(rows[index], over: 1)
      case .sum, .countDistinct:
        return Ratio(figures[index] ?? 0, over: query.denominators[index])
      case .mean:
        let ratio = Ratio(
          figures[index] ?? 0, over: (divisors[index] ?? 0) * query.denominators[index])
        return ratio.isDefined ? ratio : nil
      case .median, .p90, .max, .min:
        return figures[index].map { Ratio($0, over: query.denominators[index]) }
      }
    }
    return group
  }

  private func whole(_ cell: String?) throws -> Int128? {
    guard let cell else { return nil }
    guard let value = Int128(cell) else { throw PrintedAnswer.damaged }
    return value
  }

  static var damaged: FindingsError {
    FindingsError([
      Finding(
        code: "sql-result-damaged", severity: .error,
        what: "the database's result is not what its query asks for", done: "no table was made",
        suggestion: "run it again; if it stays so, please report it")
    ])
  }

  /// By one time dimension alone also the spans without a row.
  private mutating func fillSpans() {
    guard plan.query.by.count == 1, let dimension = plan.query.by.first, dimension.isTime else {
      return
    }
    let known = groups.filter { $0.members[0] != PrintedAnswer.noDay }
    let none = groups.filter { $0.members[0] == PrintedAnswer.noDay }
    let days = known.compactMap { Day(iso: $0.members[0]) }
    var first = days.min()
    var end = days.max().map { $0.adding(days: 1) }
    if let period {
      first = dimension.start(of: period.start, settings)
      end = period.end
    }
    guard var day = first, let end else { return }
    var filled: [Group] = []
    while day < end {
      let name = day.description
      filled.append(
        known.first { $0.members[0] == name }
          ?? Group(
            members: [name], names: [],
            figures: plan.measures.map { $0.measure.figureOfNothing },
            rows: plan.measures.map { _ in 0 }))
      day = dimension.next(after: day, settings)
    }
    groups = filled + none
  }

  fileprivate static let noDay = "9999-12-31"

  // MARK: The table

  func table() throws -> MetricTable {
    let query = plan.query
    let sorted = try self.sorted()
    let kept = query.limit.map { Array(sorted.prefix($0)) } ?? sorted
    let cut = Array(sorted.dropFirst(kept.count))
    let showsRest = query.keepsRest && !cut.isEmpty && !query.by.isEmpty
    let other: [String?] = showsRest ? [Remainder.other] : []
    var columns: [MetricColumn] = []
    for (index, dimension) in query.by.enumerated() {
      let names = kept.map { name($0, index) }
      if let entity = dimension.entity {
        columns.append(
          MetricColumn(
            name: dimension.rawValue + "_id", title: dimension.title + " Id", unit: .id(entity),
            cells: .text(kept.map { schema.printed($0.members[index]) } + other)))
      }
      columns.append(
        MetricColumn(
          name: dimension.rawValue, title: dimension.title, unit: .text,
          cells: .text(names + other)))
    }
    for name in query.metrics {
      guard let metric = catalogue[name] else { continue }
      var values = kept.map { value(name, $0) }
      if showsRest { values.append(rest(name, cut)) }
      let behind = catalogue.measureBehind(name).flatMap { measure in
        plan.measures.firstIndex { $0.name == measure }
      }
      let n = behind.map { index in
        kept.map { $0.rows[index] }
          + (showsRest ? [cut.reduce(0) { $0 + $1.rows[index] }] : [])
      }
      columns.append(
        MetricColumn(
          name: name, title: metric.title, unit: metric.unit,
          cells: Cells(values, unit: metric.unit), definition: metric.definition, n: n))
    }
    let grain =
      query.by.isEmpty
      ? "the whole" : query.by.map { $0.title.lowercased() }.joined(separator: " × ")
    return MetricTable(
      name: query.name, grain: grain, columns: columns, totalRowCount: sorted.count)
  }

  private func value(_ metric: String, _ group: Group) -> Ratio? {
    catalogue.value(of: metric) { name in
      plan.measures.firstIndex { $0.name == name }.flatMap { group.figures[$0] }
    }
  }

  /// The sum of a measure over some groups; nil for what does not add up.
  private func rest(_ metric: String, _ groups: [Group]) -> Ratio? {
    guard !plan.query.by.contains(where: \.isManyValued) else { return nil }
    return catalogue.value(of: metric) { name in
      guard let index = plan.measures.firstIndex(where: { $0.name == name }),
        plan.measures[index].measure.additivity != .nonAdditive
      else { return nil }
      let known = groups.compactMap { $0.figures[index] }
      if known.isEmpty, plan.measures[index].measure.isUndefinedWithoutRows { return nil }
      return known.reduce(Ratio(0, over: query.denominators[index])) { sum, figure in
        sum.adding(figure) ?? sum
      }
    }
  }

  private func name(_ group: Group, _ index: Int) -> String {
    let (dimension, member) = (plan.query.by[index], group.members[index])
    if dimension.isTime {
      return member == PrintedAnswer.noDay
        ? Remainder.none
        : Day(iso: member).map { dimension.name(of: $0, settings.calendar) } ?? member
    }
    guard dimension.entity != nil else { return member }
    let place = plan.query.by.prefix(index).count { $0.entity != nil }
    return group.names[place] ?? schema.printed(member)
  }

  private func sorted() throws -> [Group] {
    var keys: [(compare: (Group, Group) -> Int, descending: Bool)] = []
    for order in plan.query.order {
      let column = order.column
      if plan.query.metrics.contains(column) {
        let zero = Ratio(0, over: 1)
        keys.append(
          (
            { (value(column, $0) ?? zero).compared(to: value(column, $1) ?? zero) },
            order.descending
          ))
      } else if let index = plan.query.by.firstIndex(where: {
        $0.rawValue == column || $0.rawValue + "_id" == column
      }) {
        let byID = column.hasSuffix("_id")
        let text: (Group) -> String = {
          byID ? schema.printed($0.members[index]) : name($0, index)
        }
        keys.append(
          (
            { left, right in
              let (left, right) = (text(left), text(right))
              return left == right
                ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
            }, order.descending
          ))
      } else {
        throw NotPrinted.finding("an order by \"\(column)\"")
      }
    }
    guard !keys.isEmpty else { return groups }
    // The database gave the order of members, which decides between equals.
    return groups.enumerated().sorted { left, right in
      for key in keys {
        let order = key.compare(left.element, right.element)
        if order != 0 { return key.descending ? order > 0 : order < 0 }
      }
      return left.offset < right.offset
    }.map(\.element)
  }
}

extension MetricCatalogue {
  /// The measure whose rows a mean, median or rate rests on; nil where nobody counts them.
  func measureBehind(_ metric: String) -> String? {
    switch self[metric]?.kind {
    case .measure(let measure):
      switch measure.aggregate {
      case .mean, .median, .p90: metric
      case .sum, .count, .countDistinct, .max, .min: nil
      }
    case .ratio(_, let denominator): measures(of: denominator).first?.name
    case .formula, nil: nil
    }
  }
}

extension Measure {
  /// The figure over no rows at all.
  fileprivate var figureOfNothing: Ratio? {
    if isUndefinedWithoutRows { return nil }
    switch aggregate {
    case .count, .sum, .countDistinct: return Ratio(0, over: 1)
    case .mean, .median, .p90, .max, .min: return nil
    }
  }
}

extension Dimension {
  /// The first day of the span in which a day falls.
  func start(of day: Day, _ settings: MetricSettings) -> Day {
    switch self {
    case .day: day
    case .week: day.adding(days: -((day.weekday - settings.weekStarts + 7) % 7))
    case .fiscalQuarter: settings.calendar.quarter(containing: day).period.start
    case .fiscalYear: settings.calendar.year(containing: day).start
    default: day.startOfMonth()
    }
  }

  /// The first day of the next span.
  func next(after start: Day, _ settings: MetricSettings) -> Day {
    switch self {
    case .day: start.adding(days: 1)
    case .week: start.adding(days: 7)
    case .fiscalQuarter: settings.calendar.quarter(containing: start).period.end
    case .fiscalYear: settings.calendar.year(containing: start).end
    default: start.startOfMonth(adding: 1)
    }
  }

  /// The name of the span that begins on a day.
  func name(of start: Day, _ calendar: FiscalCalendar) -> String {
    switch self {
    case .day, .week: start.description
    case .fiscalQuarter: calendar.quarter(containing: start).name
    case .fiscalYear: "FY\(calendar.yearName(containing: start))"
    default: String(start.description.prefix(7))
    }
  }
}
