-- METRICS §3, `balance`. Grain: a measure over the leaf territories of one type of the active
-- model; no rows where the export has no territories. Read so: the type with the most leaves; of
-- several such the one of the highest priority, then of the smallest Id. Vacant leaves count; the
-- export names no catch-all. Accounts and open pipeline are a leaf's own. Quotas are those of the
-- fiscal year of D, over the leaves that have one: no quota is not a quota of zero; no row where
-- none has. A mean has two decimals, of money or of accounts. Of fewer than two leaves only total
-- and mean are defined.
-- Without a file of the accounts' territories there is no row for accounts, without one of deals none
-- for the pipeline.
WITH leaf AS (
  SELECT id, coalesce(type, '') AS type, priority FROM territory
  WHERE id NOT IN (SELECT parent FROM territory WHERE parent IS NOT NULL)
), chosen AS (
  SELECT id FROM leaf WHERE type = (
    SELECT type FROM leaf GROUP BY type ORDER BY count(*) DESC, max(priority) DESC, type LIMIT 1)
), quota AS (
  SELECT territory, sum(amount)::HUGEINT AS amount FROM quota_counted WHERE in_year(day)
  GROUP BY territory
), value AS (
  SELECT 'accounts' AS measure, c.id, count(a.account)::HUGEINT AS x
  FROM chosen c LEFT JOIN account_territory a ON a.territory = c.id
  WHERE exported('ObjectTerritory2Association') GROUP BY c.id
  UNION ALL
  SELECT 'open_pipeline', c.id, coalesce(sum(d.amount), 0)::HUGEINT
  FROM chosen c LEFT JOIN deal d ON d.territory = c.id AND NOT d.closed
  WHERE exported('Opportunity') GROUP BY c.id
  UNION ALL
  SELECT 'quota', c.id, q.amount
  FROM chosen c JOIN quota q ON q.territory = c.id WHERE q.amount IS NOT NULL
), ranked AS (
  SELECT measure, x, row_number() OVER (PARTITION BY measure ORDER BY x, id) AS i,
    count(*) OVER (PARTITION BY measure) AS n,
    (sum(x) OVER (PARTITION BY measure))::HUGEINT AS total
  FROM value
), figures AS (
  SELECT measure, any_value(n)::HUGEINT AS n, any_value(total) AS total, min(x) AS low,
    max(x) AS high, sum(x * x)::HUGEINT AS squares,
    sum((2 * i - n - 1)::HUGEINT * x)::HUGEINT AS spread,
    count(*) FILTER (100 * abs(n::HUGEINT * x - total) <= 15 * abs(total)) AS near
  FROM ranked GROUP BY measure
)
SELECT measure, n::BIGINT AS territories,
  CASE measure WHEN 'accounts' THEN total::VARCHAR ELSE money(total) END AS total,
  CASE measure WHEN 'accounts' THEN fixed(divided(100 * total, n), 2) ELSE money_of(total, n) END
    AS mean,
  CASE WHEN n > 1 THEN root_ratio(n * squares - total * total, total) END AS cv,
  CASE WHEN n > 1 THEN ratio(spread, n * total) END AS gini,
  CASE WHEN n > 1 THEN ratio(high, low) END AS max_min_ratio,
  CASE WHEN n > 1 THEN ratio(near, n) END AS within_15_percent
FROM figures
ORDER BY measure
