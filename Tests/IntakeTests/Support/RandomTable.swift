import Foundation
import SlowCSV

@testable import Intake

/// A table of accounts of chance and one way to write it, with what a reader must make of it.
struct RandomTable {
  /// How the table is written.
  struct Style {
    var delimiter = ","
    var newline = "\n"
    var quoting = Quoting.mixed
    var hasMark = false
    var endsWithNewline = true
    /// Whether some cells bend RFC 4180.
    var isIrregular = false
  }

  enum Quoting: CaseIterable { case every, needed, mixed }

  let style: Style
  /// The whole text without a byte-order mark.
  let text: String

  private static let header = ["key", "name", "city", "owner", "gone", "note"]
  private static let delimiters = [",", "\t", ";", "|", "^", "`"]

  init(_ draw: inout Draw, latinOnly: Bool = false, isIrregular: Bool? = nil) {
    var style = Style()
    style.delimiter = draw.one(of: Self.delimiters)
    style.newline = draw.one(of: ["\n", "\r\n", "\r"])
    style.quoting = draw.one(of: Quoting.allCases)
    style.hasMark = draw.below(3) == 0
    style.endsWithNewline = draw.below(3) > 0
    style.isIrregular = isIrregular ?? (draw.below(3) == 0)
    self.style = style

    var pieces = ["", "a", "é", " ", ";", "\t", ",", "|", "^", "`", "\"", "''", "#N/A"]
    if !latinOnly { pieces += ["日本", "😀", "e\u{301}", "\u{2028}"] }
    // A file whose rows end in CR cannot be told from one with LF once a cell holds an LF.
    pieces += style.newline == "\r" ? ["\r"] : ["\n", "\r", "\r\n"]
    var lines = [Self.header.joined(separator: style.delimiter)]
    if style.newline == "\r" {
      // Returns are seen to end rows by rows that fit the header: a single one that does not could as
      // well be a part of it.
      for row in 0..<2 {
        lines.append((["r\(row)"] + Self.header.dropFirst()).joined(separator: style.delimiter))
      }
    }
    for row in 0..<draw.below(30) {
      if draw.below(12) == 0 { lines.append("") }
      var cells = ["k\(row)"]
      for _ in 1..<Self.header.count {
        cells.append((0..<draw.below(6)).map { _ in draw.one(of: pieces) }.joined())
      }
      cells[4] = draw.one(of: ["", "", "0", "false", "1", "true"])
      if draw.below(15) == 0 { cells[0] = "" }
      if draw.below(10) == 0 { cells.removeLast() }
      if draw.below(10) == 0 { cells.append("one more") }
      let written = cells.enumerated().map { column, cell in
        // Keys stay distinct: a repeated one would set its row aside for another reason.
        column > 0 && style.isIrregular && draw.below(6) == 0
          ? draw.one(of: [
            "5\" disk", "\"a\" b", "\"a\"b\"", "x\"\"", "\"\" ", "\"a\(style.delimiter)b\"c",
          ])
          : Self.written(cell, style, &draw)
      }
      lines.append(written.joined(separator: style.delimiter))
    }
    text = lines.joined(separator: style.newline) + (style.endsWithNewline ? style.newline : "")
  }

  private static func written(_ cell: String, _ style: Style, _ draw: inout Draw) -> String {
    let marks = Set("\"\n\r".unicodeScalars).union(style.delimiter.unicodeScalars)
    let needs = cell.unicodeScalars.contains { marks.contains($0) }
    let quotes =
      switch style.quoting {
      case .every: true
      case .needed: needs
      case .mixed: needs || draw.below(3) == 0
      }
    return quotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }

  // MARK: What it says

  /// What a reader must make of the table, by the slow reader.
  struct Meaning {
    /// Key, name, city and note of the rows to be used.
    var rows: [[[UInt8]]] = []
    var lines: [Int] = []
    var counts = RowCounts()
  }

  var meaning: Meaning {
    let newline = style.newline == "\r" ? UInt8(ascii: "\r") : UInt8(ascii: "\n")
    let slow = SlowCSV(
      Array(text.utf8), delimiter: style.delimiter.utf8.first ?? 0, newline: newline)
    var meaning = Meaning()
    for row in slow.rows.dropFirst() {
      if row.raw.count == 1, row.raw[0].allSatisfy({ $0 == UInt8(ascii: "\r") }) { continue }
      meaning.counts.read += 1
      guard row.raw.count == Self.header.count else {
        meaning.counts.setAside += 1
        meaning.counts.ragged += 1
        continue
      }
      // #N/A is a null marker wherever it is the whole cell.
      let cells = row.cells.map { $0 == Array("#N/A".utf8) ? [] : $0 }
      if ["1", "true"].contains(String(decoding: cells[4], as: UTF8.self)) {
        meaning.counts.deleted += 1
      } else if cells[0].isEmpty {
        meaning.counts.setAside += 1
      } else {
        meaning.rows.append([cells[0], cells[1], cells[2], cells[5]])
        meaning.lines.append(row.line)
      }
    }
    return meaning
  }

  /// The file's bytes.
  var bytes: [UInt8] { Array(((style.hasMark ? "\u{FEFF}" : "") + text).utf8) }

  static let mapping = """
    name: cells
    keys: text
    entities:
      Account:
        files: [accounts]
        fields: {Id: key, Name: name, BillingCity: city, OwnerId: owner, IsDeleted: gone}
      Opportunity: {files: [deals], fields: {Id: deal, StageName: stage, CloseDate: closed}}
    """
  static let deals = "deal,stage,closed\nd,Won,2026-01-01\n"
}
