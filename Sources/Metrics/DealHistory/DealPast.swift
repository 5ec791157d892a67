import Records

/// The past of deals, from which it can be told what they were on any day.
///
/// A deal was what its last row of OpportunityHistory up to a day says; after its last row of all it is
/// what the deal itself says, and before its first what the first says. One without rows was open until
/// its CloseDate, and of its present value. Its class is today's.
struct DealPast: Sendable {
  let sources: DealSources
  /// The export, its deals being those whose past this is.
  let records: RecordSet
  /// Whether the deals are deleted ones.
  let areDeleted: Bool
  let timeline: Timeline
  /// Whether each deal counts at all: it has a rate, and its class is a booking.
  let counts: [UInt8]
  private let stages: StageTests
  private let territoryChanges: FieldChanges
  /// Changes of the value, where it is a field that OpportunityHistory does not hold.
  private let valueChanges: FieldChanges?

  private let rowDays: [Int32]
  private let rowAmounts: [Int64]?
  private let rowCloses: [Int32]?
  private let closes: [Int32]
  private let created: [Int32]
  /// The day of a deleted deal's last change.
  private let gone: [Int32]
  private let isClosed: [UInt8]
  private let isWon: [UInt8]
  private let present: [Int64]

  /// The past of the deals that the export holds, or of those among them that are deleted.
  ///
  /// - Parameters:
  ///   - sources: the export and its settings.
  ///   - areDeleted: whose past.
  ///   - timeline: the rows of OpportunityHistory by deal, where they are known already.
  ///   - seesDeleted: whether deleted deals tell of stages that are not listed.
  init(
    _ sources: DealSources, deleted areDeleted: Bool, timeline: Timeline? = nil,
    seesDeleted: Bool = true
  ) {
    let all = sources.records
    let deals = areDeleted ? all[.deletedOpportunity].named(.opportunity) : all[.opportunity]
    var records = all
    records.tables[.opportunity] = deals
    self.records = records
    self.sources = sources
    self.areDeleted = areDeleted
    let field = areDeleted ? "DeletedOpportunityId" : "OpportunityId"
    let history = all[.opportunityHistory]
    self.timeline =
      timeline ?? Timeline(history, of: history.references(field), count: deals.count)
    let settings = sources.settings
    counts = DealPast.counts(records, sources, areDeleted: areDeleted)
    stages = StageTests(
      history, records, all: all, settings,
      of: seesDeleted ? [all[.opportunity], all[.deletedOpportunity]] : [all[.opportunity]])
    let changed = all[.opportunityFieldHistory].references(field)
    territoryChanges = FieldChanges(
      of: ["Territory2", "Territory2Id"], namingRowsOf: .territory, all, deals: changed,
      dealCount: deals.count)
    let isInHistory = settings.isValuedByAmount
    valueChanges =
      isInHistory
      ? nil
      : FieldChanges(
        of: [settings.valueField], all, deals: changed, dealCount: deals.count,
        value: DecimalText.value)
    rowDays = history.instants("CreatedDate").days
    rowAmounts = isInHistory && history.has("Amount") ? history.decimals("Amount") : nil
    rowCloses = history.has("CloseDate") ? history.days("CloseDate") : nil
    closes = deals.days("CloseDate")
    created = deals.days("CreatedDate")
    gone =
      areDeleted
      ? zip(deals.days("SystemModstamp"), deals.days("LastModifiedDate"))
        .map { $0 == Day.null ? $1 : $0 } : []
    (isClosed, isWon) = (deals.flags("IsClosed"), deals.flags("IsWon"))
    present = FactResolver.decimals(settings.valueField, of: deals)
  }

  /// How many changes of territory are known.
  var territoryChangeCount: Int { territoryChanges.count }

  private static func counts(
    _ records: RecordSet, _ sources: DealSources, areDeleted: Bool
  ) -> [UInt8] {
    // From which stage on a deal counts is asked of the stage on the day, not of today's.
    var settings = sources.settings
    settings.bookingsFrom = nil
    let classes =
      areDeleted ? DerivedDeals.classes(records, settings).value : sources.classes.value.value
    var counts =
      DerivedDeals.bookings(records, settings, classes: classes).value
      ?? [UInt8](repeating: 1, count: records[.opportunity].count)
    let values =
      areDeleted
      ? DerivedDeals.values(records, settings, sources.currencies.value, threads: sources.threads)
      : sources.values.value
    for deal in values.value.withoutRate { counts[Int(deal)] = 0 }
    return counts
  }

  /// What a deal was at the end of a day.
  struct Snapshot {
    /// Without whether it was due.
    var state: DealsThen.State
    /// Its value in its own currency; null where empty.
    var amount: Int64
    var close: Int32
    /// Whether nothing is known to have changed since.
    var isLast: Bool
  }

  /// What a deal was at the end of a day.
  @inline(__always)
  func snapshot(_ deal: Int, _ day: Int32) -> Snapshot {
    let rows = timeline.range(of: deal)
    var seen = 0
    for place in rows where rowDays[Int(timeline.rows[place])] <= day { seen += 1 }
    var then = Snapshot(
      state: [], amount: present[deal], close: closes[deal], isLast: seen == rows.count)
    if created[deal] == Day.null || created[deal] <= day { then.state.insert(.exists) }
    if areDeleted, gone[deal] == Day.null || gone[deal] <= day { then.state.insert(.gone) }
    if then.isLast {
      let isOver = !rows.isEmpty || then.close == Day.null || then.close <= day
      if isOver && isClosed[deal] == 1 { then.state.insert(.closed) }
      if isOver && isWon[deal] == 1 { then.state.insert(.won) }
      if stages.countsNow(deal) { then.state.insert(.staged) }
    } else {
      let row = Int(timeline.rows[rows.lowerBound + max(seen, 1) - 1])
      if stages.wasClosed(row) { then.state.insert(.closed) }
      if stages.wasWon(row) { then.state.insert(.won) }
      if stages.counted(row) { then.state.insert(.staged) }
      if let rowAmounts { then.amount = rowAmounts[row] }
      if let rowCloses { then.close = rowCloses[row] }
    }
    if let earlier = valueChanges?.value(of: deal, at: day) { then.amount = earlier }
    return then
  }

  /// What some deals were at the end of a day.
  ///
  /// - Parameters:
  ///   - rows: the deals.
  ///   - day: the day.
  ///   - window: the days in which a deal has to be due; nil: any, or none.
  /// - Returns: The state of each of them, whether it counts or not.
  func then(_ rows: Range<Int>, _ day: Day, dueIn window: Period?) -> DealsThen {
    var states: [DealsThen.State] = []
    var amounts: [Int64] = []
    states.reserveCapacity(rows.count)
    amounts.reserveCapacity(rows.count)
    for deal in rows {
      var then = snapshot(deal, day.number)
      let isDue =
        window.map { then.close != Day.null && $0.contains(Day(number: then.close)) } ?? true
      if isDue { then.state.insert(.due) }
      states.append(then.state)
      amounts.append(then.amount)
    }
    let currencies = sources.currencies.value
    if currencies.isMulti {
      let currency = records[.opportunity].categories("CurrencyIsoCode")
      amounts =
        ConvertedAmounts(
          amounts,
          currency: Categories(codes: Array(currency.codes[rows]), values: currency.values),
          days: Array(closes[rows]), currencies: currencies, threads: sources.threads
        ).values
    }
    return DealsThen(
      rows: rows, states: states, values: amounts.map { $0 == Exact.null ? 0 : $0 },
      territories: territories(rows, day.number))
  }

  /// The territory of each deal at the end of a day: its present one, but for changes after the day.
  ///
  /// What territory an account gives its deal is today's: the export does not date it.
  private func territories(_ rows: Range<Int>, _ day: Int32) -> [Int32] {
    let assignment = sources.assignment
    let deals = records[.opportunity]
    let own = deals.references("Territory2Id")
    let accounts = deals.references("AccountId")
    let isExcluded = deals.flags("IsExcludedFromTerritory2Filter")
    func territory(_ deal: Int, _ own: Int32) -> Int32 {
      assignment.territory(
        own: own, account: accounts[deal], isExcluded: isExcluded[deal] == 1)
    }
    return rows.map { deal in
      if let earlier = territoryChanges.value(of: deal, at: day) {
        return territory(
          deal, earlier == Exact.null ? Reference.null : Int32(truncatingIfNeeded: earlier))
      }
      return areDeleted ? territory(deal, own[deal]) : assignment.territoryOfDeal[deal]
    }
  }
}

extension Table {
  /// The same rows as those of another entity that has the same fields.
  fileprivate func named(_ entity: Entity) -> Table {
    Table(entity: entity, count: count, keys: keys, columns: columns, sources: sources)
  }
}
