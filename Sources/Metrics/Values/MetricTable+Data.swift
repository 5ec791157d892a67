import Records

extension MetricTable {
  /// A cell as data formats print it: METRICS §3, empty where undefined.
  ///
  /// Amounts are printed with `moneyPlaces`, the decimal places of the corporate currency.
  public func dataText(row: Int, column: Int, moneyPlaces: Int = 2) -> String {
    columns[column].dataText(row, moneyPlaces: moneyPlaces)
  }

  /// The table as CSV: a header row, LF, quotes (RFC 4180) only where a cell needs them.
  public func csv(moneyPlaces: Int = 2) -> String {
    var text = columns.map { quoted($0.name) }.joined(separator: ",") + "\n"
    for row in 0..<rowCount {
      for (index, column) in columns.enumerated() {
        if index > 0 { text += "," }
        text += quoted(column.dataText(row, moneyPlaces: moneyPlaces))
      }
      text += "\n"
    }
    return text
  }

  private func quoted(_ cell: String) -> String {
    let needsQuotes = cell.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
        || $0 == UInt8(ascii: "\r")
    }
    guard needsQuotes else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}

extension MetricColumn {
  /// A cell as data formats print it; the one rounding, half away from zero, happens here.
  public func dataText(_ row: Int, moneyPlaces: Int = 2) -> String {
    if case .text(let values) = cells { return values[row] ?? "" }
    guard let value = value(row) else { return "" }
    return value.text(places: places(unit(row), moneyPlaces)) ?? ""
  }

  private func places(_ unit: Unit, _ moneyPlaces: Int) -> Int {
    switch unit {
    case .money: moneyPlaces
    case .rate, .number: 6
    case .meanDays, .mean: 2
    case .text, .id, .day, .count, .days: 0
    }
  }
}
