import Records

/// Standard table `account-values`.
///
/// Grain: one row per account of the scope, by score descending. Scores and the value of the family
/// are those of the whole company.
struct AccountValuesTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] { [] }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let accounts = engine.ledger.records[.account]
    let values = engine.ledger.accountValues.value
    let roots = engine.ledger.families.value.value.roots
    let mask = engine.scopes.mask(.accounts, scope)
    let rows = values.ranked(engine.scopes.sortedRows(.accounts, scope))
    // A family whose parent is outside the scope is not named by it.
    let named = rows.map { row in
      let root = roots[Int(row)]
      return mask?[Int(root)] ?? 1 == 1 ? root : row
    }
    var table = TableColumns(engine.catalogue)
    table.id("account_id", "Account Id", .account, TextCells(idsOf: accounts, at: rows))
    table.text("account", "Account", TextCells(namesOf: accounts, at: rows))
    table.id("root_id", "Ultimate parent Id", .account, TextCells(idsOf: accounts, at: named))
    table.money(
      "own_value", "Own value", AccountValuesTable.cells(values.own, at: rows.map { Int($0) }),
      "Twelve times the recurring revenue at the end of the last completed month, and open"
        + " bookings.")
    table.money(
      "family_value", "Family value",
      AccountValuesTable.cells(values.ofFamily, at: rows.map { Int(roots[Int($0)]) }),
      "Sum of the own values of the family.")
    table.millionths(
      "score", "Score",
      rows.map { row in
        let score = values.scores[Int(row)]
        return score == Shares.unknown ? NumberCells.null : Int64(score)
      }, "Weighted mean of the known parts of the account's value, from 0 to 1.")
    table.millionths(
      "confidence", "Confidence", rows.map { Int64(values.confidences[Int($0)]) },
      "Share of the weights whose part is known of the account.")
    return MetricTable(
      name: StandardTable.accountValues.rawValue, grain: StandardTable.accountValues.grain,
      columns: table.columns)
  }

  private static func cells(_ values: Integers?, at rows: [Int]) -> NumberCells {
    values?.cells(at: rows, defined: nil)
      ?? NumberCells(narrow: [Int64](repeating: NumberCells.null, count: rows.count))
  }
}
