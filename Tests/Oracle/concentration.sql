-- METRICS §3, `concentration`. Grain: a level, account or family, by the value won in the trailing
-- four quarters. No rows where the export has no deals. Read so: n counts those who won a deal of
-- known value in that time; "negatives out" leaves out an account or family whose sum is below
-- zero. Deals without an account are neither. HHI is Σ share², between 0 and 1.
WITH won AS (
  SELECT a.id AS account, a.root AS family, d.amount
  FROM deal d JOIN account a ON a.id = d.account
  WHERE d.won AND d.in_window AND d.amount IS NOT NULL
), value AS (
  SELECT 'account' AS level, account AS id, sum(amount)::HUGEINT AS x FROM won GROUP BY account
  UNION ALL
  SELECT 'family', family, sum(amount)::HUGEINT FROM won GROUP BY family
), ranked AS (
  SELECT level, x, row_number() OVER w AS rank, count(*) OVER (PARTITION BY level) AS n,
    (sum(x) OVER (w ROWS UNBOUNDED PRECEDING))::HUGEINT AS cumulative,
    (sum(x) OVER (PARTITION BY level))::HUGEINT AS total
  FROM value WHERE x >= 0
  WINDOW w AS (PARTITION BY level ORDER BY x DESC, id)
), figures AS (
  SELECT level, any_value(n) AS n, any_value(total) AS total,
    -- ⌈0.2 n⌉ of them.
    (sum(x) FILTER (rank <= (n + 4) // 5))::HUGEINT AS top,
    min(rank) FILTER (10 * cumulative >= 7 * total) AS n_to_70,
    min(rank) FILTER (10 * cumulative >= 8 * total) AS n_to_80,
    sum(x * x)::HUGEINT AS squares
  FROM ranked GROUP BY level
)
SELECT l.level, coalesce(f.n, 0) AS n, ratio(f.top, f.total) AS top_20_percent_share,
  CASE WHEN f.total > 0 THEN f.n_to_70 END AS n_to_70_percent,
  CASE WHEN f.total > 0 THEN f.n_to_80 END AS n_to_80_percent,
  long_ratio(f.squares, f.total * f.total) AS hhi
FROM (VALUES ('account'), ('family')) l(level) LEFT JOIN figures f ON f.level = l.level
WHERE EXISTS (FROM deal)
ORDER BY l.level
