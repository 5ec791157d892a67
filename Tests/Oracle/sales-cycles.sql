-- METRICS §3, `sales-cycles`. Grain: one row per territory with deals won in the trailing four
-- quarters, and the remainders that are not empty.
-- Read so: won_count counts every such deal; one without a day of creation has no cycle and stays out
-- of the days. No rows where the export has no territories: the input of a table by territory is absent.
WITH won AS (
  SELECT territory, count(*) AS won_count FROM deal WHERE won AND in_window GROUP BY territory
), ranked AS (
  SELECT territory, days, row_number() OVER (PARTITION BY territory ORDER BY days) AS rank,
    count(*) OVER (PARTITION BY territory) AS n
  FROM cycle
), cycles AS (
  -- Discrete quantiles: the smallest value whose cumulative share is at least p.
  SELECT territory, min(days) FILTER (2 * rank >= n) AS median_days,
    min(days) FILTER (10 * rank >= 9 * n) AS p90_days, sum(days)::HUGEINT AS days, count(*) AS n
  FROM ranked GROUP BY territory
)
SELECT coalesce(printed_id(t.id), w.territory) AS territory_id,
  coalesce(t.name, w.territory) AS territory, w.won_count, c.median_days, c.p90_days,
  CASE WHEN c.n > 0 THEN fixed(divided(100 * c.days, c.n), 2) END AS mean_days
FROM won w LEFT JOIN cycles c ON c.territory = w.territory
LEFT JOIN territory t ON t.id = w.territory
WHERE EXISTS (FROM territory)
ORDER BY territory_id
