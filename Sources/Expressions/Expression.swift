import Records

/// A filter, rule, segment, class or formula in the one language of this product.
///
/// The language is SQL's, cut down: `IsWon and Amount >= 1000`, `Type in ('New', 'Renewal')`,
/// `Name contains 'bank'`, `CloseDate between 2026-01-01 and today - 90 days`,
/// `Account.Industry is not null`, `Amount * Probability / 100`. Names and keywords are read
/// without regard to case; a name with blanks, or one that is a keyword, stands in double quotes.
/// Four digits, two and two with hyphens are a date, never a subtraction. A comparison with an
/// empty cell is neither true nor false, as in SQL.
public struct Expression: Sendable {
  /// How deep parts may nest.
  public static let maximumDepth = 100

  /// The expression as it was written.
  public let text: String
  /// Where the text starts.
  public let at: SourcePosition
  /// What it says, as a tree.
  public let root: Node

  /// Reads an expression.
  ///
  /// - Parameters:
  ///   - text: the expression.
  ///   - at: where its first character stands; errors count on from there.
  /// - Throws: the first error, at its character.
  public init(parsing text: String, at: SourcePosition) throws(ExpressionError) {
    self.text = text
    self.at = at
    var parser = try ExpressionParser(text, at: at)
    root = try parser.expression()
  }

  /// Every field path it mentions, once, in order of appearance, as written.
  public var fields: [[String]] {
    var seen: Set<[String]> = []
    return root.paths.filter { seen.insert($0.map { $0.lowercased() }).inserted }
  }

  /// Where a part of the text stands in the file.
  public func position(of node: Node) -> SourcePosition {
    at.advanced(over: text, to: node.range.lowerBound)
  }
}

extension SourcePosition {
  /// The place of a character of a text that starts here; a line break goes to the same column.
  func advanced(over text: String, to offset: Int) -> SourcePosition {
    var (line, column) = (self.line, self.column)
    for scalar in text.unicodeScalars.prefix(offset) {
      if scalar == "\n" {
        line += 1
        column = self.column
      } else {
        column += 1
      }
    }
    return SourcePosition(file: file, line: line, column: column)
  }
}
