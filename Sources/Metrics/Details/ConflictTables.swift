import Records

/// Detail table `conflict-kinds`.
///
/// Grain: one row per kind C1 to C7 of which there is a conflict, as reports count them: without those
/// below the configured amount, and those that are accepted.
struct ConflictKindsTable: DetailTableMaker {
  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let conflicts = engine.coverage.reportedConflicts(scope)
    let kinds = ConflictKind.allCases.filter { kind in conflicts.contains { $0.kind == kind } }
    var table = TableColumns(engine.catalogue)
    table.text("kind", "Kind", kinds.map(\.rawValue))
    table.text("meaning", "What it is", kinds.map(\.meaning))
    table.count(
      "conflicts", "Conflicts", kinds.map { kind in Int128(conflicts.count { $0.kind == kind }) },
      "Number of conflicts of the kind.")
    table.money(
      "amount", "Amount",
      kinds.map { kind in
        // Without deals nothing is known of what is at stake.
        guard engine.ledger.records.has(.opportunity) else { return nil }
        return conflicts.filter { $0.kind == kind }.reduce(Int128(0)) { $0 + ($1.amount ?? 0) }
      },
      "Value of the deals; of accounts, families and leads the open bookings of the account.")
    return MetricTable(
      name: DetailTable.conflictKinds.rawValue, grain: DetailTable.conflictKinds.grain,
      columns: table.columns)
  }
}

/// Detail table `conflict-list`.
///
/// Grain: one row per conflict as reports count them, the largest amount first. Who decides is the
/// manager of the nearest territory above all that are concerned.
struct ConflictListTable: DetailTableMaker {
  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let records = engine.ledger.records
    let conflicts = engine.coverage.reportedConflicts(scope).enumerated().sorted { left, right in
      let (one, other) = (left.element.amount ?? 0, right.element.amount ?? 0)
      return one != other ? one > other : left.offset < right.offset
    }.map(\.element)
    let deciders = ConflictDeciders(engine.ledger)
    let names = engine.ledger.assignment.model?.names ?? []
    var table = TableColumns(engine.catalogue)
    table.text("kind", "Kind", conflicts.map(\.kind.rawValue))
    table.text("meaning", "What it is", conflicts.map(\.kind.meaning))
    let companies = records[.lead].texts("Company")
    let accounts = accounts(of: conflicts, engine, scope)
    let dealNames = records[.opportunity].texts("Name")
    let accountNames = records[.account].texts("Name")
    func subject(_ row: Int) -> (id: String, name: String?)? {
      let conflict = conflicts[row]
      if conflict.lead >= 0 {
        return (records[.lead].id(Int(conflict.lead)), companies[Int(conflict.lead)])
      }
      if conflict.deal >= 0 {
        return (records[.opportunity].id(Int(conflict.deal)), dealNames[Int(conflict.deal)])
      }
      let account = Int(accounts[row])
      return account < 0 ? nil : (records[.account].id(account), accountNames[account])
    }
    let subjects = conflicts.indices.map(subject)
    table.id("subject_id", "Id", .opportunity, subjects.map { $0?.id })
    table.text("subject", "Deal, account or lead", subjects.map { $0.map { $0.name ?? $0.id } })
    table.records("account", "Account", of: records[.account], at: accounts)
    table.records("owner", "Owner", of: records[.user], at: conflicts.map(\.owner))
    table.text(
      "territories", "Territories",
      conflicts.map { conflict in
        let all = deciders.territories(of: conflict).map { names[Int($0)] }
        return all.isEmpty ? nil : ConflictListTable.list(all)
      })
    table.money(
      "amount", "Amount", conflicts.map { records.has(.opportunity) ? $0.amount : nil },
      "Value of the deal; of an account, the value of its open bookings.")
    table.records(
      "decider", "Who decides", of: records[.user], at: conflicts.map(deciders.decider))
    return MetricTable(
      name: DetailTable.conflictList.rawValue, grain: DetailTable.conflictList.grain,
      columns: table.columns)
  }

  /// The account of each conflict; -1 where there is none, and where the scope must not name it.
  private func accounts(
    of conflicts: [Conflict], _ engine: LocalEngine, _ scope: Scope
  ) -> [Int32] {
    let listed = engine.scopes.listedAccounts(scope)
    return conflicts.map { conflict in
      guard conflict.account >= 0, listed?[Int(conflict.account)] ?? 1 == 1 else { return -1 }
      return conflict.account
    }
  }

  /// At most three names, with how many more there are.
  static func list(_ names: [String]) -> String {
    guard names.count > 3 else { return names.joined(separator: ", ") }
    return names.prefix(2).joined(separator: ", ") + " and \(names.count - 2) more"
  }
}

/// Who decides about conflicts: METRICS §2, the manager of the nearest common ancestor territory.
struct ConflictDeciders {
  private let ledger: Ledger
  private let managers: TerritoryManagers?
  private let territoriesOfUser: Adjacency

  init(_ ledger: Ledger) {
    self.ledger = ledger
    managers = TerritoryManagers(
      of: ledger.assignment, in: ledger.records, people: ledger.userRecords.people,
      role: ledger.settings.managerRole)
    let members = ledger.assignment.usersOfTerritory
    territoriesOfUser = Adjacency(
      sources: ledger.records[.user].count,
      pairs: (0..<(ledger.assignment.model?.count ?? 0)).flatMap { territory in
        members[territory].map { (source: $0, target: Int32(territory)) }
      })
  }

  /// The territories of the record that a conflict is about, ascending.
  func territories(of conflict: Conflict) -> [Int32] {
    var found: Set<Int32> = conflict.territory >= 0 ? [conflict.territory] : []
    let held = ledger.assignment.territoriesOfAccount
    if conflict.account >= 0 {
      if conflict.kind == .splitFamily {
        let forest = ledger.families.value.value
        let root = Int(forest.roots[Int(conflict.account)])
        for account in forest.subtree(of: root) { found.formUnion(held[Int(account)]) }
      } else {
        found.formUnion(held[Int(conflict.account)])
      }
    }
    return found.sorted()
  }

  /// The user who decides; -1 where nobody manages all that are concerned.
  func decider(_ conflict: Conflict) -> Int32 {
    guard let managers, let model = ledger.assignment.model else { return -1 }
    var concerned = territories(of: conflict)
    switch conflict.kind {
    case .ownerOutside, .accountOwnerOutside, .leadElsewhere:
      if conflict.owner >= 0 { concerned += Array(territoriesOfUser[Int(conflict.owner)]) }
    default: break
    }
    guard var common = concerned.first.map({ Int($0) }) else { return -1 }
    for territory in concerned.dropFirst().map({ Int($0) }) {
      while common >= 0, !model.forest.isInSubtree(territory, of: common) {
        common = Int(model.forest.parents[common])
      }
      if common < 0 { return -1 }
    }
    return managers.managers[common]?.user ?? -1
  }
}

extension ConflictKind {
  /// What readers are told that it is.
  var meaning: String {
    switch self {
    case .ownerOutside: "deal owner works in none of the account\u{2019}s territories"
    case .dealElsewhere: "deal stands in none of the account\u{2019}s territories"
    case .accountOwnerOutside: "account owner works in none of its territories"
    case .twoTerritories: "account in two territories of one type"
    case .splitFamily: "family over several territories or owners"
    case .leadElsewhere: "lead of an account that somebody else owns"
    case .inactiveOwner: "owner is no longer active"
    }
  }
}
