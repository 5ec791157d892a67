import Metrics
import Records

extension TablePrinter {
  /// How evenly the leaf territories of the most frequent type hold accounts, pipeline and quota.
  func balance() throws -> String {
    relations.later.append { try $0.territories() }
    let (whole, whereAll) = (dialect.wholeType, "")
    let money = "f.measure <> 'accounts'"
    let scale = "CASE WHEN \(money) THEN \(Exact.scale) ELSE 1 END"
    add("measure", .text, "f.measure")
    add("territories", .count, "f.n")
    add(
      "total", .mixed, "f.total", scale, "CASE WHEN \(money) THEN 'money' ELSE 'count' END")
    add(
      "mean", .mixed, "f.total", "f.n * \(scale)", "CASE WHEN \(money) THEN 'money' ELSE 'mean' END"
    )
    add("cv", .variation, "f.n", "f.total", "f.squares", "f.low")
    add("gini", .ratio(.rate), "CASE WHEN f.n > 1 THEN f.spread END", "f.n * f.total")
    add("max_min_ratio", .ratio(.rate), "CASE WHEN f.n > 1 THEN f.high END", "f.low")
    add("within_15_percent", .ratio(.rate), "CASE WHEN f.n > 1 THEN f.near END", "f.n")
    let deals = schema.has(.opportunity) ? "EXISTS (SELECT 1 FROM opportunities)" : "false"
    return """
      , leaf AS (
        SELECT t.id, t.type, t.priority FROM territory AS t
        WHERE t.id NOT IN (SELECT parent FROM territory WHERE parent IS NOT NULL)\(catchAlls)
      ), kind AS (
        SELECT type, row_number() OVER (
          ORDER BY count(*) DESC, max(priority) DESC, type) AS place
        FROM leaf GROUP BY type
      ), chosen AS (
        SELECT leaf.id FROM leaf JOIN kind ON kind.type = leaf.type WHERE kind.place = 1
          AND \(try isInside("leaf.id"))
      ), value AS (
        SELECT 'accounts' AS measure, c.id, CAST(coalesce(a.accounts, 0) AS \(whole)) AS x
        FROM chosen AS c LEFT JOIN answer_0 AS a ON a.territory_id = c.id
        WHERE \(schema.coversAccounts)
        UNION ALL
        SELECT 'open_pipeline', c.id, CAST(coalesce(a.open_amount, 0) AS \(whole))
        FROM chosen AS c LEFT JOIN answer_0 AS a ON a.territory_id = c.id
        WHERE \(deals)
        UNION ALL
        SELECT 'quota', c.id, CAST(a.quota AS \(whole))
        FROM chosen AS c JOIN answer_1 AS a ON a.territory_id = c.id WHERE a.quota_rows > 0
      ), ranked AS (
        SELECT measure, x, row_number() OVER (PARTITION BY measure ORDER BY x, id) AS i,
          count(*) OVER (PARTITION BY measure) AS n,
          CAST(sum(x) OVER (PARTITION BY measure) AS \(whole)) AS total
        FROM value
      ), f AS (
        SELECT measure, CAST(max(n) AS \(whole)) AS n, max(total) AS total, min(x) AS low,
          max(x) AS high, \(dialect.sum("x * x", where: whereAll)) AS squares,
          \(dialect.sum("CAST(2 * i - n - 1 AS \(whole)) * x", where: whereAll)) AS spread,
          count(*)\(dialect.filter("100 * abs(n * x - total) <= 15 * abs(total)")) AS near
        FROM ranked GROUP BY measure
      )
      SELECT \(list)
      FROM f
      ORDER BY f.measure
      """
  }

  /// A condition that leaves out the territories that take what no other does.
  private var catchAlls: String {
    let named = settings.coverage.catchAllTerritories
    guard !named.isEmpty else { return "" }
    let names = named.map { dialect.literal($0.text.lowercased()) }.joined(separator: ", ")
    let keys = named.map { "record_key(\(dialect.literal($0.text)))" }.joined(separator: ", ")
    return "\n    AND coalesce(lower(t.name) NOT IN (\(names)), true)"
      + "\n    AND coalesce(lower(t.developer_name) NOT IN (\(names)), true)"
      + " AND t.id NOT IN (\(keys))"
  }
}
