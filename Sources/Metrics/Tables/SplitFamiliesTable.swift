import Records

/// Standard table `split-families`.
///
/// Grain: one row per family of two accounts or more over several territories. A family is judged,
/// counted and summed as a whole in every scope that holds one of its accounts; there it is named by
/// its ultimate parent, or by the first of its accounts in the scope.
struct SplitFamiliesTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] { [] }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let ledger = engine.ledger
    let forest = ledger.families.value.value
    let accounts = ledger.records[.account]
    let mask = engine.scopes.mask(.accounts, scope)
    let ranks = engine.ledger.order(of: .account).ranks
    let rows = engine.coverage.spreads()
      .compactMap { family -> (family: FamilySpread, row: Int)? in
        guard family.territories > 1 else { return nil }
        return family.representative(forest, accounts, in: mask).map { (family, $0) }
      }
      .sorted { left, right in
        left.family.territories != right.family.territories
          ? left.family.territories > right.family.territories : ranks[left.row] < ranks[right.row]
      }
    let open = engine.coverage.openDeals(.company).amounts
    var table = TableColumns(engine.catalogue)
    let named = rows.map { Int32($0.row) }
    table.id("root_id", "Ultimate parent Id", .account, TextCells(idsOf: accounts, at: named))
    table.text("root", "Ultimate parent", TextCells(namesOf: accounts, at: named))
    table.count(
      "accounts", "Accounts", rows.map { Int128($0.family.accounts) },
      "Number of accounts of the family.")
    table.count(
      "territories", "Territories", rows.map { Int128($0.family.territories) },
      "Number of territories that hold an account of the family.")
    table.count(
      "owners", "Owners", rows.map { Int128($0.family.owners) },
      "Number of users who own an account of the family.")
    table.money(
      "open_amount", "Open pipeline",
      rows.map { row in
        forest.subtree(of: Int(row.family.root)).reduce(0) { $0 + open[Int($1)] }
      }, "Value of the family's open bookings.")
    return MetricTable(
      name: StandardTable.splitFamilies.rawValue, grain: StandardTable.splitFamilies.grain,
      columns: table.columns,
      notes: ledger.assignment.coversAccounts ? [] : [StandardTable.noAccountTerritories])
  }
}

extension StandardTable {
  /// The note of tables that are empty without the accounts' territories.
  static let noAccountTerritories =
    "The export does not say which accounts are in which territory, so there are no rows."
}
