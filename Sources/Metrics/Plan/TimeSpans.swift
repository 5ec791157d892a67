import Records

/// Days, weeks, months, fiscal quarters and fiscal years as members of a dimension.
struct TimeSpans {
  private let ledger: Ledger

  init(_ ledger: Ledger) {
    self.ledger = ledger
  }

  /// Binds a time dimension: its members span the period, or the days that the facts hold.
  func bind(_ dimension: Dimension, in space: QueryPlan.Space) -> DimensionBinder.Bound {
    var columns: [QueryPlan.FactDate: (days: [Int32], via: [Int32]?)] = [:]
    for date in space.dates {
      guard
        let field = FactResolver(date.fact, ledger: ledger).resolve(
          date.date.split(separator: ".").map(String.init)),
        case .days(let days) = field.column
      else { continue }
      columns[date] = (days, field.via)
    }
    let period = space.period ?? TimeSpans.extent(of: columns.values.map(\.days))
    var names: [String] = []
    var endsMonth: [Bool] = []
    var spans: [Int32] = []
    var day = period.map { start(of: dimension, $0.start) }
    let first = day ?? Day(number: 0)
    while let start = day, let period, start < period.end {
      let end = next(dimension, after: start)
      spans += [Int32](repeating: Int32(names.count), count: start.days(until: end))
      names.append(name(dimension, start))
      let monthEnd = max(start, period.start).startOfMonth(adding: 1)
      endsMonth.append(monthEnd <= min(end, period.end, ledger.records.asOf.startOfMonth()))
      day = end
    }
    let none = Int32(names.count)
    let codes = columns.mapValues { days, via in
      RowCodes(days: days, via: via, first: first.number, spans: spans, none: none)
    }
    var members = Members(names: names + [Remainder.none], remainders: 1)
    members.endsMonth = endsMonth + [false]
    return DimensionBinder.Bound(
      dimension: dimension, members: members,
      codes: Dictionary(codes.map { ($0.key.fact, $0.value) }) { first, _ in first },
      dated: codes)
  }

  private static func extent(of columns: [[Int32]]) -> Period? {
    let known = columns.compactMap { days -> (Int32, Int32)? in
      var low = Int32.max
      var high = Int32.min
      for day in days where day != Day.null {
        low = min(low, day)
        high = max(high, day)
      }
      return low <= high ? (low, high) : nil
    }
    guard let low = known.map(\.0).min(), let high = known.map(\.1).max() else { return nil }
    return Period(start: Day(number: low), end: Day(number: high).adding(days: 1))
  }

  private func start(of dimension: Dimension, _ day: Day) -> Day {
    let calendar = ledger.settings.calendar
    switch dimension {
    case .day: return day
    case .week: return day.adding(days: -((day.weekday - ledger.settings.weekStarts + 7) % 7))
    case .fiscalQuarter: return calendar.quarter(containing: day).period.start
    case .fiscalYear: return calendar.year(containing: day).start
    default: return day.startOfMonth()
    }
  }

  private func next(_ dimension: Dimension, after start: Day) -> Day {
    let calendar = ledger.settings.calendar
    return switch dimension {
    case .day: start.adding(days: 1)
    case .week: start.adding(days: 7)
    case .fiscalQuarter: calendar.quarter(containing: start).period.end
    case .fiscalYear: calendar.year(containing: start).end
    default: start.startOfMonth(adding: 1)
    }
  }

  private func name(_ dimension: Dimension, _ start: Day) -> String {
    let calendar = ledger.settings.calendar
    switch dimension {
    case .day, .week: return start.description
    case .fiscalQuarter: return calendar.quarter(containing: start).name
    case .fiscalYear: return "FY\(calendar.yearName(containing: start))"
    default: return String(start.description.prefix(7))
    }
  }
}
