import Records

/// The records behind all measures of a metric in one table.
public enum BehindTable {
  /// Grain: a measure and a record that counts for it; the first column names the measure.
  public static func of(_ parts: [RecordsBehind], catalogue: MetricCatalogue) -> MetricTable {
    var names: [String] = []
    for part in parts {
      for column in part.table.columns where !names.contains(column.name) {
        names.append(column.name)
      }
    }
    let measures = parts.flatMap { part in
      [String?](repeating: part.measure, count: part.table.rowCount)
    }
    var columns = [
      MetricColumn(name: "measure", title: "Measure", unit: .text, cells: .text(measures))
    ]
    for name in names { columns.append(column(name, parts)) }
    return MetricTable(
      name: "rows", grain: "a measure and a record that counts for it", columns: columns,
      totalRowCount: parts.reduce(0) { $0 + $1.table.totalRowCount })
  }

  /// A column of all parts below each other; values keep the unit of their measure.
  private static func column(_ name: String, _ parts: [RecordsBehind]) -> MetricColumn {
    let columns = parts.map { $0.table[name] }
    let first = columns.compactMap { $0 }.first
    let isText = columns.contains { column in
      if case .text = column?.cells { return true }
      return false
    }
    if isText {
      let texts = zip(parts, columns).flatMap { part, column -> [String?] in
        (0..<part.table.rowCount).map { column?.dataText($0) }
      }
      let units = Set(columns.compactMap { $0?.unit })
      return MetricColumn(
        name: name, title: first?.title ?? name,
        unit: units.count == 1 ? units.first ?? .text : .text, cells: .text(texts))
    }
    let values = zip(parts, columns).flatMap { part, column in
      (0..<part.table.rowCount).map { column?.value($0) ?? Ratio(0, over: 0) }
    }
    let units = zip(parts, columns).flatMap { part, column in
      [Unit](repeating: column?.unit ?? .number, count: part.table.rowCount)
    }
    return MetricColumn(
      name: name, title: first?.title ?? name, unit: first?.unit ?? .number, cells: .ratios(values),
      rowUnits: Set(units).count > 1 ? units : nil)
  }
}
