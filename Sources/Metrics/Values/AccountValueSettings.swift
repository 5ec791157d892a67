import Records
import Settings

/// What the configuration says about the value of accounts.
public struct AccountValueSettings: Hashable, Sendable {
  /// A field of accounts that decides about a part.
  public struct Field: Hashable, Sendable {
    public let name: String
    public let at: SourcePosition
    /// What each of its texts is worth, in millionths; empty: the field holds numbers.
    public let values: [String: Int64]

    public init(_ name: String, at: SourcePosition, values: [String: Int64] = [:]) {
      self.name = name
      self.at = at
      self.values = values
    }
  }

  /// Weights that differ from the usual, in 1/10,000.
  public var weights: [AccountValuePart: Int64] = [:]
  /// The fields that decide about parts.
  public var fields: [AccountValuePart: Field] = [:]

  public init() {}

  init(_ configuration: Configuration) {
    weights = configuration.accountValues.weights
    fields = configuration.accountValues.fields.mapValues { field in
      Field(
        field.name.value, at: field.name.at,
        // 100 in parts of a unit is a million.
        values: Dictionary(field.values.map { ($0.text, $0.worth) }) { first, _ in first })
    }
  }

  /// The parts that count, with their weights in 1/10,000.
  public var counted: [(part: AccountValuePart, weight: Int64)] {
    AccountValuePart.allCases.compactMap { part in
      guard !part.needsField || fields[part] != nil else { return nil }
      let weight = weights[part] ?? part.usualWeight * Exact.scale
      return weight > 0 ? (part, weight) : nil
    }
  }
}
