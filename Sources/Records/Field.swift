/// What the cells of a field hold.
public enum FieldKind: Hashable, Sendable {
  /// The record's own key.
  case id
  /// The key of a record of another table (or of the same one).
  case reference(Entity)
  /// Text that differs from row to row, such as names; kept as bytes.
  case text
  /// Text that repeats, such as stages and countries; kept as codes.
  case category
  /// A number, amount or percentage, exact to 1/10,000.
  case decimal
  /// An exchange rate, exact to 1/1,000,000,000.
  case rate
  /// A calendar day; a time of day that follows it is ignored.
  case date
  /// An instant; becomes the day it falls on in the configured time zone.
  case datetime
  /// An instant of which the time of day counts too, such as the order of changes within a day.
  case instant
  /// Yes or no.
  case flag
}

/// A field of an entity that some room of the product knows by name.
public struct Field: Hashable, Sendable {
  public let name: String
  public let kind: FieldKind
  /// Whether a table without this field is unusable.
  public let isRequired: Bool
  /// Whether a row means nothing where this cell cannot be read; such fields are always read, so that
  /// the same rows are set aside whatever else is asked for.
  public let isEssential: Bool
  /// The field whose cells these are: one that names records of several tables is a field for each
  /// table, and null in every other.
  public let shared: String?

  public init(
    _ name: String, _ kind: FieldKind, required: Bool = false, essential: Bool = false,
    shared: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.shared = shared
    self.isRequired = required
    self.isEssential = essential || required
  }
}
