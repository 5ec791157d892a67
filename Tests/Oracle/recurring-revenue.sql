-- METRICS §3, `recurring-revenue`. Grain: one row per month, the 36 complete months before D; the
-- month of D is never complete, as the quarter of D is not. No rows where the export has no contracts.
-- Read so: an account's MRR of a month is what its contracts bring on the last day of it, and it is
-- a customer while that is not zero. `new` is the first month end ever with revenue, looked for
-- before the window too; any later return from zero is a reactivation. A contract within one month,
-- between two month ends, is in no figure. renewal_grace is its default, 0 days.
WITH months AS (
  SELECT CAST(date_trunc('month', getvariable('d')) - to_months(n::INTEGER) AS DATE) AS month,
    last_day(month) AS day
  FROM range(1, 37) AS r(n)
),
-- Each contract's first and last month end, in months since year 0.
span AS (
  SELECT account, value,
    12 * year(first_day) + month(first_day) AS first_end,
    12 * year(last_day) + month(last_day)
      - CASE WHEN last_day = last_day(last_day) THEN 0 ELSE 1 END AS last_end
  FROM contract
), change AS (
  SELECT account, moment, sum(delta)::HUGEINT AS delta FROM (
    SELECT account, first_end AS moment, value AS delta FROM span WHERE last_end >= first_end
    UNION ALL
    SELECT account, last_end + 1, -value FROM span WHERE last_end >= first_end)
  GROUP BY account, moment
),
-- MRR before and after each month end at which contracts began or had ended.
moved AS (
  SELECT account, moment, sum(delta) OVER w - delta AS before, sum(delta) OVER w AS after FROM change
  WINDOW w AS (PARTITION BY account ORDER BY moment)
), first AS (
  SELECT account, min(moment) AS moment FROM moved WHERE after <> 0 GROUP BY account
), step AS (
  SELECT m.moment, m.after - m.before AS delta,
    CASE WHEN m.before = 0 AND m.after = 0 THEN 'none'
      WHEN m.before = 0 AND m.moment = f.moment THEN 'new'
      WHEN m.before = 0 THEN 'reactivated'
      WHEN m.after = 0 THEN 'churned'
      WHEN m.after > m.before THEN 'expanding'
      WHEN m.after < m.before THEN 'contracting' ELSE 'none' END AS kind
  FROM moved m LEFT JOIN first f ON f.account = m.account
), total AS (
  SELECT months.month,
    coalesce(sum(s.delta) FILTER (s.moment < now), 0)::HUGEINT AS opening,
    coalesce(sum(s.delta) FILTER (s.moment = now AND kind = 'new'), 0)::HUGEINT AS new,
    coalesce(sum(s.delta) FILTER (s.moment = now AND kind = 'expanding'), 0)::HUGEINT AS expansion,
    coalesce(-sum(s.delta) FILTER (s.moment = now AND kind = 'contracting'), 0)::HUGEINT AS contraction,
    coalesce(-sum(s.delta) FILTER (s.moment = now AND kind = 'churned'), 0)::HUGEINT AS churned,
    coalesce(sum(s.delta) FILTER (s.moment = now AND kind = 'reactivated'), 0)::HUGEINT AS reactivation,
    coalesce(sum(s.delta), 0)::HUGEINT AS closing,
    count(*) FILTER (s.moment < now AND kind IN ('new', 'reactivated'))
      - count(*) FILTER (s.moment < now AND kind = 'churned') AS customers_opening,
    count(*) FILTER (s.moment = now AND kind = 'new') AS customers_new,
    count(*) FILTER (s.moment = now AND kind = 'expanding') AS customers_expanding,
    count(*) FILTER (s.moment = now AND kind = 'contracting') AS customers_contracting,
    count(*) FILTER (s.moment = now AND kind = 'churned') AS customers_churned,
    count(*) FILTER (s.moment = now AND kind = 'reactivated') AS customers_reactivated
  FROM (SELECT month, 12 * year(month) + month(month) AS now FROM months) months
  LEFT JOIN step s ON s.moment <= now
  GROUP BY months.month
)
SELECT strftime(month, '%Y-%m') AS month, money(opening) AS opening, money(new) AS new,
  money(expansion) AS expansion, money(contraction) AS contraction, money(churned) AS churned,
  money(reactivation) AS reactivation, money(closing) AS closing, customers_opening, customers_new,
  customers_expanding, customers_contracting, customers_churned, customers_reactivated,
  customers_opening + customers_new + customers_reactivated - customers_churned
    AS customers_closing,
  ratio(customers_churned, customers_opening) AS logo_churn,
  ratio(opening - contraction - churned, opening) AS grr,
  ratio(opening + expansion - contraction - churned, opening) AS nrr
FROM total
WHERE EXISTS (FROM source('Contract'))
ORDER BY month
