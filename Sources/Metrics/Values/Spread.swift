import Records

/// How some values lie, such as those of a figure quarter by quarter.
public struct Spread: Sendable {
  /// The values that are defined, ascending.
  public let values: [Ratio]

  public init(_ values: [Ratio]) {
    self.values = values.filter(\.isDefined).sorted { $0.compared(to: $1) < 0 }
  }

  /// The values of a column, row by row; none where the table has no such column.
  public init(of column: String, in table: MetricTable) {
    let cells = table[column]
    self.init((0..<table.rowCount).compactMap { cells?.value($0) })
  }

  /// The value that at least half of the others do not exceed; nil where there is none.
  public var median: Ratio? { values.isEmpty ? nil : values[(values.count - 1) / 2] }

  /// The least and the greatest value; nil where there is none.
  public var range: (least: Ratio, greatest: Ratio)? {
    guard let least = values.first, let greatest = values.last else { return nil }
    return (least, greatest)
  }
}
