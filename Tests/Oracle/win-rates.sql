-- METRICS §3, `win-rates`. Grain: one row per dimension and member with a deal closed in the
-- trailing four quarters. A null amount counts only in the counts; a negative one is left out of
-- the values, and so of won_amount and lost_amount, which the rate by value divides.
WITH closed AS (
  SELECT d.*, coalesce(s.segment, '(unknown)') AS segment,
    coalesce(CASE WHEN amount >= 0 THEN amount END, 0) AS value
  FROM deal d LEFT JOIN segment s ON s.account = d.account
  WHERE closed AND in_window
), member_of AS (
  SELECT 'owner' AS dimension, coalesce(printed_id(c.owner), '(unknown)') AS member_id,
    coalesce(user_name(c.owner, p.name), '(unknown)') AS member, c.won, c.value
  FROM closed c LEFT JOIN person p ON p.id = c.owner
  UNION ALL
  SELECT 'segment', segment, segment, won, value FROM closed
  UNION ALL
  SELECT 'territory', coalesce(printed_id(t.id), c.territory), coalesce(t.name, c.territory),
    c.won, c.value
  FROM closed c LEFT JOIN territory t ON t.id = c.territory
), total AS (
  SELECT dimension, member_id, any_value(member) AS member, count(*) FILTER (won) AS won_count,
    count(*) FILTER (NOT won) AS lost_count,
    coalesce(sum(value) FILTER (won), 0)::HUGEINT AS won_amount,
    coalesce(sum(value) FILTER (NOT won), 0)::HUGEINT AS lost_amount
  FROM member_of GROUP BY dimension, member_id
)
SELECT dimension, member_id, member, won_count, lost_count, money(won_amount) AS won_amount,
  money(lost_amount) AS lost_amount, ratio(won_count, won_count + lost_count) AS win_rate_count,
  ratio(won_amount, won_amount + lost_amount) AS win_rate_amount
FROM total ORDER BY dimension, member_id
