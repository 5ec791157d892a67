import Records

/// The subscriptions that count, each with the months at whose end it is active.
///
/// Grain: one entry per subscription; one more where an expired subscription counts again because a
/// renewal was opened later. Months are numbers (`Day.monthNumber`), those of the month of D and
/// later are cut off: only completed months count.
struct Subscriptions: Sendable {
  /// Row of the account.
  var accounts: [Int32] = []
  /// The first month at whose end the subscription is active.
  var firsts: [Int32] = []
  /// The month from which on it has expired and stays only because its renewal is open; the same
  /// as `ends` where it does not.
  var expiries: [Int32] = []
  /// The first month at whose end it no longer counts.
  var ends: [Int32] = []
  /// Monthly value in corporate currency, in parts of a unit.
  var values: [Int64] = []

  var count: Int { accounts.count }

  mutating func append(account: Int32, first: Int, expiry: Int, end: Int, value: Int64) {
    guard first < end else { return }
    accounts.append(account)
    firsts.append(Int32(clamping: first))
    expiries.append(Int32(clamping: expiry))
    ends.append(Int32(clamping: end))
    values.append(value)
  }

  mutating func append(_ other: Subscriptions) {
    accounts += other.accounts
    firsts += other.firsts
    expiries += other.expiries
    ends += other.ends
    values += other.values
  }
}

extension Subscriptions {
  /// Reads the subscriptions of an export.
  ///
  /// METRICS §2: active at a month's end if start ≤ last day of the month ≤ end, so from the month
  /// of the start up to, not including, the month of the day after the end. Amounts are at the
  /// static rate, so that no movement comes from exchange rates.
  ///
  /// - Parameters:
  ///   - records: the export; its table Contract holds the subscriptions with monthly values.
  ///   - currencies: the exchange rates.
  ///   - renewals: the open renewals of accounts; nil: an expired subscription is gone.
  ///   - threads: how many threads to use.
  /// - Returns: the subscriptions that count, and findings about those that cannot.
  static func read(
    _ records: RecordSet, _ currencies: Currencies, renewals: OpenRenewals?, threads: Int
  ) -> Ledger.Derived<Subscriptions> {
    let table = records[.contract]
    let amounts = ConvertedAmounts(
      table.decimals("MonthlyValue__c"), currency: table.categories("CurrencyIsoCode"), days: nil,
      currencies: currencies, threads: threads)
    let rows = SubscriptionRows(table, amounts.values)
    let horizon = records.asOf.monthNumber
    let parts = Parallel.chunked(table.count, threads: threads) { chunk in
      var part = Subscriptions()
      for row in chunk where rows.flaw(row) == nil {
        part.add(row, of: rows, before: horizon, renewals)
      }
      return part
    }
    var all = Subscriptions()
    for part in parts { all.append(part) }
    var findings = RateFindings.of(
      amounts, in: table, code: "subscription-rate-missing", subject: "a subscription",
      done: "the subscription is left out of recurring revenue")
    findings.merge(rows.findings(withoutAmount: Set(amounts.withoutRate + amounts.tooLarge)))
    return Ledger.Derived(value: all, findings: findings)
  }

  private mutating func add(
    _ row: Int, of rows: SubscriptionRows, before horizon: Int, _ renewals: OpenRenewals?
  ) {
    let first = Day(number: rows.starts[row]).monthNumber
    guard first < horizon else { return }
    let account = rows.accounts[row]
    let value = rows.values[row]
    guard rows.ends[row] != Day.null else {
      append(account: account, first: first, expiry: horizon, end: horizon, value: value)
      return
    }
    let last = Day(number: rows.ends[row])
    let expiry = min(last.adding(days: 1).monthNumber, horizon)
    guard let renewals, rows.starts[row] <= rows.ends[row] else {
      append(account: account, first: first, expiry: expiry, end: expiry, value: value)
      return
    }
    let until = min(last.adding(days: 1 + renewals.grace).monthNumber, horizon)
    var (start, end) = (first, expiry)
    for span in renewals.spans(of: account, in: expiry..<max(expiry, until)) {
      if span.lowerBound == end {
        end = span.upperBound
      } else {
        append(
          account: account, first: start, expiry: max(start, expiry), end: end, value: value)
        (start, end) = (span.lowerBound, span.upperBound)
      }
    }
    append(account: account, first: start, expiry: max(start, expiry), end: end, value: value)
  }
}
