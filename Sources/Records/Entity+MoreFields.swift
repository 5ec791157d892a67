extension Entity {
  /// The fields of the entities that the standard tables do not need.
  var moreFields: [Field] {
    switch self {
    case .contact:
      [
        Field("Id", .id, required: true), Field("AccountId", .reference(.account)),
        Field("Name", .text), Field("Email", .text), Field("Title", .text),
        Field("OwnerId", .reference(.user)), Field("CreatedDate", .datetime),
        Field("IsPersonAccount", .flag), Field("IsDeleted", .flag),
      ]
    case .lead:
      [
        Field("Id", .id, required: true), Field("Name", .text), Field("Company", .text),
        Field("Email", .text), Field("Website", .text), Field("Phone", .text),
        Field("PostalCode", .category), Field("State", .category), Field("Country", .category),
        Field("City", .category), Field("Industry", .category),
        Field("NumberOfEmployees", .decimal), Field("AnnualRevenue", .decimal),
        Field("Status", .category), Field("LeadSource", .category),
        Field("OwnerId", .reference(.user)),
        // The owner may be a queue, which is no user: this is the Id of either.
        Field("OwnerKey", .category, shared: "OwnerId"), Field("IsConverted", .flag),
        Field("ConvertedDate", .date), Field("ConvertedAccountId", .reference(.account)),
        Field("ConvertedOpportunityId", .reference(.opportunity)),
        Field("CreatedDate", .datetime), Field("IsDeleted", .flag),
      ]
    case .task:
      [
        Field("Id", .id, required: true),
        Field("WhatId", .reference(.opportunity), shared: "WhatId"),
        Field("WhatAccountId", .reference(.account), shared: "WhatId"),
        Field("AccountId", .reference(.account)), Field("OwnerId", .reference(.user)),
        Field("ActivityDate", .date, essential: true), Field("Type", .category),
        Field("Status", .category), Field("IsClosed", .flag), Field("IsDeleted", .flag),
      ]
    case .event:
      [
        Field("Id", .id, required: true),
        Field("WhatId", .reference(.opportunity), shared: "WhatId"),
        Field("WhatAccountId", .reference(.account), shared: "WhatId"),
        Field("AccountId", .reference(.account)), Field("OwnerId", .reference(.user)),
        Field("ActivityDate", .date, essential: true), Field("ActivityDateTime", .datetime),
        Field("Type", .category), Field("IsClosed", .flag), Field("IsDeleted", .flag),
      ]
    case .opportunityFieldHistory:
      [
        Field("Id", .id), Field("OpportunityId", .reference(.opportunity), required: true),
        Field("DeletedOpportunityId", .reference(.deletedOpportunity), shared: "OpportunityId"),
        Field("Field", .category, required: true), Field("OldValue", .text),
        Field("NewValue", .text), Field("CreatedDate", .instant, essential: true),
        Field("IsDeleted", .flag),
      ]
    case .splitType:
      [
        Field("Id", .id, required: true), Field("MasterLabel", .category),
        Field("DeveloperName", .category), Field("SplitField", .category),
        Field("IsTotalValidated", .flag), Field("IsActive", .flag),
      ]
    case .split:
      [
        Field("Id", .id), Field("OpportunityId", .reference(.opportunity), required: true),
        Field("SplitOwnerId", .reference(.user), required: true),
        Field("SplitTypeId", .reference(.splitType)), Field("SplitPercentage", .decimal),
        Field("SplitAmount", .decimal), Field("CurrencyIsoCode", .category),
        Field("IsDeleted", .flag),
      ]
    case .assignmentRule:
      [
        Field("Id", .id, required: true), Field("MasterLabel", .text),
        Field("DeveloperName", .text), Field("ObjectType", .category),
        Field("IsActive", .flag), Field("BooleanFilter", .text),
        Field("Territory2ModelId", .reference(.territoryModel)),
        Field("LastModifiedDate", .datetime),
      ]
    case .assignmentRuleItem:
      [
        Field("Id", .id), Field("RuleId", .reference(.assignmentRule), required: true),
        Field("SortOrder", .decimal), Field("Field", .category, required: true),
        Field("Operation", .category, required: true), Field("Value", .text),
        Field("LastModifiedDate", .datetime),
      ]
    case .ruleTerritory:
      [
        Field("Id", .id), Field("RuleId", .reference(.assignmentRule), required: true),
        Field("TerritoryId", .reference(.territory), required: true),
        Field("IsInherited", .flag),
      ]
    case .territoryExclusion:
      [
        Field("Id", .id), Field("ObjectId", .reference(.account), required: true),
        Field("Territory2Id", .reference(.territory), required: true),
        Field("IsDeleted", .flag),
      ]
    case .revenueMovement, .familyRevenueMovement:
      [
        Field("AccountId", .reference(.account)), Field("Month", .date), Field("Kind", .category),
        Field("Opening", .decimal), Field("Closing", .decimal), Field("YearOpening", .decimal),
        Field("Renewing", .decimal), Field("Due", .decimal), Field("Renewed", .decimal),
      ]
    case .cost:
      [
        Field("Month", .date), Field("Amount", .decimal), Field("CurrencyIsoCode", .category),
        Field("Category", .category), Field("Segment", .category),
      ]
    case .dueDeal:
      [
        Field("OpportunityId", .reference(.opportunity)), Field("Quarter", .date),
        Field("Amount", .decimal), Field("Outcome", .category),
      ]
    case .deletedOpportunity:
      Entity.opportunity.fields + [Field("SystemModstamp", .datetime)]
    case .activity:
      [
        Field("Id", .id), Field("AccountId", .reference(.account)),
        Field("OpportunityId", .reference(.opportunity)), Field("OwnerId", .reference(.user)),
        Field("ActivityDate", .date), Field("Type", .category), Field("IsMeeting", .flag),
        Field("IsDone", .flag), Field("IsAhead", .flag),
      ]
    case .credit:
      [
        Field("Id", .id), Field("OpportunityId", .reference(.opportunity)),
        Field("OwnerId", .reference(.user)), Field("Value", .decimal), Field("IsOverlay", .flag),
        Field("SplitType", .category),
      ]
    default: []
    }
  }
}
