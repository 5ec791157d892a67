import Records

/// Texts of a document as plain text for people.
enum PlainText {
  /// A name longer than this is cut with an ellipsis; pages and data formats hold it whole.
  static let longestName = 120

  /// A text of the export: without marks that turn the direction of writing, and not without end.
  static func name(_ text: String) -> String {
    cut(CleanText.unmarked(text), to: longestName)
  }

  /// A value; words of the export are cut where they are long.
  static func value(_ value: Shown) -> String {
    switch value.unit {
    case .text, .id: name(value.text)
    default: value.text
    }
  }

  /// A cell with its mark.
  static func cell(_ cell: ReportDocument.Cell) -> String {
    let value = value(cell.value)
    guard let mark = cell.mark, !mark.isEmpty else { return value }
    return value.isEmpty ? mark : value + " " + mark
  }

  /// A sentence; names that are written from right to left are kept to themselves.
  static func prose(_ prose: ReportDocument.Prose) -> String {
    prose.runs.map { run in
      switch run {
      case .words(let words): words
      case .name(let name):
        runsLeft(name.text)
          ? CleanText.isolated(PlainText.name(name.text)) : PlainText.name(name.text)
      case .value(let value): PlainText.value(value)
      }
    }.joined()
  }

  /// A text with an ellipsis in place of what is beyond a number of Unicode scalars.
  ///
  /// Scalars are counted: a single character may carry ten thousand marks.
  static func cut(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit, text.unicodeScalars.count > limit else { return text }
    var kept = String.UnicodeScalarView()
    for character in text {
      guard kept.count + character.unicodeScalars.count < limit else { break }
      kept.append(contentsOf: character.unicodeScalars)
    }
    if kept.isEmpty { kept.append(contentsOf: text.unicodeScalars.prefix(limit - 1)) }
    return String(kept) + "…"
  }

  /// What is said of the rows of a table: how many of how many, and where all of them are.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - shown: how many of its rows are shown here.
  ///   - whereRest: where all of them are, such as "in the attachment".
  ///   - format: how counts are written.
  /// - Returns: the words, empty where there is nothing to say.
  static func extent(
    of table: ReportDocument.Table, shown: Int, whereRest: String?, _ format: ValueFormatter
  ) -> String {
    let text = table.extent?.text ?? ""
    let listed = table.rows.count + table.rest.count
    let isCut = shown < table.rows.count
    guard isCut || !text.isEmpty || !table.rest.isEmpty else { return "" }
    let all = table.extent?.all ?? format.count(Int128(listed))
    let here = format.count(Int128(shown))
    let count = format.words.say(
      here.data == all.data ? .allRows : .someRows, ["shown": "\(here)", "all": "\(all)"])
    let base = [count, table.extent?.order].compactMap { $0 }.joined(separator: ", ")
    // Words of another kind stand as they are.
    let rest = text.dropFirst(base.count)
    guard isCut || text.isEmpty || text.hasPrefix(base) && (rest.isEmpty || rest.hasPrefix(";"))
    else { return text }
    guard let whereRest, listed > shown else { return base }
    let known = format.count(Int128(listed))
    return format.words.say(
      known.data == all.data ? .rowsWhere : .firstRowsWhere,
      [
        "rows": ReportDocument.Prose(base), "count": "\(known)",
        "place": ReportDocument.Prose(whereRest),
      ])
  }

  /// Whether a text holds letters that are written from right to left.
  private static func runsLeft(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
        true
      default: false
      }
    }
  }
}
