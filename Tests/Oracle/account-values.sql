-- METRICS §3, `account-values`. Grain: one row per account. The parts, their weights and what is unknown
-- are those of docs/metrics.md, "Account values", without fields: solvency, fit and channel do not count
-- (weights 25, 15, 10, 10, 10, 5, 5 and 5 of 85). Parts are in millionths, null where unknown.
WITH RECURSIVE consolidated(id, parent, depth, revenue) AS (
  SELECT id, parent, depth, greatest(coalesce(revenue, 0), 0)::HUGEINT FROM account
  WHERE depth = (SELECT max(depth) FROM account)
  UNION ALL
  SELECT a.id, any_value(a.parent), any_value(a.depth),
    greatest(coalesce(any_value(a.revenue), 0), coalesce(sum(below.revenue), 0))::HUGEINT
  FROM account a LEFT JOIN consolidated below ON below.parent = a.id
  WHERE a.depth = (SELECT min(depth) - 1 FROM consolidated)
  GROUP BY a.id
),
contact_row AS (
  SELECT key(AccountId) AS account, is_true(IsDeleted) AS deleted FROM source('Contact')
  WHERE key(Id) IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY key(Id) ORDER BY row) = 1
),
contact AS (SELECT account FROM contact_row WHERE NOT deleted),
-- What of the parts the export can tell at all.
known AS (
  SELECT
    EXISTS (FROM source('Contract')
      WHERE key(Id) IS NOT NULL AND NOT is_true(IsDeleted) AND units(MonthlyValue__c) IS NOT NULL)
      AS revenue,
    EXISTS (FROM rated WHERE NOT deleted) AS deals,
    EXISTS (FROM contact) AS contacts,
    EXISTS (FROM account WHERE last_activity <= getvariable('d')) OR EXISTS (FROM activity)
      AS activities
),
-- The ends of the last completed month and of the month a year before it.
month_end AS (
  SELECT CAST(date_trunc('month', getvariable('d')) AS DATE) - 1 AS now,
    last_day(CAST(date_trunc('month', getvariable('d')) AS DATE) - 1 - INTERVAL 12 MONTH) AS before
),
revenue AS (
  SELECT account,
    coalesce(sum(value) FILTER (first_day <= now AND now <= last_day), 0)::HUGEINT AS now,
    coalesce(sum(value) FILTER (first_day <= before AND before <= last_day), 0)::HUGEINT AS before
  FROM contract, month_end GROUP BY account
),
pipeline AS (
  SELECT account, coalesce(sum(amount), 0)::HUGEINT AS amount FROM deal WHERE NOT closed GROUP BY account
),
won AS (
  SELECT account, coalesce(sum(amount), 0)::HUGEINT AS amount FROM deal
  WHERE won AND in_window GROUP BY account
),
cycles AS (
  SELECT d.account, divided(sum(c.days), count(*)) AS days
  FROM cycle c JOIN deal d ON d.id = c.deal WHERE c.days IS NOT NULL GROUP BY d.account
),
bought AS (SELECT account, count(DISTINCT product) AS products FROM sold GROUP BY account),
family AS (
  SELECT a.root, count(DISTINCT a.id) AS accounts, count(DISTINCT s.product) AS products
  FROM account a LEFT JOIN sold s ON s.account = a.id GROUP BY a.root
),
last AS (
  SELECT a.id AS account, greatest(
    CASE WHEN any_value(a.last_activity) <= getvariable('d') THEN any_value(a.last_activity) END,
    max(t.day)) AS day
  FROM account a LEFT JOIN activity t ON t.account = a.id GROUP BY a.id
),
counted AS (
  SELECT coalesce(m.master, c.account) AS account, count(*) AS contacts
  FROM contact c LEFT JOIN merged m ON m.id = c.account GROUP BY 1
),
raw AS (
  SELECT a.id, a.root, a.name,
    CASE WHEN k.revenue THEN coalesce(r.now, 0) END AS mrr,
    CASE WHEN k.deals THEN coalesce(p.amount, 0) END AS open,
    CASE WHEN f.accounts > 1 AND f.products > 0 THEN f.products - coalesce(b.products, 0) END
      AS whitespace,
    CASE WHEN c.revenue > 0 THEN c.revenue END AS family_revenue,
    CASE WHEN k.contacts THEN coalesce(n.contacts, 0) END AS contacts,
    CASE WHEN k.activities THEN coalesce(greatest(
      0, divided((365 - date_diff('day', l.day, getvariable('d'))) * 1000000, 365)), 0) END
      AS activity_part,
    CASE WHEN k.deals AND a.revenue > 0
      THEN divided(greatest(coalesce(w.amount, 0), 0) * 1000000, a.revenue) END AS wallet,
    y.days,
    CASE WHEN r.before > 0
      THEN divided(least(greatest(r.now, 0), r.before) * 1000000, r.before) END AS kept_part
  FROM account a
  CROSS JOIN known k
  JOIN family f ON f.root = a.root
  JOIN consolidated c ON c.id = a.root
  LEFT JOIN revenue r ON r.account = a.id
  LEFT JOIN pipeline p ON p.account = a.id
  LEFT JOIN bought b ON b.account = a.id
  LEFT JOIN counted n ON n.account = a.id
  LEFT JOIN last l ON l.account = a.id
  LEFT JOIN won w ON w.account = a.id
  LEFT JOIN cycles y ON y.account = a.id
),
-- Grain: one row per part of which shares are taken; p is its 95th percentile.
value AS (
  SELECT part, x::HUGEINT AS x FROM raw, LATERAL (VALUES ('mrr', mrr), ('open', open),
    ('whitespace', whitespace::HUGEINT), ('family_revenue', family_revenue),
    ('contacts', contacts::HUGEINT), ('wallet', wallet), ('days', days)) v(part, x) WHERE x > 0
),
limits AS (
  SELECT part, min(x) AS p FROM (
    SELECT part, x, row_number() OVER (PARTITION BY part ORDER BY x) AS rank,
      count(*) OVER (PARTITION BY part) AS n
    FROM value) WHERE 100 * rank >= 95 * n GROUP BY part
),
p AS (
  SELECT max(p) FILTER (part = 'mrr') AS mrr, max(p) FILTER (part = 'open') AS open,
    max(p) FILTER (part = 'whitespace') AS whitespace,
    max(p) FILTER (part = 'family_revenue') AS family_revenue,
    max(p) FILTER (part = 'contacts') AS contacts, max(p) FILTER (part = 'wallet') AS wallet,
    max(p) FILTER (part = 'days') AS days
  FROM limits
),
shares AS (
  SELECT r.id, r.root, r.name, r.mrr, r.open, r.activity_part, r.kept_part,
    share_of(r.mrr, p.mrr) AS mrr_part, share_of(r.open, p.open) AS open_part,
    share_of(r.whitespace, p.whitespace) AS whitespace_part,
    share_of(r.family_revenue, p.family_revenue) AS family_part,
    share_of(r.contacts, p.contacts) AS contacts_part, share_of(r.wallet, p.wallet) AS wallet_part,
    1000000 - share_of(r.days, p.days) AS cycle_part
  FROM raw r, p
),
parts AS (
  SELECT *,
    CASE WHEN contacts_part IS NULL THEN activity_part WHEN activity_part IS NULL THEN contacts_part
      ELSE divided(contacts_part + activity_part, 2) END AS relationship_part,
    CASE WHEN mrr IS NOT NULL OR open IS NOT NULL
      THEN 12 * coalesce(mrr, 0) + coalesce(open, 0) END AS own
  FROM shares
),
weighed AS (
  SELECT id, root, name, own,
    coalesce(25 * mrr_part, 0) + coalesce(15 * open_part, 0) + coalesce(10 * whitespace_part, 0)
      + coalesce(10 * family_part, 0) + coalesce(10 * relationship_part, 0)
      + coalesce(5 * wallet_part, 0) + coalesce(5 * cycle_part, 0) + coalesce(5 * kept_part, 0)
      AS total,
    CASE WHEN mrr_part IS NULL THEN 0 ELSE 25 END + CASE WHEN open_part IS NULL THEN 0 ELSE 15 END
      + CASE WHEN whitespace_part IS NULL THEN 0 ELSE 10 END
      + CASE WHEN family_part IS NULL THEN 0 ELSE 10 END
      + CASE WHEN relationship_part IS NULL THEN 0 ELSE 10 END
      + CASE WHEN wallet_part IS NULL THEN 0 ELSE 5 END
      + CASE WHEN cycle_part IS NULL THEN 0 ELSE 5 END
      + CASE WHEN kept_part IS NULL THEN 0 ELSE 5 END AS weight
  FROM parts
),
scored AS (
  SELECT *, CASE WHEN weight > 0 THEN divided(total, weight) END AS score,
    sum(own) OVER (PARTITION BY root)::HUGEINT AS family_own
  FROM weighed
)
SELECT printed_id(id) AS account_id, coalesce(name, printed_id(id)) AS account,
  printed_id(root) AS root_id, money(own) AS own_value, money(family_own) AS family_value,
  fixed(score, 6) AS score, ratio(weight, 85) AS confidence
FROM scored
ORDER BY coalesce(score, 0) DESC, account_id
