import Records

/// Standard table `penetration`.
///
/// Grain: one row per family of two accounts or more that bought something. Products are those on
/// lines of won bookings of all time. In a scope a family is made of its accounts there.
struct PenetrationTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] { [] }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let accounts = engine.ledger.records[.account]
    let ranks = engine.ledger.order(of: .account).ranks
    let pairs =
      scope == .company
      ? engine.ledger.productPairs : ProductPairs(engine.ledger, engine.scopes, scope)
    let rows = pairs.families
      .sorted { left, right in
        left.whitespace != right.whitespace
          ? left.whitespace > right.whitespace : ranks[left.row] < ranks[right.row]
      }
    var table = TableColumns(engine.catalogue)
    let named = rows.map { Int32($0.row) }
    table.id("root_id", "Ultimate parent Id", .account, TextCells(idsOf: accounts, at: named))
    table.text("root", "Ultimate parent", TextCells(namesOf: accounts, at: named))
    table.count(
      "accounts", "Accounts", rows.map { Int128($0.accounts) },
      "Number of accounts of the family.")
    table.count(
      "products", "Products", rows.map { Int128($0.products) },
      "Number of products that the family bought.")
    table.count(
      "pairs", "Pairs bought", rows.map { Int128($0.pairs) },
      "Number of pairs of an account and a product that it bought.")
    table.count(
      "buying_accounts", "Buying accounts", rows.map { Int128($0.buyingAccounts) },
      "Number of accounts of the family that bought a product.")
    table.rate(
      "penetration", "Penetration", rows.map(\.penetration),
      "Pairs bought divided by accounts times products of the family.")
    table.count(
      "whitespace", "Whitespace", rows.map(\.whitespace),
      "Pairs of an account and a product of the family that the account did not buy.")
    return MetricTable(
      name: StandardTable.penetration.rawValue, grain: StandardTable.penetration.grain,
      columns: table.columns,
      notes: engine.ledger.records.has(.lineItem)
        ? [] : ["The export has no lines of deals, so there are no rows."])
  }
}
