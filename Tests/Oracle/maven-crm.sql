-- The public CRM data set `maven-crm` by agent, manager, regional office and family: what the
-- program must find in files that no one here wrote. Stands alone, without the prelude.
--
-- Variables: folder, where the files lie; from_day and until_day, a half-open span of close dates
-- (unset: all time). Grain: one row per dimension and member with a closed deal; a deal without
-- an account is in the family `(unknown)`. Amounts are whole numbers there and print so.
WITH RECURSIVE deal AS (
  SELECT sales_agent, account, deal_stage = 'Won' AS won, close_value::BIGINT AS value
  FROM read_csv(getvariable('folder') || '/sales_pipeline.csv', all_varchar = true, header = true)
  WHERE deal_stage IN ('Won', 'Lost')
    AND (getvariable('from_day') IS NULL
      OR strptime(close_date, '%m/%d/%Y') >= getvariable('from_day')::TIMESTAMP)
    AND (getvariable('until_day') IS NULL
      OR strptime(close_date, '%m/%d/%Y') < getvariable('until_day')::TIMESTAMP)
), account AS (
  SELECT account, subsidiary_of AS parent
  FROM read_csv(getvariable('folder') || '/accounts.csv', all_varchar = true, header = true)
), family AS (
  SELECT account, account AS root FROM account WHERE parent IS NULL
  UNION ALL
  SELECT account.account, family.root FROM family JOIN account ON account.parent = family.account
), team AS (
  SELECT sales_agent, manager, regional_office
  FROM read_csv(getvariable('folder') || '/sales_teams.csv', all_varchar = true, header = true)
), member_of AS (
  SELECT 'agent' AS dimension, sales_agent AS member, won, value FROM deal
  UNION ALL
  SELECT 'manager', coalesce(manager, '(unknown)'), won, value
  FROM deal LEFT JOIN team USING (sales_agent)
  UNION ALL
  SELECT 'office', coalesce(regional_office, '(unknown)'), won, value
  FROM deal LEFT JOIN team USING (sales_agent)
  UNION ALL
  SELECT 'family', coalesce(root, '(unknown)'), won, value
  FROM deal LEFT JOIN family ON family.account = deal.account
), total AS (
  SELECT dimension, member, count(*) FILTER (won) AS won_count, count(*) FILTER (NOT won)
    AS lost_count, coalesce(sum(value) FILTER (won), 0) AS won_amount,
    coalesce(sum(value) FILTER (NOT won), 0) AS lost_amount
  FROM member_of GROUP BY dimension, member
)
-- Six decimals, rounded half away from zero, in integers; both are never negative here.
, rate AS (
  SELECT *, (2000000 * won_count + won_count + lost_count) // (2 * (won_count + lost_count))
      AS by_count,
    CASE WHEN won_amount + lost_amount > 0
      THEN (2000000 * won_amount + won_amount + lost_amount) // (2 * (won_amount + lost_amount))
      END AS by_amount
  FROM total
)
SELECT dimension, member, won_count, lost_count, won_amount::VARCHAR AS won_amount,
  lost_amount::VARCHAR AS lost_amount,
  by_count // 1000000 || '.' || lpad((by_count % 1000000)::VARCHAR, 6, '0') AS win_rate_count,
  by_amount // 1000000 || '.' || lpad((by_amount % 1000000)::VARCHAR, 6, '0') AS win_rate_amount
FROM rate ORDER BY dimension, member;
