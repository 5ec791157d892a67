import Records

/// The fact of revenue movements as a table.
///
/// Grain: one row per customer and completed month in which the customer has recurring revenue at
/// the end, had some at the opening, or had some twelve months before. `Month` is the last day of
/// the month, `Kind` what happened in it, `YearOpening` the revenue twelve months before its end.
/// `Renewing` is there only where the configuration lets expired subscriptions stay.
struct RevenueMovements: Sendable {
  /// How many completed months the fact reaches back.
  static let months = 60

  private var customers: [Int32] = []
  private var days: [Int32] = []
  private var kinds: [Int32] = []
  private var openings: [Int64] = []
  private var closings: [Int64] = []
  private var yearOpenings: [Int64] = []
  private var renewings: [Int64]?
  private var dues: [Int64] = []
  private var reneweds: [Int64] = []
  /// Customers of whom some figure does not fit a column.
  private var tooLarge: [Int32] = []

  private init(hasRenewing: Bool) {
    renewings = hasRenewing ? [] : nil
  }

  /// The table of a grain.
  ///
  /// - Parameters:
  ///   - revenue: the subscriptions by customer.
  ///   - entity: the entity of the table: of accounts or of families.
  ///   - accounts: the accounts, to locate findings.
  ///   - hasRenewing: whether expired subscriptions may stay.
  ///   - threads: how many threads to use; the table does not depend on it.
  /// - Returns: the table, and which accounts have figures that are too large for it.
  static func table(
    _ revenue: RevenueSpans, entity: Entity, accounts: Table, hasRenewing: Bool, threads: Int
  ) -> Ledger.Derived<Table> {
    let from = max(revenue.horizon - months, revenue.base)
    let lastDays = (from..<max(revenue.horizon, from)).map { Day.lastDay(ofMonth: $0).number }
    let parts = Parallel.chunked(revenue.customers.count, threads: threads) { chunk in
      var rows = RevenueMovements(hasRenewing: hasRenewing)
      var walker = RevenueWalker(revenue)
      for customer in chunk {
        walker.walk(customer)
        rows.add(Int32(customer), walker.steps, from: from, lastDays)
      }
      return rows
    }
    var all = parts[0]
    for part in parts.dropFirst() { all.append(part) }
    var findings = FindingLog()
    for customer in all.tooLarge {
      findings.add(
        Finding(
          code: "recurring-revenue-too-large", severity: .warning,
          at: accounts.sources.position(of: Int(customer)),
          what: "the subscriptions of an account are worth more than a figure can hold",
          done: "the months in which they are, are taken as empty by metrics",
          suggestion: "correct the values of its subscriptions"))
    }
    return Ledger.Derived(value: all.table(entity), findings: findings)
  }

  private mutating func add(
    _ customer: Int32, _ steps: [RevenueStep], from: Int, _ lastDays: [Int32]
  ) {
    guard !steps.isEmpty else { return }
    let known = tooLarge.count
    // The steps at or before the month, its predecessor, and the same month a year before.
    var (now, yearAgo) = (-1, -1)
    for (offset, day) in lastDays.enumerated() {
      let month = from + offset
      while now + 1 < steps.count, steps[now + 1].month <= month { now += 1 }
      while yearAgo + 1 < steps.count, steps[yearAgo + 1].month <= month - 12 { yearAgo += 1 }
      guard now >= 0 else { continue }
      let isStep = steps[now].month == month
      let closing = steps[now].closing
      let opening = isStep ? steps[now].opening : closing
      let yearOpening = yearAgo < 0 ? 0 : steps[yearAgo].closing
      let due = isStep ? steps[now].due : 0
      guard opening != 0 || closing != 0 || yearOpening != 0 || due != 0 else { continue }
      customers.append(customer)
      days.append(day)
      kinds.append(isStep ? steps[now].kind?.rawValue ?? Categories.null : Categories.null)
      openings.append(fitting(opening, customer))
      closings.append(fitting(closing, customer))
      yearOpenings.append(fitting(yearOpening, customer))
      let renewing = fitting(steps[now].renewing, customer)
      renewings?.append(renewing)
      dues.append(fitting(due, customer))
      reneweds.append(fitting(isStep ? steps[now].renewed : 0, customer))
    }
    if tooLarge.count > known { tooLarge.removeSubrange((known + 1)...) }
  }

  private mutating func fitting(_ amount: Int128, _ customer: Int32) -> Int64 {
    if let value = Int64(exactly: amount), value != Exact.null { return value }
    tooLarge.append(customer)
    return Exact.null
  }

  private mutating func append(_ other: RevenueMovements) {
    customers += other.customers
    days += other.days
    kinds += other.kinds
    openings += other.openings
    closings += other.closings
    yearOpenings += other.yearOpenings
    renewings? += other.renewings ?? []
    dues += other.dues
    reneweds += other.reneweds
    tooLarge += other.tooLarge
  }

  private func table(_ entity: Entity) -> Table {
    var columns: [String: Column] = [
      "AccountId": .references(customers), "Month": .days(days),
      "Kind": .categories(Categories(codes: kinds, values: RevenueKind.allCases.map(\.name))),
      "Opening": .decimals(openings), "Closing": .decimals(closings),
      "YearOpening": .decimals(yearOpenings), "Due": .decimals(dues),
      "Renewed": .decimals(reneweds),
    ]
    if let renewings { columns["Renewing"] = .decimals(renewings) }
    return Table(entity: entity, count: customers.count, columns: columns)
  }
}
