import Records

extension DetailTable {
  /// The standard table whose fields it reads too.
  fileprivate var kin: StandardTable? {
    switch self {
    case .pipelineBridge, .pipelineBridgeDeals: .pipelineMovement
    case .conflictKinds, .conflictList: .conflicts
    case .leadList: .leads
    case .unassignedList: .unassignedAccounts
    case .renewalsDue: .neglectedAccounts
    case .team: .owners
    }
  }

  /// What it reads besides.
  fileprivate var fields: [(entity: Entity, names: [String])] {
    let names: [(entity: Entity, names: [String])] = [
      (.opportunity, ["Name", "OwnerId"]), (.account, ["Name", "OwnerId"]), (.user, ["Name"]),
    ]
    let roles: (entity: Entity, names: [String]) = (.userTerritory, ["RoleInTerritory2"])
    switch self {
    case .pipelineBridge, .conflictKinds: return []
    case .pipelineBridgeDeals: return names
    case .conflictList:
      return names + [
        roles, (.territory, ["ForecastUserId"]), (.user, ["IsActive", "ManagerId"]),
        (.lead, ["Company"]),
      ]
    case .leadList: return names
    case .unassignedList: return [(.account, ["BillingCountry", "CreatedDate"])]
    case .renewalsDue:
      return names + [
        (
          .contract,
          ["Id", "AccountId", "StartDate", "EndDate", "MonthlyValue__c", "CurrencyIsoCode"]
        )
      ]
    case .team: return [roles]
    }
  }
}

extension RequiredFields {
  /// Adds what detail tables take.
  public mutating func add(_ tables: [DetailTable]) {
    add(tables.compactMap(\.kin))
    for table in tables {
      add(table.maker.queries(.company))
      for (entity, names) in table.fields { add(entity, names) }
      if table == .renewalsDue {
        add(path: ["Class"], of: .opportunity)
        for signal in settings.churnSignals { add(signal.condition, of: .account) }
      }
      if table == .unassignedList { add(path: ["Segment"], of: .account) }
    }
  }
}

extension NeedsFinder {
  /// What a detail table is made from, in parts.
  public func parts(of table: DetailTable) -> [Part] {
    switch table {
    case .conflictKinds, .conflictList: return parts(of: .conflicts)
    case .leadList: return parts(of: .leads)
    case .unassignedList: return parts(of: .unassignedAccounts)
    case .pipelineBridge, .pipelineBridgeDeals:
      return [
        Part(
          "movement", "the movement of the pipeline",
          Needs(
            essential: [.records(.opportunity), .field(.opportunity, settings.valueField)]))
      ]
    case .renewalsDue:
      return [
        Part(
          "renewals", "renewals",
          Fact.revenueMovements.needs.and(Needs(essential: [.field(.contract, "EndDate")])))
      ]
    case .team:
      let owner = Needs(
        essential: [.any([.records(.userTerritory), .field(.opportunity, "OwnerId")])],
        refining: [.field(.user, "Name")])
      let metrics = [
        "accounts", "won_amount", "won_count", "open_amount", "open_count", "win_rate_count",
      ]
      return [Part("owner", "names", owner)]
        + metrics.map { Part($0, title(of: $0), needs(of: $0, by: [.owner])) }
        + [
          Part("quota", title(of: "owner_quota"), needs(of: "owner_quota", by: [.owner])),
          Part("attainment", "attainment", needs(of: "owner_attainment", by: [.owner])),
        ]
    }
  }
}
