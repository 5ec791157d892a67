-- METRICS §3, `owners`. Grain: one row per user who owns a deal or an account.
-- won_* and quota: fiscal year of D; rates and medians: trailing four quarters; the rest: all time.
-- The owner is the present one: the export keeps no snapshot of the owner at close.
-- A person's quota is the sum of the rows that name the person as the holder, of a territory or not:
-- a manager's is the manager's own row, and levels are never added.
WITH holder AS (
  SELECT owner FROM account WHERE owner IS NOT NULL
  UNION
  SELECT owner FROM deal WHERE owner IS NOT NULL
), deals AS (
  SELECT owner,
    coalesce(sum(amount) FILTER (won AND in_year), 0)::HUGEINT AS won_amount,
    count(*) FILTER (won AND in_year) AS won_count,
    coalesce(sum(amount) FILTER (NOT closed), 0)::HUGEINT AS open_amount,
    coalesce(sum(amount * probability) FILTER (NOT closed), 0)::HUGEINT AS weighted,
    count(DISTINCT account) FILTER (won) AS accounts_sold_to,
    count(*) FILTER (won AND in_window) AS wins,
    count(*) FILTER (closed AND in_window) AS closes,
    coalesce(sum(amount) FILTER (won AND in_window AND amount > 0), 0)::HUGEINT AS win_value,
    coalesce(sum(amount) FILTER (closed AND in_window AND amount > 0), 0)::HUGEINT AS close_value
  FROM deal GROUP BY owner
), held AS (
  SELECT owner, count(*) AS accounts FROM account GROUP BY owner
),
-- Discrete medians: the smallest value with a cumulative share of at least one half.
days_ranked AS (
  SELECT owner, days, row_number() OVER (PARTITION BY owner ORDER BY days) AS rank,
    count(*) OVER (PARTITION BY owner) AS n
  FROM cycle
), median_days AS (
  SELECT owner, min(days) AS days FROM days_ranked WHERE 2 * rank >= n GROUP BY owner
), deals_ranked AS (
  SELECT owner, amount, row_number() OVER (PARTITION BY owner ORDER BY amount) AS rank,
    count(*) OVER (PARTITION BY owner) AS n
  FROM deal WHERE won AND in_window AND amount > 0
), median_deal AS (
  SELECT owner, min(amount) AS amount FROM deals_ranked WHERE 2 * rank >= n GROUP BY owner
), products AS (
  SELECT owner, count(DISTINCT product) AS products FROM sold GROUP BY owner
), quota AS (
  SELECT owner, sum(amount)::HUGEINT AS amount FROM quota_counted WHERE in_year(day) GROUP BY owner
)
SELECT printed_id(h.owner) AS owner_id, user_name(h.owner, p.name) AS owner,
  printed_id(p.manager) AS manager_id, coalesce(held.accounts, 0) AS accounts,
  coalesce(d.accounts_sold_to, 0) AS accounts_sold_to,
  money(coalesce(d.won_amount, 0)) AS won_amount, coalesce(d.won_count, 0) AS won_count,
  money(coalesce(d.open_amount, 0)) AS open_amount,
  weighted_money(coalesce(d.weighted, 0)) AS weighted_pipeline,
  ratio(d.wins, d.closes) AS win_rate_count, ratio(d.win_value, d.close_value) AS win_rate_amount,
  md.days AS median_days, money(ma.amount) AS median_deal,
  coalesce(products.products, 0) AS products_sold, money(q.amount) AS quota,
  ratio(coalesce(d.won_amount, 0), q.amount) AS attainment
FROM holder h
LEFT JOIN person p ON p.id = h.owner
LEFT JOIN held ON held.owner = h.owner
LEFT JOIN deals d ON d.owner = h.owner
LEFT JOIN median_days md ON md.owner = h.owner
LEFT JOIN median_deal ma ON ma.owner = h.owner
LEFT JOIN products ON products.owner = h.owner
LEFT JOIN quota q ON q.owner = h.owner
ORDER BY owner_id
