-- The public data set `ravenstack-saas` in the shape of a Salesforce export: accounts, and their
-- subscriptions as contracts with a value a month. It has no deals, owners or territories. The churn
-- that its own flags and events tell is another notion: here a customer has churned when no
-- subscription is in force at the end of a month.
CREATE MACRO raw(name) AS TABLE
FROM read_csv(getvariable('input') || '/ravenstack_' || name || '.csv', all_varchar = true,
  header = true);

SET VARIABLE target = getvariable('output') || '/Account.csv';
COPY (
  SELECT account_id AS Id, account_name AS Name, signup_date AS CreatedDate FROM raw('accounts')
) TO (getvariable('target'));
SET VARIABLE target = getvariable('output') || '/Contract.csv';
COPY (
  SELECT subscription_id AS Id, account_id AS AccountId, start_date AS StartDate,
    end_date AS EndDate, mrr_amount AS MonthlyValue__c
  FROM raw('subscriptions')
) TO (getvariable('target'));
