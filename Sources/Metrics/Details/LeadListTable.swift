import Records

/// Detail table `lead-list`.
///
/// Grain: one row per open lead of the standard table `leads`, with names. Its state is `unrouted` where no
/// user owns it, `misrouted` where routing leads to somebody else, `in place` where to its owner, and
/// `undecided` where routing leads to nobody. Unrouted ones first, then the oldest.
struct LeadListTable: DetailTableMaker {
  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let leads = LeadsTable().table([], engine, scope)
    let records = engine.ledger.records
    func texts(_ name: String) -> [String?] {
      (0..<leads.rowCount).map { leads[name]?.text($0) }
    }
    let (owners, routed) = (texts("owner_id"), texts("routed_owner_id"))
    let users = names(of: records[.user], owners + routed)
    let accounts = names(of: records[.account], texts("matched_account_id"))
    let territories = names(of: records[.territory], texts("territory_id"))
    let ages = (0..<leads.rowCount).map { leads["age_days"]?.value($0)?.numerator }
    let states = owners.indices.map { row -> LeadState in
      guard let owner = owners[row], users[owner] != nil else { return .unrouted }
      guard let target = routed[row] else { return .undecided }
      return owner == target ? .inPlace : .misrouted
    }
    let order = owners.indices.sorted { left, right in
      if states[left] != states[right] { return states[left].rawValue < states[right].rawValue }
      let (one, other) = (ages[left] ?? -1, ages[right] ?? -1)
      return one != other ? one > other : left < right
    }
    func picked(_ name: String) -> [String?] {
      let all = texts(name)
      return order.map { all[$0] }
    }
    func named(_ ids: [String?], _ names: [String: String]) -> [String?] {
      ids.map { id in id.map { names[$0] ?? $0 } }
    }
    var table = TableColumns(engine.catalogue)
    table.id("lead_id", "Lead Id", .lead, picked("lead_id"))
    table.text("lead", "Lead", picked("company"))
    table.days(
      "age_days", "Age in days", order.map { ages[$0] }, "Days since the lead was created.")
    table.id("owner_id", "Owner Id", .user, picked("owner_id"))
    table.text("owner", "Owner or queue", named(picked("owner_id"), users))
    table.id("account_id", "Account Id", .account, picked("matched_account_id"))
    table.text("account", "Matched account", named(picked("matched_account_id"), accounts))
    table.text(
      "match_reason", "What is equal",
      picked("match_reason").map { $0?.replacing("+", with: " and ") })
    table.id("territory_id", "Territory Id", .territory, picked("territory_id"))
    table.text("territory", "Territory", named(picked("territory_id"), territories))
    table.id("routed_owner_id", "Owner by routing Id", .user, picked("routed_owner_id"))
    table.text("routed_owner", "Should go to", named(picked("routed_owner_id"), users))
    table.text("state", "State", order.map { states[$0].name })
    return MetricTable(
      name: DetailTable.leadList.rawValue, grain: DetailTable.leadList.grain,
      columns: table.columns, notes: leads.notes)
  }

  /// Names of records by their Ids, of those that are asked for.
  private func names(of table: Table, _ ids: [String?]) -> [String: String] {
    let wanted = Set(ids.compactMap { $0 })
    guard !wanted.isEmpty else { return [:] }
    var names: [String: String] = [:]
    let texts = table.texts("Name")
    for row in 0..<table.count {
      let id = table.id(row)
      if wanted.contains(id) { names[id] = texts[row] ?? id }
    }
    return names
  }
}

/// How a lead stands to where it should go.
private enum LeadState: Int {
  case unrouted, misrouted, undecided, inPlace

  var name: String {
    switch self {
    case .unrouted: "unrouted"
    case .misrouted: "misrouted"
    case .undecided: "undecided"
    case .inPlace: "in place"
    }
  }
}
