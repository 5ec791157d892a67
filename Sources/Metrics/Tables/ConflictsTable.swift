import Records

/// Standard table `conflicts`.
///
/// Grain: one row per conflict and record that is in it. C1, C2 and C7 name an open deal, its owner,
/// territory and amount, and its account where that is in scope; C3, C4, C5 (the ultimate parent) and
/// C7 an account, its owner and its open amount; C6 a lead, its owner, its account and that account's
/// open amount. Every conflict stands here: `min_amount` cuts reports.
struct ConflictsTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] { [] }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let conflicts = ConflictFinder(engine.coverage, scope).conflicts()
    let records = engine.ledger.records
    let (deals, accounts, users) = (records[.opportunity], records[.account], records[.user])
    let model = engine.ledger.assignment.model
    var table = TableColumns(engine.catalogue)
    table.labelled(
      "kind", "Conflict", conflicts.map(\.kind.rawValue),
      Dictionary(
        uniqueKeysWithValues: ConflictKind.allCases.map {
          ($0.rawValue, "\($0.rawValue) \($0.meaning)")
        }))
    table.id(
      "opportunity_id", "Deal Id", .opportunity, TextCells(idsOf: deals, at: conflicts.map(\.deal)))
    // A deal in scope may be of an account that is not, which is not named there.
    let shown = engine.scopes.mask(.accounts, scope)
    let accountsShown = conflicts.map { conflict in
      conflict.account < 0 || shown?[Int(conflict.account)] ?? 1 == 1 ? conflict.account : -1
    }
    table.id("account_id", "Account Id", .account, TextCells(idsOf: accounts, at: accountsShown))
    table.id("owner_id", "Owner Id", .user, TextCells(idsOf: users, at: conflicts.map(\.owner)))
    table.id(
      "territory_id", "Territory Id", .territory,
      conflicts.map { $0.territory < 0 ? nil : model?.ids[Int($0.territory)] })
    table.money(
      "amount", "Amount", conflicts.map(\.amount),
      "Value of the deal; of an account, the value of its open bookings.")
    table.id(
      "lead_id", "Lead Id", .lead, TextCells(idsOf: records[.lead], at: conflicts.map(\.lead)))
    return MetricTable(
      name: StandardTable.conflicts.rawValue, grain: StandardTable.conflicts.grain,
      columns: table.columns, notes: notes(engine.ledger))
  }

  /// What cannot be found for want of what it is made from.
  private func notes(_ ledger: Ledger) -> [String] {
    var notes: [String] = []
    if !ledger.assignment.coversAccounts {
      notes.append(
        "The export does not say which accounts are in which territory, so C1 to C4 cannot be"
          + " found, and C5 by owners only.")
    } else if ledger.assignment.usersOfTerritory.targets.isEmpty {
      notes.append(
        "The export names no users of territories, so every owner counts as outside (C1, C3).")
    }
    if !ledger.records[.user].has("IsActive") {
      notes.append("The export does not say which users are active, so C7 cannot be found.")
    }
    if ledger.records[.lead].count > 0, ledger.leadMatches.value == nil {
      notes.append("Nobody looked for the accounts of leads here, so C6 is not among these.")
    }
    return notes
  }
}
