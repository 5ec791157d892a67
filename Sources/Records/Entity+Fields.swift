extension Entity {
  /// The known fields; an export may hold more, which expressions reach by their own names.
  public var fields: [Field] {
    switch self {
    case .organization:
      [
        Field("Id", .id), Field("Name", .text), Field("FiscalYearStartMonth", .decimal),
        Field("UsesStartDateAsFiscalYearName", .flag), Field("TimeZoneSidKey", .category),
        Field("DefaultLocaleSidKey", .category),
      ]
    case .period:
      [
        Field("Id", .id), Field("Type", .category, required: true),
        Field("StartDate", .date, required: true), Field("EndDate", .date, required: true),
        Field("FullyQualifiedLabel", .text),
      ]
    case .recordType:
      [
        Field("Id", .id, required: true), Field("Name", .category),
        Field("DeveloperName", .category), Field("SobjectType", .category),
      ]
    case .userRole:
      [
        Field("Id", .id, required: true), Field("Name", .text), Field("DeveloperName", .text),
        Field("ParentRoleId", .reference(.userRole)),
      ]
    case .user:
      [
        Field("Id", .id, required: true), Field("Name", .text), Field("Email", .text),
        Field("ManagerId", .reference(.user)), Field("IsActive", .flag), Field("Title", .text),
        Field("UserRoleId", .reference(.userRole)),
      ]
    case .currencyType:
      [
        Field("Id", .id), Field("IsoCode", .category, required: true),
        Field("ConversionRate", .rate, required: true), Field("DecimalPlaces", .decimal),
        Field("IsCorporate", .flag), Field("IsActive", .flag),
      ]
    case .datedRate:
      [
        Field("Id", .id), Field("IsoCode", .category, required: true),
        Field("ConversionRate", .rate, required: true), Field("StartDate", .date, required: true),
        Field("NextStartDate", .date),
      ]
    case .stage:
      [
        Field("Id", .id), Field("ApiName", .category), Field("MasterLabel", .category),
        Field("IsClosed", .flag, required: true), Field("IsWon", .flag, required: true),
        Field("DefaultProbability", .decimal), Field("SortOrder", .decimal),
      ]
    case .territoryModel:
      [
        Field("Id", .id, required: true), Field("Name", .text), Field("State", .category),
        Field("LastRunRulesEndDate", .datetime),
      ]
    case .territoryType:
      [
        Field("Id", .id, required: true), Field("MasterLabel", .text),
        Field("DeveloperName", .text), Field("Priority", .decimal),
      ]
    case .territory:
      [
        Field("Id", .id, required: true), Field("Name", .text), Field("DeveloperName", .text),
        Field("ParentTerritory2Id", .reference(.territory)),
        Field("Territory2ModelId", .reference(.territoryModel)),
        Field("Territory2TypeId", .reference(.territoryType)),
        Field("ForecastUserId", .reference(.user)),
      ]
    case .account:
      [
        Field("Id", .id, required: true), Field("Name", .text),
        Field("ParentId", .reference(.account)), Field("OwnerId", .reference(.user)),
        Field("MasterRecordId", .category), Field("Type", .category),
        Field("Industry", .category), Field("BillingCountry", .category),
        Field("BillingState", .category), Field("BillingCity", .category),
        Field("AnnualRevenue", .decimal), Field("NumberOfEmployees", .decimal),
        Field("CurrencyIsoCode", .category), Field("CreatedDate", .datetime),
        Field("LastActivityDate", .date), Field("IsPersonAccount", .flag),
        Field("IsDeleted", .flag), Field("BillingStreet", .text),
        Field("BillingPostalCode", .category), Field("ShippingCountry", .category),
        Field("ShippingState", .category), Field("ShippingCity", .category),
        Field("ShippingStreet", .text), Field("ShippingPostalCode", .category),
        Field("BillingCountryCode", .category), Field("BillingStateCode", .category),
        Field("ShippingCountryCode", .category), Field("ShippingStateCode", .category),
        Field("Website", .text), Field("Phone", .text), Field("DunsNumber", .text),
        // As Salesforce names them at D&B companies.
        Field("ParentOrHqDunsNumber", .text), Field("GlobalUltimateDunsNumber", .text),
        Field("RecordTypeId", .reference(.recordType)),
        Field("PersonContactId", .reference(.contact)), Field("SystemModstamp", .datetime),
      ]
    case .product:
      [
        Field("Id", .id, required: true), Field("Name", .text), Field("Family", .category),
        Field("IsActive", .flag),
      ]
    case .opportunity:
      [
        Field("Id", .id, required: true), Field("AccountId", .reference(.account)),
        Field("Name", .text), Field("OwnerId", .reference(.user)),
        Field("Territory2Id", .reference(.territory)),
        Field("StageName", .category, required: true), Field("Amount", .decimal, essential: true),
        Field("Probability", .decimal), Field("CloseDate", .date, required: true),
        Field("CreatedDate", .datetime), Field("Type", .category),
        Field("LeadSource", .category), Field("LossReason", .category),
        Field("IsClosed", .flag), Field("IsWon", .flag),
        Field("ForecastCategory", .category), Field("ForecastCategoryName", .category),
        Field("LastActivityDate", .date), Field("IsExcludedFromTerritory2Filter", .flag),
        Field("CurrencyIsoCode", .category), Field("IsDeleted", .flag),
        Field("NextStep", .text), Field("LastModifiedDate", .datetime),
        Field("RecordTypeId", .reference(.recordType)),
      ]
    case .opportunityHistory:
      [
        Field("Id", .id), Field("OpportunityId", .reference(.opportunity), required: true),
        Field("DeletedOpportunityId", .reference(.deletedOpportunity), shared: "OpportunityId"),
        Field("StageName", .category), Field("CreatedDate", .instant, essential: true),
        Field("Amount", .decimal), Field("Probability", .decimal), Field("CloseDate", .date),
        Field("ForecastCategory", .category), Field("IsDeleted", .flag),
      ]
    case .lineItem:
      [
        Field("Id", .id), Field("OpportunityId", .reference(.opportunity), required: true),
        Field("Product2Id", .reference(.product), required: true), Field("Quantity", .decimal),
        Field("UnitPrice", .decimal), Field("TotalPrice", .decimal), Field("ServiceDate", .date),
        Field("IsDeleted", .flag),
      ]
    case .accountTerritory:
      [
        Field("Id", .id), Field("ObjectId", .reference(.account), required: true),
        Field("Territory2Id", .reference(.territory), required: true),
        Field("AssociationCause", .category), Field("CreatedDate", .datetime),
        Field("LastModifiedDate", .datetime), Field("IsDeleted", .flag),
      ]
    case .userTerritory:
      [
        Field("Id", .id), Field("UserId", .reference(.user), required: true),
        Field("Territory2Id", .reference(.territory), required: true),
        Field("IsActive", .flag), Field("RoleInTerritory2", .category),
      ]
    case .quota:
      [
        Field("Id", .id), Field("QuotaOwnerId", .reference(.user)),
        Field("Territory2Id", .reference(.territory)),
        Field("StartDate", .date, required: true), Field("QuotaAmount", .decimal, required: true),
        Field("ForecastingTypeId", .category), Field("CurrencyIsoCode", .category),
      ]
    case .contract:
      [
        Field("Id", .id), Field("AccountId", .reference(.account), required: true),
        Field("StartDate", .date, essential: true), Field("EndDate", .date, essential: true),
        Field("Status", .category),
        Field("MonthlyValue__c", .decimal, essential: true), Field("CurrencyIsoCode", .category),
        Field("IsDeleted", .flag),
      ]
    default: moreFields
    }
  }

  /// The known field of a name, without regard to case.
  public func field(named name: String) -> Field? {
    fields.first { $0.name.lowercased() == name.lowercased() }
  }
}
