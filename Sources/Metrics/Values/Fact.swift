import Records

/// What happens or stands in the business and is measured.
///
/// Grain: one row per record of `entity`, as Intake kept it.
public enum Fact: String, CaseIterable, Hashable, Sendable {
  case opportunities
  case accounts
  case lineItems = "line_items"
  case quotas

  /// The entity whose records are the rows.
  public var entity: Entity {
    switch self {
    case .opportunities: .opportunity
    case .accounts: .account
    case .lineItems: .lineItem
    case .quotas: .quota
    }
  }

  /// What one row stands for.
  public var grain: String {
    switch self {
    case .opportunities: "a deal"
    case .accounts: "an account"
    case .lineItems: "a line of a deal"
    case .quotas: "a quota of one holder for one span of time"
    }
  }
}
