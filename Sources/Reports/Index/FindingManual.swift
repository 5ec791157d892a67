import BuiltIns

/// What the manual, `docs/findings.md`, says of each code.
struct FindingManual {
  /// By code without entity and field: what a finding of it means, as plain text.
  private let meanings: [String: String]

  /// The manual that is built in.
  static let builtIn = FindingManual()

  /// Where the manual explains a code: `docs/findings.md#cell-unreadable`.
  static func place(of code: String) -> String {
    "docs/findings.md#\(builtIn.entry(of: code) ?? code)"
  }

  private init() {
    self.init(text: BuiltIns.text("docs/findings.md") ?? "")
  }

  /// Reads the entries: a heading of the third level is a code, and a paragraph that begins with
  /// `**Meaning.**` says what it means.
  init(text: String) {
    let start = "**Meaning.** "
    var meanings: [String: String] = [:]
    var code: String?
    var meaning: [Substring] = []
    for line in (text + "\n").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("### ") {
        code = String(line.dropFirst(4))
      } else if line.hasPrefix(start) {
        meaning = [line.dropFirst(start.count)]
      } else if line.isEmpty, let known = code, !meaning.isEmpty {
        meanings[known] = meaning.joined(separator: " ").filter { $0 != "`" }
        meaning = []
      } else if !meaning.isEmpty {
        meaning.append(line)
      }
    }
    self.meanings = meanings
  }

  /// What a finding of a code means, nil where the manual does not know it.
  func meaning(of code: String) -> String? { entry(of: code).flatMap { meanings[$0] } }

  /// The entry of a code: its own, else that of the code without the entity, field or column at its
  /// end.
  func entry(of code: String) -> String? {
    var parts = code.split(separator: "-")
    while !parts.isEmpty {
      let entry = parts.joined(separator: "-")
      if meanings[entry] != nil { return entry }
      parts.removeLast()
    }
    return nil
  }
}
