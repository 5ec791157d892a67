import Records

extension Fact {
  /// What the rows of the fact are made from.
  var needs: Needs {
    switch self {
    case .opportunities, .accounts, .lineItems, .quotas, .leads:
      return Needs(essential: [.records(entity)])
    case .activities: return Needs(essential: [.any([.records(.task), .records(.event)])])
    case .splits:
      return Needs(essential: [.records(.opportunity)], refining: [.records(.split)])
    case .revenueMovements, .familyRevenueMovements:
      let refining: [Need] =
        self == .familyRevenueMovements ? [.field(.account, "ParentId")] : []
      return Needs(
        essential: [
          .field(.contract, "MonthlyValue__c"), .field(.contract, "StartDate"),
          .field(.contract, "AccountId"),
        ], refining: [.field(.contract, "EndDate")] + refining)
    case .costs: return Needs(essential: [.records(.cost)])
    case .dueDeals:
      return Needs(
        essential: [
          .field(.opportunityHistory, "CloseDate"), .field(.opportunityHistory, "StageName"),
        ], refining: [.field(.opportunity, "CreatedDate")])
    }
  }

  /// The exported fields from which a derived fact is made; none for the others.
  func sources(_ settings: MetricSettings) -> [(Entity, String)] {
    switch self {
    case .opportunities, .accounts, .lineItems, .quotas, .leads: return []
    case .activities: return ActivityTable.sources
    case .splits:
      return SplitCredits.sources
        + FactResolver.sources(of: "value", entity: .opportunity, settings)
    case .costs: return FactResolver.rateSources
    case .dueDeals: return DueDeals.sources(settings)
    case .revenueMovements, .familyRevenueMovements:
      let contract = ["AccountId", "StartDate", "EndDate", "MonthlyValue__c", "CurrencyIsoCode"]
      var sources = contract.map { (Entity.contract, $0) } + FactResolver.rateSources
      sources += [(.contract, "IsDeleted"), (.account, "ParentId")]
      guard settings.renewalGrace > 0 else { return sources }
      return sources + FactResolver.sources(of: "class", entity: .opportunity, settings)
        + ["CreatedDate", "CloseDate", "IsClosed"].map { (.opportunity, $0) }
    }
  }
}
