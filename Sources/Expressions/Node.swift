import Records

/// A part of an expression: what it says and where it stands in the text.
public struct Node: Sendable {
  /// What the part says.
  public let kind: Kind
  /// The part's Unicode scalars in the expression's text.
  public let range: Range<Int>
  /// Levels of parts below and including this one, bounded by `Expression.maximumDepth`.
  let depth: Int

  init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
    self.depth = 1 + (kind.parts.lazy.map(\.depth).max() ?? 0)
  }

  /// What a part says.
  public indirect enum Kind: Sendable {
    /// A field by its path, such as `Account.Industry`, as it was written.
    case field([String])
    /// A number, exact.
    case number(Ratio)
    case text(String)
    case day(Day)
    /// The as-of date.
    case today
    /// A span of days, such as `90 days`.
    case days(Int)
    case flag(Bool)
    case negated(Node)
    case arithmetic(Arithmetic, Node, Node)
    case comparison(Comparison, Node, Node)
    /// One of the values; values are constants.
    case isIn(Node, [Node])
    /// Both ends belong to it.
    case between(Node, Node, Node)
    /// A text against text literals.
    case match(Match, Node, [Node])
    case isNull(Node)
    case not(Node)
    case all([Node])
    case any([Node])
  }

  /// An operation on numbers and dates.
  public enum Arithmetic: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
  }

  /// A comparison of two values of one unit.
  public enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// Ways to look into a text.
  public enum Match: String, Hashable, Sendable {
    case contains
    case startsWith = "starts with"
    case endsWith = "ends with"
    /// A multi-select holds one of the values; its values stand between semicolons.
    case includes
    /// A multi-select holds none of the values; an empty one is neither, as in every test.
    case excludes
  }

  /// Every field path in the part, in order of appearance, with repeats.
  var paths: [[String]] {
    if case .field(let path) = kind { return [path] }
    return kind.parts.flatMap(\.paths)
  }
}

extension Node.Kind {
  /// The parts directly below.
  public var parts: [Node] {
    switch self {
    case .field, .number, .text, .day, .today, .days, .flag: []
    case .negated(let part), .isNull(let part), .not(let part): [part]
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right): [left, right]
    case .isIn(let part, let values), .match(_, let part, let values): [part] + values
    case .between(let part, let low, let high): [part, low, high]
    case .all(let parts), .any(let parts): parts
    }
  }
}
