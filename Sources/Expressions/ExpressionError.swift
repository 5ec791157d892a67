import Records

/// Why an expression cannot be used, pointing at the character where the trouble starts.
public struct ExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of trouble, each the stable code of a finding.
  public enum Kind: String, Hashable, Sendable {
    /// The text is not an expression.
    case syntax = "expression-syntax"
    /// A name that the table does not know.
    case unknownField = "expression-unknown-field"
    /// Values of kinds or units that do not go together.
    case type = "expression-type"
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// File, line and column of the character; columns count Unicode scalars.
  public let at: SourcePosition
  /// What is wrong, as a sentence without full stop.
  public let what: String
  /// What the user can do, as a sentence without full stop.
  public let suggestion: String

  /// An error at a character.
  public init(_ kind: Kind, at: SourcePosition, what: String, suggestion: String) {
    self.kind = kind
    self.at = at
    self.what = what
    self.suggestion = suggestion
  }

  /// The error as a finding of severity error.
  public var finding: Finding {
    Finding(
      code: kind.rawValue, severity: .error, at: at, what: what,
      done: "the expression was not used", suggestion: suggestion)
  }

  /// The error as its finding prints.
  public var description: String { finding.description }
}
