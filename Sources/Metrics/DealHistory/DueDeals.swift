import Records

/// The fact of due deals as a table: METRICS §2, "Slipped".
///
/// Grain: one row per booking and completed fiscal quarter in which it was due when the quarter began,
/// being open then. `Quarter` is the last day of the quarter, `Amount` the deal's value when it began, in
/// corporate currency, and `Outcome` what the deal was at its end: won, lost, or slipped where it was
/// still open, whenever it was due by then.
public struct DueDeals: Sendable {
  /// How many completed quarters the fact reaches back.
  private static let quarterCount = 20
  static let outcomes = ["won", "lost", "slipped"]

  private var deals: [Int32] = []
  private var quarters: [Int32] = []
  private var amounts: [Int64] = []
  private var outcomes: [Int32] = []

  /// The completed fiscal quarters before a day that the fact is about, the earliest first.
  public static func quarters(before asOf: Day, _ calendar: FiscalCalendar) -> [Period] {
    (1...quarterCount).reversed().map { calendar.quarter(containing: asOf, adding: -$0).period }
  }

  static func table(_ past: DealPast) -> Table {
    let spans = quarters(before: past.sources.records.asOf, past.sources.settings.calendar)
    let parts = Parallel.chunked(past.counts.count, threads: past.sources.threads) { chunk in
      var part = DueDeals()
      for deal in chunk where past.counts[deal] == 1 { part.add(deal, past, spans) }
      return part
    }
    let rows = parts.flatMap(\.deals)
    let table = past.records[.opportunity]
    let currency = table.categories("CurrencyIsoCode")
    let closes = table.days("CloseDate")
    let values = ConvertedAmounts(
      parts.flatMap(\.amounts),
      currency: Categories(codes: rows.map { currency.codes[Int($0)] }, values: currency.values),
      days: rows.map { closes[Int($0)] }, currencies: past.sources.currencies.value,
      threads: past.sources.threads)
    return Table(
      entity: .dueDeal, count: rows.count,
      columns: [
        "OpportunityId": .references(rows), "Quarter": .days(parts.flatMap(\.quarters)),
        "Amount": .decimals(values.values),
        "Outcome": .categories(
          Categories(codes: parts.flatMap(\.outcomes), values: DueDeals.outcomes)),
      ])
  }

  private mutating func add(_ deal: Int, _ past: DealPast, _ spans: [Period]) {
    for span in spans {
      let opening = past.snapshot(deal, span.start.adding(days: -1).number)
      guard opening.state.contains(.exists) else { continue }
      // What is closed for good is due in no later quarter.
      if opening.isLast, opening.state.contains(.closed) { return }
      guard opening.state.contains(.staged), !opening.state.contains(.closed),
        opening.close >= span.start.number, opening.close < span.end.number
      else { continue }
      let closing = past.snapshot(deal, span.end.adding(days: -1).number).state
      deals.append(Int32(deal))
      quarters.append(span.end.adding(days: -1).number)
      amounts.append(opening.amount)
      outcomes.append(closing.contains(.closed) ? closing.contains(.won) ? 0 : 1 : 2)
    }
  }
}

extension DueDeals {
  /// The fields that the fact is made from.
  static func sources(_ settings: MetricSettings) -> [(Entity, String)] {
    let history = ["Id", "OpportunityId", "CreatedDate", "StageName", "Amount", "CloseDate"]
    var sources =
      history.map { (Entity.opportunityHistory, $0) }
      + ["CreatedDate", "CloseDate", "StageName", "IsClosed", "IsWon"].map { (.opportunity, $0) }
      + ["ApiName", "MasterLabel", "IsClosed", "IsWon"].map { (.stage, $0) }
      + FactResolver.sources(of: "value", entity: .opportunity, settings)
      + FactResolver.sources(of: "isbooking", entity: .opportunity, settings)
    if !settings.isValuedByAmount {
      sources += AtClose.historyFields.map { (.opportunityFieldHistory, $0) }
    }
    return sources
  }
}
