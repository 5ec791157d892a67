import Foundation

/// A CSV reader for tests: slow, strict to RFC 4180, and short enough to be seen to be right.
public enum CSVReader {
  /// What is wrong with a CSV text.
  public struct Malformed: Error, CustomStringConvertible {
    /// A sentence with the line.
    public let description: String
  }

  private enum State { case start, plain, quoted, quoteInQuoted }

  /// The rows of `text`; lines end in LF or CRLF, and the last one may lack its end.
  public static func rows(_ text: String) throws -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var state = State.start
    var line = 1

    func endField() {
      row.append(field)
      field = ""
      state = .start
    }
    func endRow() {
      endField()
      rows.append(row)
      row = []
    }

    // CRLF is one Character but two scalars: scalars keep the grammar plain.
    var scalars = Array(text.unicodeScalars)
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      let endsLine = scalar == "\n" || (scalar == "\r" && next == "\n")
      switch state {
      case .quoted:
        if scalar == "\"" { state = .quoteInQuoted } else { field.unicodeScalars.append(scalar) }
      case .quoteInQuoted where scalar == "\"":
        field.unicodeScalars.append(scalar)
        state = .quoted
      case _ where endsLine:
        // The CR of a CRLF: the LF that follows ends the row.
        if scalar == "\n" { endRow() }
      case _ where scalar == ",":
        endField()
      case .start where scalar == "\"":
        state = .quoted
      case .start, .plain:
        guard scalar != "\"" else {
          throw Malformed(description: "line \(line): a quote inside an unquoted field")
        }
        field.unicodeScalars.append(scalar)
        state = .plain
      case .quoteInQuoted:
        throw Malformed(description: "line \(line): text after a closing quote")
      }
      if scalar == "\n" { line += 1 }
    }
    if state == .quoted {
      throw Malformed(description: "line \(line): the file ends inside a quoted field")
    }
    if !row.isEmpty || !field.isEmpty || state != .start { endRow() }
    return rows
  }

  /// The rows of a file in UTF-8.
  public static func rows(of file: URL) throws -> [[String]] {
    try rows(String(decoding: Data(contentsOf: file), as: UTF8.self))
  }

  /// The rows after the header, each as column name to text.
  public static func records(_ text: String) throws -> [[String: String]] {
    let rows = try rows(text)
    guard let header = rows.first else { return [] }
    return try rows.dropFirst().enumerated().map { index, row in
      guard row.count == header.count else {
        throw Malformed(
          description: "row \(index + 2): \(row.count) fields under \(header.count) names")
      }
      return Dictionary(uniqueKeysWithValues: zip(header, row))
    }
  }

  /// The records of a file in UTF-8.
  public static func records(of file: URL) throws -> [[String: String]] {
    try records(String(decoding: Data(contentsOf: file), as: UTF8.self))
  }
}
