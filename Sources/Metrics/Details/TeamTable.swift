import Records

/// Detail table `team`.
///
/// Grain: one row per user who is an active member of a territory of the scope, or owns an account or
/// a deal of it. Roles are those in the scope's territories. Won deals and quota are of the fiscal
/// year of D, the win rate of the trailing four quarters. By role, those without one last; then what
/// was won, the most first; then by Id.
struct TeamTable: DetailTableMaker {
  func queries(_ scope: Scope) -> [Query] {
    [
      Query(
        metrics: ["accounts", "deals", "open_amount", "open_count"], by: [.owner], scope: scope),
      Query(
        metrics: ["won_amount", "won_count", "owner_quota", "owner_attainment"], by: [.owner],
        period: .fiscalYear(offset: 0), scope: scope),
      Query(
        metrics: ["win_rate_count"], by: [.owner], period: .trailingFourQuarters, scope: scope),
    ]
  }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let (all, year, window) = (answers[0], answers[1], answers[2])
    let ledger = engine.ledger
    let users = ledger.records[.user]
    let places = places(engine, scope)
    let (accounts, deals) = (all.amounts("accounts"), all.amounts("deals"))
    let won = year.amounts("won_amount")
    let ranks = users.keys?.ranks()
    let rows = (0..<users.count).filter { accounts[$0] != 0 || deals[$0] != 0 || places[$0] != nil }
      .sorted { left, right in
        let (one, other) = (places[left]?.role ?? "\u{10FFFF}", places[right]?.role ?? "\u{10FFFF}")
        if one != other { return one.utf8.lexicographicallyPrecedes(other.utf8) }
        if won[left] != won[right] { return won[left] > won[right] }
        return (ranks?[left] ?? Int32(left)) < (ranks?[right] ?? Int32(right))
      }
    var table = TableColumns(engine.catalogue)
    table.text("role", "Role", rows.map { places[$0]?.role ?? "(no role here)" })
    table.records("owner", "Name", of: users, at: rows.map(Int32.init))
    table.text("territories", "Territories", rows.map { places[$0]?.territories })
    table.metric("accounts", "accounts", of: all, at: rows)
    table.metric("won_amount", "won_amount", of: year, at: rows)
    table.metric("won_count", "won_count", of: year, at: rows)
    table.metric("open_amount", "open_amount", of: all, at: rows)
    table.metric("open_count", "open_count", of: all, at: rows)
    table.metric("win_rate_count", "win_rate_count", of: window, at: rows)
    table.metric("quota", "owner_quota", of: year, at: rows)
    table.metric("attainment", "owner_attainment", of: year, at: rows)
    return MetricTable(
      name: DetailTable.team.rawValue, grain: DetailTable.team.grain, columns: table.columns)
  }

  /// For each user who is a member of the scope's territories the roles there and the territories.
  private func places(
    _ engine: LocalEngine, _ scope: Scope
  ) -> [Int: (role: String?, territories: String)] {
    let assignment = engine.ledger.assignment
    guard let model = assignment.model else { return [:] }
    var territories = Array(0..<model.count)
    if scope != .company {
      guard let inside = engine.scopes.territories(scope) else { return [:] }
      territories = territories.filter { inside[$0] == 1 }
    }
    var roles: [Int: Set<String>] = [:]
    var places: [Int: [String]] = [:]
    let members = assignment.members(in: engine.ledger.records)
    for territory in territories {
      for member in members[territory] {
        let user = Int(member.user)
        if let role = member.role { roles[user, default: []].insert(role) }
        places[user, default: []].append(model.names[territory])
      }
    }
    return places.reduce(into: [:]) { all, place in
      all[place.key] = (
        roles[place.key].map { $0.sorted().joined(separator: ", ") },
        ConflictListTable.list(place.value.sorted())
      )
    }
  }
}
