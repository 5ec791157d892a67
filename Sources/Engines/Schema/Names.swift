import Metrics
import Records

extension Fact {
  /// What one row is called in SQL.
  var alias: String {
    switch self {
    case .opportunities: "deal"
    case .accounts: "account"
    case .lineItems: "line"
    case .quotas: "quota"
    case .dueDeals: "due"
    case .activities: "activity"
    case .leads: "lead"
    case .splits: "credit"
    default: "movement"
    }
  }
}

extension Entity {
  /// The fact whose rows are the entity's records with what is derived for them.
  var fact: Fact? { Fact.allCases.first { $0.entity == self } }
}
