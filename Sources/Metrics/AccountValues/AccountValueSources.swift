import Records
import Settings

/// What the parts of an account's value are made from.
struct AccountValueSources: Sendable {
  /// Number of accounts.
  let count: Int
  private let ledger: Ledger
  /// Recurring revenue at the end of the last completed month; nil where none is known.
  private let revenue: Integers?
  /// The same twelve months before.
  private let revenueBefore: Integers?
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
    revenueBefore = hasRevenue ? AccountValueSources.revenue(ledger, monthsBefore: 12) : nil
    let hasDeals = ledger.records[.opportunity].count > 0
    open = hasDeals ? ledger.openDeals.amounts : nil
    won = WonBookings(ledger)
  }

  /// Twelve times the recurring revenue, and open bookings; nil where neither is known.
  var own: Integers? {
    guard let revenue else { return open }
    var sums = ExactSums(groups: count)
    revenue.forEachNonzero { sums.add(wide: 12 * revenue[$0], to: $0) }
    if let open { open.forEachNonzero { sums.add(wide: open[$0], to: $0) } }
    return sums.integers
  }

  /// Whether recurring revenue is known.
  var knowsRevenue: Bool { revenue != nil }

  /// Bookings won in the trailing four quarters.
  var wonAmounts: Integers { won.amounts }

  /// A part of each account in millionths, with what keeps it from being known.
  func shares(_ part: AccountValuePart) -> (shares: [Int32], finding: Finding?) {
    if let field = ledger.settings.accountValues.fields[part] {
      return AccountValueField(ledger, field).shares(isRisk: part == .churnRisk)
    }
    switch part {
    case .recurringRevenue:
      return (revenue.map { Shares.of($0) } ?? unknown, nil)
    case .openPipeline:
      return (open.map { Shares.of($0) } ?? unknown, nil)
    case .whitespace:
      return (Shares.of(ledger.productPairs.whitespaces.map { $0 < 0 ? .min : $0 }), nil)
    case .familyRevenue: return (familyRevenues, nil)
    case .relationships: return (relationships, nil)
    case .walletShare: return (walletShares, nil)
    case .salesCycle:
      let (days, counts) = (won.days, won.cycles)
      let shares = Shares.of(
        counts.indices.map { row -> Int64 in
          // Half a day is rounded up.
          let count = Int64(counts[row])
          return count == 0 ? .min : (2 * days[row] + count) / (2 * count)
        })
      return (shares.map { $0 == Shares.unknown ? $0 : Int32(Shares.whole) - $0 }, nil)
    case .churnRisk: return (kept, nil)
    case .solvency, .fit, .channel: return (unknown, nil)
    }
  }

  private var unknown: [Int32] { [Int32](repeating: Shares.unknown, count: count) }

  private var familyRevenues: [Int32] {
    let roots = ledger.families.value.value.roots
    let revenues = ledger.consolidatedRevenue.figures
    if let revenues = revenues.narrow {
      return Shares.of(roots.map { revenues[Int($0)] > 0 ? revenues[Int($0)] : .min })
    }
    return Shares.of(roots.map { revenues[Int($0)] > 0 ? revenues[Int($0)] : .min })
  }

  /// Contacts and last activity, the mean of the two where both are known.
  private var relationships: [Int32] {
    var contacts: [Int32]?
    let table = ledger.records[.contact]
    if table.count > 0 {
      var counts = [Int32](repeating: 0, count: count)
      for account in table.references("AccountId") where account >= 0 { counts[Int(account)] += 1 }
      contacts = Shares.of(counts)
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
    let shares = amounts.indices.map { row -> Int128 in
      guard revenues[row] > 0 else { return .min }
      let amount = amounts[row]
      return amount <= 0
        ? 0 : Exact.divide(amount * Int128(Shares.whole), by: Int128(revenues[row]))
    }
    // Nearly always a word holds each of them.
    guard shares.allSatisfy({ $0 < Int128(Int64.max) }) else { return Shares.of(shares) }
    return Shares.of(shares.map { $0 == .min ? .min : Int64($0) })
  }

  /// What is left of the recurring revenue of twelve months before.
  private var kept: [Int32] {
    guard let revenue, let revenueBefore else { return unknown }
    var shares = unknown
    revenueBefore.forEachNonzero { row in
      let before = revenueBefore[row]
      guard before > 0 else { return }
      let kept = min(max(revenue[row], 0), before)
      shares[row] = kept == 0 ? 0 : Shares.share(kept, of: before)
    }
    return shares
  }

  /// Twelve times the recurring revenue of each account at the end of the last completed month.
  static func annualRevenue(_ ledger: Ledger) -> Integers {
    let monthly = revenue(ledger, monthsBefore: 0)
    return Integers(monthly.map { 12 * $0 })
  }

  /// Recurring revenue of each account at the end of a month, counted back from the last
  /// completed one.
  private static func revenue(_ ledger: Ledger, monthsBefore: Int) -> Integers {
    let spans = ledger.recurring.byAccount.value
    let month = Int32(spans.horizon - 1 - monthsBefore)
    var sums = ExactSums(groups: spans.customers.count)
    for customer in spans.customers {
      for at in Int(spans.starts[customer])..<Int(spans.starts[customer + 1]) {
        let span = spans.spans[at]
        if span.first <= month, month < span.end { sums.add(span.value, to: customer) }
      }
    }
    return sums.integers
  }
}

/// Bookings won in the trailing four quarters by account.
struct WonBookings: Sendable {
  /// Σ value, in 1/10,000 of a unit.
  let amounts: Integers
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
    var sums = ExactSums(groups: count)
    days = [Int64](repeating: 0, count: count)
    cycles = [Int32](repeating: 0, count: count)
    for row in rows.lazy.map({ Int($0) }) where accounts[row] >= 0 {
      let account = Int(accounts[row])
      if values[row] != Exact.null { sums.add(values[row], to: account) }
      guard ends.starts[row] != Day.null, ends.ends[row] != Day.null else { continue }
      days[account] += Int64(max(0, ends.ends[row] - ends.starts[row]))
      cycles[account] += 1
    }
    amounts = sums.integers
  }
}
