-- The prelude of `make bench`: the tables that Tests/Oracle/<table>.sql select from, made the way
-- one writes DuckDB for speed, for a *core* export of `cadastre sample` and nothing else: typed
-- columns, no duplicates, deleted rows, merges, cycles or foreign currencies, time zone UTC, no
-- stage history. The true oracle is Tests/Oracle/prelude.sql; `make bench` compares the results.

CREATE MACRO source(object) AS TABLE
SELECT * FROM read_csv(getvariable('input') || '/' || object || '/*.csv', union_by_name = true,
  header = true, all_varchar = true, nullstr = ['', '000000000000000AAA']);
CREATE MACRO key(x) AS x;
CREATE MACRO printed_id(id) AS id;
CREATE MACRO date_field(x) AS CAST(left(x, 10) AS DATE);
CREATE MACRO needs_rate(iso) AS false;
-- Exact up to 2^53 units, 900 billion: DuckDB is twenty times slower on decimals that wide.
CREATE MACRO units(x) AS CAST(round(x::DOUBLE * 10000) AS BIGINT);
CREATE TEMP TABLE currency AS SELECT '' AS iso, 1::HUGEINT AS rate LIMIT 0;
SET VARIABLE places = 2;

-- n ÷ d as an integer, rounded half away from zero; d > 0.
CREATE MACRO divided(n, d) AS
  sign(n)::HUGEINT * ((2 * abs(n::HUGEINT) + d::HUGEINT) // (2 * d::HUGEINT));

-- q as a decimal number with `places` places, q being in units of the last place.
CREATE MACRO fixed(q, places) AS
  CASE WHEN q < 0 THEN '-' ELSE '' END || (abs(q) // (10 ** places)::HUGEINT)::VARCHAR
  || CASE WHEN places = 0 THEN '' ELSE
    '.' || lpad((abs(q) % (10 ** places)::HUGEINT)::VARCHAR, places::INTEGER, '0') END;

-- A ratio with six decimals; undefined where the denominator is zero or unknown.
CREATE MACRO ratio(n, d) AS
  CASE WHEN d <> 0 THEN fixed(divided(n::HUGEINT * 1000000 * sign(d)::HUGEINT, abs(d)), 6) END;

-- Amounts print once rounded, to the places of the corporate currency.
CREATE MACRO money_of(n, d) AS fixed(
  divided(n, d::HUGEINT * (10 ** (4 - getvariable('places')))::HUGEINT), getvariable('places'));
CREATE MACRO money(n) AS money_of(n, 1);
-- Σ amount × probability is in 1/10,000 of a unit × 1/10,000 of a percent.
CREATE MACRO weighted_money(n) AS money_of(n, 1000000);

-- The fiscal calendar ----------------------------------------------------------------------------

SET VARIABLE d = CAST(getvariable('as_of') AS DATE);
SET VARIABLE year_start = (SELECT make_date(
  year(getvariable('d'))
    - CASE WHEN month(getvariable('d')) < getvariable('fiscal_start') THEN 1 ELSE 0 END,
  getvariable('fiscal_start'), 1));
SET VARIABLE year_end = CAST(getvariable('year_start') + INTERVAL 1 YEAR AS DATE);
SET VARIABLE quarter_start = CAST(getvariable('year_start') + INTERVAL 3 MONTH
  * (date_diff('month', getvariable('year_start'), getvariable('d')) // 3) AS DATE);
SET VARIABLE quarter_end = CAST(getvariable('quarter_start') + INTERVAL 3 MONTH AS DATE);
-- Trailing four quarters: the last four that are complete before D.
SET VARIABLE window_start = CAST(getvariable('quarter_start') - INTERVAL 12 MONTH AS DATE);
SET VARIABLE window_end = getvariable('quarter_start');

CREATE MACRO in_year(day) AS
  day >= getvariable('year_start') AND day < getvariable('year_end');
CREATE MACRO in_quarter(day) AS
  day >= getvariable('quarter_start') AND day < getvariable('quarter_end');
CREATE MACRO in_window(day) AS
  day >= getvariable('window_start') AND day < getvariable('window_end');

CREATE TEMP TABLE person AS
SELECT Id AS id, Name AS name, ManagerId AS manager FROM source('User');

CREATE TEMP TABLE account_row AS
SELECT Id AS id, Name AS name, ParentId AS parent, OwnerId AS owner,
  units(AnnualRevenue) AS revenue, NumberOfEmployees AS employees
FROM read_csv(getvariable('input') || '/Account/1.csv', header = true, quote = '"', escape = '"',
  nullstr = ['', '000000000000000AAA'],
  types = {'Id': 'VARCHAR', 'Name': 'VARCHAR', 'ParentId': 'VARCHAR', 'OwnerId': 'VARCHAR',
    'AnnualRevenue': 'DOUBLE', 'NumberOfEmployees': 'BIGINT'});

CREATE TEMP TABLE account AS
WITH RECURSIVE tree(id, root, depth) AS (
  SELECT id, id, 0 FROM account_row WHERE parent IS NULL
  UNION ALL
  SELECT a.id, tree.root, tree.depth + 1 FROM tree JOIN account_row a ON a.parent = tree.id
)
SELECT a.*, tree.root, tree.depth FROM account_row a JOIN tree USING (id);

CREATE TEMP TABLE territory AS
WITH RECURSIVE active AS (
  SELECT t.Id AS id, t.Name AS name, t.ParentTerritory2Id AS parent, p.Priority::INT AS priority
  FROM source('Territory2') t JOIN source('Territory2Model') m ON m.Id = t.Territory2ModelId
  LEFT JOIN source('Territory2Type') p ON p.Id = t.Territory2TypeId
  WHERE m.State = 'Active'
), tree AS (
  SELECT *, 0 AS level FROM active WHERE parent IS NULL
  UNION ALL
  SELECT a.*, tree.level + 1 FROM tree JOIN active a ON a.parent = tree.id
)
SELECT * FROM tree;

CREATE TEMP TABLE lineage AS
WITH RECURSIVE up(id, ancestor) AS (
  SELECT id, id FROM territory
  UNION ALL
  SELECT up.id, t.parent FROM up JOIN territory t ON t.id = up.ancestor WHERE t.parent IS NOT NULL
)
SELECT * FROM up;

CREATE TEMP TABLE account_territory AS
SELECT o.ObjectId AS account, t.id AS territory, t.priority
FROM source('ObjectTerritory2Association') o JOIN territory t ON t.id = o.Territory2Id;

CREATE TEMP TABLE user_territory AS
SELECT u.UserId AS person, t.id AS territory
FROM source('UserTerritory2Association') u JOIN territory t ON t.id = u.Territory2Id
WHERE u.IsActive = '1';

CREATE TEMP TABLE deal AS
WITH highest AS (
  SELECT account, max(priority) AS priority FROM account_territory GROUP BY account
), default_territory AS (
  SELECT account, min(territory) AS territory
  FROM account_territory JOIN highest USING (account, priority)
  GROUP BY account HAVING count(*) = 1
)
SELECT o.Id AS id, o.AccountId AS account, o.OwnerId AS owner,
  units(o.Amount) AS amount, units(o.Probability) AS probability,
  o.CloseDate::DATE AS close, o.CreatedDate::DATE AS created, o.IsClosed AS closed, o.IsWon AS won,
  CASE WHEN t.id IS NOT NULL THEN t.id WHEN o.Territory2Id IS NOT NULL THEN '(former territory)'
    ELSE coalesce(d.territory, '(unassigned)') END AS territory,
  in_window(o.CloseDate::DATE) AS in_window, in_year(o.CloseDate::DATE) AS in_year
FROM read_csv(getvariable('input') || '/Opportunity/1.csv', header = true, quote = '"',
  escape = '"', nullstr = ['', '000000000000000AAA'],
  types = {'Id': 'VARCHAR', 'AccountId': 'VARCHAR', 'OwnerId': 'VARCHAR',
    'Territory2Id': 'VARCHAR', 'Amount': 'DOUBLE', 'Probability': 'DOUBLE',
    'CloseDate': 'TIMESTAMP', 'CreatedDate': 'TIMESTAMP', 'IsClosed': 'BOOLEAN',
    'IsWon': 'BOOLEAN'}) o
LEFT JOIN territory t ON t.id = o.Territory2Id
LEFT JOIN default_territory d ON d.account = o.AccountId;

CREATE TEMP TABLE sold AS
SELECT d.account, d.owner, l.Product2Id AS product
FROM read_csv(getvariable('input') || '/OpportunityLineItem/1.csv', header = true, quote = '"',
  escape = '"', nullstr = ['', '000000000000000AAA'],
  types = {'OpportunityId': 'VARCHAR', 'Product2Id': 'VARCHAR'}) l
JOIN deal d ON d.id = l.OpportunityId WHERE d.won;

CREATE TEMP TABLE cycle AS
SELECT owner, greatest(0, date_diff('day', created, close)) AS days
FROM deal WHERE won AND in_window;

CREATE TEMP TABLE segment AS
SELECT id AS account, CASE WHEN employees < 50 THEN '0-49' WHEN employees < 250 THEN '50-249'
  WHEN employees < 1000 THEN '250-999' WHEN employees < 5000 THEN '1000-4999'
  WHEN employees >= 5000 THEN '5000+' ELSE '(unknown)' END AS segment
FROM account;
