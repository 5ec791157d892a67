-- METRICS §3, `rep-fit`. Grain: one row per owner, deal band and segment with a deal closed in the
-- trailing four quarters. Read so: METRICS names no bands of deals. Here they are those of the
-- amount in corporate currency below 10,000, 50,000 and 250,000 and above, written as the segments
-- are; `(unknown)` without an amount or below zero. The owner is the present one; without one
-- `(unknown)`. The median is discrete, of won amounts above zero.
WITH closed AS (
  SELECT coalesce(printed_id(d.owner), '(unknown)') AS owner_id, d.won, d.amount,
    CASE WHEN d.amount < 0 OR d.amount IS NULL THEN '(unknown)'
      WHEN d.amount < 100000000 THEN '0-9999' WHEN d.amount < 500000000 THEN '10000-49999'
      WHEN d.amount < 2500000000 THEN '50000-249999' ELSE '250000+' END AS band,
    coalesce(s.segment, '(unknown)') AS segment
  FROM deal d LEFT JOIN segment s ON s.account = d.account
  WHERE d.closed AND d.in_window
), ranked AS (
  SELECT *, row_number() OVER w AS rank,
    count(*) OVER (PARTITION BY owner_id, band, segment) AS n
  FROM closed WHERE won AND amount > 0
  WINDOW w AS (PARTITION BY owner_id, band, segment ORDER BY amount)
), median AS (
  SELECT owner_id, band, segment, min(amount) AS amount FROM ranked WHERE 2 * rank >= n
  GROUP BY owner_id, band, segment
), total AS (
  SELECT owner_id, band, segment, count(*) FILTER (won) AS won_count, count(*) AS closed_count
  FROM closed GROUP BY owner_id, band, segment
)
SELECT t.owner_id, t.band, t.segment, t.won_count, t.closed_count,
  ratio(t.won_count, t.closed_count) AS win_rate_count, money(m.amount) AS median_deal
FROM total t LEFT JOIN median m USING (owner_id, band, segment)
ORDER BY t.owner_id, t.band, t.segment
