import Records

/// Words with names in braces, such as `{won} of a quota of {quota}`.
public struct Pattern: Hashable, Sendable {
  /// A piece of the words.
  public enum Piece: Hashable, Sendable {
    case words(String)
    case name(String)
  }

  public let pieces: [Piece]
  /// Where the words stand in their file.
  public let at: SourcePosition

  /// The names in braces, in order.
  public var names: [String] {
    pieces.compactMap { piece in
      if case .name(let name) = piece { name } else { nil }
    }
  }

  /// Takes words apart; a brace without its partner is a word.
  public init(_ text: String, at: SourcePosition = SourcePosition(file: "text")) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
      pieces.append(.name(String(rest[rest.index(after: open)..<close])))
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
      }
    }
    return ReportDocument.Prose(runs: runs)
  }
}
