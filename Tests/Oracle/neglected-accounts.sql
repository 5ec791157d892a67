-- METRICS §3, `neglected-accounts`. Grain: one row per owner of an account, neglectful or not. Read
-- so: the last activity is the newest, up to D, of the account's own LastActivityDate and of the
-- tasks and events that the export has; a date after D is a meeting to come, so that an account
-- with nothing but that is judged by its creation. Without either day nothing says that it is
-- neglected. "A family is neglected only if all of it is" speaks of families: here each account
-- stands for itself.
WITH last AS (
  SELECT a.id, a.owner,
    coalesce(
      greatest(CASE WHEN a.last_activity <= getvariable('d') THEN a.last_activity END, t.day),
      a.created) AS day
  FROM account a
  LEFT JOIN (SELECT account, max(day) AS day FROM activity GROUP BY account) t ON t.account = a.id
), open AS (
  SELECT account, coalesce(sum(amount), 0)::HUGEINT AS amount FROM deal
  WHERE NOT closed AND account IS NOT NULL GROUP BY account
), judged AS (
  SELECT l.owner, coalesce(l.day < getvariable('d') - 90, false) AS neglected,
    open.account IS NOT NULL AS has_open, coalesce(open.amount, 0) AS amount
  FROM last l LEFT JOIN open ON open.account = l.id
  -- An export that says nothing of activities cannot tell: no rows.
  WHERE l.owner IS NOT NULL
    AND (exported('Task') OR exported('Event') OR exported('Account.LastActivityDate'))
)
SELECT printed_id(j.owner) AS owner_id, user_name(j.owner, any_value(p.name)) AS owner,
  count(*) AS accounts, count(*) FILTER (neglected) AS neglected,
  count(*) FILTER (neglected AND has_open) AS neglected_with_open,
  money(coalesce(sum(amount) FILTER (neglected), 0)::HUGEINT) AS neglected_open_amount
FROM judged j LEFT JOIN person p ON p.id = j.owner
GROUP BY j.owner
ORDER BY owner_id
