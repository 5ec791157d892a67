import Records

/// A feature of Salesforce that an organisation may lack, and with it objects and fields.
enum ExportFeature: String, CaseIterable {
  case multiCurrency = "MULTI_CURRENCY"
  case datedRates = "DATED_RATES"
  case territories = "TERRITORIES"
  case quotas = "QUOTAS"
  case territoryQuotas = "TERRITORY_QUOTAS"
  case personAccounts = "PERSON_ACCOUNTS"
  case splits = "SPLITS"
  case contractValue = "CONTRACT_VALUE"

  /// What people call it.
  var name: String {
    switch self {
    case .multiCurrency: "several currencies"
    case .datedRates: "dated exchange rates"
    case .territories: "Sales Territories"
    case .quotas: "forecasts with quotas"
    case .territoryQuotas: "forecasts by territory"
    case .personAccounts: "person accounts"
    case .splits: "opportunity splits"
    case .contractValue: "the custom field MonthlyValue__c"
    }
  }

  /// A field that only organisations with the feature have.
  var probe: (entity: Entity, field: String) {
    switch self {
    case .multiCurrency: (.opportunity, "CurrencyIsoCode")
    case .datedRates: (.datedRate, "StartDate")
    case .territories: (.opportunity, "Territory2Id")
    case .quotas: (.quota, "QuotaAmount")
    case .territoryQuotas: (.quota, "Territory2Id")
    case .personAccounts: (.account, "IsPersonAccount")
    case .splits: (.split, "SplitPercentage")
    case .contractValue: (.contract, "MonthlyValue__c")
    }
  }

  /// The feature without which an organisation lacks an object.
  init?(of entity: Entity) {
    switch entity {
    case .currencyType: self = .multiCurrency
    case .datedRate: self = .datedRates
    case .territoryModel, .territoryType, .territory, .accountTerritory, .userTerritory,
      .assignmentRule, .assignmentRuleItem, .ruleTerritory, .territoryExclusion:
      self = .territories
    case .quota: self = .quotas
    case .splitType, .split: self = .splits
    default: return nil
    }
  }

  /// The feature without which an organisation lacks a field of an object that it has.
  init?(of field: String, in entity: Entity) {
    switch (entity, field) {
    case (_, "CurrencyIsoCode"): self = .multiCurrency
    case (.opportunity, "Territory2Id"), (.opportunity, "IsExcludedFromTerritory2Filter"):
      self = .territories
    case (.quota, "Territory2Id"): self = .territoryQuotas
    case (_, "IsPersonAccount"), (.account, "PersonContactId"): self = .personAccounts
    case (.contract, "MonthlyValue__c"): self = .contractValue
    default: return nil
    }
  }
}
