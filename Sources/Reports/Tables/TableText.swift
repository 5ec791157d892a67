import Metrics
import Records

/// A metric table as aligned text for a terminal.
///
/// Columns are aligned by display width: East Asian wide characters and emoji take two cells,
/// combining marks none. Figures are formatted as in reports and aligned at their right end; the
/// unit stands in the heading.
struct TableText {
  let table: MetricTable
  let formatter: ValueFormatter
  /// Cells of a line, which figures may exceed.
  let width: Int

  /// A text wider than this is cut with an ellipsis; data formats hold it whole.
  static let widest = 48

  var text: String {
    let columns = table.columns.map { column in
      TextGrid.Column(
        heading: formatter.heading(column),
        cells: (0..<table.rowCount).map { row in
          DisplayWidth.fitted(
            CleanText.unmarked(formatter.shown(column, row).text), to: TableText.widest)
        }, isFigure: column.isNumeric)
    }
    var lines = TextGrid(columns: columns, width: width).lines
    if table.rowCount == 0 { lines.append("No rows.") }
    if table.totalRowCount > table.rowCount {
      lines.append("\(table.rowCount) of \(table.totalRowCount) rows.")
    }
    lines += table.notes.flatMap { WrappedText.lines($0, to: width) }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ValueFormatter {
  /// The heading of a column of text, with the unit of its figures.
  func heading(_ column: MetricColumn) -> String {
    let title = CleanText.unmarked(column.title)
    return switch column.unit {
    case .money: "\(title) (\(currency))"
    case .days, .meanDays: "\(title) (days)"
    default: title
    }
  }
}

/// How many cells of a terminal a text takes.
enum DisplayWidth {
  /// The width, by the East Asian Width of each character's first scalar (UAX #11).
  static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
    if let count = simpleCount(text) { return count }
    return text.reduce(0) { $0 + width(of: $1) }
  }

  /// The number of scalars where each is a character of its own and one cell wide, else nil.
  ///
  /// Almost all texts are such, and to find the borders of characters costs ten times as much.
  private static func simpleCount(_ text: String) -> Int? {
    var count = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      // Latin letters and signs without the soft hyphen; dashes, quotes, the ellipsis; lines.
      case 0x20..<0x7F, 0xA0..<0xAD, 0xAE..<0x300, 0x2010...0x2027, 0x20AC, 0x2500..<0x2580:
        count += 1
      default: return nil
      }
    }
    return count
  }

  static func width(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.properties.isEmojiPresentation { return 2 }
    // A text symbol that a variation selector turns into an emoji.
    if first.properties.isEmoji, character.unicodeScalars.contains("\u{FE0F}") { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
