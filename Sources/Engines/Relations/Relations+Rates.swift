import Records

// Currencies: amounts become corporate currency, rounded once a row.
extension Relations {
  /// An amount in corporate currency, and whether its row has a rate (nil: every row has).
  struct Conversion {
    let value: String
    let hasRate: String?
    let joins: [String]
    /// The rate by which the row converts, null where it needs none; nil where no row needs one.
    var rate: String?
  }

  /// How the amounts of rows convert.
  ///
  /// - Parameters:
  ///   - amount: as exported.
  ///   - currency: the column of codes; nil where there is none.
  ///   - deal: the key of the deal by whose close date the dated rate is; nil for the static rate.
  ///   - deals: the entity of that deal.
  /// - Returns: the converted amount with the joins it takes.
  /// - Throws: what SQL cannot say.
  func conversion(
    _ amount: String, currency: String?, deal: String? = nil, of deals: Entity = .opportunity
  ) throws -> Conversion {
    guard schema.isMultiCurrency, let currency else {
      return Conversion(value: amount, hasRate: nil, joins: [])
    }
    let corporate =
      schema.corporateCurrency.map { " OR \(currency) = \(dialect.literal($0))" } ?? ""
    let needsNone = "(\(currency) IS NULL\(corporate))"
    let join: String
    if schema.hasDatedRates, let deal {
      join = "LEFT JOIN \(try dealRates(of: deals)) AS rates ON rates.deal = \(deal)"
    } else {
      try staticRates()
      join = "LEFT JOIN static_rate AS rates ON rates.code = \(currency)"
    }
    return Conversion(
      value: "CASE WHEN \(needsNone) THEN \(amount) ELSE converted(\(amount), rates.rate) END",
      hasRate: "(\(needsNone) OR rates.rate IS NOT NULL)", joins: [join],
      rate: "CASE WHEN NOT \(needsNone) THEN rates.rate END")
  }

  private func staticRates() throws {
    try exported(.currencyType)
    try define("static_rate", "What one unit of corporate currency is in each currency.") {
      """
      SELECT code, rate FROM (
        SELECT IsoCode AS code, ConversionRate AS rate,
          row_number() OVER (PARTITION BY IsoCode ORDER BY row DESC) AS later
        FROM CurrencyType WHERE IsoCode IS NOT NULL AND ConversionRate > 0
      ) AS rates WHERE later = 1
      """
    }
  }

  /// Of the rates that hold on a deal's close date the last one that began; gives the relation's name.
  private func dealRates(of deals: Entity) throws -> String {
    try exported(.datedRate)
    try exported(deals)
    let name = deals == .opportunity ? "deal_rate" : "deleted_deal_rate"
    let end =
      schema.column("NextStartDate", of: .datedRate) == nil
      ? "" : "\n  AND (rates.NextStartDate IS NULL OR deal.CloseDate < rates.NextStartDate)"
    try define(name, "The rate of each deal's currency on its close date.") {
      """
      SELECT deal, rate FROM (
        SELECT deal.Id AS deal, rates.ConversionRate AS rate, row_number() OVER (
          PARTITION BY deal.Id ORDER BY rates.StartDate DESC, rates.ConversionRate DESC) AS later
        FROM \(deals.rawValue) AS deal JOIN DatedConversionRate AS rates
        ON rates.IsoCode = deal.CurrencyIsoCode AND rates.ConversionRate > 0
          AND rates.StartDate <= deal.CloseDate\(end)
      ) AS held WHERE later = 1
      """
    }
    return name
  }
}
