-- METRICS §3, `split-families`. Grain: one row per family of two accounts or more whose accounts are
-- in several territories of the active model. open_amount is of the whole family.
WITH family AS (
  SELECT root, count(*) AS accounts, count(DISTINCT owner) AS owners FROM account
  GROUP BY root HAVING count(*) > 1
), held AS (
  SELECT a.root, count(DISTINCT t.territory) AS territories
  FROM account_territory t JOIN account a ON a.id = t.account GROUP BY a.root
), open AS (
  SELECT a.root, coalesce(sum(d.amount), 0)::HUGEINT AS amount
  FROM deal d JOIN account a ON a.id = d.account WHERE NOT d.closed GROUP BY a.root
)
SELECT printed_id(f.root) AS root_id, r.name AS root, f.accounts, h.territories, f.owners,
  money(coalesce(open.amount, 0)) AS open_amount
FROM family f
JOIN held h ON h.root = f.root AND h.territories > 1
JOIN account r ON r.id = f.root
LEFT JOIN open ON open.root = f.root
ORDER BY h.territories DESC, root_id
