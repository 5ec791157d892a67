import Records

/// A part of an expression as SQL, with what it is.
enum SQLValue {
  /// A whole number of parts of a unit.
  case number(SQLNumber)
  case day(String)
  case text(String)
  case flag(String)
  /// The key of a record.
  case reference(String)

  /// The SQL, whatever it is.
  var sql: String {
    switch self {
    case .number(let number): number.sql
    case .day(let sql), .text(let sql), .flag(let sql), .reference(let sql): sql
    }
  }
}

/// A number as SQL: a whole number over a denominator, the same for all rows.
///
/// Sums, products and division by a constant are exact; any other division is rounded once a row,
/// half away from zero, to 1/10,000. What 128 bits cannot hold is null.
struct SQLNumber {
  let sql: String
  let denominator: Int128
  /// The largest magnitude it can have, nearly: beyond 128 bits a computation is only attempted.
  let bound: Double
  /// The value where it is the same for every row.
  var constant: Ratio?

  /// A column of 64-bit whole numbers.
  static func column(_ sql: String, denominator: Int128 = Int128(Exact.scale)) -> SQLNumber {
    SQLNumber(sql: sql, denominator: denominator, bound: 9.3e18)
  }
}
