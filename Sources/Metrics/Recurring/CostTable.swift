import Records

/// The user's file of costs as a table.
///
/// Grain: one row per row of the file. `Month` is the last day of its month, as in revenue
/// movements, so that a period that ends within a month holds neither.
enum CostTable {
  static func table(_ costs: [Cost]) -> Table {
    func categories(_ texts: [String?]) -> Column {
      let values = Set(texts.compactMap { $0 }).sorted {
        $0.utf8.lexicographicallyPrecedes($1.utf8)
      }
      var codes: [String: Int32] = [:]
      for (code, value) in values.enumerated() { codes[value] = Int32(code) }
      return .categories(
        Categories(
          codes: texts.map { $0.flatMap { codes[$0] } ?? Categories.null }, values: values))
    }
    return Table(
      entity: .cost, count: costs.count,
      columns: [
        "Month": .days(
          costs.map { Day.lastDay(ofMonth: $0.month.monthNumber).number }),
        "Amount": .decimals(costs.map(\.amount)),
        "CurrencyIsoCode": categories(costs.map(\.currency)),
        "Category": categories(costs.map(\.category)),
        "Segment": categories(costs.map(\.segment)),
      ])
  }

  /// The costs in corporate currency.
  static func amounts(
    _ table: Table, _ currencies: Currencies, threads: Int
  ) -> Ledger.Derived<ConvertedAmounts> {
    let amounts = ConvertedAmounts(
      table.decimals("Amount"), currency: table.categories("CurrencyIsoCode"), days: nil,
      currencies: currencies, threads: threads)
    return Ledger.Derived(
      value: amounts,
      findings: RateFindings.of(
        amounts, in: table, code: "cost-rate-missing", subject: "a cost",
        done: "the cost is left out"))
  }
}
