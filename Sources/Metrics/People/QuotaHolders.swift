import Records

/// How the holders of quotas do: METRICS §2, quota attainment.
///
/// Grain: one entry per quota, by its row. Attainment is of quota to date: of a span, the bookings
/// that its holder won up to the as-of date, divided by the quotas that have begun by then. Won
/// deals are credited to the present owner.
struct QuotaHolders: Sendable {
  /// Fields of quotas that are made from it.
  static let fields = [
    "QuarterAttainment", "YearAttainment", "IsRampingQuarter", "IsRampingYear", "IsManager",
    "TeamQuota",
  ]

  /// Attainment of the holder in the fiscal quarter of the row, in 1/10,000, rounded down so that
  /// nobody reaches a bound by rounding; null where there is no quota to date.
  let ofQuarter: [Int64]
  let ofYear: [Int64]
  /// Whether the holder's ramp makes less than a full quota of a month of the fiscal quarter in
  /// which a quota of theirs begins.
  let isRampingQuarter: [UInt8]
  let isRampingYear: [UInt8]
  /// Whether another holder of a quota reports to this one.
  let isManager: [UInt8]
  /// On a manager's rows: the quotas of those who report to the manager, each on the manager's row
  /// of the same day, else on the first of the same fiscal quarter.
  let teamQuotas: [Int64]

  init(_ ledger: Ledger) {
    let table = ledger.records[.quota]
    let quotas = HeldQuotas(ledger)
    let calendar = ledger.settings.calendar
    let quarter = HolderSpans(quotas, ledger) { calendar.quarter(containing: $0).period }
    let year = HolderSpans(quotas, ledger) { calendar.year(containing: $0) }
    (ofQuarter, isRampingQuarter) = (quarter.attainments, quarter.ramping)
    (ofYear, isRampingYear) = (year.attainments, year.ramping)
    let managers = QuotaHolders.managers(ledger)
    let holders = Set(quotas.rows.map { quotas.holders[$0] })
    let leading = Set(holders.map { managers[Int($0)] }.filter(holders.contains))
    isManager = (0..<table.count).map { row in
      quotas.holders[row] < 0 ? 2 : leading.contains(quotas.holders[row]) ? 1 : 0
    }
    teamQuotas = QuotaHolders.teams(quotas, managers, leading, calendar)
  }

  /// The manager of each user, as the file of people says, else the CRM; negative for none.
  private static func managers(_ ledger: Ledger) -> [Int32] {
    var managers = ledger.records[.user].references("ManagerId")
    for person in ledger.userRecords.people {
      if let manager = person.manager { managers[Int(person.user)] = manager }
    }
    return managers
  }

  private struct Place: Hashable {
    let holder: Int32
    let day: Int32
  }

  private static func teams(
    _ quotas: HeldQuotas, _ managers: [Int32], _ leading: Set<Int32>, _ calendar: FiscalCalendar
  ) -> [Int64] {
    var byDay: [Place: Int] = [:]
    var byQuarter: [Place: Int] = [:]
    func quarter(_ day: Int32) -> Int32 {
      calendar.quarter(containing: Day(number: day)).period.start.number
    }
    // In order of their days, so that the order of rows decides nothing but where a sum stands.
    for row in quotas.rows where leading.contains(quotas.holders[row]) {
      let (holder, day) = (quotas.holders[row], quotas.days[row])
      if byDay[Place(holder: holder, day: day)] == nil {
        byDay[Place(holder: holder, day: day)] = row
      }
      let place = Place(holder: holder, day: quarter(day))
      if byQuarter[place] == nil { byQuarter[place] = row }
    }
    var sums = [Int64](repeating: Exact.null, count: quotas.holders.count)
    for row in quotas.rows {
      let manager = managers[Int(quotas.holders[row])]
      let day = quotas.days[row]
      guard manager >= 0, manager != quotas.holders[row],
        let at = byDay[Place(holder: manager, day: day)]
          ?? byQuarter[Place(holder: manager, day: quarter(day))]
      else { continue }
      let sum = sums[at] == Exact.null ? 0 : sums[at]
      let (total, overflow) = sum.addingReportingOverflow(quotas.amounts[row])
      sums[at] = overflow ? Int64.max : total
    }
    return sums
  }
}

extension Ledger {
  /// How the holders of quotas do.
  var quotaHolders: QuotaHolders { quotaHolderCache.value { QuotaHolders(self) } }

  /// Which deals close by the working day that the as-of date is.
  var paceFlags: [UInt8] { paceCache.value { Pace.flags(self) } }
}

/// The quotas that count and have a holder, a first day and an amount.
struct HeldQuotas {
  let holders: [Int32]
  let days: [Int32]
  let amounts: [Int64]
  /// Their rows, by first day, then row.
  let rows: [Int]

  init(_ ledger: Ledger) {
    let table = ledger.records[.quota]
    let (holders, days) = (table.references("QuotaOwnerId"), table.days("StartDate"))
    let amounts = ledger.quotaAmounts.value.value.values
    let counted = ledger.countedQuotas.value.value
    rows = (0..<table.count)
      .filter { row in
        holders[row] >= 0 && days[row] != Day.null && amounts[row] != Exact.null
          && counted?[row] ?? 1 == 1
      }
      .sorted { days[$0] != days[$1] ? days[$0] < days[$1] : $0 < $1 }
    (self.holders, self.days, self.amounts) = (holders, days, amounts)
  }
}

/// Attainment and ramp of holders in spans of one length, by the row of each quota.
private struct HolderSpans {
  let attainments: [Int64]
  let ramping: [UInt8]

  private struct Key: Hashable {
    let holder: Int32
    let start: Int32
  }

  private struct Sums {
    var won: Int128 = 0
    var quota: Int128 = 0
    var isRamping = false
  }

  init(_ quotas: HeldQuotas, _ ledger: Ledger, _ span: (Day) -> Period) {
    let asOf = ledger.records.asOf.number
    var starts: [Int32: Int32] = [:]
    func start(_ day: Int32) -> Int32 {
      if let known = starts[day] { return known }
      let start = span(Day(number: day)).start.number
      starts[day] = start
      return start
    }
    let ramps = Dictionary(
      ledger.userRecords.people.map { ($0.user, $0) }, uniquingKeysWith: { first, _ in first })
    var sums: [Key: Sums] = [:]
    for row in quotas.rows {
      let day = quotas.days[row]
      let key = Key(holder: quotas.holders[row], start: start(day))
      sums[key, default: Sums()].quota += day <= asOf ? Int128(quotas.amounts[row]) : 0
      if ramps[key.holder]?.isRamping(on: Day(number: day)) == true {
        sums[key]?.isRamping = true
      }
    }
    let deals = ledger.records[.opportunity]
    let (owners, closed) = (deals.references("OwnerId"), deals.days("CloseDate"))
    let isWon = deals.flags("IsWon")
    let values = ledger.dealValues.value.value.values
    let bookings = ledger.bookings.value.value
    let holders = Set(sums.keys.map(\.holder))
    let rows = DealRows.picked(ledger, ledger.countedDeals.value) { row in
      isWon[row] == 1 && owners[row] >= 0 && values[row] != Exact.null && closed[row] <= asOf
        && closed[row] != Day.null && bookings?[row] ?? 1 == 1
    }
    for row in rows.lazy.map({ Int($0) }) where holders.contains(owners[row]) {
      sums[Key(holder: owners[row], start: start(closed[row]))]?.won += Int128(values[row])
    }
    var attainments = [Int64](repeating: Exact.null, count: quotas.holders.count)
    var ramping = [UInt8](repeating: 2, count: attainments.count)
    for row in quotas.rows {
      let key = Key(holder: quotas.holders[row], start: start(quotas.days[row]))
      guard let sums = sums[key] else { continue }
      ramping[row] = sums.isRamping ? 1 : 0
      guard sums.quota > 0 else { continue }
      let (quotient, rest) = (sums.won * Int128(Exact.scale)).quotientAndRemainder(
        dividingBy: sums.quota)
      attainments[row] = Int64(clamping: rest < 0 ? quotient - 1 : quotient)
    }
    (self.attainments, self.ramping) = (attainments, ramping)
  }
}

extension Person {
  /// Whether the month of work in which a day lies has less than a full quota.
  func isRamping(on day: Day) -> Bool {
    guard let startDate, startDate < day.startOfMonth(adding: 1) else { return false }
    let full = 100 * Exact.scale
    return ramp.indices.contains { month in
      ramp[month] < full && startDate.monthNumber + month == day.monthNumber
    }
  }
}
