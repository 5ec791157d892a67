import Records

/// Words with names in braces, such as `{won} of a quota of {quota}`.
///
/// `{deals|deal|deals}` is a word that follows a count: the first for one, the second otherwise.
public struct Pattern: Hashable, Sendable {
  /// A piece of the words.
  public enum Piece: Hashable, Sendable {
    case words(String)
    case name(String)
    /// The word for one, or for any other number, of what a name counts.
    case word(String, one: String, many: String)
  }

  public let pieces: [Piece]
  /// Where the words stand in their file.
  public let at: SourcePosition

  /// The names in braces, in order.
  public var names: [String] {
    pieces.compactMap { piece in
      switch piece {
      case .words: nil
      case .name(let name), .word(let name, _, _): name
      }
    }
  }

  /// The words with an ellipsis for every name.
  var plainWords: String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .name: "…"
      case .word(_, _, let many): many
      }
    }.joined()
  }

  /// Takes words apart; a brace without its partner is a word.
  public init(_ text: String, at: SourcePosition = SourcePosition(file: "text")) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
      let inner = rest[rest.index(after: open)..<close]
      let parts = inner.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      pieces.append(
        parts.count == 3
          ? .word(parts[0], one: parts[1], many: parts[2]) : .name(String(inner)))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.words(String(rest))) }
    self.pieces = pieces
    self.at = at
  }

  /// The prose, with each name replaced; nil where one of them stands for nothing.
  func filled(_ value: (String) -> ReportDocument.Prose?) -> ReportDocument.Prose? {
    var runs: [ReportDocument.Prose.Run] = []
    for piece in pieces {
      switch piece {
      case .words(let words): runs.append(.words(CleanText.of(words)))
      case .name(let name):
        guard let prose = value(name) else { return nil }
        runs += prose.runs
      case .word(let name, let one, let many):
        guard let prose = value(name) else { return nil }
        var isOne = false
        if prose.runs.count == 1, case .value(let shown) = prose.runs[0] {
          isOne = shown.data == "1"
        }
        runs.append(.words(CleanText.of(isOne ? one : many)))
      }
    }
    return ReportDocument.Prose(runs: runs)
  }
}
