/// How the items of a rule combine: a filter such as `(1 AND 2) OR 3` as a tree.
public indirect enum RuleFilter: Hashable, Sendable {
  /// An item by its number, from 1.
  case item(Int)
  case not(RuleFilter)
  /// All must hold; holds where there are none.
  case all([RuleFilter])
  /// At least one must hold.
  case any([RuleFilter])

  /// Why a filter cannot be read.
  public struct Failure: Error, Hashable, Sendable {
    /// A clause such as `"XOR" stands where AND, OR or the end was expected`.
    public let what: String
    /// The character at which it stands, from 1.
    public let column: Int

    public init(what: String, column: Int) {
      self.what = what
      self.column = column
    }
  }

  /// The filter of a rule that states none: all items must hold.
  public static func all(of itemCount: Int) -> RuleFilter {
    .all((0..<max(0, itemCount)).map { .item($0 + 1) })
  }

  /// Reads a filter.
  ///
  /// NOT binds closer than AND, AND closer than OR; case does not matter.
  ///
  /// - Parameters:
  ///   - text: the filter as written.
  ///   - itemCount: how many items the rule has.
  /// - Throws: the first thing that is wrong with it.
  public init(parsing text: String, itemCount: Int) throws(Failure) {
    var parser = RuleFilterParser(text, itemCount: itemCount)
    self = try parser.whole()
  }

  /// The numbers of the items that it names.
  public var items: Set<Int> {
    switch self {
    case .item(let number): [number]
    case .not(let part): part.items
    case .all(let parts), .any(let parts):
      parts.reduce(into: []) { $0.formUnion($1.items) }
    }
  }

  /// Whether it holds, given whether each item does.
  public func holds(_ item: (Int) -> Bool) -> Bool {
    switch self {
    case .item(let number): item(number)
    case .not(let part): !part.holds(item)
    case .all(let parts): parts.allSatisfy { $0.holds(item) }
    case .any(let parts): parts.contains { $0.holds(item) }
    }
  }
}

/// Reads a filter from left to right; parentheses and NOTs nest up to a bound.
private struct RuleFilterParser {
  private struct Token {
    let text: String
    let column: Int
  }

  private var tokens: [Token] = []
  private var next = 0
  private let end: Int
  private let itemCount: Int
  private static let deepest = 64

  init(_ text: String, itemCount: Int) {
    self.itemCount = itemCount
    let characters = Array(text)
    end = characters.count + 1
    var start = 0
    while start < characters.count {
      let isWord = Self.isWord(characters[start])
      var stop = start + 1
      while isWord, stop < characters.count, Self.isWord(characters[stop]) { stop += 1 }
      if !characters[start].isWhitespace {
        tokens.append(Token(text: String(characters[start..<stop]), column: start + 1))
      }
      start = stop
    }
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  mutating func whole() throws(RuleFilter.Failure) -> RuleFilter {
    let filter = try alternatives(depth: 0)
    guard next == tokens.count else { throw unexpected("AND, OR or the end") }
    return filter
  }

  private mutating func alternatives(depth: Int) throws(RuleFilter.Failure) -> RuleFilter {
    var parts = [try conjunction(depth: depth)]
    while take("OR") { parts.append(try conjunction(depth: depth)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(depth: Int) throws(RuleFilter.Failure) -> RuleFilter {
    var parts = [try factor(depth: depth)]
    while take("AND") { parts.append(try factor(depth: depth)) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func factor(depth: Int) throws(RuleFilter.Failure) -> RuleFilter {
    guard depth < Self.deepest else {
      throw RuleFilter.Failure(
        what: "it nests deeper than \(Self.deepest) levels", column: column)
    }
    if take("NOT") { return .not(try factor(depth: depth + 1)) }
    if take("(") {
      let filter = try alternatives(depth: depth + 1)
      guard take(")") else { throw unexpected("AND, OR or \")\"") }
      return filter
    }
    guard next < tokens.count, let number = Int(tokens[next].text) else {
      throw unexpected("the number of an item, NOT or \"(\"")
    }
    guard (1...max(1, itemCount)).contains(number), itemCount > 0 else {
      throw RuleFilter.Failure(
        what: "it names item \(number), and the rule has "
          + (itemCount == 1 ? "1 item" : "\(itemCount) items"),
        column: column)
    }
    next += 1
    return .item(number)
  }

  private var column: Int { next < tokens.count ? tokens[next].column : end }

  private mutating func take(_ text: String) -> Bool {
    guard next < tokens.count, tokens[next].text.uppercased() == text else { return false }
    next += 1
    return true
  }

  private func unexpected(_ expected: String) -> RuleFilter.Failure {
    let found = next < tokens.count ? "\"\(tokens[next].text)\" stands" : "it ends"
    return RuleFilter.Failure(what: "\(found) where \(expected) was expected", column: column)
  }
}
