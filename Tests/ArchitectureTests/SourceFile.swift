import Foundation
import TestKit

/// A Swift file of the program or of its fuzzers, with its comments blanked out.
struct SourceFile: Sendable {
  /// The room it stands in, such as `Metrics`.
  let room: String
  /// The path from the root of the repository.
  let path: String
  /// The lines, without what stands in comments; the numbers stay.
  let lines: [String]

  /// Every Swift file under Sources, by path.
  static func all() throws -> [SourceFile] { try sources.get() }

  /// Every Swift file under Fuzz, by path; the room is the fuzzer.
  static func fuzzers() throws -> [SourceFile] { try fuzz.get() }

  /// Read once for all tests.
  private static let sources = Result { try readAll(below: "Sources") }
  private static let fuzz = Result { try readAll(below: "Fuzz") }

  private static func readAll(below folder: String) throws -> [SourceFile] {
    let sources = Repository.root.appending(path: folder)
    return try sources.filesBelow().filter { $0.hasSuffix(".swift") }.map { relative in
      let text = try String(contentsOf: sources.appending(path: relative), encoding: .utf8)
      return SourceFile(
        room: String(relative.prefix { $0 != "/" }), path: "\(folder)/\(relative)", text: text)
    }
  }

  init(room: String, path: String, text: String) {
    self.room = room
    self.path = path
    lines = Self.code(text).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// The modules it imports, with their lines.
  var imports: [(module: String, line: Int)] {
    let pattern =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
    return lines.enumerated().compactMap { index, line in
      (try? pattern.firstMatch(in: line)).map { (String($0.1), index + 1) }
    }
  }

  /// The lines, counted from 1, in which `pattern` occurs.
  func lines(with pattern: Regex<Substring>) -> [Int] {
    lines.enumerated().compactMap { $1.contains(pattern) ? $0 + 1 : nil }
  }

  /// `text` without comments; what stands inside plain string literals is kept, line breaks too.
  static func code(_ text: String) -> String {
    enum State { case code, string, line, block(Int) }
    var state = State.code
    var result = ""
    var rest = Substring(text)
    while let character = rest.first {
      var width = 1
      switch state {
      case .code where rest.hasPrefix("//"):
        state = .line
      case .code where rest.hasPrefix("/*"):
        state = .block(1)
        width = 2
      case .code:
        if character == "\"" && !rest.hasPrefix("\"\"\"") { state = .string }
        width = rest.hasPrefix("\"\"\"") ? 3 : 1
        result += rest.prefix(width)
      case .string:
        width = character == "\\" ? 2 : 1
        result += rest.prefix(width)
        if character == "\"" || character == "\n" { state = .code }
      case .line:
        if character == "\n" {
          result.append(character)
          state = .code
        }
      case .block(let depth):
        if character == "\n" { result.append(character) }
        if rest.hasPrefix("/*") {
          state = .block(depth + 1)
          width = 2
        } else if rest.hasPrefix("*/") {
          state = depth == 1 ? .code : .block(depth - 1)
          width = 2
        }
      }
      rest = rest.dropFirst(width)
    }
    return result
  }
}
