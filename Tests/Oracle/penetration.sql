-- METRICS §3, `penetration`. Grain: one row per family of two accounts or more that bought something.
-- The possible pairs are its accounts × the products bought anywhere in it.
WITH family AS (
  SELECT root, count(*) AS accounts FROM account GROUP BY root HAVING count(*) > 1
), bought AS (
  SELECT a.root, count(DISTINCT s.product) AS products, count(DISTINCT s.account) AS buyers,
    count(DISTINCT (s.account, s.product)) AS pairs
  FROM sold s JOIN account a ON a.id = s.account GROUP BY a.root
)
SELECT printed_id(f.root) AS root_id, r.name AS root, f.accounts, b.products, b.pairs,
  b.buyers AS buying_accounts, ratio(b.pairs, f.accounts * b.products) AS penetration,
  f.accounts * b.products - b.pairs AS whitespace
FROM family f
JOIN bought b ON b.root = f.root
JOIN account r ON r.id = f.root
ORDER BY whitespace DESC, root_id
