import Metrics
import Records

extension ValueFormatter {
  /// A cell of a metric table as readers see it.
  ///
  /// Amounts are shortened where `isShort`, as in key figures; `cases` is the number of cases over
  /// which a rate is taken, nil where it is not known.
  func shown(
    _ column: MetricColumn, _ row: Int, isShort: Bool = false, cases: Int128? = nil,
    form: ReportDefinition.Form = .plain
  ) -> Shown {
    switch column.unit {
    case .text: return text(column.shownText(row))
    case .id: return id(column.text(row))
    case .day: return day(column.text(row).flatMap { Day(iso: $0) })
    default: break
    }
    let value = column.value(row) ?? Ratio(0, over: 0)
    if form == .multiple { return multiple(value) }
    return shown(value, column.unit(row), isShort: isShort, cases: cases)
  }

  /// A figure in its unit; days and means of days are followed by the word where `named`.
  func shown(
    _ value: Ratio, _ unit: Unit, isShort: Bool = false, cases: Int128? = nil, named: Bool = false
  ) -> Shown {
    switch unit {
    case .money: return isShort ? shortMoney(value) : money(value)
    case .count: return count(value.isDefined ? ValueFormatter.whole(value) : nil)
    case .days: return days(value.isDefined ? ValueFormatter.whole(value) : nil, named: named)
    case .meanDays: return meanDays(value, named: named)
    case .rate: return rate(value, cases: cases)
    default: return number(value)
    }
  }

  static func whole(_ value: Ratio) -> Int128 {
    Exact.divide(value.numerator, by: value.denominator)
  }
}

extension MetricColumn {
  /// Whether cells are aligned at their right end.
  var isNumeric: Bool {
    switch unit {
    case .text, .id, .day: false
    default: true
    }
  }
}
