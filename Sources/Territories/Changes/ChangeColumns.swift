import Metrics
import Records

/// Puts the columns of a table of changes together.
struct ChangeColumns {
  private(set) var columns: [MetricColumn] = []

  mutating func text(
    _ name: String, _ title: String, _ cells: [String?], labels: [String: String] = [:]
  ) {
    var column = MetricColumn(name: name, title: title, unit: .text, cells: .text(cells))
    column.labels = labels
    columns.append(column)
  }

  /// Columns of another table.
  mutating func add(_ others: [MetricColumn]) { columns += others }

  /// Figures whose units differ by row, nil where one is not known.
  mutating func mixed(
    _ name: String, _ title: String, _ cells: [Ratio?], _ units: [Unit], _ definition: String = ""
  ) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .number,
        cells: .ratios(cells.map { $0 ?? Ratio(0, over: 0) }), definition: definition,
        rowUnits: units))
  }

  /// Rates, undefined where one is not known.
  mutating func rate(_ name: String, _ title: String, _ cells: [Ratio?], _ definition: String) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .rate,
        cells: .ratios(cells.map { $0 ?? Ratio(0, over: 0) }), definition: definition))
  }

  /// Yes or no.
  mutating func flag(_ name: String, _ title: String, _ cells: [Bool]) {
    text(name, title, cells.map { $0 ? "yes" : "no" })
  }

  /// Ids of rows; a negative number stands for no row.
  mutating func id(_ name: String, _ title: String, _ table: Table, _ rows: [Int32]) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .id(table.entity),
        cells: .text(TextCells(idsOf: table, at: rows))))
  }

  /// Ids and names of rows.
  mutating func record(_ name: String, _ title: String, _ table: Table, _ rows: [Int32]) {
    id("\(name)_id", "\(title) Id", table, rows)
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .text,
        cells: .text(TextCells(namesOf: table, at: rows))))
  }

  /// Calendar days; `Day.null` for none.
  mutating func days(_ name: String, _ title: String, _ cells: [Int32]) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .day,
        cells: .text(cells.map { $0 == Day.null ? nil : Day(number: $0).description })))
  }

  mutating func count(_ name: String, _ title: String, _ cells: [Int]) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .count, cells: .integers(cells.map { Int128($0) })))
  }

  /// Counts, nil where one is not known.
  mutating func counts(_ name: String, _ title: String, _ cells: [Int?]) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .count,
        cells: .integers(cells.map { cell in cell.map { Int128($0) } })))
  }

  mutating func money(
    _ name: String, _ title: String, _ cells: [Int128?], _ definition: String = ""
  ) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .money, cells: .money(cells), definition: definition))
  }

  /// Weighted numerators of `Stakes`.
  mutating func weighted(
    _ name: String, _ title: String, _ cells: [Int128], _ definition: String = ""
  ) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .money, cells: .ratios(cells.map(Stakes.weighted)),
        definition: definition))
  }
}
