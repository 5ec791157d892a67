import Records

/// SQL as DuckDB speaks it.
public struct DuckDBDialect: Dialect {
  public let name = "DuckDB"
  public let wholeType = "HUGEINT"

  public init() {}

  public let preamble = ["SET TimeZone = 'UTC'"]

  public func functions(keys: KeyForm, timeZone: String) -> [String] {
    let key =
      switch keys {
      case .salesforce:
        """
        CREATE OR REPLACE TEMP MACRO record_key(cell) AS
          CASE WHEN cell LIKE '000000000000000%' THEN NULL
            WHEN length(cell) = 18 THEN left(cell, 15) ELSE cell END
        """
      case .text: "CREATE OR REPLACE TEMP MACRO record_key(cell) AS cell"
      }
    return [
      key,
      """
      CREATE OR REPLACE TEMP MACRO flag(cell) AS
        CASE WHEN lower(cell) IN ('1', 'true', 't', 'yes', 'y', 'on') THEN true
          WHEN lower(cell) IN ('0', 'false', 'f', 'no', 'n', 'off') THEN false END
      """,
      """
      CREATE OR REPLACE TEMP MACRO units(cell) AS CAST(try_cast(
        replace(CAST(try_cast(cell AS DECIMAL(38, 4)) AS VARCHAR), '.', '') AS BIGINT) AS HUGEINT)
      """,
      """
      CREATE OR REPLACE TEMP MACRO rate_units(cell) AS CAST(try_cast(
        replace(CAST(try_cast(cell AS DECIMAL(38, 9)) AS VARCHAR), '.', '') AS BIGINT) AS HUGEINT)
      """,
      "CREATE OR REPLACE TEMP MACRO day_of(cell) AS try_cast(left(cell, 10) AS DATE)",
      """
      CREATE OR REPLACE TEMP MACRO local_day(cell) AS
        CASE WHEN length(cell) = 10 THEN try_cast(cell AS DATE)
          ELSE CAST(timezone(\(literal(timeZone)), try_cast(cell AS TIMESTAMPTZ)) AS DATE) END
      """,
      "CREATE OR REPLACE TEMP MACRO moment(cell) AS try_cast(cell AS TIMESTAMPTZ)",
      """
      CREATE OR REPLACE TEMP MACRO divided(n, d) AS
        CASE WHEN d <> 0 THEN CAST(n // d AS HUGEINT)
          + CASE WHEN abs(n % d) >= abs(d) - abs(n % d)
            THEN CAST(sign(n) * sign(d) AS HUGEINT) ELSE 0 END END
      """,
      """
      CREATE OR REPLACE TEMP MACRO converted(amount, rate) AS CAST(try_cast(
        divided(CAST(amount AS HUGEINT) * 1000000000, rate) AS BIGINT) AS HUGEINT)
      """,
    ]
  }

  public func rows(of files: [String], delimiter: Character) -> String {
    let list = files.map(literal).joined(separator: ", ")
    return """
      SELECT row_number() OVER () AS row, *
      FROM read_csv([\(list)], header = true, all_varchar = true, union_by_name = true,
        delim = \(literal(String(delimiter))), quote = '"', escape = '"', strict_mode = true,
        ignore_errors = true, nullstr = ['', '#N/A'])
      """
  }

  public func define(_ name: String, as select: String) -> String {
    "CREATE OR REPLACE TEMP TABLE \(identifier(name)) AS\n\(select)"
  }

  public func attempt(_ number: String) -> String { "TRY(\(number))" }

  public func days(from start: String, to end: String) -> String {
    "date_diff('day', \(start), \(end))"
  }

  public func day(_ day: String, movedBy days: Int) -> String {
    days < 0 ? "(\(day) - \(-days))" : "(\(day) + \(days))"
  }

  public func day(_ day: String, movedByDays days: String) -> String {
    "(\(day) + CAST(\(days) AS INTEGER))"
  }

  public func day(_ day: String, movedByMonths months: String) -> String {
    "CAST(\(day) + to_months(CAST(\(months) AS INTEGER)) AS DATE)"
  }

  public func start(of unit: String, _ day: String) -> String {
    "CAST(date_trunc('\(unit)', \(day)) AS DATE)"
  }

  public func quantile(_ percent: Int, of value: String, where condition: String) -> String {
    // By rank, in whole numbers: the function for quantiles takes its share as a binary fraction.
    let known = condition.isEmpty ? "\(value) IS NOT NULL" : "\(condition) AND \(value) IS NOT NULL"
    return "(list(\(value) ORDER BY \(value))\(filter(known)))"
      + "[(\(percent) * (count(*)\(filter(known))) + 99) // 100]"
  }

  public func contains(_ text: String, _ part: String) -> String { "contains(\(text), \(part))" }

  public func startsWith(_ text: String, _ part: String) -> String {
    "starts_with(\(text), \(part))"
  }

  public func endsWith(_ text: String, _ part: String) -> String { "ends_with(\(text), \(part))" }
}
