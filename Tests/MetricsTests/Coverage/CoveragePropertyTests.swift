import Records
import Testing

@testable import Metrics

@Suite("Properties of the tables of coverage")
struct CoveragePropertyTests {
  private static let tables: [StandardTable] = [
    .salesCycles, .conflicts, .splitFamilies, .neglectedAccounts, .balance, .penetration,
    .concentration,
  ]

  /// A random organisation with everything these tables are made from.
  private func organisation(seed: UInt64, scale: Int64 = 1) -> Organisation {
    var random = SplitMix(state: seed)
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    var o = Organisation()
    for user in 0..<8 { o.add(.user, "u\(user)", ["IsActive": .flag(user != 7)]) }
    for type in ["x", "y"] { o.add(.territoryType, type, ["Priority": .number(10_000)]) }
    for index in 0..<12 {
      var cells: [String: Organisation.Cell] = ["Territory2TypeId": .id(index % 4 == 3 ? "y" : "x")]
      if index > 0 { cells["ParentTerritory2Id"] = .id("t\((index - 1) / 3)") }
      o.add(.territory, "t\(index)", cells)
      o.add(
        .userTerritory, "m\(index)",
        ["UserId": .id("u\(index % 7)"), "Territory2Id": .id("t\(index)")])
    }
    for index in 0..<120 {
      var cells: [String: Organisation.Cell] = [
        "CreatedDate": .day(day(before: below(900))), "OwnerId": .id("u\(below(8))"),
      ]
      if below(2) == 0 { cells["LastActivityDate"] = .day(day(before: below(200) - 20)) }
      if below(2) == 0 { cells["ParentId"] = .id("a\(below(120))") }
      o.add(.account, "a\(index)", cells)
      for held in 0..<below(4) {
        o.add(
          .accountTerritory, "x\(index)-\(held)",
          ["ObjectId": .id("a\(index)"), "Territory2Id": .id("t\(below(12))")])
      }
      if below(3) == 0 {
        o.add(
          .task, "k\(index)",
          ["AccountId": .id("a\(below(120))"), "ActivityDate": .day(day(before: below(300)))])
      }
    }
    for product in 0..<70 { o.add(.product, "p\(product)") }
    for index in 0..<500 {
      let close = Organisation.day("2025-06-01").adding(days: below(600))
      o.deal(
        "d\(index)", [.won, .lost, .open][below(3)],
        amount: below(9) == 0 ? nil : Int64(below(5000) - 50) * scale, close: close.description,
        account: below(10) == 0 ? nil : "a\(below(120))", owner: "u\(below(8))",
        territory: below(2) == 0 ? "t\(below(12))" : nil,
        created: below(9) == 0 ? nil : close.adding(days: 5 - below(90)).description)
      for line in 0..<below(4) {
        o.add(
          .lineItem, "l\(index)-\(line)",
          ["OpportunityId": .id("d\(index)"), "Product2Id": .id("p\(below(70))")])
      }
    }
    return o
  }

  private func day(before days: Int) -> String {
    Organisation.day("2026-11-20").adding(days: -days).description
  }

  private func csv(_ engine: LocalEngine) throws -> [String] {
    try engine.standardTables(CoveragePropertyTests.tables, scope: .company).map { $0.csv() }
  }

  @Test(
    "The order of rows and the number of threads change nothing", arguments: [1, 2, 3] as [UInt64])
  func order(seed: UInt64) throws {
    let given = organisation(seed: seed)
    var reversed = given
    reversed.reverse()
    let tables = try csv(given.engine(threads: 1))
    #expect(tables.allSatisfy { $0.split(separator: "\n").count > 2 })
    #expect(try csv(reversed.engine()) == tables)
    #expect(try csv(given.engine(threads: 4)) == tables)
  }

  @Test("Tables alone are as they are together")
  func alone() throws {
    let engine = try organisation(seed: 4).engine()
    let together = try csv(engine)
    #expect(try CoveragePropertyTests.tables.map { try engine.csv($0) } == together)
  }

  @Test("An unrelated account changes no row but those that count accounts")
  func unrelated() throws {
    let given = organisation(seed: 5)
    var more = given
    more.add(.account, "zz", ["OwnerId": .id("u0"), "CreatedDate": .day("2026-11-01")])
    let (before, after) = (try csv(given.engine()), try csv(more.engine()))
    for (index, table) in CoveragePropertyTests.tables.enumerated()
    where table != .neglectedAccounts {
      #expect(before[index] == after[index], "\(table.rawValue)")
    }
    let changed = zip(before[3].split(separator: "\n"), after[3].split(separator: "\n"))
      .filter { $0 != $1 }
    #expect(changed.count == 1)
  }

  @Test("Amounts ten times as large give ten times the sums and the same rates")
  func scaling() throws {
    func balance(_ scale: Int64) throws -> MetricTable {
      try organisation(seed: 6, scale: scale).engine().standardTables([.balance], scope: .company)[
        0]
    }
    let (once, tenfold) = (try balance(1), try balance(10))
    for column in ["cv", "gini", "max_min_ratio", "within_15_percent"] {
      #expect((0..<2).allSatisfy { once[column]?.dataText($0) == tenfold[column]?.dataText($0) })
    }
    #expect(
      once["total"]?.value(1)?.multiplied(by: Ratio(10, over: 1))?.text(places: 4)
        == tenfold["total"]?.value(1)?.text(places: 4))
    let given = try organisation(seed: 6).engine().csv(.concentration)
    #expect(try organisation(seed: 6, scale: 10).engine().csv(.concentration) == given)
  }

  @Test("What the owners' rows count adds up to the accounts that have one, in every scope")
  func sums() throws {
    let engine = try organisation(seed: 7).engine()
    func accounts(_ scope: Scope) throws -> Int {
      try engine.csv(.neglectedAccounts, scope: scope).split(separator: "\n").dropFirst()
        .reduce(0) { $0 + (Int($1.split(separator: ",")[2]) ?? 0) }
    }
    #expect(try accounts(.company) == 120)
    #expect(try accounts(.territory(0)) < 120)
  }

  @Test("Reports leave accepted conflicts out, until the day to which they are accepted")
  func accepted() throws {
    var o = Organisation()
    for user in ["ann", "bob"] { o.add(.user, user) }
    o.territory("N", users: ["bob"])
    o.account("A", owner: "ann", in: ["N"])
    o.deal("D", .open, amount: 5, close: "2026-12-01", account: "A", owner: "ann")
    func shown(
      _ record: AcceptedConflict.Record, _ kind: ConflictKind, until: String?
    ) throws -> Int {
      var user = UserRecords()
      user.acceptedConflicts = [
        AcceptedConflict(
          kind: kind, record: record, until: until.map(Organisation.day), reason: nil)
      ]
      let engine = try o.engine(userRecords: user)
      return try engine.forReports(engine.standardTables([.conflicts], scope: .company)[0]).rowCount
    }
    // C1 of D and C3 of A.
    #expect(try shown(.deal(0), .ownerOutside, until: nil) == 1)
    #expect(try shown(.account(0), .accountOwnerOutside, until: "2026-11-20") == 1)
    #expect(try shown(.account(0), .accountOwnerOutside, until: "2026-11-19") == 2)
    #expect(try shown(.deal(0), .dealElsewhere, until: nil) == 2)
  }

  @Test("Reports cut conflicts below the configured amount, tables keep them")
  func minAmount() throws {
    var o = organisation(seed: 8)
    o.settings.coverage.minAmount = 20_000_000
    let engine = try o.engine()
    let table = try engine.standardTables([.conflicts], scope: .company)[0]
    let shown = engine.forReports(table)
    #expect(shown.rowCount < table.rowCount)
    #expect(shown.totalRowCount == table.rowCount)
    #expect(
      (0..<shown.rowCount).allSatisfy { row in
        (shown["amount"]?.value(row)?.compared(to: Ratio(2000, over: 1)) ?? -1) >= 0
      })
  }
}
