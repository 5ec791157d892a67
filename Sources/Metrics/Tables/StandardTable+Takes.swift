import Records

/// What a standard table reads besides the metrics of its queries.
struct TableTakes {
  var fields: [(entity: Entity, names: [String])] = []
  /// Paths as expressions write them, derived names included.
  var paths: [(entity: Entity, path: [String])] = []
  /// What is read only where the export holds leads.
  var fieldsWithLeads: [(entity: Entity, names: [String])] = []
  /// Conditions over accounts.
  var accountConditions: [ExpressionText] = []
}

extension StandardTable {
  /// What the table reads by itself; what every computation reads is not repeated.
  func takes(_ settings: MetricSettings) -> TableTakes {
    var takes = TableTakes()
    let coverage = settings.coverage
    func takeOpenDeals() {
      takes.fields.append((.opportunity, ["IsClosed"]))
      takes.paths.append((.opportunity, ["IsBooking"]))
    }
    func takeUsers(_ names: [CoverageSettings.Name]) {
      if !names.isEmpty { takes.fields.append((.user, ["Email"])) }
    }
    switch self {
    case .conflicts:
      takeOpenDeals()
      takeUsers(coverage.conflictExemptUsers)
      takes.fields += [
        (.user, ["IsActive"]),
        (.contract, ["AccountId", "StartDate", "EndDate", "MonthlyValue__c", "CurrencyIsoCode"]),
      ]
      takes.fieldsWithLeads = LeadAnswers.matchFields
      if !coverage.conflictExemptClasses.isEmpty { takes.paths.append((.opportunity, ["Class"])) }
      if !coverage.overlayTypes.isEmpty {
        takes.fields.append((.territoryType, ["MasterLabel", "DeveloperName"]))
      }
      if !coverage.conflictExemptRoles.isEmpty {
        takes.fields += [
          (.user, ["UserRoleId"]), (.userRole, ["Id", "Name", "DeveloperName"]),
        ]
      }
    case .splitFamilies: takeOpenDeals()
    case .neglectedAccounts:
      takeOpenDeals()
      takeUsers(coverage.neglectExemptUsers)
      takes.accountConditions = coverage.neglectRules.map(\.condition)
      takes.fields += [
        (.account, ["LastActivityDate", "CreatedDate"]),
        (.task, ["Id", "AccountId", "WhatId", "ActivityDate", "IsClosed", "IsDeleted"]),
        (.event, ["Id", "AccountId", "WhatId", "ActivityDate", "ActivityDateTime", "IsDeleted"]),
      ]
      if !coverage.neglectExemptTypes.isEmpty { takes.fields.append((.account, ["Type"])) }
    case .penetration, .concentration:
      takes.fields.append((.opportunity, ["IsWon"]))
      takes.paths.append((.opportunity, ["IsBooking"]))
      if self == .penetration {
        takes.fields.append((.lineItem, ["OpportunityId", "Product2Id", "IsDeleted"]))
      }
    case .accountValues:
      takeOpenDeals()
      takes.fields += [
        (.opportunity, ["IsWon"]), (.lineItem, ["OpportunityId", "Product2Id", "IsDeleted"]),
        (.contract, ["AccountId", "StartDate", "EndDate", "MonthlyValue__c", "CurrencyIsoCode"]),
        (.contact, ["Id", "AccountId", "IsDeleted"]),
        (.account, settings.accountValues.fields.values.map(\.name).sorted()),
      ]
      takes.paths += [
        (.opportunity, ["CycleDays"]), (.account, ["Revenue"]), (.account, ["LastActivity"]),
      ]
    case .leads: takes.fieldsWithLeads = LeadAnswers.matchFields + LeadAnswers.routeFields
    case .pipelineMovement: takes = PipelineMovementTable.takes(settings)
    default: break
    }
    return takes
  }
}
