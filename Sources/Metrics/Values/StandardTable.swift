import Records

/// The standard metric tables of METRICS §3, by the names of their files, in its order.
public enum StandardTable: String, CaseIterable, Hashable, Sendable {
  case territories
  case winRates = "win-rates"
  case families
  case unassignedAccounts = "unassigned-accounts"
  case recurringRevenue = "recurring-revenue"
  case salesCycles = "sales-cycles"
  case conflicts
  case splitFamilies = "split-families"
  case neglectedAccounts = "neglected-accounts"
  case balance
  case penetration
  case owners
  case pipelineMovement = "pipeline-movement"
  case concentration
  case accountValues = "account-values"
  case repFit = "rep-fit"
  case leads

  /// What one row stands for.
  public var grain: String {
    switch self {
    case .territories: "a territory of the active model, and what is in none"
    case .winRates: "a member of a dimension with a deal closed in the trailing four quarters"
    case .families: "a family"
    case .unassignedAccounts: "an account in no territory"
    case .recurringRevenue: "a month"
    case .salesCycles: "a territory with won deals"
    case .conflicts: "a conflict"
    case .splitFamilies: "a family of two accounts or more over several territories"
    case .neglectedAccounts: "an account owner"
    case .balance: "a measure"
    case .penetration: "a family of two accounts or more that bought something"
    case .owners: "a user who owns a deal or an account"
    case .pipelineMovement: "a territory and a step of the bridge"
    case .concentration: "a level: account or family"
    case .accountValues: "an account"
    case .repFit: "an owner, a deal band and a segment"
    case .leads: "an open lead"
    }
  }
}
