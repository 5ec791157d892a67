-- What `make bench` sets against cadastre's tables: the eleven standard tables territories,
-- win-rates, families (its first 1,000 rows), unassigned-accounts, recurring-revenue, sales-cycles,
-- conflicts, split-families, neglected-accounts, balance and penetration, from a *core* export of
-- `cadastre sample` and nothing else, the way one writes DuckDB for speed:
--
--   * each file is read once, its columns declared, so that nothing is guessed and only what is used
--     is converted; deals that no table asks for (lost before the window) are dropped while reading
--   * a file's rows look up what they refer to; left alone, DuckDB would hash the file instead
--   * accounts, owners, territories and products become dense integers at once; what follows joins
--     and groups integers, and what several tables need is summed once
--   * counts of what is distinct are two plain groupings
--   * decimals of 64 bits hold the amounts and print themselves
--   * rows keep no order but the one a table asks for
--
-- It takes the sample for what it is: ids of 18 characters, clean references, no deleted rows,
-- merges, cycles, foreign currencies or stage history, a fiscal year from January, UTC. `make bench`
-- compares what it writes with cadastre's bytes, and Tests/Oracle says what is right.
--
-- Variables: input, a folder of CSVs; as_of; output, a folder that exists.

SET threads = 2;
SET preserve_insertion_order = false;
SET enable_progress_bar = false;

SET VARIABLE d = getvariable('as_of')::DATE;
SET VARIABLE year_start = date_trunc('year', getvariable('d'))::DATE;
SET VARIABLE quarter_start = date_trunc('quarter', getvariable('d'))::DATE;
SET VARIABLE quarter_end = (getvariable('quarter_start') + INTERVAL 3 MONTH)::DATE;
SET VARIABLE year_end = (getvariable('year_start') + INTERVAL 1 YEAR)::DATE;
SET VARIABLE window_start = (getvariable('quarter_start') - INTERVAL 1 YEAR)::DATE;
SET VARIABLE stale = getvariable('d') - 90;

CREATE MACRO csv(object, shape) AS TABLE
FROM read_csv(getvariable('input') || '/' || object || '.csv', auto_detect = false,
  header = true, delim = ',', quote = '"', escape = '"', nullstr = ['', '000000000000000AAA'], columns = shape);

-- n ÷ d in millionths, rounded half away from zero, as a number of six decimals; n ≥ 0, d > 0.
CREATE MACRO millionths(q) AS (q // 1000000)::VARCHAR || '.' || lpad((q % 1000000)::VARCHAR, 6, '0');
CREATE MACRO share(n, d) AS CASE WHEN d > 0 THEN
  millionths((2000000 * n::HUGEINT + d::HUGEINT) // (2 * d::HUGEINT)) END;
-- Of money: whole cents.
CREATE MACRO cents(x) AS (x * 100)::HUGEINT;
CREATE MACRO money(x) AS coalesce(x, 0)::DECIMAL(38, 2);

-- Small tables -----------------------------------------------------------------------------------

CREATE TEMP TABLE person AS
SELECT (row_number() OVER ())::INTEGER AS u, Id AS id, Name AS name, IsActive = '0' AS inactive
FROM csv('User', {'Id': 'VARCHAR', 'Username': 'VARCHAR', 'FirstName': 'VARCHAR',
  'LastName': 'VARCHAR', 'Name': 'VARCHAR', 'Email': 'VARCHAR', 'Title': 'VARCHAR',
  'ManagerId': 'VARCHAR', 'UserRoleId': 'VARCHAR', 'IsActive': 'VARCHAR', 'CreatedDate': 'VARCHAR',
  'SystemModstamp': 'VARCHAR'});

CREATE TEMP TABLE territory AS
WITH RECURSIVE active AS (
  SELECT t.Id AS id, t.Name AS name, t.ParentTerritory2Id AS parent, t.Territory2TypeId AS type,
    p.Priority AS priority
  FROM csv('Territory2', {'Id': 'VARCHAR', 'Name': 'VARCHAR', 'DeveloperName': 'VARCHAR',
    'ParentTerritory2Id': 'VARCHAR', 'Territory2ModelId': 'VARCHAR', 'Territory2TypeId': 'VARCHAR',
    'ForecastUserId': 'VARCHAR'}) t
  JOIN csv('Territory2Model', {'Id': 'VARCHAR', 'Name': 'VARCHAR', 'DeveloperName': 'VARCHAR',
    'State': 'VARCHAR', 'ActivatedDate': 'VARCHAR'}) m ON m.Id = t.Territory2ModelId
  LEFT JOIN csv('Territory2Type', {'Id': 'VARCHAR', 'MasterLabel': 'VARCHAR',
    'DeveloperName': 'VARCHAR', 'Priority': 'INTEGER'}) p ON p.Id = t.Territory2TypeId
  WHERE m.State = 'Active'
), tree AS (
  SELECT *, 0 AS level FROM active WHERE parent IS NULL
  UNION ALL
  SELECT a.*, tree.level + 1 FROM tree JOIN active a ON a.parent = tree.id
)
SELECT (row_number() OVER ())::INTEGER AS t, * FROM tree;

CREATE TEMP TABLE lineage AS
WITH RECURSIVE up(t, ancestor, next) AS (
  SELECT t, t, parent FROM territory
  UNION ALL
  SELECT up.t, p.t, p.parent FROM up JOIN territory p ON p.id = up.next
)
SELECT t, ancestor FROM up;

CREATE TEMP TABLE user_territory AS
SELECT p.u, t.t
FROM csv('UserTerritory2Association', {'Id': 'VARCHAR', 'UserId': 'VARCHAR',
  'Territory2Id': 'VARCHAR', 'IsActive': 'BOOLEAN', 'RoleInTerritory2': 'VARCHAR'}) m
JOIN person p ON p.id = m.UserId JOIN territory t ON t.id = m.Territory2Id
WHERE m.IsActive;

-- Who is an insider of which territory: the users of it and of those above.
CREATE TEMP TABLE insider AS
SELECT DISTINCT l.t, m.u FROM lineage l JOIN user_territory m ON m.t = l.ancestor;

CREATE TEMP TABLE quota AS
SELECT t.t, sum(q.QuotaAmount) FILTER (day >= getvariable('year_start')
    AND day < getvariable('year_end')) AS of_year,
  sum(q.QuotaAmount) FILTER (day >= getvariable('quarter_start')
    AND day < getvariable('quarter_end')) AS of_quarter
FROM (
  SELECT Territory2Id, StartDate AS day, QuotaAmount
  FROM csv('ForecastingQuota', {'Id': 'VARCHAR', 'QuotaOwnerId': 'VARCHAR',
    'Territory2Id': 'VARCHAR', 'StartDate': 'DATE', 'QuotaAmount': 'DECIMAL(18, 2)',
    'ForecastingTypeId': 'VARCHAR'})) q
JOIN territory t ON t.id = q.Territory2Id
GROUP BY t.t;

-- Accounts ---------------------------------------------------------------------------------------

-- A file's rows are many, and DuckDB cannot know: it would hash them instead of what they look up.
SET disabled_optimizers = 'join_order,build_side_probe_side';

-- What is printed of an account, and what is computed with, apart.
CREATE TEMP TABLE account_row AS
SELECT (row_number() OVER ())::INTEGER AS a, r.*, p.u FROM (
  SELECT Id AS id, Name AS name, ParentId AS parent, OwnerId AS owner, AnnualRevenue AS revenue,
    CASE WHEN NumberOfEmployees < 50 THEN 0 WHEN NumberOfEmployees < 250 THEN 1
      WHEN NumberOfEmployees < 1000 THEN 2 WHEN NumberOfEmployees < 5000 THEN 3
      WHEN NumberOfEmployees >= 5000 THEN 4 ELSE 5 END::UTINYINT AS segment,
    coalesce(CASE WHEN LastActivityDate <= getvariable('d') THEN LastActivityDate END,
      CreatedDate) < getvariable('stale') AS neglected
  FROM csv('Account', {'Id': 'VARCHAR', 'IsDeleted': 'VARCHAR', 'Name': 'VARCHAR',
    'Type': 'VARCHAR', 'ParentId': 'VARCHAR', 'BillingCity': 'VARCHAR', 'BillingState': 'VARCHAR',
    'BillingPostalCode': 'VARCHAR', 'BillingCountry': 'VARCHAR', 'Industry': 'VARCHAR',
    'AnnualRevenue': 'DECIMAL(18, 2)', 'NumberOfEmployees': 'BIGINT', 'OwnerId': 'VARCHAR',
    'CreatedDate': 'DATE', 'LastActivityDate': 'DATE', 'SystemModstamp': 'VARCHAR'})) r
LEFT JOIN person p ON p.id = r.owner;

SET disabled_optimizers = '';

-- Families: a level of the trees at a time, of accounts that have a parent.
CREATE TEMP TABLE child AS
SELECT c.a, p.a AS parent FROM account_row c JOIN account_row p ON p.id = c.parent
WHERE c.parent IS NOT NULL;

CREATE TEMP TABLE account AS
WITH RECURSIVE tree AS (
  SELECT c.a, c.parent, c.parent AS root, 1::SMALLINT AS depth
  FROM child c ANTI JOIN child p ON p.a = c.parent
  UNION ALL
  SELECT c.a, c.parent, tree.root, (tree.depth + 1)::SMALLINT
  FROM tree JOIN child c ON c.parent = tree.a
)
SELECT r.a, r.u, r.revenue, r.segment, r.neglected, t.parent, coalesce(t.root, r.a) AS root,
  coalesce(t.depth, 0)::SMALLINT AS depth
FROM account_row r LEFT JOIN tree t ON t.a = r.a;

SET disabled_optimizers = 'join_order,build_side_probe_side';

CREATE TEMP TABLE account_territory AS
SELECT a.a, t.t, t.type, t.priority
FROM csv('ObjectTerritory2Association', {'Id': 'VARCHAR', 'ObjectId': 'VARCHAR',
  'Territory2Id': 'VARCHAR', 'AssociationCause': 'VARCHAR'}) o
JOIN account_row a ON a.id = o.ObjectId JOIN territory t ON t.id = o.Territory2Id;

-- Nearly all accounts are in one territory; only the others need the rule of priorities.
CREATE TEMP TABLE held AS
SELECT a, any_value(t) AS t, count(*) AS n FROM account_territory GROUP BY a;

CREATE TEMP TABLE held_twice AS
SELECT a, max(n) AS same_type, any_value(t) FILTER (rank = 1) AS t,
  count(*) FILTER (rank = 1) AS highest
FROM (
  SELECT s.*, count(*) OVER (PARTITION BY s.a, s.type) AS n,
    rank() OVER (PARTITION BY s.a ORDER BY s.priority DESC) AS rank
  FROM account_territory s JOIN held h ON h.a = s.a AND h.n > 1)
GROUP BY a;

CREATE TEMP TABLE default_territory AS
SELECT a, t FROM held WHERE n = 1
UNION ALL
SELECT a, t FROM held_twice WHERE highest = 1;

-- Deals ------------------------------------------------------------------------------------------

CREATE TEMP TABLE deal AS
SELECT o.id, a.a, p.u, o.Amount AS amount, o.Probability AS probability,
  o.closed AS closed, o.won AS won, o.close AS close, o.days AS days,
  -- -1: of a territory that is gone; null: of none.
  CASE WHEN o.Territory2Id IS NULL THEN d.t ELSE coalesce(t.t, -1) END AS t
FROM (
  -- Of a lost deal nobody asks for the Id.
  SELECT CASE WHEN IsWon OR NOT IsClosed THEN Id END AS id, AccountId, OwnerId, Territory2Id,
    Amount, Probability, IsClosed AS closed, IsWon AS won,
    CloseDate AS close, greatest(0, CloseDate - CreatedDate) AS days
  FROM csv('Opportunity', {'Id': 'VARCHAR', 'IsDeleted': 'VARCHAR', 'AccountId': 'VARCHAR',
    'Name': 'VARCHAR', 'StageName': 'VARCHAR', 'Amount': 'DECIMAL(18, 2)',
    'Probability': 'DECIMAL(5, 2)', 'CloseDate': 'DATE', 'CreatedDate': 'DATE',
    'Type': 'VARCHAR', 'LeadSource': 'VARCHAR', 'IsClosed': 'BOOLEAN', 'IsWon': 'BOOLEAN',
    'ForecastCategory': 'VARCHAR', 'OwnerId': 'VARCHAR', 'LastActivityDate': 'VARCHAR',
    'Territory2Id': 'VARCHAR', 'SystemModstamp': 'VARCHAR'})
  WHERE NOT closed OR won
    OR close >= getvariable('window_start') AND close < getvariable('quarter_start')) o
LEFT JOIN account_row a ON a.id = o.AccountId
LEFT JOIN person p ON p.id = o.OwnerId
LEFT JOIN territory t ON t.id = o.Territory2Id
LEFT JOIN default_territory d ON d.a = a.a;

-- What several tables ask of an account: one row per account with a deal.
CREATE TEMP TABLE account_deals AS
SELECT a, sum(amount) FILTER (won) AS won_amount, sum(amount) FILTER (NOT closed) AS open_amount,
  count(*) FILTER (NOT closed) AS open_count
FROM deal WHERE a IS NOT NULL GROUP BY a;

-- Grain: one row per family: its accounts, deals, owners and territories.
CREATE TEMP TABLE family AS
WITH held AS (
  SELECT root, count(*) AS territories FROM (
    SELECT DISTINCT a.root, t.t FROM account_territory t JOIN account a ON a.a = t.a)
  GROUP BY root
), owned AS (
  SELECT root, count(*) AS owners FROM (
    SELECT DISTINCT root, u FROM account WHERE u IS NOT NULL) GROUP BY root
), plain AS (
  SELECT a.root, count(*) AS accounts, sum(a.revenue) AS revenue, sum(d.won_amount) AS won_amount,
    sum(d.open_amount) AS open_amount
  FROM account a LEFT JOIN account_deals d ON d.a = a.a GROUP BY a.root
)
SELECT p.*, coalesce(o.owners, 0) AS owners, coalesce(h.territories, 0) AS territories
FROM plain p LEFT JOIN owned o ON o.root = p.root LEFT JOIN held h ON h.root = p.root;

-- Grain: one row per account and product on a line of a won deal, all time.
CREATE TEMP TABLE bought AS
SELECT DISTINCT d.a, p.p
FROM csv('OpportunityLineItem', {'Id': 'VARCHAR', 'OpportunityId': 'VARCHAR',
  'Product2Id': 'VARCHAR', 'Quantity': 'VARCHAR', 'UnitPrice': 'VARCHAR', 'TotalPrice': 'VARCHAR',
  'ServiceDate': 'VARCHAR'}) l
JOIN (SELECT id, a FROM deal WHERE won AND a IS NOT NULL) d ON d.id = l.OpportunityId
JOIN (SELECT (row_number() OVER ())::UTINYINT AS p, Id AS id
  FROM csv('Product2', {'Id': 'VARCHAR', 'Name': 'VARCHAR', 'ProductCode': 'VARCHAR',
    'Family': 'VARCHAR', 'IsActive': 'VARCHAR', 'CreatedDate': 'VARCHAR'})) p
  ON p.id = l.Product2Id;

SET disabled_optimizers = '';

CREATE TEMP TABLE family_bought AS
WITH pair AS (
  SELECT a.root, b.a, b.p FROM bought b JOIN account a ON a.a = b.a
), variety AS (
  SELECT root, count(*) AS products FROM (SELECT DISTINCT root, p FROM pair) GROUP BY root
), buyer AS (
  SELECT root, sum(n)::BIGINT AS pairs, count(*) AS buyers
  FROM (SELECT root, a, count(*) AS n FROM pair GROUP BY root, a) GROUP BY root
)
SELECT v.root, v.products, b.pairs, b.buyers FROM variety v JOIN buyer b ON b.root = v.root;

-- The tables -------------------------------------------------------------------------------------

CREATE MACRO file(name) AS getvariable('output') || '/' || name || '.csv';
SET VARIABLE target = file('territories');
COPY (
  WITH own AS (
    SELECT t, sum(amount) FILTER (won AND close >= getvariable('year_start')
        AND close < getvariable('year_end')) AS won_amount,
      count(*) FILTER (won AND close >= getvariable('year_start')
        AND close < getvariable('year_end')) AS won_count,
      sum(amount * probability) FILTER (NOT closed) AS weighted,
      sum(amount) FILTER (NOT closed) AS open_amount, count(*) FILTER (NOT closed) AS open_count,
      sum(amount) FILTER (won AND close >= getvariable('quarter_start')
        AND close < getvariable('quarter_end')) AS quarter_won,
      sum(amount) FILTER (NOT closed AND close >= getvariable('quarter_start')
        AND close < getvariable('quarter_end')) AS quarter_open
    FROM deal GROUP BY t
  ), subtree AS (
    SELECT l.ancestor AS t, sum(won_amount) AS won_amount, sum(won_count) AS won_count,
      sum(weighted) AS weighted, sum(open_amount) AS open_amount, sum(open_count) AS open_count,
      sum(quarter_won) AS quarter_won, sum(quarter_open) AS quarter_open
    FROM lineage l JOIN own ON own.t = l.t GROUP BY l.ancestor
  ), line AS (
    SELECT t.t, t.id, t.name, t.parent, t.level, coalesce(u.n, 0) AS users, coalesce(a.n, 0) AS accounts
    FROM territory t
    LEFT JOIN (SELECT t, count(*) AS n FROM user_territory GROUP BY t) u ON u.t = t.t
    LEFT JOIN (SELECT t, count(*) AS n FROM account_territory GROUP BY t) a ON a.t = t.t
    UNION ALL
    SELECT NULL, '(unassigned)', '(unassigned)', NULL, NULL,
      (SELECT count(*) FROM person ANTI JOIN user_territory USING (u)),
      (SELECT count(*) FROM account ANTI JOIN account_territory USING (a))
    UNION ALL
    SELECT -1, '(former territory)', '(former territory)', NULL, NULL, 0, 0
    WHERE EXISTS (FROM own WHERE t = -1)
  )
  SELECT line.id AS territory_id, line.name AS territory, line.parent AS parent_id, line.level,
    line.users, line.accounts, money(own.won_amount) AS won_amount,
    coalesce(own.won_count, 0) AS won_count,
    round(coalesce(own.weighted, 0) / 100, 2)::DECIMAL(38, 2) AS weighted_pipeline,
    money(own.open_amount) AS open_amount, coalesce(own.open_count, 0) AS open_count,
    money(coalesce(s.won_amount, own.won_amount)) AS subtree_won_amount,
    coalesce(s.won_count, own.won_count, 0) AS subtree_won_count,
    round(coalesce(s.weighted, own.weighted, 0) / 100, 2)::DECIMAL(38, 2)
      AS subtree_weighted_pipeline,
    money(coalesce(s.open_amount, own.open_amount)) AS subtree_open_amount,
    coalesce(s.open_count, own.open_count, 0) AS subtree_open_count,
    q.of_year AS quota,
    share(cents(money(coalesce(s.won_amount, own.won_amount))), cents(q.of_year)) AS attainment,
    CASE WHEN q.of_quarter > money(s.quarter_won) THEN share(cents(money(s.quarter_open)),
      cents(q.of_quarter - money(s.quarter_won))) END AS coverage
  FROM line LEFT JOIN own ON own.t IS NOT DISTINCT FROM line.t
  LEFT JOIN subtree s ON s.t = line.t LEFT JOIN quota q ON q.t = line.t
  ORDER BY territory_id
) TO (getvariable('target')) (FORMAT csv, HEADER);

SET VARIABLE target = file('win-rates');
COPY (
  WITH closed AS (
    SELECT u, t, a, won, sum(amount) FILTER (amount >= 0) AS value, count(*) AS n
    FROM deal WHERE closed AND close >= getvariable('window_start')
      AND close < getvariable('quarter_start')
    GROUP BY ALL
  ), total AS (
    SELECT CASE grouping(c.u, c.t, segment) WHEN 3 THEN 'owner' WHEN 5 THEN 'territory'
        ELSE 'segment' END AS dimension, c.u, c.t, segment,
      coalesce(sum(n) FILTER (won), 0)::BIGINT AS won_count,
      coalesce(sum(n) FILTER (NOT won), 0)::BIGINT AS lost_count,
      money(sum(value) FILTER (won)) AS won_amount,
      money(sum(value) FILTER (NOT won)) AS lost_amount
    FROM (SELECT c.*, coalesce(a.segment, 5) AS segment FROM closed c LEFT JOIN account a ON a.a = c.a) c
    GROUP BY GROUPING SETS ((c.u), (c.t), (segment))
  )
  SELECT dimension,
    CASE dimension WHEN 'owner' THEN coalesce(p.id, '(unknown)') WHEN 'segment' THEN band[segment + 1]
      ELSE coalesce(t.id, CASE x.t WHEN -1 THEN '(former territory)' ELSE '(unassigned)' END) END
      AS member_id,
    CASE dimension WHEN 'owner' THEN coalesce(p.name, '(unknown)') WHEN 'segment' THEN band[segment + 1]
      ELSE coalesce(t.name, CASE x.t WHEN -1 THEN '(former territory)' ELSE '(unassigned)' END) END
      AS member,
    won_count, lost_count, won_amount, lost_amount,
    share(won_count, won_count + lost_count) AS win_rate_count,
    share(cents(won_amount), cents(won_amount + lost_amount)) AS win_rate_amount
  FROM (SELECT *, ['0-49', '50-249', '250-999', '1000-4999', '5000+', '(unknown)'] AS band
    FROM total) x
  LEFT JOIN person p ON p.u = x.u LEFT JOIN territory t ON t.t = x.t
  ORDER BY dimension, member_id
) TO (getvariable('target')) (FORMAT csv, HEADER);

SET VARIABLE target = file('families');
COPY (
  WITH RECURSIVE top AS (
    SELECT f.*, a.id, a.name FROM family f JOIN account_row a ON a.a = f.root
    ORDER BY coalesce(f.won_amount, 0) DESC, a.id LIMIT 1000
  ), tree AS (
    SELECT a.a, a.parent, a.depth, a.revenue FROM account a SEMI JOIN top ON top.root = a.root
  ), consolidated(a, parent, depth, revenue) AS (
    SELECT a, parent, depth, money(revenue) FROM tree
    WHERE depth = (SELECT max(depth) FROM tree)
    UNION ALL
    SELECT t.a, any_value(t.parent), any_value(t.depth),
      greatest(money(any_value(t.revenue)), money(sum(b.revenue)))
    FROM tree t LEFT JOIN consolidated b ON b.parent = t.a
    WHERE t.depth = (SELECT min(depth) - 1 FROM consolidated) GROUP BY t.a
  )
  SELECT f.id AS root_id, f.name AS root, f.accounts, money(f.revenue) AS annual_revenue,
    c.revenue AS annual_revenue_consolidated, money(f.won_amount) AS won_amount,
    money(f.open_amount) AS open_amount, coalesce(b.products, 0) AS products, f.territories,
    f.owners
  FROM top f JOIN consolidated c ON c.a = f.root LEFT JOIN family_bought b ON b.root = f.root
  ORDER BY coalesce(f.won_amount, 0) DESC, root_id
) TO (getvariable('target')) (FORMAT csv, HEADER);

SET VARIABLE target = file('unassigned-accounts');
COPY (
  SELECT a.id AS account_id, a.name AS account, a.owner AS owner_id, p.name AS owner,
    money(d.open_amount) AS open_amount, coalesce(d.open_count, 0) AS open_count
  FROM account_row a ANTI JOIN account_territory t ON t.a = a.a
  LEFT JOIN person p ON p.u = a.u LEFT JOIN account_deals d ON d.a = a.a
  ORDER BY money(d.open_amount) DESC, account_id
) TO (getvariable('target')) (FORMAT csv, HEADER);

SET VARIABLE target = file('sales-cycles');
COPY (
  WITH cycles AS (
    SELECT t, count(*) AS n, quantile_disc(days, [0.5, 0.9]) AS q, sum(days) AS days
    FROM deal WHERE won AND close >= getvariable('window_start')
      AND close < getvariable('quarter_start')
    GROUP BY t
  )
  SELECT coalesce(t.id, CASE c.t WHEN -1 THEN '(former territory)' ELSE '(unassigned)' END)
      AS territory_id,
    coalesce(t.name, CASE c.t WHEN -1 THEN '(former territory)' ELSE '(unassigned)' END)
      AS territory,
    n AS won_count, q[1] AS median_days, q[2] AS p90_days,
    (((200 * days + n) // (2 * n))::DECIMAL(18, 0) * 0.01)::DECIMAL(18, 2) AS mean_days
  FROM cycles c LEFT JOIN territory t ON t.t = c.t
  ORDER BY territory_id
) TO (getvariable('target')) (FORMAT csv, HEADER);

SET VARIABLE target = file('split-families');
COPY (
  SELECT a.id AS root_id, a.name AS root, f.accounts, f.territories, f.owners,
    money(f.open_amount) AS open_amount
  FROM family f JOIN account_row a ON a.a = f.root
  WHERE f.accounts > 1 AND f.territories > 1
  ORDER BY f.territories DESC, root_id
) TO (getvariable('target')) (FORMAT csv, HEADER);

SET VARIABLE target = file('penetration');
COPY (
  SELECT a.id AS root_id, a.name AS root, f.accounts, b.products, b.pairs,
    b.buyers AS buying_accounts, share(b.pairs, f.accounts * b.products) AS penetration,
    f.accounts * b.products - b.pairs AS whitespace
  FROM family_bought b JOIN family f ON f.root = b.root JOIN account_row a ON a.a = f.root
  WHERE f.accounts > 1
  ORDER BY whitespace DESC, root_id
) TO (getvariable('target')) (FORMAT csv, HEADER);

SET VARIABLE target = file('neglected-accounts');
COPY (
  SELECT any_value(p.id) AS owner_id, any_value(p.name) AS owner, count(*) AS accounts,
    count(*) FILTER (a.neglected) AS neglected,
    count(*) FILTER (a.neglected AND d.open_count > 0) AS neglected_with_open,
    money(sum(d.open_amount) FILTER (a.neglected)) AS neglected_open_amount
  FROM account a LEFT JOIN account_deals d ON d.a = a.a LEFT JOIN person p ON p.u = a.u
  WHERE a.u IS NOT NULL GROUP BY a.u
  ORDER BY owner_id
) TO (getvariable('target')) (FORMAT csv, HEADER);

SET VARIABLE target = file('balance');
COPY (
  WITH leaf AS (
    SELECT t, type, priority FROM territory
    WHERE id NOT IN (SELECT parent FROM territory WHERE parent IS NOT NULL)
  ), chosen AS (
    SELECT t FROM leaf WHERE type = (
      SELECT type FROM leaf GROUP BY type ORDER BY count(*) DESC, max(priority) DESC, type LIMIT 1)
  ), value AS (
    SELECT 'accounts' AS measure, c.t, count(a.a)::DECIMAL(38, 2) AS x
    FROM chosen c LEFT JOIN account_territory a ON a.t = c.t GROUP BY c.t
    UNION ALL
    SELECT 'open_pipeline', c.t, money(d.x) FROM chosen c LEFT JOIN (
      SELECT t, sum(amount) AS x FROM deal WHERE NOT closed GROUP BY t) d ON d.t = c.t
    UNION ALL
    SELECT 'quota', c.t, q.of_year FROM chosen c JOIN quota q ON q.t = c.t
    WHERE q.of_year IS NOT NULL
  ), ranked AS (
    SELECT measure, cents(x) AS x, row_number() OVER (PARTITION BY measure ORDER BY x) AS i,
      count(*) OVER (PARTITION BY measure) AS n, cents(sum(x) OVER (PARTITION BY measure)) AS total
    FROM value
  ), figures AS (
    SELECT measure, any_value(n) AS n, any_value(total) AS total, min(x) AS low, max(x) AS high,
      sum(x * x)::HUGEINT AS squares, sum((2 * i - n - 1) * x)::HUGEINT AS spread,
      count(*) FILTER (100 * abs(n * x - total) <= 15 * total) AS near
    FROM ranked GROUP BY measure
  )
  SELECT measure, n AS territories,
    CASE measure WHEN 'accounts' THEN (total // 100)::VARCHAR
      ELSE (total::DECIMAL(36, 0) * 0.01)::DECIMAL(38, 2)::VARCHAR END AS total,
    (((2 * total + n) // (2 * n))::DECIMAL(36, 0) * 0.01)::DECIMAL(38, 2) AS mean,
    CASE WHEN n > 1 AND total > 0 THEN
      printf('%.6f', sqrt((n * squares - total * total)::DOUBLE) / total::DOUBLE) END AS cv,
    CASE WHEN n > 1 THEN share(spread, n * total) END AS gini,
    CASE WHEN n > 1 THEN share(high, low) END AS max_min_ratio,
    CASE WHEN n > 1 THEN share(near, n) END AS within_15_percent
  FROM figures ORDER BY measure
) TO (getvariable('target')) (FORMAT csv, HEADER);

-- Contracts --------------------------------------------------------------------------------------

SET disabled_optimizers = 'join_order,build_side_probe_side';

CREATE TEMP TABLE contract AS
SELECT a.a, r.first_day, r.last_day, r.value FROM (
  SELECT AccountId, StartDate AS first_day,
    coalesce(EndDate, DATE '9999-12-31') AS last_day, MonthlyValue__c AS value
  FROM csv('Contract', {'Id': 'VARCHAR', 'AccountId': 'VARCHAR', 'Status': 'VARCHAR',
    'StartDate': 'DATE', 'EndDate': 'DATE', 'ContractTerm': 'VARCHAR',
    'MonthlyValue__c': 'DECIMAL(18, 2)', 'SystemModstamp': 'VARCHAR'})) r
JOIN account_row a ON a.id = r.AccountId;

SET disabled_optimizers = '';

SET VARIABLE target = file('conflicts');
COPY (
  WITH open_deal AS (
    SELECT d.id, d.a, d.u, p.id AS owner, p.inactive, d.t, d.amount
    FROM deal d LEFT JOIN person p ON p.u = d.u WHERE NOT d.closed
  ), recurring AS (
    SELECT a FROM contract WHERE getvariable('d') BETWEEN first_day AND last_day
    GROUP BY a HAVING sum(value) <> 0
  ),
  -- Of a deal and the territories of its account: is the owner at home there, is the deal?
  judged AS (
    SELECT d.id, bool_or(i.u IS NOT NULL) AS inside, bool_or(s.t = d.t) AS same
    FROM open_deal d JOIN account_territory s ON s.a = d.a
    LEFT JOIN insider i ON i.t = s.t AND i.u = d.u
    GROUP BY d.id
  ), of_deal AS (
    SELECT d.*, NOT j.inside AND d.u IS NOT NULL AS c1, NOT j.same AND d.t > 0 AS c2,
      d.inactive AS c7
    FROM open_deal d LEFT JOIN judged j ON j.id = d.id
    WHERE c1 OR c2 OR c7
  ), at_home AS (
    SELECT s.a FROM account_territory s JOIN account a ON a.a = s.a
    JOIN insider i ON i.t = s.t AND i.u = a.u
  ), of_account AS (
    SELECT 'C3' AS kind, h.a FROM held h ANTI JOIN at_home ON at_home.a = h.a
    UNION ALL
    SELECT 'C4', a FROM held_twice WHERE same_type > 1
    UNION ALL
    SELECT 'C5', root FROM family WHERE accounts > 1 AND (territories > 1 OR owners > 1)
    UNION ALL
    SELECT 'C7', a.a FROM account a JOIN person p ON p.u = a.u AND p.inactive
    LEFT JOIN account_deals d ON d.a = a.a
    WHERE d.open_count > 0 OR a.a IN (FROM recurring)
  ), found AS (
    SELECT k.kind, k.id AS deal, a.id AS account, k.owner, t.id AS territory, k.amount
    FROM (
      SELECT unnest([CASE WHEN c1 THEN 'C1' END, CASE WHEN c2 THEN 'C2' END,
        CASE WHEN c7 THEN 'C7' END]) AS kind, id, a, owner, t, amount FROM of_deal) k
    LEFT JOIN account_row a ON a.a = k.a LEFT JOIN territory t ON t.t = k.t
    WHERE k.kind IS NOT NULL
    UNION ALL
    SELECT k.kind, NULL, a.id, p.id, NULL, money(d.open_amount)
    FROM of_account k JOIN account_row a ON a.a = k.a LEFT JOIN person p ON p.u = a.u
    LEFT JOIN account_deals d ON d.a = k.a
    WHERE k.kind <> 'C3' OR a.u IS NOT NULL
  )
  SELECT kind, deal AS opportunity_id, account AS account_id, owner AS owner_id,
    territory AS territory_id, amount, NULL AS lead_id
  FROM found ORDER BY kind, money(amount) DESC, deal NULLS FIRST, account NULLS FIRST
) TO (getvariable('target')) (FORMAT csv, HEADER);

SET VARIABLE target = file('recurring-revenue');
COPY (
  WITH span AS (
    SELECT a, value, 12 * year(first_day) + month(first_day) AS first_end,
      12 * year(last_day + 1) + month(last_day + 1) AS gone
    FROM contract
  ), change AS (
    SELECT a, m, sum(delta) AS delta FROM (
      SELECT a, first_end AS m, value AS delta FROM span WHERE gone > first_end
      UNION ALL
      SELECT a, gone, -value FROM span WHERE gone > first_end)
    GROUP BY a, m
  ), moved AS (
    SELECT a, m, delta, sum(delta) OVER (PARTITION BY a ORDER BY m) AS after FROM change
  ), step AS (
    SELECT m, delta, CASE WHEN after = delta AND after = 0 THEN 'none'
      WHEN after = delta AND m = min(m) FILTER (after <> 0) OVER (PARTITION BY a) THEN 'new'
      WHEN after = delta THEN 'reactivated' WHEN after = 0 THEN 'churned'
      WHEN delta > 0 THEN 'expanding' WHEN delta < 0 THEN 'contracting' ELSE 'none' END AS kind
    FROM moved
  ), total AS (
    SELECT m, kind, sum(delta) AS x, count(*) AS n FROM step GROUP BY m, kind
  ), line AS (
    SELECT w.month, money(sum(x) FILTER (t.m < w.m)) AS opening, money(sum(x)) AS closing,
      money(sum(x) FILTER (t.m = w.m AND kind = 'new')) AS new,
      money(sum(x) FILTER (t.m = w.m AND kind = 'expanding')) AS expansion,
      money(-sum(x) FILTER (t.m = w.m AND kind = 'contracting')) AS contraction,
      money(-sum(x) FILTER (t.m = w.m AND kind = 'churned')) AS churned,
      money(sum(x) FILTER (t.m = w.m AND kind = 'reactivated')) AS reactivation,
      coalesce(sum(CASE kind WHEN 'churned' THEN -n ELSE n END)
        FILTER (t.m < w.m AND kind IN ('new', 'reactivated', 'churned')), 0)::BIGINT AS c_opening,
      coalesce(sum(n) FILTER (t.m = w.m AND kind = 'new'), 0)::BIGINT AS c_new,
      coalesce(sum(n) FILTER (t.m = w.m AND kind = 'expanding'), 0)::BIGINT AS c_expanding,
      coalesce(sum(n) FILTER (t.m = w.m AND kind = 'contracting'), 0)::BIGINT AS c_contracting,
      coalesce(sum(n) FILTER (t.m = w.m AND kind = 'churned'), 0)::BIGINT AS c_churned,
      coalesce(sum(n) FILTER (t.m = w.m AND kind = 'reactivated'), 0)::BIGINT AS c_reactivated
    FROM (SELECT month, 12 * year(month) + month(month) AS m FROM (
      SELECT date_trunc('month', getvariable('d')) - to_months(unnest(range(1, 37))::INTEGER)
        AS month)) w
    LEFT JOIN total t ON t.m <= w.m
    GROUP BY w.month
  )
  SELECT strftime(month, '%Y-%m') AS month, opening, new, expansion, contraction, churned,
    reactivation, closing, c_opening AS customers_opening, c_new AS customers_new,
    c_expanding AS customers_expanding, c_contracting AS customers_contracting,
    c_churned AS customers_churned, c_reactivated AS customers_reactivated,
    c_opening + c_new + c_reactivated - c_churned AS customers_closing,
    share(c_churned, c_opening) AS logo_churn,
    share(cents(opening - contraction - churned), cents(opening)) AS grr,
    share(cents(opening + expansion - contraction - churned), cents(opening)) AS nrr
  FROM line ORDER BY month
) TO (getvariable('target')) (FORMAT csv, HEADER);
