-- What `make bench` times against our reading: the columns that the standard tables need, read from
-- all files of a *core* export of `cadastre sample` into typed tables in memory, the way one writes
-- DuckDB for speed, rows in the order of their files as our records are. Nothing is joined, checked or
-- computed.

CREATE MACRO file(name) AS getvariable('input') || '/' || name || '.csv';

CREATE TEMP TABLE person AS
SELECT Id, Name, ManagerId
FROM read_csv(file('User'), header = true, quote = '"', escape = '"', all_varchar = true);

CREATE TEMP TABLE stage AS
SELECT ApiName, MasterLabel, IsClosed, IsWon
FROM read_csv(file('OpportunityStage'), header = true, quote = '"', escape = '"',
  types = {'ApiName': 'VARCHAR', 'MasterLabel': 'VARCHAR', 'IsClosed': 'BOOLEAN',
    'IsWon': 'BOOLEAN'});

CREATE TEMP TABLE territory_model AS
SELECT Id, Name, State
FROM read_csv(file('Territory2Model'), header = true, quote = '"', escape = '"',
  all_varchar = true);

CREATE TEMP TABLE territory_type AS
SELECT Id, Priority
FROM read_csv(file('Territory2Type'), header = true, quote = '"', escape = '"',
  types = {'Id': 'VARCHAR', 'Priority': 'DOUBLE'});

CREATE TEMP TABLE territory AS
SELECT Id, Name, DeveloperName, ParentTerritory2Id, Territory2ModelId, Territory2TypeId
FROM read_csv(file('Territory2'), header = true, quote = '"', escape = '"', all_varchar = true);

CREATE TEMP TABLE account AS
SELECT Id, IsDeleted, Name, ParentId, BillingCountry, Industry, AnnualRevenue, NumberOfEmployees,
  OwnerId, CreatedDate
FROM read_csv(file('Account'), header = true, quote = '"', escape = '"',
  types = {'Id': 'VARCHAR', 'IsDeleted': 'BOOLEAN', 'Name': 'VARCHAR', 'ParentId': 'VARCHAR',
    'BillingCity': 'VARCHAR', 'BillingState': 'VARCHAR', 'BillingPostalCode': 'VARCHAR',
    'BillingCountry': 'VARCHAR', 'Industry': 'VARCHAR', 'AnnualRevenue': 'DOUBLE',
    'NumberOfEmployees': 'BIGINT', 'OwnerId': 'VARCHAR', 'CreatedDate': 'TIMESTAMP'});

CREATE TEMP TABLE product AS
SELECT Id, Name
FROM read_csv(file('Product2'), header = true, quote = '"', escape = '"', all_varchar = true);

CREATE TEMP TABLE opportunity AS
SELECT Id, IsDeleted, AccountId, StageName, Amount, Probability, CloseDate::DATE AS CloseDate,
  CreatedDate, IsClosed, IsWon, OwnerId, Territory2Id
FROM read_csv(file('Opportunity'), header = true, quote = '"', escape = '"',
  types = {'Id': 'VARCHAR', 'IsDeleted': 'BOOLEAN', 'AccountId': 'VARCHAR',
    'StageName': 'VARCHAR', 'Amount': 'DOUBLE', 'Probability': 'DOUBLE',
    'CloseDate': 'TIMESTAMP', 'CreatedDate': 'TIMESTAMP', 'IsClosed': 'BOOLEAN',
    'IsWon': 'BOOLEAN', 'OwnerId': 'VARCHAR', 'Territory2Id': 'VARCHAR'});

CREATE TEMP TABLE line_item AS
SELECT OpportunityId, Product2Id
FROM read_csv(file('OpportunityLineItem'), header = true, quote = '"', escape = '"',
  types = {'OpportunityId': 'VARCHAR', 'Product2Id': 'VARCHAR'});

CREATE TEMP TABLE account_territory AS
SELECT ObjectId, Territory2Id
FROM read_csv(file('ObjectTerritory2Association'), header = true, quote = '"', escape = '"',
  all_varchar = true);

CREATE TEMP TABLE user_territory AS
SELECT UserId, Territory2Id, IsActive
FROM read_csv(file('UserTerritory2Association'), header = true, quote = '"', escape = '"',
  types = {'UserId': 'VARCHAR', 'Territory2Id': 'VARCHAR', 'IsActive': 'BOOLEAN'});

CREATE TEMP TABLE quota AS
SELECT QuotaOwnerId, Territory2Id, StartDate::DATE AS StartDate, QuotaAmount, ForecastingTypeId
FROM read_csv(file('ForecastingQuota'), header = true, quote = '"', escape = '"',
  types = {'QuotaOwnerId': 'VARCHAR', 'Territory2Id': 'VARCHAR', 'StartDate': 'TIMESTAMP',
    'QuotaAmount': 'DOUBLE', 'ForecastingTypeId': 'VARCHAR'});

CREATE TEMP TABLE contract AS
SELECT AccountId, StartDate::DATE AS StartDate, EndDate::DATE AS EndDate, MonthlyValue__c
FROM read_csv(file('Contract'), header = true, quote = '"', escape = '"',
  types = {'AccountId': 'VARCHAR', 'StartDate': 'TIMESTAMP', 'EndDate': 'TIMESTAMP',
    'MonthlyValue__c': 'DOUBLE'});
