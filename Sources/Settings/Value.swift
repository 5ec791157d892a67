import Records

/// A value of a YAML file with its place: text, a list, or a group of keys.
///
/// Scalars stay the text that was written, so the country `NO` is text; the typed accessors turn
/// them into numbers, days and the like, and add a finding where that is not possible.
public struct Value: Sendable {
  /// The three kinds of value.
  public enum Kind: Sendable {
    /// What was written; `isPlain` without quotes.
    case scalar(String, isPlain: Bool)
    case sequence([Value])
    case mapping([Entry])
  }

  /// A key with its value, in the order of the file.
  public struct Entry: Sendable {
    /// The key as written.
    public let key: String
    /// Where the key stands.
    public let at: SourcePosition
    /// What stands after it.
    public let value: Value
  }

  /// Text, list or group, with what it holds.
  public let kind: Kind
  /// Where the value stands.
  public let at: SourcePosition
  /// Where the first character of the text stands, after a quote or on the line below `|`:
  /// the place to give to `Expression(parsing:at:)`.
  public let textStart: SourcePosition
  /// How errors name the value, such as `"currency"` or `item 2 of "reports"`.
  public let label: String

  /// The text of a scalar, nil where it is a list or a group or has no value.
  public var text: String? {
    if case .scalar(let text, let isPlain) = kind, !(isPlain && Value.nulls.contains(text)) {
      return text
    }
    return nil
  }

  /// Whether nothing was written.
  public var isNull: Bool {
    if case .scalar(let text, let isPlain) = kind { return isPlain && Value.nulls.contains(text) }
    return false
  }

  private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]

  /// What the value is, as an error names it.
  var found: String {
    switch kind {
    case .scalar where isNull: "nothing"
    case .scalar(let text, _): text.count <= 40 ? "\"\(text)\"" : "text"
    case .sequence: "a list"
    case .mapping: "a group of keys"
    }
  }
}

/// A setting with the place where it was written, for errors that are found later.
public struct Located<Content: Sendable>: Sendable {
  /// The setting.
  public let value: Content
  /// Where it was written.
  public let at: SourcePosition

  /// A setting and its place.
  public init(_ value: Content, at: SourcePosition) {
    self.value = value
    self.at = at
  }
}
