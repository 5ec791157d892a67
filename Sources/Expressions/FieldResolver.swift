import Records

/// What a value is, and in which unit.
public enum ValueType: String, Hashable, Sendable {
  case money
  case number
  /// Percent points: 50 is a half.
  case percent
  /// A span of days.
  case days
  case day
  case flag
  case text
  /// A record of another table; it can only be tested for null.
  case reference

  /// Whether values of the type are numbers.
  public var isNumeric: Bool {
    switch self {
    case .money, .number, .percent, .days: true
    case .day, .flag, .text, .reference: false
    }
  }

  /// The type as an error names it.
  var name: String {
    switch self {
    case .money: "money"
    case .number: "a number"
    case .percent: "a percentage"
    case .days: "a number of days"
    case .day: "a date"
    case .flag: "yes or no"
    case .text: "text"
    case .reference: "a reference"
    }
  }
}

/// A field found: its cells, and how a row of the fact reaches them.
public struct ResolvedField: Sendable {
  /// The cells.
  public let column: Column
  /// For each row of the fact the row of the column's table, negative for null; nil where the
  /// column is the fact's own.
  public let via: [Int32]?
  /// What the cells are, and in which unit.
  public let unit: ValueType
  /// Parts of a unit that one of a decimal column stands for.
  public let scale: Int64

  /// A field of the fact, or one that its rows reach by way of a reference.
  public init(
    column: Column, via: [Int32]? = nil, unit: ValueType, scale: Int64 = Exact.scale
  ) {
    self.column = column
    self.via = via
    self.unit = unit
    self.scale = scale
  }
}

/// Finds the fields that an expression over one fact may name.
public protocol FieldResolver {
  /// The field of a path, read without regard to case, or nil where there is none.
  func resolve(_ path: [String]) -> ResolvedField?
  /// Every name that `resolve` knows, paths joined by dots, for "did you mean".
  var knownNames: [String] { get }
}
