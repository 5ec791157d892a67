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
  /// Where cells come from.
  public enum Source: Sendable {
    case column(Column)
    /// The same answer in each of a number of rows.
    case flag(Bool, rows: Int)
    /// Whole days from one day to another, at least 0; null where either day is.
    case elapsed(from: [Int32], to: [Int32])
  }

  /// The cells.
  public let source: Source
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
    self.init(source: .column(column), via: via, unit: unit, scale: scale)
  }

  /// A field whose cells may be made as they are read; elapsed days have scale 1.
  public init(
    source: Source, via: [Int32]? = nil, unit: ValueType, scale: Int64 = Exact.scale
  ) {
    self.source = source
    self.via = via
    self.unit = unit
    if case .elapsed = source { self.scale = 1 } else { self.scale = scale }
  }

  /// The cells as a column; one is made of those that are not kept as such.
  public var column: Column {
    switch source {
    case .column(let column): column
    case .flag(let flag, let rows): .flags([UInt8](repeating: flag ? 1 : 0, count: rows))
    case .elapsed(let starts, let ends):
      .decimals(
        zip(starts, ends).map { start, end in
          start == Day.null || end == Day.null
            ? Exact.null : Int64(max(0, Int64(end) - Int64(start)))
        })
    }
  }
}

/// Finds the fields that an expression over one fact may name.
public protocol FieldResolver {
  /// The field of a path, read without regard to case, or nil where there is none.
  func resolve(_ path: [String]) -> ResolvedField?
  /// Every name that `resolve` knows, paths joined by dots, for "did you mean".
  var knownNames: [String] { get }
}
