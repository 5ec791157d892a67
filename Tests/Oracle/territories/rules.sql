-- The second oracle of rule evaluation: EXPORTS.md, "Assignment rules", in DuckDB's SQL, written from
-- its text alone. It prefers being seen to be right to speed: every rule is tested on every account.
--
-- Variables:
--   export        the folder of an export's CSVs
--   model         DeveloperName of the model
--   combination   all or any: how the rules of a territory combine
--
-- One row an account and a territory: 15 characters of the account's Id, the territory's
-- DeveloperName, and how it is in it: rule, manual, or undecided where nobody can know.

CREATE MACRO source(object) AS TABLE
SELECT * FROM read_csv(
  getvariable('export') || '/' || object || '.csv', header = true, all_varchar = true,
  delim = ',', quote = '"', escape = '"', nullstr = ['', '#N/A']);
CREATE MACRO key(x) AS CASE WHEN x LIKE '000000000000000%' THEN NULL ELSE left(x, 15) END;
CREATE MACRO is_true(x) AS coalesce(lower(x) IN ('1', 'true', 'yes', 'y', 'on'), false);

-- Accounts, cell by cell -------------------------------------------------------------------------

-- Merged and deleted accounts and short rows are no accounts; of two with one Id the first counts.
CREATE TABLE account AS
SELECT * FROM (
  SELECT *, row_number() OVER () AS line FROM read_csv(
    getvariable('export') || '/Account.csv', header = true, all_varchar = true, delim = ',',
    quote = '"', escape = '"', nullstr = ['', '#N/A'], strict_mode = true, ignore_errors = true))
QUALIFY row_number() OVER (PARTITION BY left(Id, 15) ORDER BY line) = 1;

ALTER TABLE account DROP line;

CREATE TABLE cell AS
SELECT left(Id, 15) AS account, lower(field) AS field, value
FROM account UNPIVOT INCLUDE NULLS (value FOR field IN (COLUMNS(* EXCLUDE Id)));

DELETE FROM cell WHERE account IN (
  SELECT account FROM cell
  WHERE field = 'isdeleted' AND is_true(value)
     OR field = 'masterrecordid' AND key(value) IS NOT NULL);

-- Owners are compared by name.
UPDATE cell SET value = (SELECT any_value(Name) FROM source('User') u
                         WHERE left(u.Id, 15) = left(cell.value, 15))
WHERE field = 'ownerid';

-- What a field holds: numbers, days or text. A postal code is text however it looks.
CREATE TABLE kind AS
SELECT field,
  CASE
    WHEN field IN ('name', 'billingcountry', 'billingstate', 'billingcity', 'billingpostalcode',
                   'industry', 'type', 'phone', 'website') THEN 'text'
    WHEN count(value) = 0 THEN 'text'
    WHEN bool_and(value IS NULL OR try_cast(value AS DECIMAL(38, 4)) IS NOT NULL) THEN 'number'
    WHEN bool_and(value IS NULL OR regexp_full_match(value, '\d{4}-\d\d-\d\d.*')) THEN 'day'
    ELSE 'text'
  END AS kind
FROM cell GROUP BY field;

-- The model --------------------------------------------------------------------------------------

CREATE TABLE model AS
SELECT Id FROM source('Territory2Model') WHERE DeveloperName = getvariable('model');
CREATE TABLE territory AS
SELECT key(Id) AS id, DeveloperName AS name, key(ParentTerritory2Id) AS parent
FROM source('Territory2') WHERE Territory2ModelId IN (FROM model);

-- A territory and everything above it.
CREATE TABLE above AS
WITH RECURSIVE up AS (
  SELECT id, id AS top, 0 AS steps FROM territory
  UNION ALL
  SELECT up.id, t.parent, steps + 1 FROM up JOIN territory t ON t.id = up.top
  WHERE t.parent IS NOT NULL)
SELECT * FROM up;

CREATE TABLE rule AS
SELECT key(Id) AS id, upper(BooleanFilter) AS filter
FROM source('ObjectTerritory2AssignmentRule')
WHERE Territory2ModelId IN (FROM model) AND is_true(IsActive) AND lower(ObjectType) = 'account';

-- An inherited rule applies to the territory and its descendants, any other to the territory alone.
CREATE TABLE territory_rule AS
SELECT DISTINCT above.id AS territory, rule.id AS rule
FROM source('RuleTerritory2Association') r
JOIN rule ON rule.id = key(r.RuleId)
JOIN above ON above.top = key(r.TerritoryId)
WHERE above.steps = 0 OR is_true(r.IsInherited);

-- The values of an item: a comma list, with includes and excludes semicolons too; quotation marks
-- keep a comma.
CREATE TABLE item AS
SELECT key(RuleId) AS rule,
  row_number() OVER (PARTITION BY RuleId ORDER BY try_cast(SortOrder AS INT)) AS number,
  lower(regexp_replace(Field, '^Account\.', '')) AS field, Operation AS operation,
  list_transform(
    regexp_extract_all(
      CASE WHEN Operation IN ('includes', 'excludes') THEN replace(coalesce(Value, ''), ';', ',')
        ELSE coalesce(Value, '') END || ',',
      '((?:"[^"]*"|[^,"])*),', 1),
    lambda x: lower(trim(replace(x, '"', '')))) AS list
FROM source('ObjectTerritory2AssignmentRuleItem')
WHERE key(RuleId) IN (SELECT id FROM rule);

-- Items ------------------------------------------------------------------------------------------

-- Null where nobody can know: a distance, or a field that was not exported.
CREATE TABLE item_truth AS
SELECT a.account, i.rule, i.number,
  CASE
    WHEN i.operation = 'within' OR k.kind IS NULL THEN NULL
    WHEN c.value IS NULL THEN CASE
      WHEN i.operation IN ('equals', 'contains', 'startsWith', 'includes')
        THEN list_contains(i.list, '')
      WHEN i.operation IN ('notEqual', 'notContain', 'excludes') THEN NOT list_contains(i.list, '')
      ELSE false END
    WHEN i.operation = 'equals' AND k.kind = 'number' THEN
      list_contains(list_transform(i.list, lambda x: try_cast(x AS DECIMAL(38, 4))),
                    CAST(c.value AS DECIMAL(38, 4)))
    WHEN i.operation = 'notEqual' AND k.kind = 'number' THEN
      NOT list_contains(list_transform(i.list, lambda x: try_cast(x AS DECIMAL(38, 4))),
                        CAST(c.value AS DECIMAL(38, 4)))
    WHEN i.operation = 'equals' THEN list_contains(i.list, lower(c.value))
    WHEN i.operation = 'notEqual' THEN NOT list_contains(i.list, lower(c.value))
    WHEN i.operation = 'contains' THEN
      len(list_filter(i.list, lambda x: x <> '' AND contains(lower(c.value), x))) > 0
    WHEN i.operation = 'notContain' THEN
      len(list_filter(i.list, lambda x: x <> '' AND contains(lower(c.value), x))) = 0
    WHEN i.operation = 'startsWith' THEN
      len(list_filter(i.list, lambda x: x <> '' AND starts_with(lower(c.value), x))) > 0
    WHEN i.operation = 'includes' THEN
      len(list_intersect(i.list, str_split(lower(c.value), ';'))) > 0
    WHEN i.operation = 'excludes' THEN
      len(list_intersect(i.list, str_split(lower(c.value), ';'))) = 0
    WHEN k.kind = 'number' THEN CASE i.operation
      WHEN 'lessThan' THEN len(list_filter(i.list, lambda x:
        CAST(c.value AS DECIMAL(38, 4)) < try_cast(x AS DECIMAL(38, 4)))) > 0
      WHEN 'greaterThan' THEN len(list_filter(i.list, lambda x:
        CAST(c.value AS DECIMAL(38, 4)) > try_cast(x AS DECIMAL(38, 4)))) > 0
      WHEN 'lessOrEqual' THEN len(list_filter(i.list, lambda x:
        CAST(c.value AS DECIMAL(38, 4)) <= try_cast(x AS DECIMAL(38, 4)))) > 0
      WHEN 'greaterOrEqual' THEN len(list_filter(i.list, lambda x:
        CAST(c.value AS DECIMAL(38, 4)) >= try_cast(x AS DECIMAL(38, 4)))) > 0 END
    -- Days in ISO 8601 order as texts do.
    ELSE CASE i.operation
      WHEN 'lessThan' THEN len(list_filter(i.list, lambda x: x <> '' AND
        CASE WHEN k.kind = 'day' THEN left(c.value, 10) ELSE lower(c.value) END < x)) > 0
      WHEN 'greaterThan' THEN len(list_filter(i.list, lambda x: x <> '' AND
        CASE WHEN k.kind = 'day' THEN left(c.value, 10) ELSE lower(c.value) END > x)) > 0
      WHEN 'lessOrEqual' THEN len(list_filter(i.list, lambda x: x <> '' AND
        CASE WHEN k.kind = 'day' THEN left(c.value, 10) ELSE lower(c.value) END <= x)) > 0
      WHEN 'greaterOrEqual' THEN len(list_filter(i.list, lambda x: x <> '' AND
        CASE WHEN k.kind = 'day' THEN left(c.value, 10) ELSE lower(c.value) END >= x)) > 0 END
  END AS truth
FROM (SELECT DISTINCT account FROM cell) a
CROSS JOIN item i
LEFT JOIN kind k ON k.field = i.field
LEFT JOIN cell c ON c.account = a.account AND c.field = i.field;

-- Filters ----------------------------------------------------------------------------------------

-- A letter an item: T, F or U for unknown.
CREATE TABLE letters AS
SELECT account, rule,
  list(CASE truth WHEN true THEN 'T' WHEN false THEN 'F' ELSE 'U' END ORDER BY number) AS letters
FROM item_truth GROUP BY account, rule;

-- Each filter with letters for the numbers, reduced until one letter is left: parentheses round a
-- letter, then NOT, then AND, then OR where no stronger word stands beside it.
CREATE TABLE reduced AS
WITH RECURSIVE step AS (
  SELECT DISTINCT rule, letters,
    CASE WHEN r.filter IS NULL THEN array_to_string(letters, '&')
      ELSE array_to_string(list_transform(
        regexp_extract_all(r.filter, '\d+|AND|OR|NOT|[()]'),
        lambda t: CASE t WHEN 'AND' THEN '&' WHEN 'OR' THEN '|' WHEN 'NOT' THEN '!'
          WHEN '(' THEN '(' WHEN ')' THEN ')' ELSE letters[try_cast(t AS INT)] END), '') END AS text
  FROM letters JOIN rule r ON r.id = rule
  UNION ALL
  SELECT rule, letters,
    CASE
      WHEN regexp_matches(text, '\([TFU]\)') THEN regexp_replace(text, '\(([TFU])\)', '\1', 'g')
      WHEN regexp_matches(text, '![TFU]') THEN
        replace(replace(replace(replace(text, '!T', 'f'), '!F', 'T'), '!U', 'U'), 'f', 'F')
      WHEN regexp_matches(text, '[TFU]&[TFU]') THEN CASE
        WHEN regexp_matches(text, 'F&[TFU]|[TFU]&F') THEN regexp_replace(text, 'F&[TFU]|[TFU]&F', 'F')
        WHEN regexp_matches(text, 'U&[TU]|T&U') THEN regexp_replace(text, 'U&[TU]|T&U', 'U')
        ELSE regexp_replace(text, 'T&T', 'T') END
      ELSE regexp_replace(regexp_replace(regexp_replace(text,
        '(^|[(|])(T\|[TFU]|[TFU]\|T)($|[)|])', '\1T\3'),
        '(^|[(|])(U\|[UF]|F\|U)($|[)|])', '\1U\3'),
        '(^|[(|])F\|F($|[)|])', '\1F\2')
    END
  FROM step WHERE length(text) > 1)
SELECT rule, letters, text FROM step WHERE length(text) = 1;

CREATE TABLE rule_truth AS
SELECT account, l.rule, CASE text WHEN 'T' THEN true WHEN 'F' THEN false END AS truth
FROM letters l JOIN reduced r ON r.rule = l.rule AND r.letters = l.letters;

-- Territories ------------------------------------------------------------------------------------

CREATE TABLE territory_truth AS
SELECT account, territory,
  CASE getvariable('combination')
    WHEN 'any' THEN CASE
      WHEN bool_or(coalesce(truth, false)) THEN true WHEN bool_or(truth IS NULL) THEN NULL
      ELSE false END
    ELSE CASE
      WHEN bool_or(NOT coalesce(truth, true)) THEN false WHEN bool_or(truth IS NULL) THEN NULL
      ELSE true END
  END AS truth
FROM rule_truth JOIN territory_rule USING (rule)
GROUP BY account, territory;

-- Among matching territories on one branch only the lowest gets the account; where a lower one may
-- match, nobody knows of those above it.
CREATE TABLE lowest AS
SELECT account, territory, truth FROM (
  SELECT t.account, t.territory,
    CASE WHEN bool_or(coalesce(d.truth, false)) THEN false
      WHEN bool_or(d.territory IS NOT NULL AND d.truth IS NULL) THEN NULL
      ELSE any_value(coalesce(t.truth::INT, -1)) = 1 END AS truth,
    bool_or(coalesce(d.truth, false)) AS is_below, any_value(coalesce(t.truth::INT, -1)) AS own
  FROM territory_truth t
  LEFT JOIN above b ON b.top = t.territory AND b.steps > 0
  LEFT JOIN territory_truth d ON d.account = t.account AND d.territory = b.id
    AND (d.truth OR d.truth IS NULL)
  WHERE t.truth OR t.truth IS NULL
  GROUP BY t.account, t.territory)
WHERE NOT is_below;
UPDATE lowest SET truth = NULL FROM territory_truth t
WHERE t.account = lowest.account AND t.territory = lowest.territory AND t.truth IS NULL;

CREATE TABLE manual AS
SELECT DISTINCT key(ObjectId) AS account, key(Territory2Id) AS territory
FROM source('ObjectTerritory2Association')
WHERE AssociationCause = 'Territory2Manual' AND key(Territory2Id) IN (SELECT id FROM territory)
  AND key(ObjectId) IN (SELECT account FROM cell);
CREATE TABLE excluded AS
SELECT key(ObjectId) AS account, key(Territory2Id) AS territory
FROM source('Territory2ObjectExclusion');

SELECT account, name, how FROM (
  SELECT account, territory, 'manual' AS how FROM manual
  UNION ALL
  SELECT account, territory, CASE WHEN truth THEN 'rule' ELSE 'undecided' END
  FROM lowest
  WHERE (account, territory) NOT IN (FROM manual) AND (account, territory) NOT IN (FROM excluded))
JOIN territory ON territory.id = territory
ORDER BY account, name;
