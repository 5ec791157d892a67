-- DESIGN §4, "Nothing leaks": what a territory's edition may name. Grain: one row per territory and
-- account or deal in its scope. Deals by their own territory; accounts by their associations, and
-- those in no territory by an owner who is an active member of the subtree.
WITH held AS (
  SELECT l.ancestor AS territory, 'account' AS kind, t.account AS id
  FROM account_territory t JOIN lineage l ON l.id = t.territory
  UNION
  SELECT l.ancestor, 'account', a.id
  FROM account a
  ANTI JOIN account_territory t ON t.account = a.id
  JOIN user_territory u ON u.person = a.owner
  JOIN lineage l ON l.id = u.territory
  UNION
  SELECT l.ancestor, 'deal', d.id FROM deal d JOIN lineage l ON l.id = d.territory
)
SELECT printed_id(territory) AS territory_id, kind, printed_id(id) AS id FROM held
ORDER BY territory_id, kind, id
