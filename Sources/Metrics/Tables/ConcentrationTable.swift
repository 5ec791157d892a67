import Records

/// Standard table `concentration`.
///
/// Grain: one row per level: accounts, families. Each holder counts with the value of its bookings
/// won in the trailing four quarters, where one is known; holders whose sum is below zero are left
/// out.
struct ConcentrationTable: StandardTableMaker {
  func queries(_ scope: Scope) -> [Query] { [] }

  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable {
    let hasDeals = engine.ledger.records[.opportunity].count > 0
    let levels = hasDeals ? levels(engine, scope) : []
    var table = TableColumns(engine.catalogue)
    table.text(
      "level", "Level", levels.map(\.name), labels: ["account": "Accounts", "family": "Families"])
    table.count(
      "n", "Customers", levels.map { Int128($0.figures.count) },
      "Number of accounts or families with value won in the trailing four quarters.")
    table.rate(
      "top_20_percent_share", "Share of the top 20 %", levels.map(\.figures.topFifthShare),
      "Share of the value won that the largest fifth holds.")
    table.count(
      "n_to_70_percent", "Number to 70 %",
      levels.map { $0.figures.toSeventyPercent.map { Int128($0) } },
      "How many of the largest hold 70 % of the value won.")
    table.count(
      "n_to_80_percent", "Number to 80 %",
      levels.map { $0.figures.toEightyPercent.map { Int128($0) } },
      "How many of the largest hold 80 % of the value won.")
    table.rate(
      "hhi", "HHI", levels.map(\.figures.squaredShares),
      "Herfindahl–Hirschman index: the sum of the squared shares of the value won.")
    return MetricTable(
      name: StandardTable.concentration.rawValue, grain: StandardTable.concentration.grain,
      columns: table.columns,
      notes: hasDeals ? [] : ["The export has no deals, so there are no rows."])
  }

  private func levels(
    _ engine: LocalEngine, _ scope: Scope
  ) -> [(name: String, figures: Pareto)] {
    let ledger = engine.ledger
    let deals = ledger.records[.opportunity]
    let window = ledger.settings.calendar.trailingFourQuarters(before: ledger.records.asOf)
    let days = window.start.number..<window.end.number
    let (closed, isWon) = (deals.days("CloseDate"), deals.flags("IsWon"))
    let bookings = ledger.bookings.value.value
    let rows = DealRows.picked(ledger, engine.scopes.mask(.opportunities, scope)) { row in
      isWon[row] == 1 && days.contains(closed[row]) && bookings?[row] ?? 1 == 1
    }
    let accounts = deals.references("AccountId")
    let values = ledger.dealValues.value.value.values
    let roots = ledger.families.value.value.roots
    var ofAccount = [Int128](repeating: 0, count: roots.count)
    var hasWon = [Bool](repeating: false, count: roots.count)
    for row in rows.lazy.map({ Int($0) }) where accounts[row] >= 0 && values[row] != Exact.null {
      ofAccount[Int(accounts[row])] += Int128(values[row])
      hasWon[Int(accounts[row])] = true
    }
    let customers = hasWon.indices.filter { hasWon[$0] }
    var ofFamily = [Int128](repeating: 0, count: roots.count)
    for account in customers { ofFamily[Int(roots[account])] += ofAccount[account] }
    var families = [Bool](repeating: false, count: roots.count)
    for account in customers { families[Int(roots[account])] = true }
    return [
      ("account", Pareto(customers.map { ofAccount[$0] })),
      ("family", Pareto(families.indices.filter { families[$0] }.map { ofFamily[$0] })),
    ]
  }
}
