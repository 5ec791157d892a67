/// Columns of text for a terminal of some width.
///
/// Where the columns are wider than the terminal, headings go over several lines first, then texts
/// are cut with an ellipsis. Figures are never cut: a table of many figures is wider than the
/// terminal.
struct TextGrid {
  struct Column {
    let heading: String
    var cells: [String]
    /// What stands below the rule at the end; nil: nothing does in any column.
    var total: String?
    /// Figures stand at their right end and are never cut.
    let isFigure: Bool
  }

  let columns: [Column]
  let width: Int

  /// Cut texts keep at least so many cells of the terminal.
  private static let narrowest = 8
  private static let gap = "  "

  /// The headings, a rule, the rows and, below another rule, the totals.
  var lines: [String] {
    let widths = widths
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: TextGrid.gap)
    let headings = zip(columns, widths).map { WrappedText.lines($0.heading, to: $1) }
    let height = headings.map(\.count).max() ?? 0
    var lines = (0..<height).map { line in
      self.line(
        headings.map { parts in
          let index = line - (height - parts.count)
          return index < 0 ? "" : parts[index]
        }, widths)
    }
    lines.append(rule)
    for row in 0..<(columns.first?.cells.count ?? 0) {
      lines.append(line(columns.map { $0.cells[row] }, widths))
    }
    if columns.contains(where: { $0.total != nil }) {
      lines.append(rule)
      lines.append(line(columns.map { $0.total ?? "" }, widths))
    }
    return lines
  }

  /// Whether nothing is cut.
  var fits: Bool {
    zip(columns, widths).allSatisfy { column, width in
      column.cells.allSatisfy { DisplayWidth.of($0) <= width }
    } && widths.reduce(0, +) + TextGrid.gap.count * max(0, columns.count - 1) <= width
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let text = DisplayWidth.fitted(cell, to: widths[index])
      let space = String(repeating: " ", count: widths[index] - DisplayWidth.of(text))
      if index > 0 { line += TextGrid.gap }
      line += columns[index].isFigure ? space + text : text + space
    }
    return String(decoding: line.utf8.reversed().drop { $0 == 0x20 }.reversed(), as: UTF8.self)
  }

  private var widths: [Int] {
    let content = columns.map { column in
      (column.cells + [column.total ?? ""]).map { DisplayWidth.of($0) }.max() ?? 0
    }
    let full = zip(columns, content).map { max(DisplayWidth.of($0.heading), $1) }
    let gaps = TextGrid.gap.count * max(0, columns.count - 1)
    var room = width - gaps - full.reduce(0, +)
    guard room < 0 else { return full }
    var widths = zip(columns, content).map { column, content in
      max(
        content, column.heading.split(separator: " ").map { DisplayWidth.of(String($0)) }.max() ?? 0
      )
    }
    room = width - gaps - widths.reduce(0, +)
    // What wrapping has saved goes back to the headings, from the left.
    for index in widths.indices where room > 0 {
      let more = min(room, full[index] - widths[index])
      widths[index] += more
      room -= more
    }
    while room < 0 {
      let widest = columns.indices
        .filter { !columns[$0].isFigure && widths[$0] > TextGrid.narrowest }
        .max { (widths[$0], $1) < (widths[$1], $0) }
      guard let widest else { break }
      widths[widest] -= 1
      room += 1
    }
    return widths
  }
}

extension DisplayWidth {
  /// The text, cut with an ellipsis where it is wider than a number of cells.
  static func fitted(_ text: String, to widest: Int) -> String {
    guard of(text) > widest else { return text }
    var kept = ""
    var width = 0
    for character in text {
      let next = self.width(of: character)
      if width + next > widest - 1 { break }
      kept.append(character)
      width += next
    }
    return kept + "…"
  }
}
