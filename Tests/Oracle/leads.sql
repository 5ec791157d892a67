-- METRICS §3, `leads`. Grain: one row per lead neither converted nor at a status that ends it.
-- Read so, by the defaults (nobody is in the owner's role of a territory, no file of people):
--   a matched lead goes to the account's territory by the default rule and to the account's owner, if
--   that one is an active user of the export; any other lead goes where the active model's rules put
--   an account with its fields, and to nobody.
-- Of the operations of rules these are read: equals and notEqual with a list, startsWith, contains, and the four of order.
WITH lead_cell AS (
  UNPIVOT (
    SELECT key(Id) AS lead, coalesce(Company, '') AS name, coalesce(Website, '') AS website,
      coalesce(Phone, '') AS phone, coalesce(State, '') AS billingstate,
      coalesce(City, '') AS billingcity, coalesce(PostalCode, '') AS billingpostalcode,
      coalesce(Country, '') AS billingcountry, coalesce(Industry, '') AS industry,
      coalesce(NumberOfEmployees, '') AS numberofemployees,
      coalesce(AnnualRevenue, '') AS annualrevenue
    FROM source('Lead'))
  ON COLUMNS(* EXCLUDE lead) INTO NAME field VALUE cell
), rule AS (
  SELECT key(Id) AS id, BooleanFilter AS filter FROM source('ObjectTerritory2AssignmentRule') WHERE NOT is_false(IsActive)
), item AS (
  SELECT key(RuleId) AS rule, try_cast(SortOrder AS INTEGER) AS position,
    lower(regexp_replace(Field, '^Account\.', '')) AS field, Operation AS operation,
    list_transform(string_split(lower(Value), ','), lambda x: trim(x)) AS list
  FROM source('ObjectTerritory2AssignmentRuleItem')
), judged AS (
  SELECT c.lead, i.rule, i.position, CASE i.operation
    WHEN 'equals' THEN list_contains(i.list, lower(c.cell))
    WHEN 'notEqual' THEN NOT list_contains(i.list, lower(c.cell))
    WHEN 'startsWith' THEN len(list_filter(i.list, lambda x: starts_with(lower(c.cell), x))) > 0
    WHEN 'contains' THEN len(list_filter(i.list, lambda x: contains(lower(c.cell), x))) > 0
    WHEN 'lessThan' THEN coalesce(try_cast(c.cell AS DOUBLE) < try_cast(i.list[1] AS DOUBLE), false)
    WHEN 'lessOrEqual'
      THEN coalesce(try_cast(c.cell AS DOUBLE) <= try_cast(i.list[1] AS DOUBLE), false)
    WHEN 'greaterThan'
      THEN coalesce(try_cast(c.cell AS DOUBLE) > try_cast(i.list[1] AS DOUBLE), false)
    WHEN 'greaterOrEqual'
      THEN coalesce(try_cast(c.cell AS DOUBLE) >= try_cast(i.list[1] AS DOUBLE), false) END AS holds
  FROM item i JOIN lead_cell c ON c.field = i.field
), ran AS (
  SELECT j.lead, j.rule, CASE WHEN any_value(r.filter) IS NULL THEN bool_and(j.holds)
    ELSE filter_holds(any_value(r.filter),
      list(CASE WHEN j.holds THEN 'T' ELSE 'F' END ORDER BY j.position)) END AS holds
  FROM judged j JOIN rule r ON r.id = j.rule GROUP BY j.lead, j.rule
), ruled AS (
  -- A rule marked so applies to the territories below too.
  SELECT DISTINCT l.id AS territory, r.id AS rule
  FROM source('RuleTerritory2Association') a JOIN rule r ON r.id = key(a.RuleId)
  JOIN lineage l ON l.ancestor = key(a.TerritoryId)
    AND (is_true(a.IsInherited) OR l.id = key(a.TerritoryId))
), matching AS (
  SELECT j.lead, u.territory FROM ruled u JOIN ran j ON j.rule = u.rule
  GROUP BY j.lead, u.territory HAVING bool_and(j.holds)
), lowest AS (
  SELECT m.lead, m.territory FROM matching m
  WHERE NOT EXISTS (SELECT 1 FROM matching o JOIN lineage l ON l.id = o.territory
    WHERE o.lead = m.lead AND l.ancestor = m.territory AND o.territory <> m.territory)
), lead_territory AS (
  SELECT lead, min(territory) AS territory FROM (
    SELECT w.lead, w.territory,
      t.priority = max(t.priority) OVER (PARTITION BY w.lead) AS highest
    FROM lowest w JOIN territory t ON t.id = w.territory)
  WHERE highest GROUP BY lead HAVING count(*) = 1
)
SELECT printed_id(l.id) AS lead_id, l.company, printed_id(m.account) AS matched_account_id,
  m.reason AS match_reason,
  printed_id(CASE WHEN m.lead IS NULL THEN r.territory ELSE d.territory END) AS territory_id,
  printed_id(l.owner) AS owner_id, 
  printed_id(CASE WHEN exported('User') THEN p.id ELSE m.owner END) AS routed_owner_id,
  CASE WHEN l.created IS NOT NULL
    THEN greatest(date_diff('day', l.created, getvariable('d')), 0) END AS age_days
FROM lead l
LEFT JOIN lead_match m ON m.lead = l.id
LEFT JOIN default_territory d ON d.account = m.account
LEFT JOIN person p ON p.id = m.owner AND NOT p.inactive
LEFT JOIN lead_territory r ON r.lead = l.id
ORDER BY lead_id
