-- METRICS §3, `families`. Grain: one row per ultimate parent; an account alone is a family.
-- Read so: "consolidated = max(root's own, Σ children)" holds at every account of the tree, from
-- the leaves up, because the figure of a subsidiary may already include its own.
WITH RECURSIVE consolidated(id, parent, depth, revenue) AS (
  -- A leaf has no children, whose sum is 0.
  SELECT id, parent, depth, greatest(coalesce(revenue, 0), 0)::HUGEINT FROM account
  WHERE depth = (SELECT max(depth) FROM account)
  UNION ALL
  SELECT a.id, any_value(a.parent), any_value(a.depth),
    greatest(coalesce(any_value(a.revenue), 0), coalesce(sum(below.revenue), 0))::HUGEINT
  FROM account a LEFT JOIN consolidated below ON below.parent = a.id
  WHERE a.depth = (SELECT min(depth) - 1 FROM consolidated)
  GROUP BY a.id
), family AS (
  SELECT root, count(*) AS accounts, coalesce(sum(revenue), 0)::HUGEINT AS revenue,
    count(DISTINCT owner) AS owners
  FROM account GROUP BY root
), deals AS (
  SELECT a.root, coalesce(sum(d.amount) FILTER (d.won), 0)::HUGEINT AS won_amount,
    coalesce(sum(d.amount) FILTER (NOT d.closed), 0)::HUGEINT AS open_amount
  FROM deal d JOIN account a ON a.id = d.account GROUP BY a.root
), bought AS (
  SELECT a.root, count(DISTINCT s.product) AS products
  FROM sold s JOIN account a ON a.id = s.account GROUP BY a.root
), held AS (
  SELECT a.root, count(DISTINCT t.territory) AS territories
  FROM account_territory t JOIN account a ON a.id = t.account GROUP BY a.root
)
SELECT printed_id(f.root) AS root_id, r.name AS root, f.accounts,
  money(f.revenue) AS annual_revenue, money(c.revenue) AS annual_revenue_consolidated,
  money(coalesce(d.won_amount, 0)) AS won_amount, money(coalesce(d.open_amount, 0)) AS open_amount,
  coalesce(b.products, 0) AS products, coalesce(h.territories, 0) AS territories, f.owners
FROM family f
JOIN account r ON r.id = f.root
JOIN consolidated c ON c.id = f.root
LEFT JOIN deals d ON d.root = f.root
LEFT JOIN bought b ON b.root = f.root
LEFT JOIN held h ON h.root = f.root
ORDER BY coalesce(d.won_amount, 0) DESC, root_id
