import Records

/// Recurring revenue of a whole, month by month.
///
/// Grain: one entry per completed month of a window. Sums are exact in any order, so totals of parts
/// add up to the same whole.
struct RevenueTotals: Sendable {
  /// The first month of the window.
  let from: Int
  /// Revenue and customers before the first month.
  private(set) var opening: Int128 = 0
  private(set) var openingCustomers: Int128 = 0
  private var openingRenewing: Int128 = 0
  /// By month of the window and kind of movement, the amounts as they are printed: above zero
  /// where contraction and churn make less.
  private(set) var amounts: [Int128]
  private(set) var customers: [Int128]
  /// Change of what stays only because a renewal is open.
  private var renewingChanges: [Int128]

  init(from: Int, to horizon: Int) {
    self.from = from
    let months = max(horizon - from, 0)
    amounts = [Int128](repeating: 0, count: months * RevenueKind.allCases.count)
    customers = amounts
    renewingChanges = [Int128](repeating: 0, count: months)
  }

  var months: Int { renewingChanges.count }

  func amount(_ kind: RevenueKind, _ month: Int) -> Int128 { amounts[index(kind, month)] }
  func customers(_ kind: RevenueKind, _ month: Int) -> Int128 { customers[index(kind, month)] }

  /// What stays only because a renewal is open, at the end of each month.
  var renewing: [Int128] {
    var level = openingRenewing
    return renewingChanges.map { change in
      level += change
      return level
    }
  }

  private func index(_ kind: RevenueKind, _ month: Int) -> Int {
    month * RevenueKind.allCases.count + Int(kind.rawValue)
  }

  /// The totals of the customers whom a mask keeps.
  ///
  /// - Parameters:
  ///   - revenue: the subscriptions by customer.
  ///   - months: how many completed months to give.
  ///   - mask: 1 for each customer that counts; nil: all do.
  ///   - threads: how many threads to use; the totals do not depend on it.
  /// - Returns: the totals of the last months.
  static func of(
    _ revenue: RevenueSpans, months: Int, mask: [UInt8]?, threads: Int
  ) -> RevenueTotals {
    let parts = Parallel.chunked(revenue.customers.count, threads: threads) { chunk in
      var totals = RevenueTotals(from: revenue.horizon - months, to: revenue.horizon)
      var walker = RevenueWalker(revenue)
      for customer in chunk where mask?[customer] ?? 1 == 1 {
        walker.walk(customer)
        totals.add(walker.steps)
      }
      return totals
    }
    var all = parts[0]
    for part in parts.dropFirst() { all.add(part) }
    return all
  }

  private mutating func add(_ steps: [RevenueStep]) {
    var renewing: Int128 = 0
    for step in steps {
      let month = step.month - from
      let change = step.renewing - renewing
      renewing = step.renewing
      if month < 0 {
        opening += step.closing - step.opening
        openingRenewing += change
        openingCustomers += (step.closing != 0 ? 1 : 0) - (step.opening != 0 ? 1 : 0)
        continue
      }
      renewingChanges[month] += change
      guard let kind = step.kind else { continue }
      amounts[index(kind, month)] += kind.sign * (step.closing - step.opening)
      customers[index(kind, month)] += 1
    }
  }

  private mutating func add(_ other: RevenueTotals) {
    opening += other.opening
    openingCustomers += other.openingCustomers
    openingRenewing += other.openingRenewing
    for index in amounts.indices {
      amounts[index] += other.amounts[index]
      customers[index] += other.customers[index]
    }
    for index in renewingChanges.indices { renewingChanges[index] += other.renewingChanges[index] }
  }
}
