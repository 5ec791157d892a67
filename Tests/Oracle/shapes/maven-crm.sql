-- The public data set `maven-crm` in the shape of a Salesforce export, so that the second oracle's
-- tables can be asked of it. Keys are names, dates American, revenue in millions; `GTXPro` is a slip
-- of the pen. A deal belongs to the office of its agent.
CREATE MACRO raw(name) AS TABLE
FROM read_csv(getvariable('input') || '/' || name || '.csv', all_varchar = true, header = true);
CREATE MACRO day(x) AS strftime(strptime(x, '%m/%d/%Y'), '%Y-%m-%d');

SET VARIABLE target = getvariable('output') || '/User.csv';
COPY (
  SELECT sales_agent AS Id, sales_agent AS Name, manager AS ManagerId FROM raw('sales_teams')
  UNION ALL
  SELECT DISTINCT manager, manager, NULL FROM raw('sales_teams')
) TO (getvariable('target'));
SET VARIABLE target = getvariable('output') || '/Territory2.csv';
COPY (SELECT DISTINCT regional_office AS Id, regional_office AS Name FROM raw('sales_teams'))
TO (getvariable('target'));
SET VARIABLE target = getvariable('output') || '/UserTerritory2Association.csv';
COPY (SELECT sales_agent AS UserId, regional_office AS Territory2Id FROM raw('sales_teams'))
TO (getvariable('target'));
SET VARIABLE target = getvariable('output') || '/Account.csv';
COPY (
  SELECT account AS Id, account AS Name, subsidiary_of AS ParentId,
    (revenue::DECIMAL(18, 6) * 1000000)::DECIMAL(18, 2)::VARCHAR AS AnnualRevenue,
    employees AS NumberOfEmployees
  FROM raw('accounts')
) TO (getvariable('target'));
SET VARIABLE target = getvariable('output') || '/Opportunity.csv';
COPY (
  SELECT opportunity_id AS Id, account AS AccountId, p.sales_agent AS OwnerId,
    regional_office AS Territory2Id, deal_stage AS StageName, close_value AS Amount,
    day(engage_date) AS CreatedDate, day(close_date) AS CloseDate,
    deal_stage IN ('Won', 'Lost') AS IsClosed, deal_stage = 'Won' AS IsWon
  FROM raw('sales_pipeline') p LEFT JOIN raw('sales_teams') t ON t.sales_agent = p.sales_agent
) TO (getvariable('target'));
SET VARIABLE target = getvariable('output') || '/OpportunityLineItem.csv';
COPY (
  SELECT opportunity_id AS OpportunityId,
    CASE product WHEN 'GTXPro' THEN 'GTX Pro' ELSE product END AS Product2Id
  FROM raw('sales_pipeline')
) TO (getvariable('target'));
