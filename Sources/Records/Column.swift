/// The cells of one field, in row order; an empty cell is the kind's null.
public enum Column: Sendable {
  /// Integers of 1/10,000 (of 1/1,000,000,000 for rates); null is `Exact.null`.
  case decimals([Int64])
  /// Days since 1970-01-01; null is `Day.null`.
  case days([Int32])
  case instants(Instants)
  /// 0 for no, 1 for yes, 2 for null.
  case flags([UInt8])
  /// Row numbers of the table referred to; `Reference.null` and `Reference.dangling` below zero.
  case references([Int32])
  case categories(Categories)
  case texts(Texts)
}

/// Moments: each row holds its exact second and the day on which that fell.
///
/// The day is kept because only Intake knows the configured time zone; the second because rows of
/// one day have an order.
public struct Instants: Sendable {
  /// Seconds since 1970-01-01T00:00:00Z; null is `Instants.null`.
  ///
  /// A cell without a time of day is the first second of its day.
  public var seconds: [Int64]
  /// The day in the configured time zone, since 1970-01-01; null is `Day.null`.
  public var days: [Int32]

  public static let null = Int64.min

  public init(seconds: [Int64], days: [Int32]) {
    self.seconds = seconds
    self.days = days
  }

  public var count: Int { seconds.count }
}

/// Special values of a reference column.
public enum Reference {
  /// The cell is empty.
  public static let null: Int32 = -1
  /// The cell names a record that the export does not hold.
  public static let dangling: Int32 = -2
}

/// Text that repeats: each row holds the code of its value, -1 for null.
///
/// Codes are in order of first appearance in the file; nothing that reaches an output sorts by them.
public struct Categories: Sendable {
  public var codes: [Int32]
  public var values: [String]

  public static let null: Int32 = -1

  public init(codes: [Int32], values: [String]) {
    self.codes = codes
    self.values = values
  }

  /// The text of a row, nil where null.
  public subscript(row: Int) -> String? {
    let code = codes[row]
    return code < 0 ? nil : values[Int(code)]
  }
}

/// Text that differs from row to row: all bytes in one array, and where each row ends.
public struct Texts: Sendable {
  /// UTF-8 of all rows, one after another.
  public var bytes: [UInt8]
  /// Where each row ends in `bytes`; it starts where the row before ends.
  public var ends: [Int]

  public init(bytes: [UInt8] = [], ends: [Int] = []) {
    self.bytes = bytes
    self.ends = ends
  }

  public var count: Int { ends.count }

  /// The bytes of a row; empty where null.
  @inlinable
  public func range(_ row: Int) -> Range<Int> {
    (row == 0 ? 0 : ends[row - 1])..<ends[row]
  }

  /// The text of a row, nil where empty.
  public subscript(row: Int) -> String? {
    let range = range(row)
    return range.isEmpty ? nil : String(decoding: bytes[range], as: UTF8.self)
  }

  public mutating func append(_ text: some Collection<UInt8>) {
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }
}

extension Column {
  /// Number of rows.
  public var count: Int {
    switch self {
    case .decimals(let values): values.count
    case .days(let values): values.count
    case .instants(let values): values.count
    case .flags(let values): values.count
    case .references(let values): values.count
    case .categories(let values): values.codes.count
    case .texts(let values): values.count
    }
  }
}
