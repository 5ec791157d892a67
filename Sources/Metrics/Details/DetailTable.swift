import Records

/// Tables for reports beside the standard ones: records by name, where those hold Ids and sums.
public enum DetailTable: String, CaseIterable, Hashable, Sendable {
  /// The movement of the pipeline of a whole scope, step by step.
  case pipelineBridge = "pipeline-bridge"
  /// The deals behind the steps.
  case pipelineBridgeDeals = "pipeline-bridge-deals"
  /// How many conflicts there are of each kind.
  case conflictKinds = "conflict-kinds"
  /// Conflicts with who decides.
  case conflictList = "conflict-list"
  /// Open leads with the account they belong to and where they should go.
  case leadList = "lead-list"
  /// Accounts in no territory, with how long and what they are worth.
  case unassignedList = "unassigned-list"
  /// Subscriptions that end within 90 days, with what speaks for losing them.
  case renewalsDue = "renewals-due"
  /// Who works in a scope, by role.
  case team

  /// Names of the columns, in their order.
  public var columnNames: [String] {
    switch self {
    case .pipelineBridge: ["step", "deals", "amount"]
    case .pipelineBridgeDeals:
      [
        "step", "opportunity_id", "opportunity", "account_id", "account", "owner_id", "owner",
        "close_date", "amount",
      ]
    case .conflictKinds: ["kind", "meaning", "conflicts", "amount"]
    case .conflictList:
      [
        "kind", "meaning", "subject_id", "subject", "account_id", "account", "owner_id", "owner",
        "territories", "amount", "decider_id", "decider",
      ]
    case .leadList:
      [
        "lead_id", "lead", "age_days", "owner_id", "owner", "account_id", "account",
        "match_reason", "territory_id", "territory", "routed_owner_id", "routed_owner", "state",
      ]
    case .unassignedList:
      [
        "account_id", "account", "country", "segment", "owner_id", "owner", "open_amount",
        "open_count", "days_unassigned", "owner_territory_id", "owner_territory",
      ]
    case .renewalsDue:
      [
        "contract_id", "account_id", "account", "owner_id", "owner", "end_date", "days_left",
        "annual_value", "renewal_id", "renewal", "signals",
      ]
    case .team:
      [
        "role", "owner_id", "owner", "territories", "accounts", "won_amount", "won_count",
        "open_amount", "open_count", "win_rate_count", "quota", "attainment",
      ]
    }
  }

  /// What one row stands for.
  var grain: String {
    switch self {
    case .pipelineBridge: "a step of the bridge"
    case .pipelineBridgeDeals: "a step of the bridge and a deal"
    case .conflictKinds: "a kind of conflict"
    case .conflictList: "a conflict"
    case .leadList: "an open lead"
    case .unassignedList: "an account in no territory"
    case .renewalsDue: "a subscription that ends within 90 days"
    case .team: "a user"
    }
  }
}

/// A detail table: the queries it needs, and how their answers become its rows.
protocol DetailTableMaker: Sendable {
  func queries(_ scope: Scope) -> [Query]
  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable
}

extension DetailTableMaker {
  func queries(_ scope: Scope) -> [Query] { [] }
}

extension DetailTable {
  var maker: any DetailTableMaker {
    switch self {
    case .pipelineBridge: BridgeTable(showsDeals: false)
    case .pipelineBridgeDeals: BridgeTable(showsDeals: true)
    case .conflictKinds: ConflictKindsTable()
    case .conflictList: ConflictListTable()
    case .leadList: LeadListTable()
    case .unassignedList: UnassignedListTable()
    case .renewalsDue: RenewalsDueTable()
    case .team: TeamTable()
    }
  }
}

extension LocalEngine {
  /// Makes detail tables, in the order asked.
  ///
  /// - Throws: Findings of severity error where the catalogue's own measures do not fit.
  public func detailTables(
    _ tables: [DetailTable], scope: Scope
  ) throws(FindingsError) -> [MetricTable] {
    var made: [MetricTable] = []
    for table in tables {
      let maker = table.maker
      if table == .pipelineBridge || table == .pipelineBridgeDeals {
        _ = try ledger.settings.movement.days(asOf: ledger.records.asOf)
      }
      made.append(maker.table(try answers(maker.queries(scope), for: scope), self, scope))
    }
    if let error = findings.entries.first(where: { $0.first.severity == .error }) {
      throw FindingsError([error.first])
    }
    return made
  }
}
