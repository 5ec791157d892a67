/// The kinds of record an export may hold, named as Salesforce's API names them.
///
/// Other CRMs are mapped onto these names by a preset or a mapping file, so that every later room
/// knows one vocabulary.
public enum Entity: String, CaseIterable, Hashable, Sendable, Comparable {
  case organization = "Organization"
  case period = "Period"
  case recordType = "RecordType"
  case userRole = "UserRole"
  case user = "User"
  case currencyType = "CurrencyType"
  case datedRate = "DatedConversionRate"
  case stage = "OpportunityStage"
  case territoryModel = "Territory2Model"
  case territoryType = "Territory2Type"
  case territory = "Territory2"
  case account = "Account"
  case product = "Product2"
  case opportunity = "Opportunity"
  case opportunityHistory = "OpportunityHistory"
  case lineItem = "OpportunityLineItem"
  case accountTerritory = "ObjectTerritory2Association"
  case userTerritory = "UserTerritory2Association"
  case quota = "ForecastingQuota"
  case contract = "Contract"
  case contact = "Contact"
  case lead = "Lead"
  case task = "Task"
  case event = "Event"
  case opportunityFieldHistory = "OpportunityFieldHistory"
  case splitType = "OpportunitySplitType"
  case split = "OpportunitySplit"
  case assignmentRule = "ObjectTerritory2AssignmentRule"
  case assignmentRuleItem = "ObjectTerritory2AssignmentRuleItem"
  case ruleTerritory = "RuleTerritory2Association"
  case territoryExclusion = "Territory2ObjectExclusion"
  /// The recurring revenue of an account in a month, made from subscriptions.
  case revenueMovement = "RevenueMovement"
  /// The recurring revenue of a family in a month, made from subscriptions.
  case familyRevenueMovement = "FamilyRevenueMovement"
  /// A row of the file of costs.
  case cost = "Cost"
  /// A deal in a fiscal quarter in which it was due, made from the history of deals.
  case dueDeal = "DueDeal"
  /// Deals that the organisation deleted and its export still holds, from the rows of Opportunity:
  /// what became of a pipeline has to name them, and every other figure leaves them out.
  case deletedOpportunity = "DeletedOpportunity"
  /// A task, an event or a row of the file of activities.
  case activity = "Activity"
  /// A share of a deal that a user is credited with.
  case credit = "Credit"

  /// The kinds that an export may hold; the others are made from them, or from the user's files.
  public static let exported = allCases.filter { $0 < .revenueMovement }

  /// Whether no export holds such records.
  public var isDerived: Bool { self >= .revenueMovement && self != .deletedOpportunity }

  /// Position in the order in which tables are loaded: what is referred to comes first.
  public var loadOrder: Int { Entity.allCases.firstIndex(of: self) ?? 0 }

  public static func < (left: Entity, right: Entity) -> Bool { left.loadOrder < right.loadOrder }
}
