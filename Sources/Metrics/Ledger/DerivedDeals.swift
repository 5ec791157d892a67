import Expressions
import Records

/// Columns derived for deals.
enum DerivedDeals {
  /// The configured value field, converted at the dated rate of the close date.
  static func values(
    _ records: RecordSet, _ settings: MetricSettings, _ currencies: Currencies, threads: Int
  ) -> Ledger.Derived<ConvertedAmounts> {
    let deals = records[.opportunity]
    let amounts = ConvertedAmounts(
      FactResolver.decimals(settings.valueField, of: deals),
      currency: deals.categories("CurrencyIsoCode"), days: deals.days("CloseDate"),
      currencies: currencies, threads: threads)
    var findings = RateFindings.of(
      amounts, in: deals, code: "deal-rate-missing", subject: "a deal",
      done: "the deal is left out of every figure")
    findings.merge(gaps(records, values: amounts.values))
    return Ledger.Derived(value: amounts, findings: findings)
  }

  /// The total price of each line, in its deal's currency, at the rate of its deal's close date.
  static func lineValues(
    _ records: RecordSet, _ currencies: Currencies, threads: Int
  ) -> Ledger.Derived<ConvertedAmounts> {
    let lines = records[.lineItem]
    let deals = records[.opportunity]
    let rows = lines.references("OpportunityId")
    func currency() -> Categories {
      let ofDeals = deals.categories("CurrencyIsoCode")
      return Categories(
        codes: rows.map { $0 < 0 ? Categories.null : ofDeals.codes[Int($0)] },
        values: ofDeals.values)
    }
    func closed() -> [Int32] {
      let ofDeals = deals.days("CloseDate")
      return rows.map { $0 < 0 ? Day.null : ofDeals[Int($0)] }
    }
    let amounts = ConvertedAmounts(
      lines.decimals("TotalPrice"), currency: currency(), days: closed(), currencies: currencies,
      threads: threads)
    return Ledger.Derived(
      value: amounts,
      findings: RateFindings.of(
        amounts, in: lines, code: "line-rate-missing", subject: "a line of a deal",
        done: "the line is left out of every sum"))
  }

  /// The first class whose condition a deal meets; none: `(unclassed)`.
  static func classes(
    _ records: RecordSet, _ settings: MetricSettings
  ) -> Ledger.Derived<Ledger.Labels?> {
    guard !settings.classes.isEmpty else { return Ledger.Derived(value: nil) }
    let deals = records[.opportunity]
    let names = settings.classes.map(\.name) + [Remainder.unclassed]
    let unclassed = Int32(names.count - 1)
    var codes = [Int32](repeating: unclassed, count: deals.count)
    var findings = FindingLog()
    // The last class first, so that the first one that matches stays.
    for (code, dealClass) in settings.classes.enumerated().reversed() {
      do {
        let predicate = try Predicate(
          Expression(parsing: dealClass.condition.text, at: dealClass.condition.at),
          resolver: FactResolver(.opportunities, records: records), asOf: records.asOf)
        predicate.forEachRow(below: deals.count) { codes[$0] = Int32(code) }
      } catch {
        findings.add(error.finding)
      }
    }
    for row in 0..<deals.count where codes[row] == unclassed {
      findings.add(
        Finding(
          code: "deal-unclassed", severity: .warning, at: deals.sources.position(of: row),
          what: "a deal is of none of the configured classes",
          done: "it is \(Remainder.unclassed)",
          suggestion: "widen an expression under deals: classes"))
    }
    return Ledger.Derived(
      value: Ledger.Labels(codes: codes, names: names), findings: findings)
  }

  /// Which deals are bookings: of a class listed, from the configured stage on.
  static func bookings(
    _ records: RecordSet, _ settings: MetricSettings, classes: Ledger.Labels?
  ) -> Ledger.Derived<[UInt8]?> {
    let deals = records[.opportunity]
    var bookings: [UInt8]?
    var findings = FindingLog()
    if let classes, let listed = settings.bookings {
      let counts = classes.names.map { listed.contains($0) ? 1 : 0 as UInt8 }
      bookings = classes.codes.map { counts[Int($0)] }
    }
    if let first = settings.bookingsFrom {
      let orders = stageOrders(records[.stage])
      if orders[first.lowercased()] != nil {
        let stages = deals.categories("StageName")
        let counts = areBookingStages(stages.values, records, settings).map { $0 ? 1 : 0 as UInt8 }
        var both = bookings ?? [UInt8](repeating: 1, count: deals.count)
        for row in 0..<deals.count where stages.codes[row] >= 0 {
          both[row] &= counts[Int(stages.codes[row])]
        }
        bookings = both
      } else {
        findings.add(
          Finding(
            code: "bookings-stage-unknown", severity: .error,
            what: "deals: bookings_from names the stage \"\(first)\", which has no place in the"
              + " order of stages (OpportunityStage)",
            done: "no stage was left out",
            suggestion: Suggestion.sentence(
              for: first, in: orders.keys,
              otherwise: "export OpportunityStage with SortOrder, or leave bookings_from out")))
      }
    }
    return Ledger.Derived(value: bookings, findings: findings)
  }

  /// Whether each of some stages is the configured first one or after it, as all are where none is
  /// configured; a stage without a place in the order is not before any.
  static func areBookingStages(
    _ names: [String], _ records: RecordSet, _ settings: MetricSettings
  ) -> [Bool] {
    let orders = settings.bookingsFrom == nil ? [:] : stageOrders(records[.stage])
    guard let limit = settings.bookingsFrom.flatMap({ orders[$0.lowercased()] }) else {
      return names.map { _ in true }
    }
    return names.map { (orders[$0.lowercased()] ?? limit) >= limit }
  }

  /// Place of each stage in the order of stages, by its name in lower case.
  private static func stageOrders(_ stages: Table) -> [String: Int64] {
    let names = [stages.categories("ApiName"), stages.categories("MasterLabel")]
    let sortOrders = stages.decimals("SortOrder")
    var orders: [String: Int64] = [:]
    for row in 0..<stages.count where sortOrders[row] != Exact.null {
      for name in names.compactMap({ $0[row]?.lowercased() }) { orders[name] = sortOrders[row] }
    }
    return orders
  }
}
