import Records

/// Reads an expression by recursive descent, one method a level of precedence.
///
/// From loosest to tightest: or, and, not, comparison, plus and minus, times and over, sign.
struct ExpressionParser {
  private let text: String
  private let at: SourcePosition
  private var tokens: [Token]
  private var next = 0
  private var nesting = 0

  init(_ text: String, at: SourcePosition) throws(ExpressionError) {
    self.text = text
    self.at = at
    var lexer = Lexer(text, at: at)
    tokens = try lexer.tokens()
  }

  /// The whole text.
  mutating func expression() throws(ExpressionError) -> Node {
    if case .end = token.kind {
      throw error("the expression is empty", "write one, such as Amount >= 1000")
    }
    let node = try alternatives()
    switch token.kind {
    case .end: return node
    case .symbol(")"): throw error("unexpected )", "remove it, or open a parenthesis before it")
    case .symbol(let sign) where sign == "=" || sign == "<" || sign == ">":
      throw error("a second comparison", "join two comparisons by and")
    default: throw error("unexpected \(written)", "put and, or or an operator before it")
    }
  }

  private mutating func alternatives() throws(ExpressionError) -> Node {
    var parts = [try conjunction()]
    while takeKeyword("or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : try node(.any(parts), from: parts[0])
  }

  private mutating func conjunction() throws(ExpressionError) -> Node {
    var parts = [try negation()]
    while takeKeyword("and") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : try node(.all(parts), from: parts[0])
  }

  private mutating func negation() throws(ExpressionError) -> Node {
    let start = token.range.lowerBound
    guard takeKeyword("not") else { return try comparison() }
    try nest()
    defer { nesting -= 1 }
    return try node(.not(try negation()), from: start)
  }

  private mutating func comparison() throws(ExpressionError) -> Node {
    let left = try sum()
    if case .symbol(let sign) = token.kind, let comparison = Node.Comparison(rawValue: sign) {
      advance()
      try refuseNull()
      return try node(.comparison(comparison, left, try sum()), from: left)
    }
    if takeKeyword("is") {
      let isNegated = takeKeyword("not")
      guard takeKeyword("null") else {
        throw error("expected null after is, found \(written)", "write is null or is not null")
      }
      let test = try node(.isNull(left), from: left)
      return isNegated ? try node(.not(test), from: left) : test
    }
    let isNegated = isKeyword("not")
    if isNegated { advance() }
    guard let test = try wordTest(of: left) else {
      if isNegated {
        throw error(
          "expected in, between, contains, starts with, ends with or includes after not, "
            + "found \(written)", "put not before the whole comparison")
      }
      return left
    }
    return isNegated ? try node(.not(test), from: left) : test
  }

  /// A test that is written as a word: `in`, `between`, `contains` and the like.
  private mutating func wordTest(of left: Node) throws(ExpressionError) -> Node? {
    if takeKeyword("in") {
      return try node(.isIn(left, try list(after: "in")), from: left)
    }
    if takeKeyword("between") {
      let low = try sum()
      guard takeKeyword("and") else {
        throw error(
          "expected and after the lower end, found \(written)",
          "write between a and b; both ends belong to it")
      }
      return try node(.between(left, low, try sum()), from: left)
    }
    for match in [Node.Match.includes, .excludes] where takeKeyword(match.rawValue) {
      return try node(.match(match, left, try list(after: match.rawValue)), from: left)
    }
    if takeKeyword("contains") {
      return try node(.match(.contains, left, [try textLiteral(after: "contains")]), from: left)
    }
    for (word, match) in [("starts", Node.Match.startsWith), ("ends", .endsWith)]
    where takeKeyword(word) {
      guard takeKeyword("with") else {
        throw error("expected with after \(word), found \(written)", "write \(word) with 'text'")
      }
      let value = try textLiteral(after: match.rawValue)
      return try node(.match(match, left, [value]), from: left)
    }
    return nil
  }

  private mutating func textLiteral(after word: String) throws(ExpressionError) -> Node {
    guard case .text(let value) = token.kind else {
      throw error("expected text after \(word), found \(written)", "put text in single quotes")
    }
    let range = token.range
    advance()
    return Node(.text(value), range)
  }

  private mutating func list(after word: String) throws(ExpressionError) -> [Node] {
    guard takeSymbol("(") else {
      throw error("expected ( after \(word), found \(written)", "write \(word) ('a', 'b')")
    }
    var values: [Node] = []
    repeat {
      try refuseNull()
      values.append(try sum())
    } while takeSymbol(",")
    guard takeSymbol(")") else {
      throw error("expected , or ) in the list, found \(written)", "separate values by commas")
    }
    return values
  }

  private mutating func sum() throws(ExpressionError) -> Node {
    var left = try product()
    while true {
      let operation: Node.Arithmetic
      if takeSymbol("+") {
        operation = .plus
      } else if takeSymbol("-") {
        operation = .minus
      } else {
        return left
      }
      left = try node(.arithmetic(operation, left, try product()), from: left)
    }
  }

  private mutating func product() throws(ExpressionError) -> Node {
    var left = try signed()
    while true {
      let operation: Node.Arithmetic
      if takeSymbol("*") {
        operation = .times
      } else if takeSymbol("/") {
        operation = .over
      } else {
        return left
      }
      left = try node(.arithmetic(operation, left, try signed()), from: left)
    }
  }

  private mutating func signed() throws(ExpressionError) -> Node {
    let start = token.range.lowerBound
    guard takeSymbol("-") else { return try primary() }
    try nest()
    defer { nesting -= 1 }
    return try node(.negated(try signed()), from: start)
  }

  private mutating func primary() throws(ExpressionError) -> Node {
    let range = token.range
    switch token.kind {
    case .number(let value):
      advance()
      guard isKeyword("days") || isKeyword("day") else { return Node(.number(value), range) }
      guard value.denominator == 1, value.numerator <= 1_000_000 else {
        throw error("a span of days is a whole number up to 1000000", "write 90 days")
      }
      advance()
      return try node(.days(Int(value.numerator)), from: range.lowerBound)
    case .day(let day):
      advance()
      return Node(.day(day), range)
    case .text(let value):
      advance()
      return Node(.text(value), range)
    case .symbol("("):
      try nest()
      defer { nesting -= 1 }
      advance()
      let inner = try alternatives()
      guard takeSymbol(")") else {
        throw error("expected ), found \(written)", "close the parenthesis")
      }
      return inner
    case .name(let name, let isQuoted):
      return isQuoted ? try path() : try word(name.lowercased())
    case .symbol, .end:
      throw error("expected a field or a value, found \(written)", "complete the expression")
    }
  }

  /// A constant that is written as a word, or a path.
  private mutating func word(_ name: String) throws(ExpressionError) -> Node {
    let range = token.range
    switch name {
    case "true", "false":
      advance()
      return Node(.flag(name == "true"), range)
    case "today":
      advance()
      return Node(.today, range)
    case "null":
      throw error("null cannot stand here", "test for empty cells with is null or is not null")
    case _ where ExpressionParser.keywords.contains(name):
      throw error(
        "expected a field or a value, found \(written)",
        "complete the expression; a field of this name stands in double quotes")
    default:
      return try path()
    }
  }

  private mutating func path() throws(ExpressionError) -> Node {
    let start = token.range.lowerBound
    var path: [String] = []
    repeat {
      guard case .name(let name, _) = token.kind else {
        throw error("expected a field after the dot, found \(written)", "complete the path")
      }
      path.append(name)
      advance()
    } while takeSymbol(".")
    return try node(.field(path), from: start)
  }

  private mutating func refuseNull() throws(ExpressionError) {
    guard isKeyword("null") else { return }
    throw error("nothing is equal to null", "test for empty cells with is null or is not null")
  }

  private static let keywords: Set<String> = [
    "and", "or", "not", "in", "between", "contains", "starts", "ends", "with", "includes",
    "excludes", "is",
  ]
}

// Tokens, depth and errors.
extension ExpressionParser {
  private var token: Token { tokens[next] }

  private mutating func advance() {
    if next + 1 < tokens.count { next += 1 }
  }

  private func isKeyword(_ word: String) -> Bool {
    if case .name(let name, false) = token.kind { return name.lowercased() == word }
    return false
  }

  private mutating func takeKeyword(_ word: String) -> Bool {
    guard isKeyword(word) else { return false }
    advance()
    return true
  }

  private mutating func takeSymbol(_ symbol: String) -> Bool {
    guard token.kind == .symbol(symbol) else { return false }
    advance()
    return true
  }

  /// The present word or sign as an error names it.
  private var written: String {
    switch token.kind {
    case .end: "the end"
    case .name(let name, _): "\"\(name)\""
    case .text: "text"
    case .number: "a number"
    case .day(let day): "\(day)"
    case .symbol(let sign): sign
    }
  }

  private func error(_ what: String, _ suggestion: String) -> ExpressionError {
    ExpressionError(
      .syntax, at: at.advanced(over: text, to: token.range.lowerBound), what: what,
      suggestion: suggestion)
  }

  private mutating func nest() throws(ExpressionError) {
    nesting += 1
    if nesting > Expression.maximumDepth { throw tooDeep }
  }

  private var tooDeep: ExpressionError {
    error(
      "the expression nests more than \(Expression.maximumDepth) levels deep",
      "split it into several")
  }

  // Mutating, because then the parser is looked at after the operands in the arguments were read:
  // a node ends where the last token of its last operand does.
  private mutating func node(
    _ kind: Node.Kind, from first: Node
  ) throws(ExpressionError) -> Node {
    try node(kind, from: first.range.lowerBound)
  }

  private mutating func node(
    _ kind: Node.Kind, from start: Int
  ) throws(ExpressionError) -> Node {
    let end = next > 0 ? tokens[next - 1].range.upperBound : start
    let node = Node(kind, start..<max(start, end))
    if node.depth > Expression.maximumDepth { throw tooDeep }
    return node
  }
}
