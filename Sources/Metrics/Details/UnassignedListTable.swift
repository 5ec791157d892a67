import Records

/// Detail table `unassigned-list`.
///
/// Grain: one row per account of the standard table `unassigned-accounts`, in its order, with country,
/// segment, how long it has waited, and the one territory in which its owner works: the nearest thing
/// to a home that the export knows of.
struct UnassignedListTable: DetailTableMaker {
  func queries(_ scope: Scope) -> [Query] { UnassignedAccountsTable().queries(scope) }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let ledger = engine.ledger
    let answer = answers[0]
    let accounts = ledger.records[.account]
    let isUnassigned = ledger.unassignedFlags.value
    let mask = engine.scopes.listedAccounts(scope)
    let sorted = accounts.keys?.sortedRows() ?? (0..<Int32(accounts.count)).map { $0 }
    let rows = Ranking.descending(
      sorted.filter { isUnassigned[Int($0)] == 1 && (mask?[Int($0)] ?? 1) == 1 },
      by: answer.amounts("open_amount"))
    let owners = accounts.references("OwnerId")
    let countries = accounts.categories("BillingCountry")
    let segments = rows.isEmpty ? nil : ledger.segments.value
    let since = FirstAssignments.waitingSince(ledger.records, isUnassigned: isUnassigned)
    let homes = homes(ledger)
    let territories = rows.map { row in owners[Int(row)] < 0 ? -1 : homes[Int(owners[Int(row)])] }
    let model = ledger.assignment.model
    var table = TableColumns(engine.catalogue)
    table.records("account", "Account", of: accounts, at: rows)
    table.text("country", "Country", rows.map { countries[Int($0)] })
    table.text(
      "segment", "Segment", rows.map { row in segments.map { $0.names[Int($0.codes[Int(row)])] } })
    table.records(
      "owner", "Owner", of: ledger.records[.user], at: rows.map { max(owners[Int($0)], -1) })
    table.metric("open_amount", "open_amount", of: answer, at: rows.map { Int($0) })
    table.metric("open_count", "open_count", of: answer, at: rows.map { Int($0) })
    table.days(
      "days_unassigned", "Days unassigned",
      rows.map { row in
        let day = since[Int(row)]
        return day == Day.null ? nil : Int128(max(0, ledger.records.asOf.number - day))
      }, "Days since the account was created, which is how long it has waited at most.")
    table.id(
      "owner_territory_id", "Owner\u{2019}s territory Id", .territory,
      territories.map { $0 < 0 ? nil : model?.ids[Int($0)] })
    table.text(
      "owner_territory", "Owner works in",
      territories.map { $0 < 0 ? nil : model?.names[Int($0)] })
    return MetricTable(
      name: DetailTable.unassignedList.rawValue, grain: DetailTable.unassignedList.grain,
      columns: table.columns,
      notes: ledger.assignment.coversAccounts ? [] : [UnassignedAccountsTable.unknown])
  }

  /// The one territory of which each user is an active member; -1 where there is none or several.
  private func homes(_ ledger: Ledger) -> [Int32] {
    var homes = [Int32](repeating: -1, count: ledger.records[.user].count)
    let members = ledger.assignment.usersOfTerritory
    for territory in 0..<(ledger.assignment.model?.count ?? 0) {
      for user in members[territory] {
        homes[Int(user)] = homes[Int(user)] == -1 ? Int32(territory) : -2
      }
    }
    return homes
  }
}
