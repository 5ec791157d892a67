import Records

extension MetricTable {
  /// A cell as data formats print it: METRICS §3, empty where undefined.
  ///
  /// Amounts are printed with `moneyPlaces`, the decimal places of the corporate currency.
  public func dataText(row: Int, column: Int, moneyPlaces: Int = 2) -> String {
    columns[column].dataText(row, moneyPlaces: moneyPlaces)
  }
}

extension MetricColumn {
  /// A cell as data formats print it; the one rounding, half away from zero, happens here.
  public func dataText(_ row: Int, moneyPlaces: Int = 2) -> String {
    if case .text(let values) = cells { return values[row] ?? "" }
    guard let value = value(row) else { return "" }
    return value.text(places: places(unit(row), moneyPlaces)) ?? ""
  }

  func places(_ unit: Unit, _ moneyPlaces: Int) -> Int {
    switch unit {
    case .money: moneyPlaces
    case .rate, .number: 6
    case .meanDays, .mean: 2
    case .text, .id, .day, .count, .days: 0
    }
  }
}
