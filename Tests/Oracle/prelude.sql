-- The second oracle: METRICS.md in DuckDB's SQL, written from its text alone and read beside it.
-- This file cleans an export and holds what several tables need; each <table>.sql is one SELECT
-- with the columns, formats and order of METRICS §3. It prefers being seen to be right to speed.
--
-- Variables, set by scripts/oracle.sh:
--   input          a folder with one folder an object, 0.csv a header alone, 1.csv … the export's
--   exported       the objects of which the export has a file, and `Account.LastActivityDate` as that column
--   as_of          the day D
--   time_zone      of the organisation; instants are read as UTC and converted before a day is taken
--   fiscal_start   the month, 1 to 12, in which the fiscal year begins (its name is never printed)
--   record_only    true for `opportunity_territory: record`
--   text_keys      true where keys are those of another CRM and stand as they are
--   segment_field  NumberOfEmployees or AnnualRevenue
--   from_day, to_day   of the movement; null: the last complete week before D, from Monday to Sunday
--   bands          the lower limits of the segments above the first, such as '50,250,1000,5000'

SET TimeZone = 'UTC';

-- Reading ----------------------------------------------------------------------------------------

-- Rows with more or fewer fields than the header, or with text after a closing quote, are set
-- aside. An empty cell and #N/A are null.
CREATE MACRO source(object) AS TABLE
SELECT *, row_number() OVER () AS row
FROM read_csv(
  getvariable('input') || '/' || object || '/*.csv', union_by_name = true, header = true,
  all_varchar = true, delim = ',', quote = '"', escape = '"', strict_mode = true,
  ignore_errors = true, nullstr = ['', '#N/A']);

-- Ids are joined on their 15-character form; the all-zero Id is null.
CREATE MACRO key(x) AS
  CASE WHEN getvariable('text_keys') THEN x WHEN x LIKE '000000000000000%' THEN NULL WHEN length(x) = 18 THEN left(x, 15) ELSE x END;

-- Ids print in 18 characters: bit i of each check character says whether character i of its chunk
-- of five is an uppercase letter.
CREATE MACRO upper_bit(id, i) AS
  CASE WHEN substr(id, i, 1) BETWEEN 'A' AND 'Z' THEN 1 ELSE 0 END;
CREATE MACRO check_character(id, first) AS substr(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345',
  1 + upper_bit(id, first) + 2 * upper_bit(id, first + 1) + 4 * upper_bit(id, first + 2)
    + 8 * upper_bit(id, first + 3) + 16 * upper_bit(id, first + 4), 1);
CREATE MACRO printed_id(id) AS
  CASE WHEN NOT getvariable('text_keys') AND regexp_full_match(id, '[0-9A-Za-z]{15}')
    THEN id || check_character(id, 1) || check_character(id, 6) || check_character(id, 11)
    ELSE id END;

CREATE MACRO is_true(x) AS coalesce(lower(x) IN ('1', 'true', 'yes', 'y', 'on'), false);
CREATE MACRO is_false(x) AS coalesce(lower(x) IN ('0', 'false', 'no', 'n', 'off'), false);

-- A date field never shifts; an instant becomes a day of the configured time zone.
CREATE MACRO date_field(x) AS try_cast(left(x, 10) AS DATE);
CREATE MACRO local_day(x) AS
  CAST(timezone(getvariable('time_zone'), try_cast(x AS TIMESTAMPTZ)) AS DATE);

-- Custom fiscal years ----------------------------------------------------------------------------

-- Where Period has the year and quarter of D, they are these and not those of the months.
CREATE TEMP TABLE fiscal_span AS
SELECT Type AS type, date_field(StartDate) AS first_day,
  CAST(date_field(EndDate) + INTERVAL 1 DAY AS DATE) AS end_day
FROM source('Period') WHERE date_field(StartDate) <= date_field(EndDate);
SET VARIABLE year_end = coalesce((SELECT max(end_day) FROM fiscal_span
  WHERE type = 'Year' AND getvariable('d') >= first_day AND getvariable('d') < end_day),
  getvariable('year_end'));
SET VARIABLE year_start = coalesce((SELECT max(first_day) FROM fiscal_span
  WHERE type = 'Year' AND getvariable('d') >= first_day AND getvariable('d') < end_day),
  getvariable('year_start'));
SET VARIABLE quarter_end = coalesce((SELECT max(end_day) FROM fiscal_span
  WHERE type = 'Quarter' AND getvariable('d') >= first_day AND getvariable('d') < end_day),
  getvariable('quarter_end'));
SET VARIABLE quarter_start = coalesce((SELECT max(first_day) FROM fiscal_span
  WHERE type = 'Quarter' AND getvariable('d') >= first_day AND getvariable('d') < end_day),
  getvariable('quarter_start'));
SET VARIABLE window_start = coalesce((SELECT min(first_day) FROM (
  SELECT first_day FROM fiscal_span
  WHERE type = 'Quarter' AND first_day < getvariable('quarter_start')
  ORDER BY first_day DESC LIMIT 4) HAVING count(*) = 4), getvariable('window_start'));
SET VARIABLE window_end = getvariable('quarter_start');

-- Numbers ----------------------------------------------------------------------------------------

-- A decimal as an integer of 1/10,000, and of 1/10,000,000,000 for rates of exchange.
CREATE MACRO units(x) AS
  CAST(replace(CAST(try_cast(x AS DECIMAL(38, 4)) AS VARCHAR), '.', '') AS HUGEINT);
CREATE MACRO rate_units(x) AS
  CAST(replace(CAST(try_cast(x AS DECIMAL(38, 10)) AS VARCHAR), '.', '') AS HUGEINT);

-- Currency ---------------------------------------------------------------------------------------

CREATE TEMP TABLE currency AS
SELECT IsoCode AS iso, rate_units(ConversionRate) AS rate, try_cast(DecimalPlaces AS INTEGER)
  AS places, is_true(IsCorporate) AS corporate
FROM source('CurrencyType')
WHERE IsoCode IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY IsoCode ORDER BY row) = 1;

CREATE TEMP TABLE dated_rate AS
SELECT IsoCode AS iso, rate_units(ConversionRate) AS rate, date_field(StartDate) AS first_day,
  coalesce(date_field(NextStartDate), DATE '9999-12-31') AS end_day
FROM source('DatedConversionRate')
WHERE IsoCode IS NOT NULL AND rate_units(ConversionRate) > 0;

SET VARIABLE corporate = (SELECT min(iso) FROM currency WHERE corporate);
SET VARIABLE places = coalesce((SELECT min(places) FROM currency WHERE corporate), 2);
SET VARIABLE single_currency = (SELECT count(*) = 0 FROM currency);
SET VARIABLE has_dated_rates = (SELECT count(*) > 0 FROM dated_rate);

-- A row without a currency, or in the corporate one, needs no rate.
CREATE MACRO needs_rate(iso) AS
  NOT getvariable('single_currency') AND iso IS NOT NULL
  AND iso IS DISTINCT FROM getvariable('corporate');

-- Users ------------------------------------------------------------------------------------------

CREATE TEMP TABLE person AS
SELECT key(Id) AS id, Name AS name, key(ManagerId) AS manager, is_false(IsActive) AS inactive
FROM source('User')
WHERE key(Id) IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY key(Id) ORDER BY row) = 1;

-- A user whom records name and User does not hold keeps the Id; without User there are only Ids.
CREATE MACRO user_name(id, name) AS CASE WHEN id IS NOT NULL THEN
  coalesce(name, CASE WHEN exported('User') THEN '(unknown)' ELSE printed_id(id) END) END;

-- Accounts and their families --------------------------------------------------------------------

-- Of rows with one Id the first is kept; then deleted ones leave.
CREATE TEMP TABLE account_row AS
SELECT key(Id) AS id, key(MasterRecordId) AS master, is_true(IsDeleted) AS deleted, Name AS name,
  key(ParentId) AS parent, key(OwnerId) AS owner, CurrencyIsoCode AS iso,
  units(AnnualRevenue) AS revenue, try_cast(NumberOfEmployees AS DECIMAL(38, 4)) AS employees,
  local_day(CreatedDate) AS created, date_field(LastActivityDate) AS last_activity,
  is_true(IsPersonAccount) AS is_person, Website AS website, Phone AS phone,
  BillingPostalCode AS billing_code, ShippingPostalCode AS shipping_code,
  BillingCountry AS country
FROM source('Account')
WHERE key(Id) IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY key(Id) ORDER BY row) = 1;

-- A merged account stands for its master, whose own master may be another.
CREATE TEMP TABLE merged AS
WITH RECURSIVE step(id, master) AS (
  SELECT id, master FROM account_row WHERE master IS NOT NULL
  UNION
  SELECT step.id, next.master
  FROM step JOIN account_row next ON next.id = step.master WHERE next.master IS NOT NULL
)
SELECT step.id, min(step.master) AS master
FROM step JOIN account_row last ON last.id = step.master AND last.master IS NULL
GROUP BY step.id;

CREATE TEMP TABLE account_known AS
SELECT a.id, a.name, a.owner, a.employees, a.created, a.last_activity,
  coalesce(m.master, a.parent) AS parent,
  CASE WHEN NOT needs_rate(a.iso) THEN a.revenue
    -- A missing rate leaves the revenue out; the account itself stays.
    WHEN c.rate > 0 THEN divided(a.revenue * 10000000000, c.rate) END AS revenue
FROM account_row a
LEFT JOIN merged m ON m.id = a.parent
LEFT JOIN currency c ON c.iso = a.iso
WHERE NOT a.deleted AND a.master IS NULL;

-- A parent that is deleted or absent makes a root.
CREATE TEMP TABLE linked AS
SELECT a.id, p.id AS parent
FROM account_known a LEFT JOIN account_known p ON p.id = a.parent;

-- What no root reaches is on a cycle or below one.
CREATE TEMP TABLE stranded AS
WITH RECURSIVE reached(id) AS (
  SELECT id FROM linked WHERE parent IS NULL
  UNION ALL
  SELECT l.id FROM reached JOIN linked l ON l.parent = reached.id
)
SELECT id, parent FROM linked ANTI JOIN reached USING (id);

-- A cycle is cut above its smallest Id.
CREATE TEMP TABLE cut AS
WITH RECURSIVE above(id, ancestor) AS (
  SELECT id, parent FROM stranded
  UNION
  SELECT above.id, s.parent FROM above JOIN stranded s ON s.id = above.ancestor
)
SELECT id FROM above GROUP BY id
HAVING bool_or(ancestor = id) AND min(ancestor) = id;

CREATE TEMP TABLE member AS
WITH RECURSIVE tree(id, parent, root, depth) AS (
  SELECT id, NULL::VARCHAR, id, 0 FROM linked
  WHERE parent IS NULL OR id IN (SELECT id FROM cut)
  UNION ALL
  SELECT l.id, l.parent, tree.root, tree.depth + 1
  FROM tree JOIN linked l ON l.parent = tree.id
  WHERE l.id NOT IN (SELECT id FROM cut)
)
SELECT * FROM tree;

CREATE TEMP TABLE account AS
SELECT a.id, a.name, a.owner, a.revenue, a.employees, a.created, a.last_activity, m.parent, m.root,
  m.depth
FROM account_known a JOIN member m USING (id);

-- Territories of the active model ----------------------------------------------------------------

CREATE TEMP TABLE territory_row AS
SELECT key(t.Id) AS id, t.Name AS name, key(t.ParentTerritory2Id) AS parent,
  key(t.Territory2ModelId) AS model, key(t.Territory2TypeId) AS type
FROM source('Territory2') t
WHERE key(t.Id) IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY key(t.Id) ORDER BY t.row) = 1;

CREATE TEMP TABLE model AS
SELECT key(Id) AS id, State AS state FROM source('Territory2Model') WHERE key(Id) IS NOT NULL;

-- Without model rows, the territories of the one model there is.
CREATE TEMP TABLE active_territory AS
-- Without types, all are of one type; so are those of a type that the export does not hold.
SELECT t.* REPLACE (p.id AS type), coalesce(p.priority, 0) AS priority
FROM territory_row t
LEFT JOIN (SELECT key(Id) AS id, try_cast(Priority AS BIGINT) AS priority
  FROM source('Territory2Type')) p ON p.id = t.type
WHERE CASE
  WHEN (SELECT count(*) FROM model) > 0
    THEN t.model IN (SELECT id FROM model WHERE state = 'Active')
  ELSE (SELECT count(DISTINCT coalesce(model, '')) FROM territory_row) = 1 END;

-- The root of the tree is level 0.
CREATE TEMP TABLE territory AS
WITH RECURSIVE tree(id, level) AS (
  SELECT id, 0 FROM active_territory
  WHERE parent IS NULL OR parent NOT IN (SELECT id FROM active_territory)
  UNION ALL
  SELECT t.id, tree.level + 1 FROM tree JOIN active_territory t ON t.parent = tree.id
)
SELECT t.id, t.name, p.id AS parent, t.type, t.priority, tree.level
FROM active_territory t JOIN tree USING (id) LEFT JOIN active_territory p ON p.id = t.parent;

-- Grain: one row per territory and each of its ancestors, itself included.
CREATE TEMP TABLE lineage AS
WITH RECURSIVE up(id, ancestor) AS (
  SELECT id, id FROM territory
  UNION ALL
  SELECT up.id, t.parent FROM up JOIN territory t ON t.id = up.ancestor WHERE t.parent IS NOT NULL
)
SELECT * FROM up;

CREATE TEMP TABLE account_territory AS
SELECT DISTINCT a.id AS account, t.id AS territory, t.priority
FROM source('ObjectTerritory2Association') o
LEFT JOIN merged m ON m.id = key(o.ObjectId)
JOIN account a ON a.id = coalesce(m.master, key(o.ObjectId))
JOIN territory t ON t.id = key(o.Territory2Id)
WHERE NOT is_true(o.IsDeleted);

CREATE TEMP TABLE user_territory AS
SELECT DISTINCT key(u.UserId) AS person, t.id AS territory
FROM source('UserTerritory2Association') u
JOIN territory t ON t.id = key(u.Territory2Id)
WHERE NOT is_false(u.IsActive) AND key(u.UserId) IS NOT NULL;

-- The default rule: in one → that; in several → the highest type priority; tie → none.
CREATE TEMP TABLE default_territory AS
SELECT account, min(territory) AS territory
FROM (
  SELECT account, territory, priority = max(priority) OVER (PARTITION BY account) AS highest
  FROM account_territory)
WHERE highest GROUP BY account HAVING count(*) = 1;

-- Deals ------------------------------------------------------------------------------------------

CREATE TEMP TABLE stage AS
SELECT MasterLabel AS name, bool_or(is_true(IsClosed)) AS closed, bool_or(is_true(IsWon)) AS won
FROM source('OpportunityStage') WHERE MasterLabel IS NOT NULL GROUP BY MasterLabel;

CREATE TEMP TABLE opportunity_row AS
SELECT key(o.Id) AS id, is_true(o.IsDeleted) AS deleted, key(o.AccountId) AS account,
  o.Amount AS amount_text, units(o.Amount) AS amount, coalesce(units(o.Probability), 0)
  AS probability, o.CloseDate AS close_text, date_field(o.CloseDate) AS close,
  local_day(o.CreatedDate) AS created, o.StageName AS stage,
  -- Where the export does not say, the stage does.
  CASE WHEN o.IsClosed IS NULL THEN coalesce(s.closed, false) ELSE is_true(o.IsClosed) END
    AS closed,
  CASE WHEN o.IsWon IS NULL THEN coalesce(s.won, false) ELSE is_true(o.IsWon) END AS won,
  key(o.OwnerId) AS owner, key(o.Territory2Id) AS territory,
  is_true(o.IsExcludedFromTerritory2Filter) AS excluded, o.CurrencyIsoCode AS iso,
  local_day(coalesce(o.SystemModstamp, o.LastModifiedDate)) AS modified
FROM source('Opportunity') o LEFT JOIN stage s ON s.name = o.StageName
WHERE key(o.Id) IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY key(o.Id) ORDER BY o.row) = 1;

-- Grain: one row per deal that counts or, while it was not yet deleted, did. Dated rates where the
-- organisation has them, by close date; else the static rate.
CREATE TEMP TABLE rated AS
SELECT o.*,
  CASE WHEN NOT needs_rate(o.iso) THEN NULL
    WHEN getvariable('has_dated_rates') THEN (
      SELECT arg_max(r.rate, r.first_day) FROM dated_rate r
      WHERE r.iso = o.iso AND r.first_day <= o.close AND o.close < r.end_day)
    ELSE (SELECT min(c.rate) FROM currency c WHERE c.iso = o.iso) END AS rate
FROM opportunity_row o
-- A date or an amount that cannot be read sets the row aside.
WHERE (o.close_text IS NULL OR o.close IS NOT NULL)
  AND (o.amount_text IS NULL OR o.amount IS NOT NULL);

-- Grain: one row per deal that counts. A missing rate excludes the row; it never counts as 1.
CREATE TEMP TABLE deal AS
SELECT o.id, a.id AS account, o.owner, o.close, o.created, o.stage, o.closed, o.won, o.probability,
  CASE WHEN o.rate IS NULL THEN o.amount ELSE divided(o.amount * 10000000000, o.rate) END AS amount,
  CASE WHEN t.id IS NOT NULL THEN t.id
    WHEN o.territory IS NOT NULL THEN '(former territory)'
    WHEN getvariable('record_only') OR o.excluded THEN '(unassigned)'
    ELSE coalesce(d.territory, '(unassigned)') END AS territory,
  in_window(o.close) AS in_window, in_year(o.close) AS in_year
FROM rated o
LEFT JOIN merged m ON m.id = o.account
LEFT JOIN account a ON a.id = coalesce(m.master, o.account)
LEFT JOIN territory t ON t.id = o.territory
LEFT JOIN default_territory d ON d.account = a.id
WHERE NOT o.deleted AND (NOT needs_rate(o.iso) OR o.rate > 0);

-- Grain: one row per product sold on a won deal.
CREATE TEMP TABLE sold AS
SELECT DISTINCT d.id AS deal, d.account, d.owner, key(l.Product2Id) AS product
FROM source('OpportunityLineItem') l JOIN deal d ON d.id = key(l.OpportunityId)
WHERE d.won AND NOT is_true(l.IsDeleted) AND key(l.Product2Id) IS NOT NULL;

-- The cycle of a won deal ends at its last close: the last row of its history that entered a closed
-- stage (an amount changed after the close is no close). Without such a row the editable CloseDate
-- has to do. A negative cycle counts as 0.
CREATE TEMP TABLE cycle AS
WITH entry AS (
  SELECT key(OpportunityId) AS deal, StageName AS stage, local_day(CreatedDate) AS day,
    CreatedDate AS moment, key(Id) AS id,
    lag(StageName) OVER (PARTITION BY key(OpportunityId) ORDER BY CreatedDate, key(Id)) AS before
  FROM source('OpportunityHistory') WHERE NOT is_true(IsDeleted)
), closing AS (
  SELECT deal, arg_max(day, (moment, id)) AS day FROM entry
  WHERE stage IS DISTINCT FROM before AND stage IN (
    SELECT name FROM stage WHERE closed UNION SELECT stage FROM deal WHERE closed)
  GROUP BY deal
)
SELECT d.id AS deal, d.owner, d.territory,
  greatest(0, date_diff('day', d.created, coalesce(c.day, d.close))) AS days
FROM deal d LEFT JOIN closing c ON c.deal = d.id
WHERE d.won AND d.in_window AND d.created IS NOT NULL;

-- Subscriptions ----------------------------------------------------------------------------------

-- Grain: one row per contract that brings revenue from `first_day` to `last_day`, both included; no
-- last day: active until cancelled. Its value is of a month, at the static rate: at constant rates no
-- movement comes from an exchange rate. A contract without account, start or value tells no customer
-- what it pays from when, and is left out; so is one whose account left the export.
CREATE TEMP TABLE contract AS
SELECT a.id AS account, r.first_day, r.last_day,
  CASE WHEN NOT needs_rate(r.iso) THEN r.value ELSE divided(r.value * 10000000000, c.rate) END
    AS value
FROM (
  SELECT key(Id) AS id, key(AccountId) AS account, CurrencyIsoCode AS iso,
    date_field(StartDate) AS first_day, EndDate AS end_text,
    coalesce(date_field(EndDate), DATE '9999-12-31') AS last_day,
    units(MonthlyValue__c) AS value, is_true(IsDeleted) AS deleted
  FROM source('Contract')
  WHERE key(Id) IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY key(Id) ORDER BY row) = 1) r
LEFT JOIN merged m ON m.id = r.account
JOIN account a ON a.id = coalesce(m.master, r.account)
LEFT JOIN currency c ON c.iso = r.iso
WHERE NOT r.deleted AND r.first_day IS NOT NULL AND r.value IS NOT NULL
  AND (r.end_text IS NULL OR date_field(r.end_text) IS NOT NULL)
  AND (NOT needs_rate(r.iso) OR c.rate > 0);

-- Quotas -----------------------------------------------------------------------------------------

-- Grain: one row per quota that counts, at the static rate. Quotas of one forecasting type: where
-- there are several the one of most rows, then the first by name; a quota of none counts with it.
-- One whose currency has no rate has no amount, and a sum of such is none.
CREATE TEMP TABLE quota_row AS
SELECT key(QuotaOwnerId) AS owner, key(Territory2Id) AS territory,
  date_field(StartDate) AS day, ForecastingTypeId AS type,
  CASE WHEN NOT needs_rate(CurrencyIsoCode) THEN units(QuotaAmount)
    WHEN c.rate > 0 THEN divided(units(QuotaAmount) * 10000000000, c.rate) END AS amount
FROM source('ForecastingQuota') LEFT JOIN currency c ON c.iso = CurrencyIsoCode;

CREATE TEMP TABLE quota_counted AS
SELECT owner, territory, day, amount FROM quota_row
WHERE type IS NULL OR type = (
  SELECT type FROM quota_row WHERE type IS NOT NULL
  GROUP BY type ORDER BY count(*) DESC, type LIMIT 1);

-- Activities -------------------------------------------------------------------------------------

-- Grain: one row per account and day on which something was done: a closed task or an event of it or
-- of one of its deals. A task still open is a plan, and so is a date after D.
CREATE TEMP TABLE activity AS
SELECT DISTINCT a.id AS account, t.day
FROM (
  SELECT key(AccountId) AS account, key(WhatId) AS what, date_field(ActivityDate) AS day
  FROM source('Task') WHERE NOT is_true(IsDeleted) AND NOT is_false(IsClosed)
  UNION ALL
  SELECT key(AccountId), key(WhatId), date_field(ActivityDate)
  FROM source('Event') WHERE NOT is_true(IsDeleted)) t
-- Of a deal whose currency has no rate too: it counts nowhere, but somebody worked on it.
LEFT JOIN rated d ON d.id = t.what AND NOT d.deleted
LEFT JOIN merged m ON m.id = coalesce(t.account, d.account, t.what)
JOIN account a ON a.id = coalesce(m.master, t.account, d.account, t.what)
WHERE t.day <= getvariable('d');

-- Segments ---------------------------------------------------------------------------------------

CREATE TEMP TABLE band AS
WITH low AS (
  SELECT unnest([0] || list_transform(string_split(getvariable('bands'), ','), lambda x: x::BIGINT)) AS low
), span AS (SELECT low, lead(low) OVER (ORDER BY low) AS high FROM low)
SELECT low, high, low || coalesce('-' || (high - 1), '+') AS label FROM span;

CREATE TEMP TABLE segment AS
SELECT a.id AS account, coalesce(b.label, '(unknown)') AS segment
FROM (
  SELECT id, CASE getvariable('segment_field')
    WHEN 'NumberOfEmployees' THEN employees WHEN 'AnnualRevenue' THEN revenue / 10000 END AS size
  FROM account) a
LEFT JOIN band b ON b.low <= a.size AND (b.high IS NULL OR a.size < b.high);

-- Leads ------------------------------------------------------------------------------------------

-- METRICS §2, "Lead match", and docs/territories.md, "Leads": how names, domains, telephone numbers
-- and postcodes are brought to one form. What stands here are the forms that the exports of the
-- tests hold.

-- Latin, Greek and Cyrillic letters lose their marks; letters of other scripts keep theirs.
CREATE MACRO unmarked(x) AS CASE
  WHEN regexp_matches(x, '[^\p{Latin}\p{Greek}\p{Cyrillic}\p{Common}\p{Inherited}]') THEN x
  ELSE strip_accents(x) END;
CREATE MACRO spelt(x) AS replace(replace(replace(replace(replace(replace(
  lower(unmarked(x)), 'ß', 'ss'), 'ø', 'o'), 'æ', 'ae'), 'œ', 'oe'), 'ł', 'l'), 'đ', 'd');
CREATE MACRO folded(x) AS trim(regexp_replace(
  replace(regexp_replace(spelt(x), '[.''’‘`´״׳]', '', 'g'), '&', ' and '),
  '[^\p{L}\p{N}\p{M}]+', ' ', 'g'));

-- Without the article and the legal forms before it, and without those behind it with the word that
-- joins them ("Smith & Co"), as long as a word is left.
CREATE MACRO without_forms(x) AS regexp_replace(regexp_replace(regexp_replace(regexp_replace(
  folded(x),
  '^((the|pt|ooo|oao|zao|pao|ооо|оао|зао|пао|株|有) )+', ''),
  '(( (and|und|et|y|e|i|en|og|och))?'
  || '( (inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|lp|plc|pllc|pte|pty'
  || '|pvt|private|gmbh|mbh|ggmbh|ag|kg|kgaa|ohg|ug|gbr|ek|eg|sa|s a|sarl|sas|sasu|snc|sca|scop'
  || '|eurl|sprl|srl|spa|s p a|srls|sl|slu|sau|lda|ltda|sa de cv|sab de cv|s de rl de cv|bv|nv'
  || '|vof|cv|ab|publ|as|a s|asa|aps|oy|oyj|sp z oo|sp z o o|sp zoo|spolka z oo|sro|s r o|kft'
  || '|zrt|nyrt|doo|se|sti|ltd sti|kk|k k|jsc|ооо|оао|зао|пао|株|有|בעמ|लिमिटेड)))+$', ''),
  '^(株式会社|有限会社|合同会社) ?(.+)$', '\2'),
  '^(.+?) ?(株式会社|有限会社|合同会社|股份有限公司|有限公司)$', '\1');

-- Of a web or mail address the public suffix and the label before it; nobody is known by a domain
-- where everybody has mail.
CREATE MACRO host(x) AS
  regexp_extract(lower(x), '^(?:[a-z]+://)?(?:[^/@]*@)?([^/?#:,;\s]+)', 1);
CREATE MACRO registered(h) AS CASE
  WHEN regexp_matches(h, '\.(co|ac|org|com|net|or|ne)\.(uk|jp|au|nz|br|mx|in|za|kr|tr)$')
    THEN regexp_extract(h, '([^.]+\.[^.]+\.[^.]+)$', 1)
  ELSE regexp_extract(h, '([^.]+\.[^.]+)$', 1) END;
CREATE MACRO web_domain(x) AS CASE
  WHEN coalesce(registered(host(x)), '') = '' THEN NULL
  WHEN regexp_matches(registered(host(x)),
    '^(gmail\.com|web\.de|icloud\.com|aol\.com|(yahoo|hotmail|gmx|outlook|live)\..+)$') THEN NULL
  ELSE registered(host(x)) END;

-- The digits, the country's code first; an extension begins with a letter.
CREATE MACRO digits(x) AS regexp_replace(x, '[^0-9]', '', 'g');
CREATE MACRO unextended(x) AS regexp_replace(regexp_replace(x, '([0-9][^A-Za-z]*)[A-Za-z].*$', '\1'),
  '\(0\)', '');
CREATE MACRO calling_code(country) AS CASE country
  WHEN 'Germany' THEN '49' WHEN 'United States' THEN '1' WHEN 'France' THEN '33'
  WHEN 'United Kingdom' THEN '44' END;
CREATE MACRO phone_digits(x, country) AS CASE
  WHEN x LIKE '+%' THEN digits(unextended(x))
  WHEN x LIKE '00%' THEN substr(digits(unextended(x)), 3)
  WHEN calling_code(country) IS NOT NULL
    THEN calling_code(country) || ltrim(digits(unextended(x)), '0')
  ELSE 'n' || ltrim(digits(unextended(x)), '0') END;
CREATE MACRO phone_key(x, country) AS
  CASE WHEN length(ltrim(phone_digits(x, country), 'n')) BETWEEN 7 AND 15
    THEN phone_digits(x, country) END;

CREATE MACRO postcode(x) AS CASE
  WHEN regexp_full_match(x, '[0-9]{5}-[0-9]{4}') THEN left(x, 5)
  WHEN length(upper(regexp_replace(x, '[^A-Za-z0-9]', '', 'g'))) BETWEEN 3 AND 8
    THEN upper(regexp_replace(x, '[^A-Za-z0-9]', '', 'g')) END;

-- A boolean filter such as "(1 AND 2) OR 3" with T or F in place of each number, then its innermost
-- parts worked out until one letter is left. AND and OR do not stand beside each other unbracketed,
-- and no rule of the tests' exports has ten items.
CREATE MACRO numbered(filter, h) AS list_reduce(
  [upper(filter)] || ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  lambda x, n: replace(x, n, coalesce(h[n::INTEGER], 'F')));
CREATE MACRO smaller(x) AS regexp_replace(regexp_replace(regexp_replace(regexp_replace(
  regexp_replace(regexp_replace(regexp_replace(x,
  'NOT F', 'T', 'g'), 'NOT T', 'F', 'g'), 'T AND T', 'T', 'g'), 'F AND [TF]|T AND F', 'F', 'g'),
  'F OR F', 'F', 'g'), 'T OR [TF]|F OR T', 'T', 'g'), '\( *([TF]) *\)', '\1', 'g');
CREATE MACRO filter_holds(filter, h) AS
  smaller(smaller(smaller(smaller(smaller(smaller(numbered(filter, h))))))) = 'T';

-- Grain: one row per lead that is still worked at. An owner who is no user is a queue.
CREATE TEMP TABLE lead AS
SELECT l.id, l.company, l.owner, p.id AS person, l.created, without_forms(l.company) AS words,
  web_domain(l.mail) AS mail, web_domain(l.site) AS site, phone_key(l.phone, l.country) AS phone,
  postcode(l.code) AS code
FROM (
  SELECT key(Id) AS id, is_true(IsDeleted) AS deleted, is_true(IsConverted) AS converted,
    Company AS company, key(OwnerId) AS owner, local_day(CreatedDate) AS created, Email AS mail,
    Website AS site, Phone AS phone, Country AS country, PostalCode AS code, Status AS status
  FROM source('Lead') WHERE key(Id) IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY key(Id) ORDER BY row) = 1) l
LEFT JOIN person p ON p.id = l.owner
WHERE NOT l.deleted AND NOT l.converted
  AND coalesce(lower(l.status), '') NOT IN ('closed - not converted', 'unqualified');

CREATE TEMP TABLE company AS
SELECT a.id, a.owner, without_forms(a.name) AS words, web_domain(r.website) AS domain,
  phone_key(r.phone, r.country) AS phone, postcode(r.billing_code) AS billing,
  postcode(r.shipping_code) AS shipping, a.employees, a.created,
  a.id IN (SELECT d.account FROM rated d WHERE NOT d.deleted AND NOT d.closed) AS has_open,
  a.id IN (SELECT d.account FROM rated d WHERE NOT d.deleted AND d.won) AS is_customer
FROM account a JOIN account_row r USING (id)
WHERE NOT r.is_person AND without_forms(a.name) <> '';

-- Grain: one row per lead and account that matches it.
CREATE TEMP TABLE lead_candidate AS
WITH pair AS (
  SELECT l.id AS lead, c.id AS account FROM lead l
  JOIN company c ON replace(c.words, ' ', '') = replace(l.words, ' ', '')
  UNION
  SELECT l.id, c.id FROM lead l JOIN company c ON c.domain = l.mail
  UNION
  SELECT l.id, c.id FROM lead l JOIN company c ON c.domain = l.site
  UNION
  SELECT l.id, c.id FROM lead l JOIN company c ON c.phone = l.phone
  UNION
  SELECT l.id, c.id FROM lead l JOIN company c ON c.billing = l.code
  UNION
  SELECT l.id, c.id FROM lead l JOIN company c ON c.shipping = l.code
), compared AS (
  SELECT pair.lead, pair.account, l.words, c.words AS other,
    replace(l.words, ' ', '') = replace(c.words, ' ', '') AS is_equal,
    coalesce(c.domain = l.mail, false) OR coalesce(c.domain = l.site, false) AS by_domain,
    coalesce(c.phone = l.phone, false) AS by_phone,
    coalesce(c.billing = l.code, false) OR coalesce(c.shipping = l.code, false) AS by_code,
    least(strlen(l.words), strlen(c.words)) AS shorter,
    starts_with(l.words || ' ', c.words || ' ') OR starts_with(c.words || ' ', l.words || ' ')
      AS begins
  FROM pair JOIN lead l ON l.id = pair.lead JOIN company c ON c.id = pair.account
  WHERE l.words <> ''
)
SELECT lead, account, is_equal, by_domain, by_phone, by_code,
  CASE WHEN NOT is_equal THEN 2 WHEN by_domain OR by_phone OR by_code THEN 0 ELSE 1 END AS grade
FROM compared
WHERE is_equal OR begins AND shorter >= 4 AND (by_domain OR by_phone)
  -- One slip from five bytes on, two from ten.
  OR damerau_levenshtein(words, other) <= CASE WHEN shorter >= 10 THEN 2 WHEN shorter >= 5 THEN 1
    ELSE 0 END;

-- Grain: one row per lead with an account. Tie: open deal, customer, size, age, Id.
CREATE TEMP TABLE lead_match AS
SELECT c.lead, c.account, a.owner,
  CASE WHEN c.is_equal THEN 'name' ELSE 'near name' END
    || CASE WHEN c.by_domain THEN '+domain' ELSE '' END
    || CASE WHEN c.by_phone THEN '+phone' ELSE '' END
    || CASE WHEN c.by_code THEN '+postcode' ELSE '' END AS reason
FROM lead_candidate c JOIN company a ON a.id = c.account
QUALIFY row_number() OVER (PARTITION BY c.lead ORDER BY c.grade, a.has_open DESC,
  a.is_customer DESC, a.employees DESC NULLS LAST, a.created NULLS LAST, a.id) = 1;
