import Records

/// What is at stake with accounts and deals, as whoever compares assignments takes it: figures that
/// do not depend on who holds what.
///
/// Grain: each list has one entry per row of its table.
public struct Stakes: Sendable {
  /// Recurring revenue a year: twelve times what runs at the end of the last completed month, in
  /// 1/10,000 of a unit; nil where the export holds no subscriptions.
  public let recurringRevenue: Integers?
  /// The day on which the first of an account's subscriptions ends that runs or is to come;
  /// `Day.null` where none does.
  public let nextRenewals: [Int32]
  /// Open bookings of each account, in 1/10,000 of a unit.
  public let openAmounts: Integers
  /// Open bookings of each account, each times its probability in 1/10,000 of a percent.
  public let weightedNumerators: [Int128]
  /// Day of each account's last activity; `Day.null` where there is none.
  public let lastActivities: [Int32]
  /// Value of each deal in corporate currency; `Exact.null` where it has none.
  public let dealValues: [Int64]
  /// Probability of each deal in 1/10,000 of a percent; `Exact.null` where it has none.
  public let probabilities: [Int64]
  /// Whether each deal is open and counts as a booking.
  public let isOpenBooking: [Bool]
  /// Rows of every open deal, bookings or not, ascending.
  public let openDeals: [Int32]

  /// Value of a deal; 0 where it has none.
  public func value(ofDeal deal: Int) -> Int128 {
    dealValues[deal] == Exact.null ? 0 : Int128(dealValues[deal])
  }

  /// Value of a deal times its probability; 0 where it lacks either.
  public func weightedNumerator(ofDeal deal: Int) -> Int128 {
    probabilities[deal] == Exact.null ? 0 : value(ofDeal: deal) * Int128(probabilities[deal])
  }

  /// A weighted figure in whole units.
  public static func weighted(_ numerator: Int128) -> Ratio {
    Ratio(numerator, over: 100 * Int128(Exact.scale) * Int128(Exact.scale))
  }
}

extension LocalEngine {
  /// What is at stake with the accounts and deals of the export.
  public func stakes() -> Stakes {
    let deals = ledger.records[.opportunity]
    let count = ledger.records[.account].count
    let open = ledger.openDeals
    let values = ledger.dealValues.value.value.values
    let bookings = ledger.bookings.value.value
    let accounts = deals.references("AccountId")
    let probabilities = deals.decimals("Probability")
    var isOpenBooking = [Bool](repeating: false, count: deals.count)
    var weighted = [Int128](repeating: 0, count: count)
    for row in open.rows.lazy.map({ Int($0) }) where bookings?[row] ?? 1 == 1 {
      isOpenBooking[row] = true
      guard accounts[row] >= 0, values[row] != Exact.null, probabilities[row] != Exact.null else {
        continue
      }
      weighted[Int(accounts[row])] += Int128(values[row]) * Int128(probabilities[row])
    }
    return Stakes(
      recurringRevenue: ledger.recurring.isKnown
        ? AccountValueSources.annualRevenue(ledger) : nil,
      nextRenewals: nextRenewals(), openAmounts: open.amounts, weightedNumerators: weighted,
      lastActivities: ledger.lastActivities.value.days, dealValues: values,
      probabilities: probabilities, isOpenBooking: isOpenBooking, openDeals: open.rows)
  }

  /// The families of accounts.
  public var families: Forest { ledger.families.value.value }

  /// Users under their managers.
  public var managers: Forest { ledger.managers.value.value }

  private func nextRenewals() -> [Int32] {
    let contracts = ledger.records[.contract]
    let (accounts, ends) = (contracts.references("AccountId"), contracts.days("EndDate"))
    let asOf = ledger.records.asOf.number
    var next = [Int32](repeating: Day.null, count: ledger.records[.account].count)
    for row in 0..<contracts.count where accounts[row] >= 0 && ends[row] >= asOf {
      let account = Int(accounts[row])
      if next[account] == Day.null || ends[row] < next[account] { next[account] = ends[row] }
    }
    return next
  }
}
