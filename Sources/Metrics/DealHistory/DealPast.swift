import Records

/// The past of deals, from which it can be told what they were on any day.
///
/// A deal was what its last row of OpportunityHistory up to a day says; after its last row of all it is
/// what the deal itself says, and before its first what the first says. One without rows was open until
/// its CloseDate, and of its present value. Its class is today's.
struct DealPast: Sendable {
  /// The export, its deals being those whose past this is.
  let records: RecordSet
  let ledger: Ledger
  /// Whether the deals are deleted ones.
  let areDeleted: Bool
  let timeline: Timeline
  /// Whether each deal counts at all: it has a rate, and its class is a booking.
  let counts: [UInt8]
  private let history: Table
  private let stages: StageTests
  private let territoryChanges: FieldChanges
  /// Changes of the value, where it is a field that OpportunityHistory does not hold.
  private let valueChanges: FieldChanges?

  /// The past of the deals that the export holds, or of those among them that are deleted.
  init(_ ledger: Ledger, deleted areDeleted: Bool) {
    let all = ledger.records
    let table = areDeleted ? all[.deletedOpportunity].named(.opportunity) : all[.opportunity]
    var records = all
    records.tables[.opportunity] = table
    let field = areDeleted ? "DeletedOpportunityId" : "OpportunityId"
    history = all[.opportunityHistory]
    timeline = Timeline(history, of: history.references(field), count: table.count)
    let settings = ledger.settings
    self.ledger = ledger
    self.areDeleted = areDeleted
    counts = DealPast.counts(records, ledger, areDeleted: areDeleted)
    stages = StageTests(history, records, all: all, settings)
    let changed = all[.opportunityFieldHistory].references(field)
    territoryChanges = FieldChanges(
      of: ["Territory2", "Territory2Id"], namingRowsOf: .territory, all, deals: changed,
      dealCount: table.count)
    valueChanges =
      DealPast.isInHistory(settings.valueField)
      ? nil
      : FieldChanges(
        of: [settings.valueField], all, deals: changed, dealCount: table.count,
        value: DecimalText.value)
    self.records = records
  }

  /// How many changes of territory are known.
  var territoryChangeCount: Int { territoryChanges.count }

  /// Whether OpportunityHistory holds a field that values deals.
  static func isInHistory(_ valueField: String) -> Bool { valueField.lowercased() == "amount" }

  private static func counts(
    _ records: RecordSet, _ ledger: Ledger, areDeleted: Bool
  ) -> [UInt8] {
    // From which stage on a deal counts is asked of the stage on the day, not of today's.
    var settings = ledger.settings
    settings.bookingsFrom = nil
    let count = records[.opportunity].count
    let classes =
      areDeleted ? DerivedDeals.classes(records, settings).value : ledger.classes.value.value
    var counts =
      DerivedDeals.bookings(records, settings, classes: classes).value
      ?? [UInt8](repeating: 1, count: count)
    let withoutRate =
      areDeleted
      ? DerivedDeals.values(records, settings, ledger.currencies.value, threads: ledger.threads)
        .value.withoutRate : ledger.dealValues.value.value.withoutRate
    for deal in withoutRate { counts[Int(deal)] = 0 }
    return counts
  }

  /// What the deals were at the end of a day.
  ///
  /// - Parameters:
  ///   - day: the day.
  ///   - window: the days in which a deal has to be due; nil: any, or none.
  func then(_ day: Day, dueIn window: Period?) -> DealsThen {
    let deals = records[.opportunity]
    let count = deals.count
    let day = day.number
    let rowDays = history.instants("CreatedDate").days
    let rowAmounts = history.decimals("Amount")
    let hasAmounts = history.has("Amount") && valueChanges == nil
    let rowCloses = history.days("CloseDate")
    let hasCloses = history.has("CloseDate")
    let closes = deals.days("CloseDate")
    let created = deals.days("CreatedDate")
    let modified = deals.days("SystemModstamp")
    let lastModified = deals.days("LastModifiedDate")
    let (isClosed, isWon) = (deals.flags("IsClosed"), deals.flags("IsWon"))
    let present = FactResolver.decimals(ledger.settings.valueField, of: deals)
    let parts = Parallel.chunked(count, threads: ledger.threads) { chunk in
      var states: [DealsThen.State] = []
      var amounts: [Int64] = []
      states.reserveCapacity(chunk.count)
      amounts.reserveCapacity(chunk.count)
      for deal in chunk {
        let rows = timeline.range(of: deal)
        var seen = 0
        for place in rows where rowDays[Int(timeline.rows[place])] <= day { seen += 1 }
        var state: DealsThen.State = []
        if created[deal] == Day.null || created[deal] <= day { state.insert(.exists) }
        if areDeleted {
          let gone = modified[deal] == Day.null ? lastModified[deal] : modified[deal]
          if gone == Day.null || gone <= day { state.insert(.gone) }
        }
        var amount = present[deal]
        var close = closes[deal]
        if seen == rows.count {
          let isOver = rows.isEmpty ? close == Day.null || close <= day : true
          if isClosed[deal] == 1 && isOver { state.insert(.closed) }
          if isWon[deal] == 1 && isOver { state.insert(.won) }
          if stages.countsNow(deal) { state.insert(.staged) }
        } else {
          let row = Int(timeline.rows[rows.lowerBound + max(seen, 1) - 1])
          if stages.wasClosed(row) { state.insert(.closed) }
          if stages.wasWon(row) { state.insert(.won) }
          if stages.counted(row) { state.insert(.staged) }
          if hasAmounts { amount = rowAmounts[row] }
          if hasCloses { close = rowCloses[row] }
        }
        if let valueChanges, let earlier = valueChanges.value(of: deal, at: day) {
          amount = earlier
        }
        if let window {
          if close != Day.null && window.contains(Day(number: close)) { state.insert(.due) }
        } else {
          state.insert(.due)
        }
        states.append(state)
        amounts.append(amount)
      }
      return (states: states, amounts: amounts)
    }
    let converted = ConvertedAmounts(
      Array(parts.map(\.amounts).joined()), currency: deals.categories("CurrencyIsoCode"),
      days: closes, currencies: ledger.currencies.value, threads: ledger.threads)
    return DealsThen(
      states: Array(parts.map(\.states).joined()),
      values: converted.values.map { $0 == Exact.null ? 0 : $0 }, territories: territories(day))
  }

  /// The territory of each deal at the end of a day: its present one, but for changes after the day.
  ///
  /// What territory an account gives its deal is today's: the export does not date it.
  private func territories(_ day: Int32) -> [Int32] {
    let assignment = ledger.assignment
    let deals = records[.opportunity]
    let own = deals.references("Territory2Id")
    let accounts = deals.references("AccountId")
    let isExcluded = deals.flags("IsExcludedFromTerritory2Filter")
    func territory(_ deal: Int, _ own: Int32) -> Int32 {
      assignment.territory(
        own: own, account: accounts[deal], isExcluded: isExcluded[deal] == 1)
    }
    var territories =
      areDeleted
      ? (0..<deals.count).map { territory($0, own[$0]) } : assignment.territoryOfDeal
    guard territoryChanges.count > 0 else { return territories }
    for deal in 0..<deals.count {
      guard let earlier = territoryChanges.value(of: deal, at: day) else { continue }
      territories[deal] = territory(
        deal, earlier == Exact.null ? Reference.null : Int32(truncatingIfNeeded: earlier))
    }
    return territories
  }
}

extension Table {
  /// The same rows as those of another entity that has the same fields.
  fileprivate func named(_ entity: Entity) -> Table {
    Table(entity: entity, count: count, keys: keys, columns: columns, sources: sources)
  }
}
