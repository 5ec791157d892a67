import Records

/// SQL as Spark 4.1 and newer speak it.
public struct SparkDialect: Dialect {
  public let name = "Spark"
  public let wholeType = "DECIMAL(38, 0)"
  public let largestWhole = 9.9e37
  public let textType = "STRING"

  public init() {}

  public let preamble = [
    "SET spark.sql.ansi.enabled = true",
    "SET spark.sql.session.timeZone = UTC",
    "SET spark.sql.caseSensitive = false",
    // A name or text of an export may hold a dollar sign and braces.
    "SET spark.sql.variable.substitute = false",
    // Trees end by themselves: what goes round is cut before.
    "SET spark.sql.cteRecursionLevelLimit = -1",
    "SET spark.sql.cteRecursionRowLimit = -1",
  ]

  // MARK: Words

  public func quoted(_ name: String) -> String { doubled("`", in: name) }

  public func literal(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "'": escaped += "\\'"
      // Where a statement ends is found by its semicolon and by the end of a line.
      case ";", "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return "'\(escaped)'"
  }

  public func define(_ name: String, as select: String) -> String {
    "CREATE TABLE \(identifier(name)) USING parquet AS\n\(select)"
  }

  public func attempt(_ left: String, _ sign: String, _ right: String) -> String {
    let function = ["+": "try_add", "-": "try_subtract", "*": "try_multiply"][sign] ?? "try_divide"
    // Whole numbers of fewer digits would be computed in 64 bits.
    return "\(function)(CAST(\(left) AS \(wholeType)), CAST(\(right) AS \(wholeType)))"
  }

  public func attemptDivided(_ above: String, _ below: String) -> String {
    "divided(\(above), \(below))"
  }

  public func contains(_ text: String, _ part: String) -> String { "contains(\(text), \(part))" }

  public func startsWith(_ text: String, _ part: String) -> String {
    "startswith(\(text), \(part))"
  }

  public func endsWith(_ text: String, _ part: String) -> String { "endswith(\(text), \(part))" }

  public func quantile(_ percent: Int, of value: String, where condition: String) -> String {
    // By rank, in whole numbers: the functions for quantiles compute with binary fractions.
    let known = condition.isEmpty ? "\(value) IS NOT NULL" : "\(condition) AND \(value) IS NOT NULL"
    return "get(sort_array(collect_list(\(value))\(filter(known))),"
      + " CAST((\(percent) * (count(*)\(filter(known))) + 99) DIV 100 AS INT) - 1)"
  }

  // MARK: Days

  public func days(from start: String, to end: String) -> String { "datediff(\(end), \(start))" }

  public func day(_ day: String, movedBy days: Int) -> String { "date_add(\(day), \(days))" }

  public func day(_ day: String, movedByDays days: String) -> String {
    "date_add(\(day), CAST(\(days) AS INT))"
  }

  public func day(_ day: String, movedByMonths months: String) -> String {
    "add_months(\(day), CAST(\(months) AS INT))"
  }

  public func start(of unit: String, _ day: String) -> String {
    "trunc(\(day), '\(unit.uppercased())')"
  }

  // MARK: Trees

  public func closure(
    _ name: String, _ columns: (String, String), of pairs: String, over edges: String,
    from: String, to: String
  ) -> String {
    let (first, second) = columns
    // Recursion keeps every row, so each remembers where it has been.
    return """
      \(name) AS (
        SELECT \(first), \(second), array(\(second)) AS passed FROM (\(pairs)) AS begun
        UNION ALL
        SELECT \(name).\(first), edge.\(to), \(name).passed || array(edge.\(to)) FROM \(name)
        JOIN \(edges) AS edge ON edge.\(from) = \(name).\(second)
          AND NOT array_contains(\(name).passed, edge.\(to))
      )
      """
  }

  public func rising(_ levels: String) -> String {
    // A recursion may not aggregate. Backwards by path each account stands behind all below it, so one
    // list of sums by depth is enough to fold a family.
    """
    SELECT root AS account, aggregate(
      sort_array(collect_list(
        named_struct('path', path, 'depth', depth, 'revenue', CAST(revenue AS \(wholeType)))), false),
      array_repeat(CAST(0 AS \(wholeType)), max(depth) + 2),
      (sums, row) -> transform(sums, (sum, place) -> CAST(CASE
        WHEN place = row.depth THEN sum + greatest(row.revenue, sums[row.depth + 1])
        WHEN place = row.depth + 1 THEN 0 ELSE sum END AS \(wholeType))),
      sums -> sums[0]) AS revenue
    FROM (
    \(levels)
    ) AS level GROUP BY root
    """
  }
}
