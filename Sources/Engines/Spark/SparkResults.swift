import Foundation

/// Reads what a script's session prints, line by line.
struct SparkResults {
  /// A line that is none of the rows.
  private struct Mark: Decodable {
    let step: String?
    let begin: String?
    let end: String?
  }

  private let expected: [SparkScript.Result]
  private let decoder = JSONDecoder()
  /// The rows of the results that have ended, in the script's order.
  private(set) var rows: [[[String?]]] = []
  private var open: [[String?]]?
  /// What was begun last.
  private(set) var current = ""

  init(_ expected: [SparkScript.Result]) { self.expected = expected }

  /// Whether every result has ended.
  var isComplete: Bool { rows.count == expected.count && open == nil }

  /// Takes a line.
  ///
  /// - Parameter line: the line, without its end.
  /// - Returns: the name of a step that begins, nil for any other line.
  /// - Throws: `FindingsError` for a line between two marks that is no row.
  mutating func take(_ line: some StringProtocol) throws -> String? {
    // The cells of rows are c0, c1 and so on, and no mark begins with c: a row is decoded once.
    if line.hasPrefix("{"), !line.hasPrefix("{\"c"),
      let mark = try? decoder.decode(Mark.self, from: Data(line.utf8)),
      mark.step != nil || mark.begin != nil || mark.end != nil
    {
      if mark.end != nil {
        guard let open, mark.end == expected.dropFirst(rows.count).first?.name else {
          throw PrintedAnswer.damaged
        }
        rows.append(open)
        self.open = nil
        return nil
      }
      if mark.begin != nil { open = [] }
      current = mark.step ?? mark.begin ?? ""
      return current
    }
    // Between results Spark says what it has set.
    guard open != nil, rows.count < expected.count else { return nil }
    guard let cells = try? decoder.decode([String: String].self, from: Data(line.utf8)) else {
      throw PrintedAnswer.damaged
    }
    open?.append((0..<expected[rows.count].width).map { cells["c\($0)"] })
    return nil
  }
}
