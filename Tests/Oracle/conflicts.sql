-- METRICS §3, `conflicts`. Grain: one row per conflict.
-- Read so, by the defaults (ancestors_are_insiders: true, nothing exempt, min_amount cuts no
-- table):
--   C1, C3  an owner unknown to the export is a user of no territory; no owner at all is no
--           conflict
--   C2      a deal in no territory, or in one of another model, has none to compare
--   C3–C5   territory_id is empty: there are several, or the matter is that none fits
--   C4      one row per account, however many of its territories are of one type
--   C5      of families of two accounts or more; the root stands for the family, so that owner and
--           open amount are the root's own
--   C6      owner is the lead's, account the matched one, the amount its open one; a lead in a queue
--           has no owner who could be another
--   C7      an open deal whose owner is inactive; an account whose owner is inactive, if it has an
--           open deal or a contract in force on D
-- A deal's row names its account and, if it is one of the active model, its territory. The amount
-- of a deal without one is empty and sorts as 0.
WITH
-- Grain: one row per account and a user of one of its territories or of an ancestor of one.
insider AS (
  SELECT DISTINCT a.account, u.person
  FROM account_territory a
  JOIN lineage l ON l.id = a.territory
  JOIN user_territory u ON u.territory = l.ancestor
), assigned AS (
  SELECT DISTINCT account FROM account_territory
), open_deal AS (
  SELECT d.id, d.account, d.owner, t.id AS territory, d.amount
  FROM deal d LEFT JOIN territory t ON t.id = d.territory WHERE NOT d.closed
), open AS (
  SELECT account, coalesce(sum(amount), 0)::HUGEINT AS amount FROM open_deal
  WHERE account IS NOT NULL GROUP BY account
), recurring AS (
  SELECT account FROM contract
  WHERE first_day <= getvariable('d') AND last_day >= getvariable('d')
  GROUP BY account HAVING sum(value) <> 0
), inactive AS (
  SELECT id FROM person WHERE inactive
), holding AS (
  SELECT a.id, a.owner, coalesce(open.amount, 0) AS amount, open.account IS NOT NULL AS has_open
  FROM account a LEFT JOIN open ON open.account = a.id
), found AS (
  SELECT 'C1' AS kind, d.id AS deal, d.account, d.owner, d.territory, d.amount, NULL AS lead
  FROM open_deal d
  SEMI JOIN assigned s ON s.account = d.account
  ANTI JOIN insider i ON i.account = d.account AND i.person = d.owner
  WHERE d.owner IS NOT NULL
  UNION ALL
  SELECT 'C2', d.id, d.account, d.owner, d.territory, d.amount, NULL
  FROM open_deal d
  SEMI JOIN assigned s ON s.account = d.account
  ANTI JOIN account_territory a ON a.account = d.account AND a.territory = d.territory
  WHERE d.territory IS NOT NULL
  UNION ALL
  SELECT 'C3', NULL, h.id, h.owner, NULL, h.amount, NULL
  FROM holding h
  SEMI JOIN assigned s ON s.account = h.id
  ANTI JOIN insider i ON i.account = h.id AND i.person = h.owner
  WHERE h.owner IS NOT NULL
  UNION ALL
  SELECT 'C4', NULL, h.id, h.owner, NULL, h.amount, NULL
  FROM holding h
  SEMI JOIN (
    SELECT a.account FROM account_territory a JOIN territory t ON t.id = a.territory
    GROUP BY a.account, coalesce(t.type, '') HAVING count(*) > 1) c ON c.account = h.id
  UNION ALL
  SELECT 'C5', NULL, h.id, h.owner, NULL, h.amount, NULL
  FROM holding h
  SEMI JOIN (
    SELECT a.root FROM account a LEFT JOIN account_territory t ON t.account = a.id
    GROUP BY a.root HAVING count(DISTINCT a.id) > 1
      AND (count(DISTINCT t.territory) > 1 OR count(DISTINCT a.owner) > 1)) f ON f.root = h.id
  UNION ALL
  SELECT 'C6', NULL, h.id, l.person, NULL, h.amount, l.id
  FROM lead l JOIN lead_match m ON m.lead = l.id JOIN holding h ON h.id = m.account
  WHERE l.person <> h.owner
  UNION ALL
  SELECT 'C7', d.id, d.account, d.owner, d.territory, d.amount, NULL
  FROM open_deal d SEMI JOIN inactive i ON i.id = d.owner
  UNION ALL
  SELECT 'C7', NULL, h.id, h.owner, NULL, h.amount, NULL
  FROM holding h SEMI JOIN inactive i ON i.id = h.owner
  WHERE h.has_open OR h.id IN (FROM recurring)
)
SELECT kind, printed_id(deal) AS opportunity_id, printed_id(account) AS account_id,
  printed_id(owner) AS owner_id, printed_id(territory) AS territory_id, money(amount) AS amount,
  printed_id(lead) AS lead_id
FROM found
ORDER BY kind, coalesce(found.amount, 0) DESC, coalesce(opportunity_id, ''),
  coalesce(account_id, ''), coalesce(lead_id, '')
