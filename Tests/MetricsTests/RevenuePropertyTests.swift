import Metrics
import Records
import Testing

@Suite("Properties of recurring revenue")
struct RevenuePropertyTests {
  private struct Subscription {
    let account: Int
    let start: Day
    let end: Day?
    let cents: Int64
  }

  private func subscriptions(seed: UInt64, accounts: Int, count: Int) -> [Subscription] {
    var random = SplitMix(state: seed)
    return (0..<count).map { _ in
      // Around ends of months more often than anywhere else.
      let start = Organisation.day("2021-01-31").adding(
        days: Int.random(in: 0..<2_300, using: &random))
      var end: Day? = start.adding(days: Int.random(in: -3..<700, using: &random))
      if Bool.random(using: &random) { end = end?.startOfMonth().adding(days: -1) }
      if Int.random(in: 0..<12, using: &random) == 0 { end = nil }
      // Few values, so that what ends and what begins are often alike; zero and below are among them.
      return Subscription(
        account: Int.random(in: 0..<accounts, using: &random), start: start, end: end,
        cents: [100, 100, 250, 999, 0, -100][Int.random(in: 0..<6, using: &random)])
    }
  }

  private func organisation(
    _ subscriptions: [Subscription], accounts: Int, scale: Int64 = 1
  ) -> Organisation {
    var o = Organisation()
    for index in 0..<3 { o.territory("t\(index)") }
    o.add(.user, "u0")
    o.add(.user, "u1")
    for account in 0..<accounts {
      o.account(
        "a\(account)", parent: account % 4 == 0 ? nil : "a\(account / 4 * 4)",
        owner: "u\(account % 2)", in: account % 5 == 0 ? [] : ["t\(account % 3)"],
        employees: Int64(account * 40), country: account % 7 == 0 ? nil : "C\(account % 3)")
    }
    for (index, subscription) in subscriptions.enumerated() {
      o.subscription(
        "s\(index)", of: "a\(subscription.account)", from: subscription.start.description,
        to: subscription.end?.description, cents: subscription.cents * scale)
    }
    return o
  }

  private func numbers(_ table: MetricTable, _ column: String) -> [Int128] {
    switch table[column]?.cells {
    case .money(let cells), .integers(let cells): cells.map { $0 ?? -1 }
    default: []
    }
  }

  @Test("Openings and movements give closings, which are the next openings", arguments: [1, 2])
  func balance(seed: UInt64) throws {
    let o = organisation(subscriptions(seed: seed, accounts: 20, count: 120), accounts: 20)
    let table = try o.engine().standardTables([.recurringRevenue], scope: .company)[0]
    func column(_ name: String) -> [Int128] { numbers(table, name) }
    for month in 0..<36 {
      #expect(
        column("closing")[month]
          == column("opening")[month] + column("new")[month] + column("expansion")[month]
          + column("reactivation")[month] - column("contraction")[month] - column("churned")[month])
      #expect(
        column("customers_closing")[month]
          == column("customers_opening")[month] + column("customers_new")[month]
          + column("customers_reactivated")[month] - column("customers_churned")[month])
      guard month > 0 else { continue }
      #expect(column("opening")[month] == column("closing")[month - 1])
      #expect(column("customers_opening")[month] == column("customers_closing")[month - 1])
    }
  }

  /// Movements of the months from one to another, by the words of METRICS §2, day by day.
  private func expected(
    _ subscriptions: [Subscription], customers: (Int) -> Int
  ) -> [[Int64]] {
    var revenue: [Int: Int64] = [:]
    var known: Set<Int> = []
    var rows: [[Int64]] = []
    for month in 0..<82 {
      let first = Organisation.day("2020-01-01").startOfMonth(adding: month)
      let last = first.startOfMonth(adding: 1).adding(days: -1)
      var next: [Int: Int64] = [:]
      for one in subscriptions where one.start <= last && one.end.map({ last <= $0 }) ?? true {
        next[customers(one.account), default: 0] += one.cents
      }
      // new, expansion, contraction, churned, reactivation; then their customers.
      var row = [Int64](repeating: 0, count: 10)
      for customer in 0..<1_000 {
        let (before, after) = (revenue[customer] ?? 0, next[customer] ?? 0)
        var kind: Int?
        if before == 0, after != 0 {
          kind = known.contains(customer) ? 4 : 0
        } else if before != 0, after == 0 {
          kind = 3
        } else if after != before {
          kind = after > before ? 1 : 2
        }
        if after != 0 { known.insert(customer) }
        guard let kind else { continue }
        row[kind] += kind == 2 || kind == 3 ? before - after : after - before
        row[5 + kind] += 1
      }
      revenue = next
      rows.append(row)
    }
    return Array(rows.suffix(36))
  }

  @Test(
    "The table and the metrics by month are what a count day by day gives", arguments: [3, 4, 5])
  func reference(seed: UInt64) throws {
    let given = subscriptions(seed: seed, accounts: 30, count: 150)
    let engine = try organisation(given, accounts: 30).engine()
    let kinds = ["new", "expansion", "contraction", "churned", "reactivation"]
    let counts = ["new", "expanding", "contracting", "churned", "reactivated"]
    let table = try engine.standardTables([.recurringRevenue], scope: .company)[0]
    let accounts = expected(given) { $0 }
    for (index, name) in (kinds + counts.map { "customers_" + $0 }).enumerated() {
      let scale: Int128 = index < 5 ? 100 : 1
      #expect(numbers(table, name) == accounts.map { Int128($0[index]) * scale }, "\(name)")
    }
    let period = PeriodSpec.days(
      Period(start: Organisation.day("2023-11-01"), end: Organisation.day("2026-11-01")))
    for prefix in ["", "family_"] {
      let rows = prefix.isEmpty ? accounts : expected(given) { $0 / 4 * 4 }
      let metrics = kinds.map { prefix + $0 + "_mrr" } + counts.map { prefix + "customers_" + $0 }
      let answer = try engine.run([Query(metrics: metrics, by: [.month], period: period)])[0]
      for (index, metric) in metrics.enumerated() {
        let scale: Int128 = index < 5 ? 100 : 1
        #expect(numbers(answer, metric) == rows.map { Int128($0[index]) * scale }, "\(metric)")
      }
    }
    // Levels and rates of the same months.
    let names = [
      "opening": "opening_mrr", "closing": "mrr", "customers_opening": "customers_opening",
      "customers_closing": "customers", "logo_churn": "logo_churn", "grr": "grr", "nrr": "nrr",
    ]
    let answer = try engine.run([
      Query(metrics: names.values.sorted(), by: [.month], period: period)
    ])[0]
    for (column, metric) in names {
      for month in 0..<36 {
        #expect(
          table[column]?.dataText(month) == answer[metric]?.dataText(month), "\(metric) \(month)")
      }
    }
  }

  @Test("Slices by every dimension sum to the whole")
  func slices() throws {
    let engine = try organisation(
      subscriptions(seed: 6, accounts: 24, count: 150), accounts: 24
    ).engine()
    let metrics = ["mrr", "new_mrr", "churned_mrr", "customers", "customers_lost_12m", "due_mrr"]
    let whole = try engine.run([Query(metrics: metrics)])[0]
    for dimension in Dimension.allCases
    where dimension.facts.contains(.revenueMovements) && !dimension.isTime {
      let sliced = try engine.run([Query(metrics: metrics, by: [dimension])])[0]
      for metric in metrics {
        #expect(
          numbers(sliced, metric).reduce(0, +) == numbers(whole, metric)[0],
          "\(metric) by \(dimension)")
      }
    }
  }

  @Test("Neither the order of rows nor the number of threads changes a figure")
  func order() throws {
    // So many accounts that the work is cut into parts.
    let given = subscriptions(seed: 7, accounts: 60_000, count: 4_000)
    let records = records(given, accounts: 60_000)
    let reversed = self.records(given.reversed(), accounts: 60_000)
    func answers(_ records: RecordSet, threads: Int) throws -> [String] {
      let engine = LocalEngine(
        records: records, assignment: Assignment(of: records),
        catalogue: try Organisation.catalogue(), settings: MetricSettings(), threads: threads)
      let metrics = ["mrr", "grr_12m", "family_grr", "customers_reactivated", "renewed_mrr"]
      return [try engine.csv(.recurringRevenue)]
        + (try engine.run([Query(metrics: metrics, by: [.month])])).map { $0.csv() }
    }
    let first = try answers(records, threads: 1)
    #expect(first[0].contains("2026-10"))
    for threads in [2, 5] { #expect(try answers(records, threads: threads) == first) }
    #expect(try answers(reversed, threads: 2) == first)
  }

  /// The records straight as columns: a company this large takes too long record by record.
  private func records(_ subscriptions: [Subscription], accounts: Int) -> RecordSet {
    var texts = Texts()
    for account in 0..<accounts { texts.append("a\(account)".utf8) }
    let contracts = Table(
      entity: .contract, count: subscriptions.count,
      columns: [
        "AccountId": .references(subscriptions.map { Int32($0.account) }),
        "StartDate": .days(subscriptions.map(\.start.number)),
        "EndDate": .days(subscriptions.map { $0.end?.number ?? Day.null }),
        "MonthlyValue__c": .decimals(subscriptions.map { $0.cents * 100 }),
      ])
    return RecordSet(
      tables: [
        .account: Table(
          entity: .account, count: accounts, keys: .text(texts),
          columns: [
            "ParentId": .references(
              (0..<Int32(accounts)).map { $0 % 4 == 0 ? Reference.null : $0 / 4 * 4 })
          ]), .contract: contracts,
      ], asOf: Organisation.day("2026-11-20"))
  }

  @Test("Ten times the value is ten times every sum, and no rate changes")
  func scaling() throws {
    let given = subscriptions(seed: 8, accounts: 20, count: 100)
    let once = try organisation(given, accounts: 20).engine()
      .standardTables([.recurringRevenue], scope: .company)[0]
    let tenfold = try organisation(given, accounts: 20, scale: 10).engine()
      .standardTables([.recurringRevenue], scope: .company)[0]
    for (small, large) in zip(once.columns, tenfold.columns) {
      if case .money(let cells) = small.cells {
        #expect(numbers(tenfold, large.name) == cells.map { ($0 ?? 0) * 10 })
      } else {
        #expect((0..<36).map { small.dataText($0) } == (0..<36).map { large.dataText($0) })
      }
    }
  }

  @Test("An unrelated account changes no figure of another")
  func unrelated() throws {
    let given = subscriptions(seed: 9, accounts: 20, count: 100)
    let before = organisation(given, accounts: 20)
    var after = before
    after.account("zz")
    after.subscription("z", of: "zz", from: "2024-01-01", to: "2026-09-30", cents: 4_200)
    let query = Query(metrics: ["mrr", "grr_12m", "customers"], by: [.account])
    let rows = try before.engine().run([query])[0].csv().split(separator: "\n")
    #expect(
      try after.engine().run([query])[0].csv().split(separator: "\n")
        .filter { !$0.hasPrefix("zz,") } == rows)
    #expect(
      try after.engine().csv(.recurringRevenue, scope: .territory(1))
        == before.engine().csv(.recurringRevenue, scope: .territory(1)))
  }
}
