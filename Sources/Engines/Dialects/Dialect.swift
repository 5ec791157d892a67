import Records

/// A flavour of SQL: what differs between databases, and nothing else.
///
/// The base is what DuckDB and Spark have in common (see the extension); a dialect overrides the
/// few words that differ, so that a plan is printed once for all.
public protocol Dialect: Sendable {
  /// Such as DuckDB.
  var name: String { get }
  /// The type of whole numbers of 38 digits.
  var wholeType: String { get }
  /// What a session needs before anything else, statement by statement.
  var preamble: [String] { get }
  /// The functions by which cells become values, statement by statement.
  func functions(keys: KeyForm, timeZone: String, forms: CellForms) -> [String]
  /// The rows of CSV files of one kind as texts, with their number in `row`; an empty cell is null.
  func rows(of files: [String], delimiter: Character) -> String
  /// A statement that gives rows a name for the rest of the session.
  func define(_ name: String, as select: String) -> String
  /// A number whose computation may leave 38 digits, which then is null.
  func attempt(_ number: String) -> String
  /// Whole days from one day to another.
  func days(from start: String, to end: String) -> String
  /// A day moved by a number of days.
  func day(_ day: String, movedBy days: Int) -> String
  /// A day moved by a number of days that differs from row to row.
  func day(_ day: String, movedByDays days: String) -> String
  /// A day moved by a number of months, at most to the last day of the month.
  func day(_ day: String, movedByMonths months: String) -> String
  /// The first day of the month, quarter or year of a day.
  func start(of unit: String, _ day: String) -> String
  /// The smallest of some values with a cumulative share of at least some percent.
  func quantile(_ percent: Int, of value: String, where condition: String) -> String
  func contains(_ text: String, _ part: String) -> String
  func startsWith(_ text: String, _ part: String) -> String
  func endsWith(_ text: String, _ part: String) -> String
}

extension Dialect {
  /// A name as an identifier, quoted where it must be.
  public func identifier(_ name: String) -> String {
    let plain = name.utf8.enumerated().allSatisfy { position, byte in
      byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || position > 0 && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    let isReserved = SQLWords.reserved.contains(name.lowercased())
    return plain && !name.isEmpty && !isReserved
      ? name
      : "\""
        + name.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"") + "\""
  }

  /// A text as a literal.
  public func literal(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  func literal(_ day: Day) -> String { "DATE '\(day)'" }

  /// A whole number; one of more than 18 digits is told its type.
  func number(_ value: Int128) -> String {
    value.magnitude < 1_000_000_000_000_000_000
      ? (value < 0 ? "(\(value))" : "\(value)") : "CAST('\(value)' AS \(wholeType))"
  }

  func null(_ type: String) -> String { "CAST(NULL AS \(type))" }

  /// The sum of a value over the rows of a condition; 0 over none.
  func sum(_ value: String, where condition: String) -> String {
    "coalesce(sum(\(value))\(filter(condition)), 0)"
  }

  /// A filter behind an aggregate; none where all rows count.
  func filter(_ condition: String) -> String {
    condition.isEmpty ? "" : " FILTER (WHERE \(condition))"
  }
}

/// How the keys of an export look.
public enum KeyForm: Sendable {
  /// 15 characters with regard to case, or 18 with a check of the case.
  case salesforce
  /// Whole numbers, however a spreadsheet wrote them; of a list the first.
  case number
  /// Texts as they are.
  case text
}

/// Words that a name may not be.
enum SQLWords {
  static let reserved: Set<String> = [
    "user", "group", "order", "case", "when", "then", "else", "end", "select", "from", "where",
    "table", "column", "all", "any", "and", "or", "not", "in", "is", "null", "true", "false",
    "between", "like", "limit", "offset", "on", "join", "left", "right", "full", "cross", "using",
    "union", "with", "as", "by", "desc", "asc", "default", "check", "primary", "references", "to",
    "lateral", "window", "having", "distinct", "cast", "create", "do", "for", "grant", "into",
    "only", "some", "unique", "semi", "anti", "qualify", "pivot", "unpivot", "summarize", "show",
    "describe", "analyse", "analyze", "array", "both", "collate", "constraint", "deferrable",
    "except", "fetch", "foreign", "initially", "intersect", "lambda", "leading", "placing",
    "returning", "symmetric", "trailing", "variadic", "minus", "interval", "date", "timestamp",
  ]
}
