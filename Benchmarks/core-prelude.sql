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

CREATE TEMP TABLE person AS
SELECT Id AS id, Name AS name, ManagerId AS manager, IsActive = '0' AS inactive FROM source('User');

CREATE MACRO user_name(id, name) AS name;

CREATE TEMP TABLE quota_counted AS
SELECT QuotaOwnerId AS owner, Territory2Id AS territory, date_field(StartDate) AS day,
  units(QuotaAmount) AS amount
FROM source('ForecastingQuota');

CREATE TEMP TABLE account_row AS
SELECT Id AS id, Name AS name, ParentId AS parent, OwnerId AS owner,
  units(AnnualRevenue) AS revenue, NumberOfEmployees AS employees,
  CreatedDate::DATE AS created, LastActivityDate::DATE AS last_activity
FROM read_csv(getvariable('input') || '/Account/1.csv', header = true, quote = '"', escape = '"',
  nullstr = ['', '000000000000000AAA'],
  types = {'Id': 'VARCHAR', 'Name': 'VARCHAR', 'ParentId': 'VARCHAR', 'OwnerId': 'VARCHAR',
    'AnnualRevenue': 'DOUBLE', 'NumberOfEmployees': 'BIGINT', 'CreatedDate': 'TIMESTAMP',
    'LastActivityDate': 'TIMESTAMP'});

CREATE TEMP TABLE account AS
WITH RECURSIVE tree(id, root, depth) AS (
  SELECT id, id, 0 FROM account_row WHERE parent IS NULL
  UNION ALL
  SELECT a.id, tree.root, tree.depth + 1 FROM tree JOIN account_row a ON a.parent = tree.id
)
SELECT a.*, tree.root, tree.depth FROM account_row a JOIN tree USING (id);

CREATE TEMP TABLE territory AS
WITH RECURSIVE active AS (
  SELECT t.Id AS id, t.Name AS name, t.ParentTerritory2Id AS parent,
    t.Territory2TypeId AS type, p.Priority::INT AS priority
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
SELECT id AS deal, owner, territory, greatest(0, date_diff('day', created, close)) AS days
FROM deal WHERE won AND in_window;

CREATE TEMP TABLE contract AS
SELECT AccountId AS account, StartDate::DATE AS first_day,
  coalesce(EndDate::DATE, DATE '9999-12-31') AS last_day, units(MonthlyValue__c) AS value
FROM source('Contract');

CREATE TEMP TABLE activity AS SELECT '' AS account, DATE '1970-01-01' AS day LIMIT 0;

CREATE TEMP TABLE segment AS
SELECT id AS account, CASE WHEN employees < 50 THEN '0-49' WHEN employees < 250 THEN '50-249'
  WHEN employees < 1000 THEN '250-999' WHEN employees < 5000 THEN '1000-4999'
  WHEN employees >= 5000 THEN '5000+' ELSE '(unknown)' END AS segment
FROM account;
