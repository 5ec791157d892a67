import Records
import Testing

@testable import Metrics

@Suite("Hostile shapes in the tables of coverage")
struct CoverageHostileTests {
  /// Accounts under each other in one chain, the last of them the root's parent in a cycle.
  private func engine(accounts count: Int, isCycle: Bool, threads: Int = 2) throws -> LocalEngine {
    var o = Organisation()
    for user in ["ann", "bob"] { o.add(.user, user) }
    for territory in ["N", "S"] { o.territory(territory, users: ["ann"]) }
    for product in ["P", "Q"] { o.add(.product, product) }
    let small = o.records
    var tables = small.tables
    var ids = Texts()
    for row in 0..<count { ids.append(Array(String(1_000_000 + row).utf8)) }
    tables[.account] = Table(
      entity: .account, count: count, keys: .text(ids),
      columns: [
        "ParentId": .references(
          (0..<Int32(count)).map { $0 == 0 ? (isCycle ? Int32(count) - 1 : -1) : $0 - 1 }),
        "OwnerId": .references((0..<Int32(count)).map { $0 % 2 }),
        "CreatedDate": .days([Int32](repeating: 10_000, count: count)),
        "LastActivityDate": .days([Int32](repeating: Day.null, count: count)),
      ])
    tables[.accountTerritory] = Table(
      entity: .accountTerritory, count: count,
      columns: [
        "ObjectId": .references((0..<Int32(count)).map { $0 }),
        "Territory2Id": .references((0..<Int32(count)).map { $0 % 2 }),
      ])
    tables[.opportunity] = Table(
      entity: .opportunity, count: count,
      columns: [
        "AccountId": .references((0..<Int32(count)).map { $0 }),
        "OwnerId": .references([Int32](repeating: 0, count: count)),
        "Amount": .decimals([Int64](repeating: 1_000_000_000_000_000_100, count: count)),
        "IsWon": .flags((0..<count).map { UInt8($0 % 2) }),
        "IsClosed": .flags((0..<count).map { UInt8($0 % 2) }),
        "CloseDate": .days([Int32](repeating: Organisation.day("2026-09-30").number, count: count)),
      ])
    tables[.lineItem] = Table(
      entity: .lineItem, count: count,
      columns: [
        "OpportunityId": .references((0..<Int32(count)).map { $0 }),
        "Product2Id": .references((0..<Int32(count)).map { $0 / 2 % 2 }),
      ])
    let records = RecordSet(tables: tables, asOf: Organisation.day("2026-11-20"))
    return LocalEngine(
      records: records, assignment: Assignment(of: records),
      catalogue: try Organisation.catalogue(), settings: MetricSettings(), threads: threads)
  }

  @Test(
    "A chain of 50,000 parents and a cycle of 10,000 are one family, amounts of 10^14 sum exactly",
    arguments: [(50_000, false), (10_000, true)])
  func families(count: Int, isCycle: Bool) throws {
    let engine = try engine(accounts: count, isCycle: isCycle)
    // Every second account has an open deal of 100,000,000,000,000.01, the others one that is won.
    let open = "\(count / 2)00000000000000.00"
    let sum = Exact.text(Int128(count / 2) * 1_000_000_000_000_000_100, places: 2)
    #expect(sum.hasPrefix(open.prefix(8)))
    #expect(
      try engine.csv(.splitFamilies).split(separator: "\n").last
        == "1000000,1000000,\(count),2,2,\(sum)")
    // One product an account that bought, of two that the family bought.
    #expect(
      try engine.csv(.penetration).split(separator: "\n").last
        == "1000000,1000000,\(count),2,\(count / 2),\(count / 2),0.250000,\(2 * count - count / 2)")
    // All equal: the top fifth holds a fifth.
    #expect(
      try engine.csv(.concentration).split(separator: "\n").last
        == "family,1,1.000000,1,1,1.000000")
    let accounts = try engine.csv(.concentration).split(separator: "\n")[1]
    #expect(accounts.hasPrefix("account,\(count / 2),0.200000,"))
    #expect(
      try engine.csv(.neglectedAccounts).split(separator: "\n").dropFirst().map(String.init) == [
        "ann,ann,\(count / 2),\(count / 2),\(count / 2),\(sum)",
        "bob,bob,\(count / 2),\(count / 2),0,0.00",
      ])
    // Bob owns half of the accounts and works nowhere; the family is split once.
    let conflicts = try engine.csv(.conflicts).split(separator: "\n").dropFirst()
    #expect(conflicts.filter { $0.hasPrefix("C3,") }.count == count / 2)
    #expect(conflicts.filter { $0.hasPrefix("C5,") }.count == 1)
  }

  @Test("More rows than a thread takes give the same tables on any number of threads")
  func threads() throws {
    let count = Parallel.worthwhile + 4321
    let tables: [StandardTable] = [
      .conflicts, .splitFamilies, .neglectedAccounts, .balance, .penetration, .concentration,
    ]
    let one = try engine(accounts: count, isCycle: true, threads: 1)
      .standardTables(tables, scope: .company)
    for threads in [2, 4, 7] {
      #expect(
        try engine(accounts: count, isCycle: true, threads: threads)
          .standardTables(tables, scope: .company) == one)
    }
  }

  @Test("An account in 50 territories is one conflict and counts once in each")
  func manyTerritories() throws {
    var o = Organisation()
    o.add(.user, "ann")
    for index in 0..<50 { o.territory("T\(index)") }
    o.account("A", owner: "ann", in: (0..<50).map { "T\($0)" })
    let engine = try o.engine()
    #expect(
      try engine.csv(.conflicts).split(separator: "\n").dropFirst()
        == ["C3,,A,ann,,0.00,", "C4,,A,ann,,0.00,"])
    #expect(
      try engine.csv(.balance).split(separator: "\n")[1]
        == "accounts,50,50,1.00,0.000000,0.000000,1.000000,1.000000")
  }

  @Test("One account alone is in no conflict and no family")
  func oneAccount() throws {
    var o = Organisation()
    o.account("A")
    let tables = try o.engine().standardTables(StandardTable.allCases, scope: .company)
    #expect(tables.filter { $0.rowCount > 0 }.map(\.name) == ["families", "account-values"])
  }
}
