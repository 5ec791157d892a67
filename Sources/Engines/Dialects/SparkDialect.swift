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
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      // Where a statement ends is found by its semicolon.
      case ";": escaped += "\\u003B"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return "'\(escaped)'"
  }

  public func define(_ name: String, as select: String) -> String {
    "CACHE TABLE \(identifier(name)) AS\n\(select)"
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
    // A recursion may not aggregate, so a window over each account and its children does.
    """
    WITH RECURSIVE level AS (
    \(levels)
    ), rising AS (
      SELECT account, parent, depth, CAST(revenue AS \(wholeType)) AS own,
        CAST(revenue AS \(wholeType)) AS value, (SELECT max(depth) FROM level) AS height
      FROM level
      UNION ALL
      SELECT account, parent, depth, own, CAST(CASE WHEN depth = height - 1
          THEN greatest(own, coalesce(below, 0)) ELSE value END AS \(wholeType)), height - 1
      FROM (
        SELECT r.*, side.is_child, sum(CASE WHEN side.is_child THEN r.value END) OVER (
          PARTITION BY CASE WHEN side.is_child THEN r.parent ELSE r.account END) AS below
        FROM rising AS r JOIN (VALUES (false), (true)) AS side(is_child)
          ON NOT side.is_child OR r.parent IS NOT NULL
      ) AS folded
      WHERE NOT is_child AND height > 0
    )
    SELECT account, value AS revenue FROM rising WHERE height = 0
    """
  }
}
