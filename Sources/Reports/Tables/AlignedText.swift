/// Rows of text with aligned columns, for a terminal.
enum AlignedText {
  /// The rows as lines; columns of numbers stand at their right end, and no line ends in spaces.
  static func of(_ rows: [[String]], right: Set<Int> = []) -> String {
    guard let first = rows.first else { return "" }
    let widths = first.indices.map { column in
      rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - DisplayWidth.of(cell))
        return right.contains(column) ? space + cell : cell + space
      }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
