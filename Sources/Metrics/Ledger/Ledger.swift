import Expressions
import Records

/// The records of one export with the columns that every figure derives from, each made once when
/// it is first needed.
///
/// Grain: each derived column has one entry per row of its table. The findings made on the way are
/// those of the columns made so far.
final class Ledger: Sendable {
  /// A derived value with what was wrong in its input.
  struct Derived<Value: Sendable>: Sendable {
    var value: Value
    var findings = FindingLog()
  }

  /// Text codes a row: a code below `names.count`, never negative.
  struct Labels: Sendable {
    var codes: [Int32]
    var names: [String]
  }

  let records: RecordSet
  let assignment: Assignment
  let settings: MetricSettings
  /// What the files say that users keep beside the export.
  let userRecords: UserRecords
  let threads: Int

  let currencies: Lazy<Currencies>
  /// Value of each deal in corporate currency.
  let dealValues: Lazy<Derived<ConvertedAmounts>>
  /// Annual revenue of each account in corporate currency; null where no rate is known.
  let revenues: Lazy<Derived<ConvertedAmounts>>
  /// Amount of each quota in corporate currency.
  let quotaAmounts: Lazy<Derived<ConvertedAmounts>>
  /// Whether each quota is of the one forecasting type that counts; nil: all are.
  let countedQuotas: Lazy<Derived<[UInt8]?>>
  /// Total price of each line in corporate currency, at the rate of its deal.
  let lineValues: Lazy<Derived<ConvertedAmounts>>
  /// The families of accounts, by ParentId.
  let families: Lazy<Derived<Forest>>
  /// Users under their managers, by ManagerId or as the file of people says.
  let managers: Lazy<Derived<Forest>>
  /// The segment of each account.
  let segments: Lazy<Labels>
  /// The band of each deal's value.
  let dealBands: Lazy<Labels>
  /// Whether each deal counts at all: 0 where its currency has no rate.
  let countedDeals: Lazy<[UInt8]?>
  /// The class of each deal; nil where no classes are configured.
  let classes: Lazy<Derived<Labels?>>
  /// Whether each deal is of a class, and at a stage, that counts as a booking; nil: every deal is.
  let bookings: Lazy<Derived<[UInt8]?>>
  /// From when to when the sales cycle of each deal lasts.
  let cycles: Lazy<Derived<DerivedDeals.Cycles>>
  /// Not IsClosed, overdue and Omitted included.
  let openFlags: Lazy<[UInt8]>
  /// IsClosed and not IsWon.
  let lostFlags: Lazy<[UInt8]>
  /// Whether each account is in no territory of the model; null where the source does not say.
  let unassignedFlags: Lazy<[UInt8]>
  /// Ancestors of each territory, itself included, by index; then the remainders, alone.
  let territoryAncestors: Lazy<Adjacency>
  /// Territories of each account, `(unassigned)` where there is none.
  let accountTerritories: Lazy<Expansion>
  /// Territories of each account with all above them, each once.
  let accountAncestors: Lazy<Expansion>
  /// Activities, leads, credit, time to assign and forecast, whose tables are among the records.
  let facts: DerivedFacts
  /// Recurring revenue, whose tables are among the records.
  let recurring: RecurringRevenue
  /// What the histories say of deals.
  let dealHistory: DealHistory
  /// The account of each lead; nil where nobody looked for it.
  let leadMatches: Lazy<[LeadMatch?]?>
  /// Where each lead should go; nil where nobody asked.
  let leadRoutes: Lazy<[LeadRoute]?>
  /// When something last happened with each account.
  let lastActivities: Lazy<LastActivities>
  /// Which accounts are neglected.
  let neglects = Once<Derived<Neglect>>()
  let churnSignalCache = Once<Derived<ChurnSignals>>()
  /// What accounts are worth, and the company's parts of coverage that it shares with tables.
  let accountValueCache = Once<Derived<AccountValues>>()
  let repFlagCache = Once<RepFlags>()
  let paceCache = Once<[UInt8]>()
  let quotaHolderCache = Once<QuotaHolders>()
  let openDealCache = Once<OpenDeals>()
  let dealMoveCache = Once<DealMoves>()
  let productPairCache = Once<ProductPairs>()
  let consolidatedRevenueCache = Once<ConsolidatedRevenue>()
  private let vias = LockedCache<String, [Int32]>()
  /// By entity the order of its records.
  let orders = LockedCache<Entity, KeyOrder>()

  /// What depends on neither assignment nor owners is taken from `other`, a ledger of the same export.
  init(
    records: RecordSet, assignment: Assignment, settings: MetricSettings,
    userRecords: UserRecords = UserRecords(), leads: LeadAnswers? = nil,
    sharing other: Ledger? = nil, threads: Int
  ) {
    leadMatches = Lazy { leads?.matches() }
    leadRoutes = Lazy { leads?.routes() }
    self.assignment = assignment
    self.settings = settings
    self.userRecords = userRecords
    lastActivities =
      other?.lastActivities ?? Lazy { LastActivities(records, userRecords.activities) }
    self.threads = threads
    let currencies =
      other?.currencies ?? Lazy { Currencies(of: records, configured: settings.currency) }
    self.currencies = currencies
    let dealValues =
      other?.dealValues
      ?? Lazy { DerivedDeals.values(records, settings, currencies.value, threads: threads) }
    self.dealValues = dealValues
    revenues = Lazy {
      DerivedAccounts.revenues(records, currencies.value, threads: threads)
    }
    quotaAmounts = Lazy { DerivedQuotas.amounts(records, currencies.value, threads: threads) }
    countedQuotas = Lazy { DerivedQuotas.counted(records) }
    lineValues = Lazy { DerivedDeals.lineValues(records, currencies.value, threads: threads) }
    families = other?.families ?? Lazy { DerivedAccounts.families(records) }
    managers = Lazy { Managers.forest(records, userRecords.people) }
    segments = Lazy { [revenues] in
      DerivedAccounts.segments(records, settings, threads: threads) {
        revenues.value.value.values
      }
    }
    dealBands = Lazy {
      Bands(settings.dealBounds).labels(dealValues.value.value.values, threads: threads)
    }
    countedDeals =
      other?.countedDeals
      ?? Lazy {
        let without = dealValues.value.value.withoutRate
        guard !without.isEmpty else { return nil }
        var counted = [UInt8](repeating: 1, count: records[.opportunity].count)
        for row in without { counted[Int(row)] = 0 }
        return counted
      }
    let classes = Lazy { DerivedDeals.classes(records, settings) }
    self.classes = classes
    bookings = Lazy { DerivedDeals.bookings(records, settings, classes: classes.value.value) }
    recurring = RecurringRevenue(
      records, settings, costs: userRecords.costs, currencies: currencies, families: families,
      classes: classes, threads: threads)
    facts = DerivedFacts(
      records, assignment, settings, activities: userRecords.activities, dealValues: dealValues)
    dealHistory = DealHistory(
      DealSources(
        records: records, settings: settings, assignment: assignment, currencies: currencies,
        classes: classes, values: dealValues, threads: threads,
        lastHolders: userRecords.lastHolders))
    self.records = records.deriving(recurring.tables).deriving(dealHistory.tables)
      .deriving(facts.tables)
    openFlags = Lazy {
      records[.opportunity].flags("IsClosed").map { $0 == 1 ? 0 : 1 }
    }
    lostFlags = Lazy {
      let deals = records[.opportunity]
      var isLost = deals.flags("IsWon")
      let isClosed = deals.flags("IsClosed")
      for row in isLost.indices { isLost[row] = isClosed[row] == 1 && isLost[row] != 1 ? 1 : 0 }
      return isLost
    }
    unassignedFlags = Lazy {
      (0..<records[.account].count).map { account in
        guard assignment.coversAccounts else { return 2 }
        return assignment.territoriesOfAccount.degree(account) == 0 ? 1 : 0
      }
    }
    cycles = Lazy { DerivedDeals.cycles(records, threads: threads) }
    let territoryAncestors = Lazy<Adjacency> {
      guard let model = assignment.model else {
        return Adjacency(sources: 2, pairs: [(0, 0), (1, 1)])
      }
      var pairs: [(source: Int32, target: Int32)] = []
      for territory in 0..<Int32(model.count) {
        var above = territory
        while above >= 0 {
          pairs.append((territory, above))
          above = model.forest.parents[Int(above)]
        }
      }
      for remainder in Int32(model.count)..<Int32(model.count + 2) {
        pairs.append((remainder, remainder))
      }
      return Adjacency(sources: model.count + 2, pairs: pairs)
    }
    self.territoryAncestors = territoryAncestors
    let unassigned = Int32(assignment.model?.count ?? 0)
    accountTerritories = Lazy {
      Expansion(assignment.territoriesOfAccount, empty: unassigned)
    }
    accountAncestors = Lazy {
      let held = assignment.territoriesOfAccount
      let above = territoryAncestors.value
      let lists = Adjacency(sources: records[.account].count) { account, targets in
        let start = targets.count
        for territory in held[account] { targets += above[Int(territory)] }
        if held.degree(account) > 1 {
          let all = Set(targets[start...])
          targets.removeSubrange(start...)
          targets += all.sorted()
        }
      }
      return Expansion(lists, empty: unassigned)
    }
  }

  /// What was wrong in the input of the columns made so far.
  var findings: FindingLog {
    var log = FindingLog()
    let made = [
      dealValues.valueIfMade?.findings, revenues.valueIfMade?.findings,
      quotaAmounts.valueIfMade?.findings, countedQuotas.valueIfMade?.findings,
      lineValues.valueIfMade?.findings,
      families.valueIfMade?.findings, managers.valueIfMade?.findings,
      classes.valueIfMade?.findings,
      bookings.valueIfMade?.findings, cycles.valueIfMade?.findings,
    ]
    for findings in made.compactMap({ $0 }) { log.merge(findings) }
    if let neglect = neglects.valueIfMade { log.merge(neglect.findings) }
    if let signals = churnSignalCache.valueIfMade { log.merge(signals.findings) }
    if let values = accountValueCache.valueIfMade { log.merge(values.findings) }
    log.merge(recurring.findings)
    log.merge(facts.findings)
    return log
  }

  /// For each row of a table the row that a chain of references leads to, negative for none.
  func via(_ entity: Entity, _ fields: [(entity: Entity, field: String)]) -> [Int32] {
    let key = entity.rawValue + fields.map { "." + $0.field }.joined()
    return vias.value(for: key) {
      guard let first = fields.first else { return [] }
      var rows = records[first.entity].references(first.field)
      for step in fields.dropFirst() {
        let next = records[step.entity].references(step.field)
        let last = rows
        rows = Parallel.rows(last.count, threads: threads) { row in
          last[row] < 0 ? last[row] : next[Int(last[row])]
        }
      }
      return rows
    }
  }
}
