-- METRICS §3, `unassigned-accounts`. Grain: one row per account in no territory of the active
-- model; no rows where the export has no territories, or does not say which accounts are in them.
WITH open AS (
  SELECT account, coalesce(sum(amount), 0)::HUGEINT AS amount, count(*) AS deals
  FROM deal WHERE NOT closed GROUP BY account
)
SELECT printed_id(a.id) AS account_id, a.name AS account, printed_id(a.owner) AS owner_id,
  user_name(a.owner, p.name) AS owner, money(coalesce(open.amount, 0)) AS open_amount,
  coalesce(open.deals, 0) AS open_count
FROM account a
ANTI JOIN account_territory t ON t.account = a.id
LEFT JOIN person p ON p.id = a.owner
LEFT JOIN open ON open.account = a.id
WHERE EXISTS (FROM territory) AND exported('ObjectTerritory2Association')
ORDER BY coalesce(open.amount, 0) DESC, account_id
