import Records

// Currencies: amounts become corporate currency, rounded once a row.
extension Relations {
  /// An amount in corporate currency, and whether its row has a rate (nil: every row has).
  struct Conversion {
    let value: String
    let hasRate: String?
    let joins: [String]
  }

  /// How the amounts of rows convert.
  ///
  /// - Parameters:
  ///   - amount: as exported.
  ///   - currency: the column of codes; nil where there is none.
  ///   - deal: the key of the deal by whose close date the dated rate is; nil for the static rate.
  /// - Returns: the converted amount with the joins it takes.
  /// - Throws: what SQL cannot say.
  func conversion(
    _ amount: String, currency: String?, deal: String? = nil
  ) throws -> Conversion {
    guard schema.isMultiCurrency, let currency else {
      return Conversion(value: amount, hasRate: nil, joins: [])
    }
    let corporate =
      schema.corporateCurrency.map { " OR \(currency) = \(dialect.literal($0))" } ?? ""
    let needsNone = "(\(currency) IS NULL\(corporate))"
    let join: String
    if schema.hasDatedRates, let deal {
      try dealRates()
      join = "LEFT JOIN deal_rate AS rates ON rates.deal = \(deal)"
    } else {
      try staticRates()
      join = "LEFT JOIN static_rate AS rates ON rates.code = \(currency)"
    }
    return Conversion(
      value: "CASE WHEN \(needsNone) THEN \(amount) ELSE converted(\(amount), rates.rate) END",
      hasRate: "(\(needsNone) OR rates.rate IS NOT NULL)", joins: [join])
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

  /// Of the rates that hold on a deal's close date the last one that began.
  private func dealRates() throws {
    try exported(.datedRate)
    try exported(.opportunity)
    let end =
      schema.column("NextStartDate", of: .datedRate) == nil
      ? "" : "\n  AND (rates.NextStartDate IS NULL OR deal.CloseDate < rates.NextStartDate)"
    try define("deal_rate", "The rate of each deal's currency on its close date.") {
      """
      SELECT deal, rate FROM (
        SELECT deal.Id AS deal, rates.ConversionRate AS rate, row_number() OVER (
          PARTITION BY deal.Id ORDER BY rates.StartDate DESC, rates.ConversionRate DESC) AS later
        FROM Opportunity AS deal JOIN DatedConversionRate AS rates
        ON rates.IsoCode = deal.CurrencyIsoCode AND rates.ConversionRate > 0
          AND rates.StartDate <= deal.CloseDate\(end)
      ) AS held WHERE later = 1
      """
    }
  }
}
