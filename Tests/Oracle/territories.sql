-- METRICS §3, `territories`. Grain: one row per territory of the active model, and the remainders.
-- Read so: a quota of a territory covers its subtree ("levels are never added"), so attainment and
-- coverage set the subtree's won and open value against it.
WITH own AS (
  SELECT territory,
    coalesce(sum(amount) FILTER (won AND in_year), 0)::HUGEINT AS won_amount,
    count(*) FILTER (won AND in_year) AS won_count,
    coalesce(sum(amount * probability) FILTER (NOT closed), 0)::HUGEINT AS weighted,
    coalesce(sum(amount) FILTER (NOT closed), 0)::HUGEINT AS open_amount,
    count(*) FILTER (NOT closed) AS open_count,
    coalesce(sum(amount) FILTER (won AND in_quarter(close)), 0)::HUGEINT AS quarter_won,
    coalesce(sum(amount) FILTER (NOT closed AND in_quarter(close)), 0)::HUGEINT AS quarter_open
  FROM deal GROUP BY territory
), subtree AS (
  SELECT l.ancestor AS territory, sum(won_amount)::HUGEINT AS won_amount,
    sum(won_count) AS won_count, sum(weighted)::HUGEINT AS weighted,
    sum(open_amount)::HUGEINT AS open_amount, sum(open_count) AS open_count,
    sum(quarter_won)::HUGEINT AS quarter_won, sum(quarter_open)::HUGEINT AS quarter_open
  FROM lineage l JOIN own ON own.territory = l.id GROUP BY l.ancestor
), quota AS (
  -- Of a territory of another model, as for deals.
  SELECT coalesce(t.id, '(former territory)') AS territory,
    sum(amount) FILTER (in_year(day))::HUGEINT AS of_year,
    sum(amount) FILTER (in_quarter(day))::HUGEINT AS of_quarter
  FROM quota_counted q LEFT JOIN territory t ON t.id = q.territory
  WHERE q.territory IS NOT NULL GROUP BY 1
), line AS (
  SELECT t.id AS territory, printed_id(t.id) AS territory_id, t.name, printed_id(t.parent) AS parent_id,
    t.level,
    (SELECT count(*) FROM user_territory u WHERE u.territory = t.id) AS users,
    (SELECT count(*) FROM account_territory a WHERE a.territory = t.id) AS accounts
  FROM territory t
  UNION ALL
  SELECT '(unassigned)', '(unassigned)', '(unassigned)', NULL, NULL,
    (SELECT count(*) FROM person ANTI JOIN user_territory u ON u.person = person.id),
    (SELECT count(*) FROM account ANTI JOIN account_territory a ON a.account = account.id)
  WHERE EXISTS (FROM territory)
  UNION ALL
  SELECT '(former territory)', '(former territory)', '(former territory)', NULL, NULL, 0, 0
  WHERE EXISTS (FROM territory) AND EXISTS (FROM own WHERE territory = '(former territory)')
), figures AS (
  SELECT line.*, coalesce(own.won_amount, 0) AS won_amount, coalesce(own.won_count, 0) AS won_count,
    coalesce(own.weighted, 0) AS weighted, coalesce(own.open_amount, 0) AS open_amount,
    coalesce(own.open_count, 0) AS open_count,
    -- A remainder has no subtree but itself.
    coalesce(s.won_amount, own.won_amount, 0) AS s_won_amount,
    coalesce(s.won_count, own.won_count, 0) AS s_won_count,
    coalesce(s.weighted, own.weighted, 0) AS s_weighted,
    coalesce(s.open_amount, own.open_amount, 0) AS s_open_amount,
    coalesce(s.open_count, own.open_count, 0) AS s_open_count,
    coalesce(s.quarter_won, own.quarter_won, 0) AS quarter_won,
    coalesce(s.quarter_open, own.quarter_open, 0) AS quarter_open,
    q.of_year, q.of_quarter
  FROM line LEFT JOIN own ON own.territory = line.territory
  LEFT JOIN subtree s ON s.territory = line.territory
  LEFT JOIN quota q ON q.territory = line.territory
)
SELECT territory_id, name AS territory, parent_id, level, users, accounts,
  money(won_amount) AS won_amount, won_count, weighted_money(weighted) AS weighted_pipeline,
  money(open_amount) AS open_amount, open_count,
  money(s_won_amount) AS subtree_won_amount, s_won_count AS subtree_won_count,
  weighted_money(s_weighted) AS subtree_weighted_pipeline,
  money(s_open_amount) AS subtree_open_amount, s_open_count AS subtree_open_count,
  money(of_year) AS quota, ratio(s_won_amount, of_year) AS attainment,
  -- Quota met: nothing remains to be covered, and the cell is empty.
  CASE WHEN of_quarter - quarter_won > 0 THEN ratio(quarter_open, of_quarter - quarter_won) END
    AS coverage
FROM figures
ORDER BY territory_id
