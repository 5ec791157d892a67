import Records

/// Why a record has another value in the CRM's report than here: the value is computed in each of
/// the ways in which reports do it, and the one that gives the report's is the reason.
struct ValueRules {
  /// What the rows of a fact are valued by.
  private struct Source {
    let entity: Entity
    /// Field of the amount as recorded.
    let field: String
    let amounts: [Int64]
    let currency: Categories
    let days: [Int32]?
    /// In corporate currency.
    let values: [Int64]
  }

  private let source: Source?
  private let ledger: Ledger
  private let probabilities: [Int64]
  private let denominator: Int128
  /// Half of the last decimal place that the report shows, in 1/10,000.
  private let tolerance: Int128
  /// Other amounts of a record, by field.
  private let others: [(field: String, amounts: [Int64])]
  private let conversions: [Currencies.Conversion]
  private let datedRates: [[Currencies.DatedRate]]
  private let stages: Categories

  init(_ fact: Fact, places: Int, denominator: Int128, ledger: Ledger) {
    self.ledger = ledger
    self.denominator = denominator
    var half: Int128 = 5_000
    for _ in 0..<places { half /= 10 }
    tolerance = half
    let records = ledger.records
    let deals = records[.opportunity]
    switch fact {
    case .opportunities:
      source = Source(
        entity: .opportunity, field: ledger.settings.valueField,
        amounts: FactResolver.decimals(ledger.settings.valueField, of: deals),
        currency: deals.categories("CurrencyIsoCode"), days: deals.days("CloseDate"),
        values: ledger.dealValues.value.value.values)
    case .accounts:
      let accounts = records[.account]
      source = Source(
        entity: .account, field: "AnnualRevenue", amounts: accounts.decimals("AnnualRevenue"),
        currency: accounts.categories("CurrencyIsoCode"), days: nil,
        values: ledger.revenues.value.value.values)
    case .lineItems:
      let lines = records[.lineItem]
      let rows = lines.references("OpportunityId")
      let codes = deals.categories("CurrencyIsoCode")
      let closed = deals.days("CloseDate")
      source = Source(
        entity: .lineItem, field: "TotalPrice", amounts: lines.decimals("TotalPrice"),
        currency: Categories(
          codes: rows.map { $0 < 0 ? Categories.null : codes.codes[Int($0)] },
          values: codes.values),
        days: rows.map { $0 < 0 ? Day.null : closed[Int($0)] },
        values: ledger.lineValues.value.value.values)
    default: source = nil
    }
    probabilities =
      fact == .opportunities && deals.has("Probability") ? deals.decimals("Probability") : []
    stages =
      fact == .opportunities
      ? deals.categories("StageName") : Categories(codes: [], values: [])
    let table = records[fact.entity]
    let own = source?.field.lowercased()
    others = table.columns.keys.sorted().compactMap { name in
      guard case .decimals(let amounts) = table.columns[name], name.lowercased() != own,
        name != "Probability"
      else { return nil }
      return (name, amounts)
    }
    let currencies = ledger.currencies.value
    conversions = source.map { currencies.conversions(of: $0.currency) } ?? []
    datedRates = source.map { currencies.datedRates(of: $0.currency) } ?? []
  }

  /// The rule behind two values of a record, with what the record says of it.
  ///
  /// - Parameters:
  ///   - row: the record.
  ///   - here: its value over `denominator`, nil where it is empty.
  ///   - reported: its row of the report, the value of which differs.
  /// - Returns: the rule and the detail.
  func rule(
    of row: Int32, here: Int128?, _ reported: CRMReport.Row
  ) -> (rule: ReconciliationRule, detail: String) {
    let row = Int(row)
    if reported.isUnreadable { return (.unreadableThere, "") }
    let ours = here.map { Exact.divide($0 * Int128(Exact.scale), by: denominator) }
    guard let value = reported.value, value != 0 else { return (.emptyThere, "") }
    let there = Int128(value)
    if let ours, isNear(there, ours) { return (.rounding, "") }
    if reported.repeatedValues.contains(where: { isNear(there, Int128($0)) }) {
      return (.repeatedInExport, "a later row of the export has the report's value")
    }
    if let found = computed(row, there, ours) { return found }
    if let found = inUserCurrency(there, ours, reported.currency) { return found }
    for other in others where other.amounts[row] != Exact.null {
      guard isNear(there, Int128(other.amounts[row])) else { continue }
      return (.otherField, "field \(other.field)")
    }
    if let ours {
      if isNear(there, -ours) { return (.sign, "") }
      if abs(there * 1_000 - ours) <= tolerance * 1_000 { return (.scale, "in thousands") }
      if isNear(there, ours * 100) { return (.scale, "in cents") }
    }
    if let change = change(row, reported) { return (.changed, change) }
    return ours == nil ? (.emptyHere, "") : (.value, "")
  }

  private func isNear(_ one: Int128, _ other: Int128) -> Bool {
    (one - other).magnitude <= tolerance.magnitude
  }

  // MARK: Ways to compute a value

  /// The value by other rates, and with or without the probability.
  private func computed(
    _ row: Int, _ there: Int128, _ ours: Int128?
  ) -> (ReconciliationRule, String)? {
    guard let source, source.amounts[row] != Exact.null else { return nil }
    let amount = Int128(source.amounts[row])
    let value = source.values[row] == Exact.null ? nil : Int128(source.values[row])
    let weight =
      probabilities.isEmpty || probabilities[row] == Exact.null ? nil : Int128(probabilities[row])
    func weighted(_ value: Int128) -> Int128? {
      weight.map { Exact.divide(value * $0, by: Int128(100 * Exact.scale)) }
    }
    // Which of the two the figure is; the report may be the same at other rates, or the other one.
    let isPlain = ours == nil || value.map { isNear(ours ?? 0, $0) } ?? true
    let isWeighted = !isPlain && value.flatMap(weighted).map { isNear(ours ?? 0, $0) } ?? false
    let code = source.currency.codes[row]
    let name = code < 0 ? "" : source.currency.values[Int(code)]
    for isOther in [false, true] {
      let isByWeight = isWeighted != isOther
      func same(_ value: Int128) -> Bool {
        (isByWeight ? weighted(value) : value).map { isNear(there, $0) } ?? false
      }
      let shape: ReconciliationRule = isByWeight ? .weightedThere : .unweightedThere
      if isOther, let value, same(value) {
        return (shape, weight.map { "probability \(Exact.text($0, places: 0)) %" } ?? "")
      }
      if same(amount), code >= 0, !isCorporate(code) {
        return (isOther ? shape : .recordCurrency, "in \(name), not converted")
      }
      for (rule, rate, day) in rates(code) {
        guard let converted = Currencies.converted(source.amounts[row], rate: rate),
          same(Int128(converted))
        else { continue }
        let words = day.map { "rate of \(name) from \($0)" } ?? "static rate of \(name)"
        return (isOther ? shape : rule, words)
      }
    }
    return nil
  }

  private func isCorporate(_ code: Int32) -> Bool {
    if case .corporate = conversions[Int(code)] { return true }
    return false
  }

  /// The rates of a currency: the static one, then the dated ones with their first days.
  private func rates(_ code: Int32) -> [(ReconciliationRule, Int64, Day?)] {
    guard code >= 0 else { return [] }
    var rates: [(ReconciliationRule, Int64, Day?)] = []
    if case .rate(let rate) = conversions[Int(code)] { rates.append((.staticRate, rate, nil)) }
    if case .corporate = conversions[Int(code)] { return [] }
    return rates
      + datedRates[Int(code)].map { dated in
        (.otherRate, dated.rate, dated.start == Day.null ? nil : Day(number: dated.start))
      }
  }

  /// Whether the report is in the currency of the user who ran it, at its static rate.
  private func inUserCurrency(
    _ there: Int128, _ ours: Int128?, _ currency: String?
  ) -> (ReconciliationRule, String)? {
    let currencies = ledger.currencies.value
    guard let ours, let currency, currency != currencies.corporate, currencies.isMulti else {
      return nil
    }
    let column = Categories(codes: [0], values: [currency])
    guard case .rate(let rate) = currencies.conversions(of: column)[0],
      let value = Int64(exactly: there),
      let converted = Currencies.converted(value, rate: rate)
    else { return nil }
    // What the report rounds by is so much in corporate currency.
    let room = Exact.divide((tolerance + 1) * Int128(Exact.rateScale), by: Int128(rate)) + 1
    guard (Int128(converted) - ours).magnitude <= room.magnitude else { return nil }
    return (.userCurrency, "in \(currency)")
  }

  // MARK: What else differs

  /// What else of the record is not as in the report: it was changed between the two.
  private func change(_ row: Int, _ reported: CRMReport.Row) -> String? {
    if let there = reported.stage, !stages.codes.isEmpty, let here = stages[row],
      there.lowercased() != here.lowercased()
    {
      return "stage \(here); in the report \(there)"
    }
    if let there = reported.day, let days = source?.days, source?.entity == .opportunity,
      days[row] != Day.null, days[row] != there.number
    {
      return "close date \(Day(number: days[row])); in the report \(there)"
    }
    return nil
  }
}
