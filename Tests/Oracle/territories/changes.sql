-- The second oracle of a change set: what changes hands from the active model, as the export states
-- it, to the model in state Planning, as its rules give it. Written from METRICS.md, EXPORTS.md and
-- docs/territories.md alone, over the files of an export; nothing here is quick.
--
-- Variables: export, the folder of the CSVs; role, the role of owners.
--
-- Rules: equals and greaterOrEqual; a filter is a disjunction of conjunctions, none means all.

CREATE MACRO source(object) AS TABLE
SELECT *, row_number() OVER () AS row
FROM read_csv(
  getvariable('export') || '/' || object || '.csv', header = true, all_varchar = true,
  delim = ',', quote = '"', escape = '"', strict_mode = true, ignore_errors = true,
  nullstr = ['', '#N/A', '000000000000000AAA']);

CREATE TEMP TABLE account AS
SELECT * FROM source('Account') WHERE coalesce(IsDeleted, '0') = '0'
QUALIFY row_number() OVER (PARTITION BY Id ORDER BY row) = 1;

CREATE TEMP TABLE model AS SELECT Id, State FROM source('Territory2Model');
CREATE TEMP TABLE territory AS
SELECT t.Id, t.DeveloperName AS key, t.ParentTerritory2Id AS parent,
  t.Territory2TypeId AS type, m.State AS state, CAST(y.Priority AS INTEGER) AS priority
FROM source('Territory2') t JOIN model m ON m.Id = t.Territory2ModelId
LEFT JOIN source('Territory2Type') y ON y.Id = t.Territory2TypeId
WHERE m.State IN ('Active', 'Planning');

-- Each territory with itself and all below it.
CREATE TEMP TABLE below AS
WITH RECURSIVE walk(top, Id) AS (
  SELECT Id, Id FROM territory
  UNION ALL
  SELECT walk.top, t.Id FROM walk JOIN territory t ON t.parent = walk.Id
)
SELECT * FROM walk;

-- Rules of the planned model ---------------------------------------------------------------------

CREATE TEMP TABLE item AS
SELECT i.RuleId, CAST(i.SortOrder AS INTEGER) AS number, replace(i.Field, 'Account.', '') AS field,
  i.Operation AS operation, i.Value AS value
FROM source('ObjectTerritory2AssignmentRuleItem') i;

CREATE TEMP TABLE cells AS
SELECT Id AS account, field, cell FROM (
  SELECT Id, BillingState, BillingCountry, BillingCity, NumberOfEmployees FROM (
    SELECT * FROM account
    UNION ALL BY NAME
    -- Columns that an export may lack.
    SELECT NULL AS Id, NULL AS BillingState, NULL AS BillingCountry, NULL AS BillingCity,
      NULL AS NumberOfEmployees)
  WHERE Id IS NOT NULL
) UNPIVOT INCLUDE NULLS (cell FOR field IN (BillingState, BillingCountry, BillingCity, NumberOfEmployees));

CREATE TEMP TABLE holds AS
SELECT c.account, i.RuleId, i.number
FROM item i JOIN cells c ON c.field = i.field
WHERE CASE i.operation
  WHEN 'equals' THEN list_contains(
    [lower(trim(v)) FOR v IN string_split(i.value, ',')], lower(coalesce(c.cell, '')))
  WHEN 'greaterOrEqual' THEN
    coalesce(CAST(c.cell AS DECIMAL(18, 4)) >= CAST(i.value AS DECIMAL(18, 4)), false)
  ELSE error('the oracle does not know the operation ' || i.operation) END;

-- The conjunctions of each rule, as lists of the numbers of their items.
CREATE TEMP TABLE conjunction AS
SELECT r.Id AS RuleId, unnest(
  CASE WHEN r.BooleanFilter IS NULL
    THEN [(SELECT list(number) FROM item WHERE item.RuleId = r.Id)]
    ELSE [[CAST(trim(n, ' ()') AS INTEGER) FOR n IN string_split(part, ' AND ')]
      FOR part IN string_split(r.BooleanFilter, ' OR ')] END) AS numbers
FROM source('ObjectTerritory2AssignmentRule') r
JOIN model m ON m.Id = r.Territory2ModelId AND m.State = 'Planning'
WHERE r.IsActive = '1';

CREATE TEMP TABLE matching AS
SELECT DISTINCT h.account, c.RuleId
FROM conjunction c JOIN (
  SELECT account, RuleId, list(DISTINCT number) AS numbers FROM holds GROUP BY ALL) h
ON h.RuleId = c.RuleId AND list_has_all(h.numbers, c.numbers);

-- Rules by territory, local ones and those inherited from above.
CREATE TEMP TABLE decides AS
SELECT DISTINCT b.Id AS territory, a.RuleId
FROM source('RuleTerritory2Association') a
JOIN (SELECT DISTINCT RuleId FROM conjunction) r ON r.RuleId = a.RuleId
JOIN below b ON b.top = a.TerritoryId
WHERE b.Id = b.top OR a.IsInherited = '1';

CREATE TEMP TABLE taken AS
SELECT account, territory FROM (
  SELECT m.account, d.territory, count(*) AS matched
  FROM decides d JOIN matching m ON m.RuleId = d.RuleId GROUP BY ALL)
JOIN (SELECT territory, count(*) AS needed FROM decides GROUP BY ALL) USING (territory)
WHERE matched = needed;

-- On one branch the lowest.
CREATE TEMP TABLE planned AS
SELECT t.account, t.territory FROM taken t
WHERE NOT EXISTS (
  FROM taken other JOIN below b ON b.Id = other.territory AND b.top = t.territory
  WHERE other.account = t.account AND other.territory <> t.territory);

CREATE TEMP TABLE active AS
SELECT DISTINCT o.ObjectId AS account, o.Territory2Id AS territory
FROM source('ObjectTerritory2Association') o
JOIN territory t ON t.Id = o.Territory2Id AND t.state = 'Active'
JOIN account a ON a.Id = o.ObjectId;

-- Accounts ---------------------------------------------------------------------------------------

CREATE TEMP TABLE place AS
SELECT 'before' AS side, account, t.Id AS territory, t.key, t.priority
FROM active JOIN territory t ON t.Id = territory
UNION ALL
SELECT 'after', account, t.Id, t.key, t.priority FROM planned JOIN territory t ON t.Id = territory;

-- Who works in a territory, or in one above it.
CREATE TEMP TABLE works AS
SELECT DISTINCT u.UserId AS person, b.Id AS territory
FROM source('UserTerritory2Association') u JOIN below b ON b.top = u.Territory2Id
WHERE u.IsActive = '1';

CREATE TEMP TABLE named AS
SELECT Territory2Id AS territory,
  CASE WHEN count(DISTINCT UserId) = 1 THEN min(UserId) ELSE '(to be named)' END AS owner
FROM source('UserTerritory2Association')
WHERE IsActive = '1' AND RoleInTerritory2 = getvariable('role') GROUP BY ALL;

CREATE TEMP TABLE sides AS
SELECT a.Id, a.OwnerId,
  coalesce((SELECT string_agg(DISTINCT key, ';' ORDER BY key) FROM place
    WHERE side = 'before' AND account = a.Id), '') AS from_keys,
  coalesce((SELECT string_agg(DISTINCT key, ';' ORDER BY key) FROM place
    WHERE side = 'after' AND account = a.Id), '') AS to_keys,
  EXISTS (FROM place p JOIN works w ON w.territory = p.territory
    WHERE p.side = 'before' AND p.account = a.Id AND w.person = a.OwnerId) AS worked,
  EXISTS (FROM place p JOIN works w ON w.territory = p.territory
    WHERE p.side = 'after' AND p.account = a.Id AND w.person = a.OwnerId) AS works,
  (SELECT CASE WHEN count(DISTINCT owner) = 1 THEN min(owner) ELSE '(to be named)' END FROM (
    SELECT coalesce(n.owner, '(to be named)') AS owner
    FROM place p LEFT JOIN named n ON n.territory = p.territory
    WHERE p.side = 'after' AND p.account = a.Id
    QUALIFY rank() OVER (ORDER BY p.priority DESC) = 1)) AS role_owner
FROM account a;

CREATE TEMP TABLE account_change AS
SELECT Id, from_keys, to_keys, from_keys <> to_keys AS moves, OwnerId AS owner,
  CASE WHEN to_keys = '' THEN NULL
    WHEN from_keys <> to_keys AND works THEN NULL
    WHEN from_keys = to_keys AND NOT (worked AND NOT works) THEN NULL
    WHEN role_owner = OwnerId THEN NULL
    ELSE role_owner END AS new_owner
FROM sides;

-- Open deals -------------------------------------------------------------------------------------

-- The default rule: the highest priority, and no territory where several have it.
CREATE TEMP TABLE default_place AS
SELECT side, account, CASE WHEN count(*) = 1 THEN min(key) END AS key FROM (
  SELECT * FROM place QUALIFY rank() OVER (PARTITION BY side, account ORDER BY priority DESC) = 1)
GROUP BY ALL;

CREATE TEMP TABLE deal AS
SELECT o.* FROM source('Opportunity') o
WHERE coalesce(o.IsDeleted, '0') = '0' AND o.IsClosed = '0'
  AND try_cast(left(o.CloseDate, 10) AS DATE) IS NOT NULL
  AND (o.Amount IS NULL OR try_cast(o.Amount AS DECIMAL(18, 4)) IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY o.Id ORDER BY o.row) = 1;

SELECT 'account' AS kind, Id AS id, from_keys, to_keys, coalesce(new_owner, '') AS new_owner
FROM account_change WHERE moves OR new_owner IS NOT NULL
UNION ALL
SELECT 'deal', d.Id, coalesce(b.key, ''), coalesce(a.key, ''), '' FROM (
  SELECT d.Id, d.AccountId, d.IsExcludedFromTerritory2Filter AS excluded,
    CASE WHEN d.Territory2Id IS NOT NULL
      THEN (SELECT key FROM territory t WHERE t.Id = d.Territory2Id AND t.state = 'Active')
      ELSE (SELECT key FROM default_place p WHERE p.side = 'before' AND p.account = d.AccountId)
    END AS key
  FROM deal d) b
JOIN deal d ON d.Id = b.Id
LEFT JOIN default_place a ON a.side = 'after' AND a.account = d.AccountId
WHERE coalesce(b.excluded, '0') <> '1' AND coalesce(b.key, '') <> coalesce(a.key, '')
ORDER BY kind, id;
