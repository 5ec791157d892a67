import Records

/// What happens or stands in the business and is measured.
///
/// Grain: one row per record of `entity`, as Intake kept it.
public enum Fact: String, CaseIterable, Hashable, Sendable {
  case opportunities
  case accounts
  case lineItems = "line_items"
  case quotas
  /// Recurring revenue by account and month.
  case revenueMovements = "revenue_movements"
  /// Recurring revenue by family and month.
  case familyRevenueMovements = "family_revenue_movements"
  /// Cost of sales and marketing by month.
  case costs
  /// Deals in the fiscal quarters in which they were due.
  case dueDeals = "due_deals"
  /// Tasks, events and the user's file of activities.
  case activities
  case leads
  /// Who is credited with which part of a deal.
  case splits

  /// The entity whose records are the rows.
  public var entity: Entity {
    switch self {
    case .opportunities: .opportunity
    case .accounts: .account
    case .lineItems: .lineItem
    case .quotas: .quota
    case .revenueMovements: .revenueMovement
    case .familyRevenueMovements: .familyRevenueMovement
    case .costs: .cost
    case .dueDeals: .dueDeal
    case .activities: .activity
    case .leads: .lead
    case .splits: .credit
    }
  }

  /// What one row stands for.
  public var grain: String {
    switch self {
    case .opportunities: "a deal"
    case .accounts: "an account"
    case .lineItems: "a line of a deal"
    case .quotas: "a quota of one holder for one span of time"
    case .revenueMovements: "the recurring revenue of an account in a month"
    case .familyRevenueMovements: "the recurring revenue of a family in a month"
    case .costs: "a row of the file of costs"
    case .dueDeals: "a deal in a fiscal quarter in which it was due"
    case .activities: "a task, event or other activity"
    case .leads: "a lead"
    case .splits: "a share of a deal credited to a user"
    }
  }

  /// Whether its rows are of completed months, each dated by its last day.
  var isMonthly: Bool {
    switch self {
    case .revenueMovements, .familyRevenueMovements, .costs: true
    case .opportunities, .accounts, .lineItems, .quotas, .dueDeals, .activities, .leads, .splits:
      false
    }
  }

  /// Whether each row is about a deal, which says all that the row itself does not.
  var isOfDeals: Bool { self == .lineItems || self == .splits || self == .dueDeals }
}
