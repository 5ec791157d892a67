import Records

extension ModelLibrary {
  /// What models and their rules are made of, and when rules ran: to be read with the export, besides
  /// the fields of accounts that rules compare.
  public static let fields: [Entity: Set<String>] = [
    .territoryModel: ["Name", "DeveloperName", "State", "LastRunRulesEndDate"],
    .territoryType: ["MasterLabel", "DeveloperName", "Priority"],
    .territory: [
      "Name", "DeveloperName", "ParentTerritory2Id", "Territory2ModelId", "Territory2TypeId",
      "ForecastUserId",
    ],
    .assignmentRule: [
      "MasterLabel", "DeveloperName", "ObjectType", "IsActive", "BooleanFilter",
      "Territory2ModelId", "LastModifiedDate",
    ],
    .assignmentRuleItem: [
      "RuleId", "SortOrder", "Field", "Operation", "Value", "LastModifiedDate",
    ],
    .ruleTerritory: ["RuleId", "TerritoryId", "IsInherited"],
    .accountTerritory: [
      "ObjectId", "Territory2Id", "AssociationCause", "CreatedDate", "LastModifiedDate",
    ],
    .territoryExclusion: ["ObjectId", "Territory2Id"],
    .userTerritory: ["UserId", "Territory2Id", "IsActive", "RoleInTerritory2"],
    .user: ["Name", "IsActive"],
    .account: ["Name", "SystemModstamp", "OwnerId"],
    .opportunity: ["AccountId", "Territory2Id", "IsExcludedFromTerritory2Filter"],
  ]
}
