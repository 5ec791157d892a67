-- The public data set `dbt-hubspot`, tables of a warehouse, in the shape of a Salesforce export. Its
-- deals have neither stage nor amount, so that all are open and worth nothing; no deal that it links
-- to a company is in it.
CREATE MACRO raw(name) AS TABLE
FROM read_csv(getvariable('input') || '/' || name || '_data.csv', all_varchar = true,
  header = true);

SET VARIABLE target = getvariable('output') || '/User.csv';
COPY (SELECT owner_id AS Id, first_name || ' ' || last_name AS Name FROM raw('owner'))
TO (getvariable('target'));
SET VARIABLE target = getvariable('output') || '/Account.csv';
COPY (
  SELECT id AS Id, is_deleted AS IsDeleted, property_name AS Name,
    property_annualrevenue AS AnnualRevenue, property_createdate AS CreatedDate
  FROM raw('company')
) TO (getvariable('target'));
SET VARIABLE target = getvariable('output') || '/Opportunity.csv';
COPY (
  SELECT d.deal_id AS Id, d.is_deleted AS IsDeleted, c.company_id AS AccountId,
    d.owner_id AS OwnerId, s.label AS StageName, coalesce(s.is_closed, 'false') AS IsClosed,
    coalesce(s.closed_won, 'false') AS IsWon, d.property_amount AS Amount,
    d.property_closedate AS CloseDate, d.property_createdate AS CreatedDate
  FROM raw('deal') d
  LEFT JOIN raw('deal_company') c ON c.deal_id = d.deal_id
  LEFT JOIN raw('deal_pipeline_stage') s ON s.stage_id = d.deal_pipeline_stage_id
) TO (getvariable('target'));
SET VARIABLE target = getvariable('output') || '/Contact.csv';
COPY (SELECT id AS Id, _fivetran_deleted AS IsDeleted FROM raw('contact'))
TO (getvariable('target'));
