import Records

/// What the fields of a fact are called and lead to, for whoever prints expressions over it.
public enum FactFields {
  /// The reference field that a part of a path means, such as AccountId for `Account`.
  public static func reference(
    _ part: String, of entity: Entity
  ) -> (field: String, target: Entity)? {
    FactResolver.reference(part, of: entity)
  }

  /// Names that are derived rather than exported.
  public static func derivedNames(of entity: Entity) -> [String] {
    FactResolver.derivedNames(of: entity)
  }

  /// The path to the field that holds the member of a dimension of texts.
  public static func textPath(_ dimension: Dimension, _ fact: Fact) -> [String] {
    DimensionFields.path(dimension, fact)
  }

  /// The path to the record of a dimension whose members are records.
  public static func recordPath(_ dimension: Dimension, _ fact: Fact) -> [String] {
    DimensionFields.reference(dimension, fact)
  }
}
