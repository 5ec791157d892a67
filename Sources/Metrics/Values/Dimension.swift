import Records

/// What figures are sliced by; each means the same for every fact that knows it.
public enum Dimension: String, CaseIterable, Hashable, Sendable {
  /// The territory of a deal; the territories of an account, which may be several.
  case territory
  /// The territory and all its ancestors: each member's figures include its descendants'.
  case territorySubtree = "territory_subtree"
  /// The present owner of the deal, account or lead; the holder of a quota; whom a split credits.
  case owner
  /// The owner of a deal when it closed, the present owner of an open one; the holder of a quota.
  case ownerAtClose = "owner_at_close"
  /// The territory of a deal when it closed, the present one of an open deal.
  case territoryAtClose = "territory_at_close"
  /// The owner and all managers above: each member's figures include those of everybody below.
  case ownerSubtree = "owner_subtree"
  /// The ultimate parent of the account.
  case family
  case account
  /// The band of the account's configured size field.
  case segment
  /// The account's billing country.
  case country
  /// The state or province of the account's billing address, in whatever country.
  case state
  /// The account's industry.
  case industry
  /// The type of the deal or activity; for the fact accounts, of the account.
  case type
  case leadSource = "lead_source"
  case lossReason = "loss_reason"
  case stage
  case forecastCategory = "forecast_category"
  /// The configured class of the deal.
  case dealClass = "class"
  /// The band of the deal's value.
  case dealBand = "deal_band"
  case product
  case productFamily = "product_family"
  /// The day of the measure's date.
  case day
  /// The week of the measure's date, from the configured day on, named by its first day.
  case week
  /// Calendar month of the measure's date.
  case month
  /// Fiscal quarter of the measure's date.
  case fiscalQuarter = "fiscal_quarter"
  /// Fiscal year of the measure's date.
  case fiscalYear = "fiscal_year"

  /// Whether members are spans of time, taken from the date of each measure.
  public var isTime: Bool {
    switch self {
    case .day, .week, .month, .fiscalQuarter, .fiscalYear: true
    default: false
    }
  }

  /// Whether members have an order that readers know, which no figure should upset.
  public var isOrdered: Bool { isTime || isOfBands || self == .forecastCategory }

  /// Whether members are bands of a size, from the smallest to the largest.
  public var isOfBands: Bool { self == .segment || self == .dealBand }

  /// Whether members are users, of whom each holds quotas of their own.
  var isOwner: Bool { self == .owner || self == .ownerSubtree || self == .ownerAtClose }

  /// Whether members are records, numbered alike for all facts and periods.
  var isOfRecords: Bool { entity != nil }

  /// The entity whose records are the members, for dimensions that have an Id column.
  public var entity: Entity? {
    switch self {
    case .territory, .territorySubtree, .territoryAtClose: .territory
    case .owner, .ownerSubtree, .ownerAtClose: .user
    case .family, .account: .account
    case .product: .product
    default: nil
    }
  }

  /// The facts that can be sliced by it.
  public var facts: Set<Fact> {
    switch self {
    case .month, .fiscalQuarter, .fiscalYear: Set(Fact.allCases)
    // A state that is known month by month is not known on a day.
    case .day, .week: Set(Fact.allCases.filter { !$0.isMonthly })
    case .territory, .territorySubtree: Set(Fact.allCases).subtracting([.costs, .leads])
    case .owner, .ownerSubtree: Set(Fact.allCases).subtracting([.costs])
    case .segment: Dimension.factsWithAccount.union([.costs])
    case .family, .account, .type: Dimension.factsWithAccount
    case .country, .state, .industry: Dimension.factsWithAccount.union([.leads])
    case .leadSource: [.opportunities, .lineItems, .dueDeals, .splits, .leads]
    case .lossReason, .stage, .forecastCategory, .dealClass, .dealBand:
      [.opportunities, .lineItems, .dueDeals, .splits]
    case .ownerAtClose: [.opportunities, .lineItems, .quotas]
    case .territoryAtClose: [.opportunities, .lineItems]
    case .product, .productFamily: [.lineItems]
    }
  }

  /// The facts whose rows have an account.
  private static let factsWithAccount: Set<Fact> = [
    .opportunities, .accounts, .lineItems, .dueDeals, .revenueMovements, .familyRevenueMovements,
    .activities, .splits,
  ]

  /// Heading for people.
  public var title: String {
    switch self {
    case .territory: "Territory"
    case .territorySubtree: "Territory with its descendants"
    case .owner: "Current owner"
    case .ownerSubtree: "Current owner with everybody below"
    case .ownerAtClose: "Owner at close"
    case .territoryAtClose: "Territory at close"
    case .family: "Family"
    case .account: "Account"
    case .segment: "Segment"
    case .country: "Country"
    case .state: "State"
    case .industry: "Industry"
    case .type: "Type"
    case .leadSource: "Lead source"
    case .lossReason: "Loss reason"
    case .stage: "Stage"
    case .forecastCategory: "Forecast category"
    case .dealClass: "Class"
    case .dealBand: "Deal band"
    case .product: "Product"
    case .productFamily: "Product family"
    case .day: "Day"
    case .week: "Week"
    case .month: "Month"
    case .fiscalQuarter: "Fiscal quarter"
    case .fiscalYear: "Fiscal year"
    }
  }
}

/// Names of the members that hold what is in no other, so that slices sum to the total.
public enum Remainder {
  /// In no territory of the active model.
  public static let unassigned = "(unassigned)"
  /// In a territory of another model.
  public static let formerTerritory = "(former territory)"
  /// The record refers to something that the export does not hold, or a size is not known.
  public static let unknown = "(unknown)"
  /// The record names nothing here.
  public static let none = "(none)"
  /// A deal that matches none of the configured classes.
  public static let unclassed = "(unclassed)"
  /// What a limit or a scope leaves unnamed.
  public static let other = "other"
}
