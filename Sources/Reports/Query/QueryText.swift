import Metrics
import Records

/// The answer to a query as a table for a terminal.
///
/// Beside each rate, mean or quantile stands the number of rows it rests on, and a rate over fewer
/// than five is marked. Below the rows stand the totals of the figures that add up along the
/// dimensions asked for; a rate has none. Ids stand only where names do not tell members apart:
/// data formats hold them.
public struct QueryText {
  private let answer: MetricTable
  private let totals: MetricTable?
  private let formatter: ValueFormatter
  private let width: Int

  /// - Parameters:
  ///   - answer: the rows.
  ///   - totals: one row with those of its figures that add up; nil where none does.
  ///   - formatter: how values are written.
  ///   - width: cells of the terminal.
  public init(_ answer: MetricTable, totals: MetricTable?, formatter: ValueFormatter, width: Int) {
    self.answer = answer
    self.totals = totals
    self.formatter = formatter
    self.width = width
  }

  /// The lines of the table, with a line on the marks where it has some.
  public var lines: [String] {
    var columns: [TextGrid.Column] = []
    var hasWeak = false
    for column in answer.columns where isShown(column) {
      let values = shown(column)
      let isWeak = values.contains { $0.strength == .weak }
      hasWeak = hasWeak || isWeak
      columns.append(
        TextGrid.Column(
          heading: formatter.heading(column),
          cells: values.map { value in
            CleanText.unmarked(value.text) + (value.strength == .weak ? "*" : isWeak ? " " : "")
          }, total: total(column, isFirst: columns.isEmpty).map { $0 + (isWeak ? " " : "") },
          isFigure: column.isNumeric))
      guard let n = column.n else { continue }
      columns.append(
        TextGrid.Column(
          heading: "n", cells: n.map { formatter.count($0).text }, total: totals.map { _ in "" },
          isFigure: true))
    }
    var lines = TextGrid(columns: columns, width: width).lines
    if hasWeak { lines.append("* rests on fewer than \(ValueFormatter.weakBelow) cases") }
    return lines
  }

  private func shown(_ column: MetricColumn) -> [Shown] {
    (0..<answer.rowCount).map { row in
      formatter.shown(column, row, cases: column.n?[row])
    }
  }

  /// What stands in the row of totals: its name, a total, or nothing.
  private func total(_ column: MetricColumn, isFirst: Bool) -> String? {
    guard let totals else { return nil }
    if let total = totals[column.name], total.cells.count == 1 {
      return formatter.shown(total, 0).text
    }
    return isFirst && !column.isNumeric ? "Total" : ""
  }

  /// Whether a column is for people: an Id is where two members have one name.
  private func isShown(_ column: MetricColumn) -> Bool {
    guard case .id = column.unit else { return true }
    guard column.name.hasSuffix("_id"), let names = answer[String(column.name.dropLast(3))] else {
      return true
    }
    var idOfName: [String: String] = [:]
    for row in 0..<answer.rowCount {
      let (name, id) = (names.text(row) ?? "", column.text(row) ?? "")
      if let known = idOfName.updateValue(id, forKey: name), known != id { return true }
    }
    return false
  }
}

/// A text with a mark below one of its characters, for errors about words of a command line.
public enum PointedText {
  /// The text and the mark, indented; nothing where the text has several lines.
  ///
  /// - Parameters:
  ///   - text: what was written.
  ///   - column: the character, from 1, counted in Unicode scalars.
  /// - Returns: two lines or none.
  public static func lines(_ text: String, column: Int) -> [String] {
    guard column > 0, !text.contains(where: \.isNewline), !text.isEmpty else { return [] }
    let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(column - 1)))
    let space = DisplayWidth.of(CleanText.unmarked(before))
    return ["  " + CleanText.unmarked(text), "  " + String(repeating: " ", count: space) + "^"]
  }
}
