import Records
import Settings

/// What the parts of an account's value are made from.
struct AccountValueSources: Sendable {
  /// Number of accounts.
  let count: Int
  private let ledger: Ledger
  /// Recurring revenue at the end of the last completed month; nil where none is known.
  private let revenue: [Int128]?
  /// Open bookings; nil where the export has no deals.
  private let open: Integers?
  private let won: WonBookings

  init(_ ledger: Ledger) {
    self.ledger = ledger
    count = ledger.records[.account].count
    let hasRevenue =
      ledger.recurring.isKnown
      && ledger.records[.contract].decimals("MonthlyValue__c").contains { $0 != Exact.null }
    revenue = hasRevenue ? AccountValueSources.revenue(ledger, monthsBefore: 0) : nil
    let hasDeals = ledger.records[.opportunity].count > 0
    open = hasDeals ? ledger.openDeals.amounts : nil
    won = WonBookings(ledger)
  }

  /// Twelve times the recurring revenue, and open bookings; nil where neither is known.
  var own: [Int128]? {
    guard revenue != nil || open != nil else { return nil }
    return (0..<count).map { 12 * (revenue?[$0] ?? 0) + (open?[$0] ?? 0) }
  }

  /// A part of each account in millionths, with what keeps it from being known.
  func shares(_ part: AccountValuePart) -> (shares: [Int32], finding: Finding?) {
    if let field = ledger.settings.accountValues.fields[part] {
      return AccountValueField(ledger, field).shares(isRisk: part == .churnRisk)
    }
    switch part {
    case .recurringRevenue:
      return (revenue.map { revenue in Shares.of(count) { revenue[$0] } } ?? unknown, nil)
    case .openPipeline:
      return (open.map { open in Shares.of(count) { open[$0] } } ?? unknown, nil)
    case .whitespace:
      let whitespace = ledger.productPairs.whitespaces
      return (Shares.of(count) { whitespace[$0] < 0 ? .min : Int128(whitespace[$0]) }, nil)
    case .familyRevenue:
      let forest = ledger.families.value.value
      let (roots, revenues) = (forest.roots, ledger.consolidatedRevenue.figures)
      return (
        Shares.of(count) { row in
          let revenue = revenues[Int(roots[row])]
          return revenue > 0 ? revenue : .min
        }, nil
      )
    case .relationships: return (relationships, nil)
    case .walletShare: return (walletShares, nil)
    case .salesCycle:
      let (days, counts) = (won.days, won.cycles)
      let shares = Shares.of(count) { row in
        counts[row] == 0 ? .min : Exact.divide(Int128(days[row]), by: Int128(counts[row]))
      }
      return (shares.map { $0 == Shares.unknown ? $0 : Int32(Shares.whole) - $0 }, nil)
    case .churnRisk: return (kept, nil)
    case .solvency, .fit, .channel: return (unknown, nil)
    }
  }

  private var unknown: [Int32] { [Int32](repeating: Shares.unknown, count: count) }

  /// Contacts and last activity, the mean of the two where both are known.
  private var relationships: [Int32] {
    var contacts: [Int32]?
    let table = ledger.records[.contact]
    if table.count > 0 {
      var counts = [Int32](repeating: 0, count: count)
      for account in table.references("AccountId") where account >= 0 { counts[Int(account)] += 1 }
      contacts = Shares.of(count) { Int128(counts[$0]) }
    }
    let days = ledger.lastActivities.value.days
    let asOf = ledger.records.asOf.number
    guard days.contains(where: { $0 != Day.null }) else { return contacts ?? unknown }
    return days.indices.map { row in
      let left = days[row] == Day.null ? 0 : max(0, 365 - Int128(asOf - days[row]))
      let recency = left == 0 ? 0 : Shares.share(left, of: 365)
      guard let contacts else { return recency }
      return (contacts[row] + recency + 1) / 2
    }
  }

  private var walletShares: [Int32] {
    let revenues = ledger.revenues.value.value.values
    let amounts = won.amounts
    guard open != nil else { return unknown }
    return Shares.of(count) { row in
      guard revenues[row] > 0 else { return .min }
      return amounts[row] <= 0
        ? 0 : Exact.divide(amounts[row] * Int128(Shares.whole), by: Int128(revenues[row]))
    }
  }

  /// What is left of the recurring revenue of twelve months before.
  private var kept: [Int32] {
    guard let revenue else { return unknown }
    let before = AccountValueSources.revenue(ledger, monthsBefore: 12)
    return before.indices.map { row in
      guard before[row] > 0 else { return Shares.unknown }
      let kept = min(max(revenue[row], 0), before[row])
      return kept == 0 ? 0 : Shares.share(kept, of: before[row])
    }
  }

  /// Recurring revenue of each account at the end of a month, counted back from the last
  /// completed one.
  private static func revenue(_ ledger: Ledger, monthsBefore: Int) -> [Int128] {
    let spans = ledger.recurring.byAccount.value
    let month = Int32(spans.horizon - 1 - monthsBefore)
    return Parallel.rows(spans.customers.count, threads: ledger.threads) { customer in
      var sum: Int128 = 0
      for span in spans.spans(of: customer) where span.first <= month && month < span.end {
        sum += Int128(span.value)
      }
      return sum
    }
  }
}

/// Bookings won in the trailing four quarters by account.
struct WonBookings: Sendable {
  /// Σ value, in 1/10,000 of a unit.
  private(set) var amounts: [Int128]
  /// Σ days of the sales cycles that are known.
  private(set) var days: [Int64]
  /// Number of those cycles.
  private(set) var cycles: [Int32]

  /// The rows of those deals, ascending.
  static func rows(_ ledger: Ledger) -> [Int32] {
    let deals = ledger.records[.opportunity]
    let window = ledger.settings.calendar.trailingFourQuarters(before: ledger.records.asOf)
    let span = window.start.number..<window.end.number
    let (closed, isWon) = (deals.days("CloseDate"), deals.flags("IsWon"))
    let bookings = ledger.bookings.value.value
    return DealRows.picked(ledger, ledger.countedDeals.value) { row in
      isWon[row] == 1 && span.contains(closed[row]) && bookings?[row] ?? 1 == 1
    }
  }

  init(_ ledger: Ledger) {
    let rows = WonBookings.rows(ledger)
    let accounts = ledger.records[.opportunity].references("AccountId")
    let values = ledger.dealValues.value.value.values
    let ends = ledger.cycles.value.value
    let count = ledger.records[.account].count
    amounts = [Int128](repeating: 0, count: count)
    days = [Int64](repeating: 0, count: count)
    cycles = [Int32](repeating: 0, count: count)
    for row in rows.lazy.map({ Int($0) }) where accounts[row] >= 0 {
      let account = Int(accounts[row])
      if values[row] != Exact.null { amounts[account] += Int128(values[row]) }
      guard ends.starts[row] != Day.null, ends.ends[row] != Day.null else { continue }
      days[account] += Int64(max(0, ends.ends[row] - ends.starts[row]))
      cycles[account] += 1
    }
  }
}
