/// A CSV reader for tests: slow, over whole texts, and short enough to be seen to be right.
///
/// Unlike TestKit's reader it takes every text, as the program must: a quote opens a cell only as its
/// first character, and what follows the closing quote up to the separator belongs to the cell.
public struct SlowCSV {
  /// One row, by the line on which it begins.
  public struct Row: Equatable, Sendable {
    /// Counted from 1 for the first line of the text.
    public let line: Int
    /// The bytes between the separators, quotes and all.
    public let raw: [[UInt8]]

    public init(line: Int, raw: [[UInt8]]) {
      self.line = line
      self.raw = raw
    }

    /// The bytes within the quotes, without the return of their line.
    public var within: [[UInt8]] {
      raw.indices.map { Array(SlowCSV.within(raw[$0], isLast: $0 == raw.count - 1).bytes) }
    }

    /// What the cells say: `within` with doubled quotes once.
    public var cells: [[UInt8]] {
      raw.indices.map { SlowCSV.content(raw[$0], isLast: $0 == raw.count - 1) }
    }
  }

  public private(set) var rows: [Row] = []
  /// Where a quote stands that was never closed, nil where there is none; its row is not in `rows`.
  public private(set) var unclosedQuote: Int?
  /// Whether quotes stand only where RFC 4180 has them.
  public private(set) var isRegular = true

  private static let quote = UInt8(ascii: "\"")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Reads a text without byte-order mark; its last row may lack its end.
  public init(_ text: [UInt8], delimiter: UInt8, newline: UInt8) {
    var position = 0
    while position < text.count {
      let line = 1 + text[..<position].count { $0 == newline }
      var raw: [[UInt8]] = []
      while true {
        let start = position
        if position < text.count, text[position] == SlowCSV.quote {
          guard let close = SlowCSV.closingQuote(of: position, in: text) else {
            unclosedQuote = position
            return
          }
          position = close + 1
        }
        let afterQuotes = position
        while position < text.count, text[position] != delimiter, text[position] != newline {
          position += 1
        }
        let isLast = position == text.count || text[position] == newline
        let unquoted = text[afterQuotes..<position]
        if unquoted.contains(SlowCSV.quote)
          || afterQuotes > start && !unquoted.isEmpty
            && !(isLast && unquoted.elementsEqual([SlowCSV.carriageReturn]))
        {
          isRegular = false
        }
        raw.append(Array(text[start..<position]))
        position += 1
        if isLast { break }
      }
      rows.append(Row(line: line, raw: raw))
    }
  }

  /// The first quote after an opening one that is not doubled.
  private static func closingQuote(of opening: Int, in text: [UInt8]) -> Int? {
    var position = opening + 1
    while position < text.count {
      guard text[position] == quote else {
        position += 1
        continue
      }
      guard position + 1 < text.count, text[position + 1] == quote else { return position }
      position += 2
    }
    return nil
  }

  private static func within(
    _ raw: [UInt8], isLast: Bool
  ) -> (bytes: ArraySlice<UInt8>, isQuoted: Bool) {
    var cell = raw[...]
    if isLast, cell.last == carriageReturn { cell.removeLast() }
    guard cell.count >= 2, cell.first == quote, cell.last == quote else { return (cell, false) }
    return (cell.dropFirst().dropLast(), true)
  }

  private static func content(_ raw: [UInt8], isLast: Bool) -> [UInt8] {
    var (rest, isQuoted) = within(raw, isLast: isLast)
    guard isQuoted else { return Array(rest) }
    var content: [UInt8] = []
    while let byte = rest.popFirst() {
      content.append(byte)
      if byte == quote, rest.first == quote { rest.removeFirst() }
    }
    return content
  }
}
