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
  /// The largest whole number that the type holds, nearly.
  var largestWhole: Double { get }
  /// The type of texts of any length.
  var textType: String { get }
  /// What a session needs before anything else, statement by statement.
  var preamble: [String] { get }
  /// The functions by which cells become values, statement by statement.
  func functions(keys: KeyForm, timeZone: String, forms: CellForms) -> [String]
  /// What gives the rows of a file a name, nil where `rows` reads the file itself.
  func source(of file: SourceFile) -> String?
  /// The rows of files of one kind as texts, with their number in `row`; an empty cell is null.
  func rows(of files: [SourceFile]) -> String
  /// A statement that gives rows a name for the rest of the session.
  func define(_ name: String, as select: String) -> String
  /// A sum, difference or product that may leave 38 digits, which then is null.
  func attempt(_ left: String, _ sign: String, _ right: String) -> String
  /// A quotient, rounded half away from zero, whose computation may leave 38 digits.
  func attemptDivided(_ above: String, _ below: String) -> String
  /// A name between quotes.
  func quoted(_ name: String) -> String
  /// A text as a literal.
  func literal(_ text: String) -> String
  /// Everything that pairs lead to, over any number of edges and each once, though edges go round.
  ///
  /// - Parameters:
  ///   - name: what the relation is called; it is part of a `WITH RECURSIVE`.
  ///   - columns: the names of its two columns.
  ///   - pairs: a SELECT of the pairs to begin with.
  ///   - edges: a relation, or a SELECT in brackets.
  ///   - from: the column of the edges from which they lead.
  ///   - to: the column to which they lead.
  /// - Returns: the relation with its name, as a part of the WITH.
  func closure(
    _ name: String, _ columns: (String, String), of pairs: String, over edges: String,
    from: String, to: String
  ) -> String
  /// Sums from the leaves of trees up to their roots, as rows of `account` and `revenue` for each root
  /// at least: the larger of an account's own revenue and that of its children together.
  ///
  /// - Parameter levels: a SELECT of `account`, `root`, `parent`, `depth`, `path` and `revenue`.
  /// - Returns: the SELECT.
  func rising(_ levels: String) -> String
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
    return plain && !name.isEmpty && !isReserved ? name : quoted(name)
  }

  public func quoted(_ name: String) -> String { doubled("\"", in: name) }

  /// A text as a literal.
  public func literal(_ text: String) -> String { doubled("'", in: text) }

  /// A text between marks, those inside doubled.
  func doubled(_ mark: Character, in text: String) -> String {
    let parts = text.split(separator: mark, omittingEmptySubsequences: false)
    return "\(mark)" + parts.joined(separator: "\(mark)\(mark)") + "\(mark)"
  }

  func literal(_ day: Day) -> String { "DATE '\(day)'" }

  /// A whole number; one of more than 18 digits is told its type.
  func number(_ value: Int128) -> String {
    value.magnitude < 1_000_000_000_000_000_000
      ? (value < 0 ? "(\(value))" : "\(value)") : "CAST('\(value)' AS \(wholeType))"
  }

  /// The null of a type, of which VARCHAR stands for texts.
  func null(_ type: String) -> String {
    "CAST(NULL AS \(type == "VARCHAR" ? textType : type))"
  }

  /// Rows that stand in the script themselves, each cell with its type.
  func values(_ columns: [String], _ rows: [[String]]) -> String {
    let list = rows.map { "  (" + $0.joined(separator: ", ") + ")" }.joined(separator: ",\n")
    return "SELECT * FROM (VALUES\n\(list)\n) AS listed(\(columns.joined(separator: ", ")))"
  }

  public func source(of file: SourceFile) -> String? { nil }

  public func closure(
    _ name: String, _ columns: (String, String), of pairs: String, over edges: String,
    from: String, to: String
  ) -> String {
    """
    \(name) AS (
      \(pairs)
      UNION
      SELECT \(name).\(columns.0), edge.\(to) FROM \(name)
      JOIN \(edges) AS edge ON edge.\(from) = \(name).\(columns.1)
    )
    """
  }

  public func rising(_ levels: String) -> String {
    """
    WITH RECURSIVE level AS (
    \(levels)
    ), rising AS (
      SELECT account, parent, depth, revenue FROM level
      WHERE depth = (SELECT max(depth) FROM level)
      UNION ALL
      SELECT l.account, any_value(l.parent), any_value(l.depth), CAST(greatest(
        any_value(l.revenue), coalesce(sum(below.revenue), 0)) AS \(wholeType))
      FROM level AS l LEFT JOIN rising AS below ON below.parent = l.account
      WHERE l.depth = (SELECT min(depth) - 1 FROM rising)
      GROUP BY l.account
    )
    SELECT account, revenue FROM rising
    """
  }

  /// The sum of a value over the rows of a condition; 0 over none.
  func sum(_ value: String, where condition: String) -> String {
    "coalesce(sum(\(value))\(filter(condition)), 0)"
  }

  /// A filter behind an aggregate; none where all rows count.
  func filter(_ condition: String) -> String {
    condition.isEmpty ? "" : " FILTER (WHERE \(condition))"
  }
}

/// A file of an export as a database reads it.
public struct SourceFile: Hashable, Sendable {
  /// Where the database finds it.
  public let path: String
  public let delimiter: Character
  /// The names of all its columns, in their order; nil where only the file tells.
  public let headers: [String]?
  /// Whether it is known to have rows of another number of cells, which are set aside.
  public let isRagged: Bool
  /// What its rows are called where they need a name.
  public let name: String
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
