import Records

/// Standard table `leads`.
///
/// Grain: one row per lead neither converted nor done with. Which account it belongs to and who
/// should have it is found out by Territories before; a lead in a queue has the queue's Id as owner.
struct LeadsTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] { [] }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let ledger = engine.ledger
    let (leads, accounts, users) = (
      ledger.records[.lead], ledger.records[.account], ledger.records[.user]
    )
    let routes = ledger.leadRoutes.value
    let isOpen = ledger.facts.openLeads.value
    let mask = engine.scopes.mask(.leads, scope)
    let rows = (leads.keys?.sortedRows() ?? []).filter { row in
      routes != nil && isOpen[Int(row)] == 1 && (mask?[Int(row)] ?? 1) == 1
    }
    let shown = rows.map { routes?[Int($0)] }
    let inScope = engine.scopes.mask(.accounts, scope)
    let model = ledger.assignment.model
    let owners = leads.references("OwnerId")
    let keys = leads.categories("OwnerKey")
    let created = leads.days("CreatedDate")
    let companies = leads.texts("Company")
    var table = TableColumns(engine.catalogue)
    table.id("lead_id", "Lead Id", .lead, TextCells(idsOf: leads, at: rows))
    table.text("company", "Company", rows.map { companies[Int($0)] })
    table.id(
      "matched_account_id", "Account Id", .account,
      TextCells(
        idsOf: accounts,
        at: shown.map { route in
          // An account outside the scope is not named there.
          guard let account = route?.match?.account, inScope?[Int(account)] ?? 1 == 1 else {
            return -1
          }
          return account
        }))
    table.text("match_reason", "What is equal", shown.map { $0?.match?.reason })
    table.id(
      "territory_id", "Territory Id", .territory,
      shown.map { route in
        guard let territory = route?.territory, territory >= 0 else { return nil }
        return model?.ids[Int(territory)]
      })
    table.id(
      "owner_id", "Owner Id", .user,
      rows.map { row in
        let owner = owners[Int(row)]
        return owner >= 0 ? users.id(Int(owner)) : keys[Int(row)].flatMap(LeadsTable.printed)
      })
    table.id(
      "routed_owner_id", "Owner by routing", .user,
      TextCells(idsOf: users, at: shown.map { $0?.owner ?? -1 }))
    table.days(
      "age_days", "Age",
      rows.map { row in
        let day = created[Int(row)]
        return day == Day.null ? nil : Int128(max(0, ledger.records.asOf.number - day))
      }, "Days since the lead was created.")
    table.count(
      "confidence", "Confidence", shown.map { Int128($0?.confidence ?? 0) },
      "How sure the routing is, of 100: grades, no probability.")
    return MetricTable(
      name: StandardTable.leads.rawValue, grain: StandardTable.leads.grain, columns: table.columns,
      notes: notes(ledger))
  }

  private func notes(_ ledger: Ledger) -> [String] {
    if !ledger.records.has(.lead) { return ["The export holds no leads, so there are no rows."] }
    return ledger.leadRoutes.value == nil
      ? ["Nobody looked for the accounts of leads here, so there are no rows."] : []
  }

  /// An Id of Salesforce in 18 characters, any other key as it stands; nil for the empty Id.
  private static func printed(_ key: String) -> String? {
    let bytes = Array(key.utf8)
    guard bytes.count == 15 || bytes.count == 18, let number = SalesforceID.key(bytes.span) else {
      return key
    }
    return number == SalesforceID.zero ? nil : SalesforceID.text(number)
  }
}
