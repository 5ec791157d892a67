import Records

/// SQL as DuckDB speaks it.
public struct DuckDBDialect: Dialect {
  public let name = "DuckDB"
  public let wholeType = "HUGEINT"
  public let largestWhole = 1.7e38
  public let textType = "VARCHAR"

  public init() {}

  public let preamble = ["SET TimeZone = 'UTC'"]

  public func functions(keys: KeyForm, timeZone: String, forms: CellForms) -> [String] {
    let key =
      switch keys {
      case .salesforce:
        """
        CREATE OR REPLACE TEMP MACRO record_key(cell) AS
          CASE WHEN cell LIKE '000000000000000%' THEN NULL
            WHEN length(cell) = 18 THEN left(cell, 15) ELSE cell END
        """
      case .number:
        """
        CREATE OR REPLACE TEMP MACRO record_key(cell) AS
          CASE WHEN regexp_full_match(split_part(cell, ';', 1), '[0-9, ]*[0-9][0-9, ]*([.]0*)?')
            THEN regexp_replace(split_part(split_part(cell, ';', 1), '.', 1), '[, ]', '', 'g')
            ELSE cell END
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
      CREATE OR REPLACE TEMP MACRO number_of(cell) AS \(DuckDBDialect.plain("cell", forms.numbers))
      """,
      """
      CREATE OR REPLACE TEMP MACRO units(cell) AS CAST(try_cast(replace(
        CAST(try_cast(number_of(cell) AS DECIMAL(38, 4)) AS VARCHAR), '.', '') AS BIGINT) AS HUGEINT)
      """,
      """
      CREATE OR REPLACE TEMP MACRO scaled_units(cell, factor) AS units(CAST(
        try_cast(number_of(cell) AS DECIMAL(27, 10)) * CAST(factor AS DECIMAL(10, 0)) AS VARCHAR))
      """,
      """
      CREATE OR REPLACE TEMP MACRO rate_units(cell) AS CAST(try_cast(replace(
        CAST(try_cast(number_of(cell) AS DECIMAL(38, 9)) AS VARCHAR), '.', '') AS BIGINT) AS HUGEINT)
      """,
      "CREATE OR REPLACE TEMP MACRO written(cell) AS \(DuckDBDialect.written("cell", forms.dates))",
      """
      CREATE OR REPLACE TEMP MACRO day_of(cell) AS
        coalesce(try_cast(left(cell, 10) AS DATE), CAST(written(cell) AS DATE))
      """,
      """
      CREATE OR REPLACE TEMP MACRO local_day(cell) AS
        CASE WHEN written(cell) IS NOT NULL THEN CAST(written(cell) AS DATE)
          WHEN length(cell) = 10 THEN try_cast(cell AS DATE)
          ELSE CAST(timezone(\(literal(timeZone)), try_cast(cell AS TIMESTAMPTZ)) AS DATE) END
      """,
      """
      CREATE OR REPLACE TEMP MACRO moment(cell) AS coalesce(
        timezone(\(literal(timeZone)), written(cell)), try_cast(cell AS TIMESTAMPTZ))
      """,
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

  /// A number with a decimal point and no groups, of one in the stated form.
  private static func plain(_ cell: String, _ form: CellForms.NumberForm?) -> String {
    switch form {
    case nil: cell
    case .commaPoint: "replace(\(cell), ',', '')"
    case .pointComma: "replace(replace(\(cell), '.', ''), ',', '.')"
    case .spaceComma:
      "replace(regexp_replace(\(cell), '[\\s\u{A0}\u{202F}\u{2009}]', '', 'g'), ',', '.')"
    case .apostrophePoint: "regexp_replace(\(cell), '[''\u{2019}]', '', 'g')"
    }
  }

  /// The date and time of a cell that is written in the stated order, in the organisation's zone.
  private static func written(_ cell: String, _ order: CellForms.DateOrder?) -> String {
    guard let order else { return "CAST(NULL AS TIMESTAMP)" }
    let parts =
      switch order {
      case .monthDayYear: ["%m", "%d", "%Y"]
      case .dayMonthYear: ["%d", "%m", "%Y"]
      case .yearMonthDay: ["%Y", "%m", "%d"]
      }
    let times = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"]
    let formats = ["/", ".", "-"].flatMap { separator in
      [parts, parts.map { $0 == "%Y" ? "%y" : $0 }].flatMap { parts in
        times.map { "'" + parts.joined(separator: separator) + $0 + "'" }
      }
    }
    // A year of four digits in front is that of ISO, whatever the order.
    return "CASE WHEN NOT regexp_matches(\(cell), '^[0-9]{4}-[0-9]{2}-[0-9]{2}')"
      + " THEN try_strptime(\(cell), [\(formats.joined(separator: ", "))]) END"
  }

  public func rows(of files: [SourceFile]) -> String {
    let list = files.map { literal($0.path) }.joined(separator: ", ")
    let delimiter = files.first?.delimiter ?? ","
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

  public func attempt(_ left: String, _ sign: String, _ right: String) -> String {
    "TRY(\(left) \(sign) \(right))"
  }

  public func attemptDivided(_ above: String, _ below: String) -> String {
    "TRY(divided(\(above), \(below)))"
  }

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
