import Records

/// A word or sign of an expression.
struct Token: Sendable {
  enum Kind: Equatable, Sendable {
    /// A name or keyword as written; quoted names are never keywords.
    case name(String, isQuoted: Bool)
    case number(Ratio)
    case day(Day)
    case text(String)
    case symbol(String)
    case end
  }

  let kind: Kind
  let range: Range<Int>
}

/// Cuts the text of an expression into words and signs.
struct Lexer {
  private let scalars: [Unicode.Scalar]
  private let text: String
  private let at: SourcePosition
  private var next = 0

  init(_ text: String, at: SourcePosition) {
    self.text = text
    self.at = at
    scalars = Array(text.unicodeScalars)
  }

  /// All words and signs, an end mark last.
  mutating func tokens() throws(ExpressionError) -> [Token] {
    var tokens: [Token] = []
    while true {
      while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
      let start = next
      guard next < scalars.count else {
        tokens.append(Token(kind: .end, range: start..<start))
        return tokens
      }
      let kind = try token()
      tokens.append(Token(kind: kind, range: start..<next))
    }
  }

  private mutating func token() throws(ExpressionError) -> Token.Kind {
    let start = next
    let scalar = scalars[next]
    if Lexer.isDigit(scalar) { return try dayOrNumber() }
    if Lexer.isNameStart(scalar) {
      while next < scalars.count, Lexer.isNamePart(scalars[next]) { next += 1 }
      return .name(string(start..<next), isQuoted: false)
    }
    if scalar == "'" {
      return .text(try quoted(by: "'", called: "text"))
    }
    if scalar == "\"" {
      return .name(try quoted(by: "\"", called: "name"), isQuoted: true)
    }
    let pair = next + 1 < scalars.count ? string(next..<next + 2) : ""
    if ["<=", ">=", "!=", "<>", "==", "&&", "||"].contains(pair) {
      next += 2
      return try symbol(pair, at: start)
    }
    next += 1
    return try symbol(string(start..<next), at: start)
  }

  /// A sign of the language, or an error that names what to write in place of a foreign one.
  private func symbol(_ sign: String, at start: Int) throws(ExpressionError) -> Token.Kind {
    switch sign {
    case "(", ")", ",", ".", "+", "-", "*", "/", "=", "<", ">", "<=", ">=", "!=":
      return .symbol(sign)
    case "<>": return .symbol("!=")
    case "==": throw unexpected(sign, start, "write =")
    case "&&": throw unexpected(sign, start, "write and")
    case "||": throw unexpected(sign, start, "write or")
    case "!": throw unexpected(sign, start, "write not")
    case "%": throw unexpected(sign, start, "write the number of percent alone")
    case "’", "‘", "“", "”", "`":
      throw unexpected(sign, start, "put text in straight single quotes, such as 'New Business'")
    default:
      throw unexpected(sign, start, "remove it, or put text in single quotes")
    }
  }

  private func unexpected(_ sign: String, _ start: Int, _ suggestion: String) -> ExpressionError {
    ExpressionError(
      .syntax, at: at.advanced(over: text, to: start), what: "unexpected \(sign)",
      suggestion: suggestion)
  }

  /// A date where four, two and two digits stand between hyphens, else a decimal number.
  private mutating func dayOrNumber() throws(ExpressionError) -> Token.Kind {
    let start = next
    if start + 10 <= scalars.count, scalars[start + 4] == "-", scalars[start + 7] == "-",
      [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy({ Lexer.isDigit(scalars[start + $0]) }),
      start + 10 == scalars.count || !Lexer.isNamePart(scalars[start + 10])
    {
      next += 10
      let written = string(start..<next)
      guard let day = Day(iso: written) else {
        throw ExpressionError(
          .syntax, at: at.advanced(over: text, to: start),
          what: "there is no day \(written)", suggestion: "correct the date")
      }
      return .day(day)
    }
    var (numerator, denominator): (Int128, Int128) = (0, 1)
    var digits = 0
    var isFraction = false
    while next < scalars.count {
      if Lexer.isDigit(scalars[next]) {
        digits += 1
        if digits <= Lexer.maximumDigits {
          numerator = numerator * 10 + Int128(scalars[next].value - 0x30)
          if isFraction { denominator *= 10 }
        }
      } else if !isFraction, scalars[next] == ".", next + 1 < scalars.count,
        Lexer.isDigit(scalars[next + 1])
      {
        isFraction = true
      } else {
        break
      }
      next += 1
    }
    guard digits <= Lexer.maximumDigits else {
      throw ExpressionError(
        .syntax, at: at.advanced(over: text, to: start),
        what: "a number of \(digits) digits", suggestion: "use at most 18 digits")
    }
    guard next == scalars.count || !Lexer.isNamePart(scalars[next]) else {
      throw ExpressionError(
        .syntax, at: at.advanced(over: text, to: start),
        what: "a name cannot begin with a digit",
        suggestion: "put the name in double quotes, or text in single quotes")
    }
    return .number(Ratio(numerator, over: denominator))
  }

  /// Text up to the closing quote; a doubled quote stands for itself.
  private mutating func quoted(
    by quote: Unicode.Scalar, called kind: String
  ) throws(ExpressionError) -> String {
    let start = next
    var content = String.UnicodeScalarView()
    next += 1
    while next < scalars.count {
      if scalars[next] == quote {
        guard next + 1 < scalars.count, scalars[next + 1] == quote else {
          next += 1
          return String(content)
        }
        next += 1
      }
      content.append(scalars[next])
      next += 1
    }
    throw ExpressionError(
      .syntax, at: at.advanced(over: text, to: start), what: "the \(kind) has no closing quote",
      suggestion: "close it with \(quote); inside it write \(quote)\(quote) for \(quote)")
  }

  private static let maximumDigits = 18

  private func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value)
  }

  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    isNameStart(scalar) || isDigit(scalar)
  }
}
