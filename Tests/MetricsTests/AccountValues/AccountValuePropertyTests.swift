import Metrics
import Records
import Testing

@Suite("Properties of the value of accounts and of rep fit")
struct AccountValuePropertyTests {
  private static let tables: [StandardTable] = [.accountValues, .repFit]

  /// A random organisation with everything that accounts are valued by.
  private func organisation(seed: UInt64, scale: Int64 = 1) -> Organisation {
    var random = SplitMix(state: seed)
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    func day(before days: Int) -> String {
      Organisation.day("2026-11-20").adding(days: -days).description
    }
    var o = Organisation()
    for user in 0..<8 { o.add(.user, "u\(user)") }
    o.territory("t", users: ["u1"])
    for index in 0..<150 {
      var cells: [String: Organisation.Cell] = ["OwnerId": .id("u\(below(8))")]
      if below(2) == 0 { cells["ParentId"] = .id("a\(below(150))") }
      if below(3) > 0 { cells["AnnualRevenue"] = .number(Int64(below(90_000)) * 10_000 * scale) }
      if below(2) == 0 { cells["NumberOfEmployees"] = .number(Int64(below(2_000)) * 10_000) }
      if below(2) == 0 { cells["LastActivityDate"] = .day(day(before: below(500) - 20)) }
      o.add(.account, "a\(index)", cells)
      if below(2) == 0 {
        o.add(.contact, "c\(index)", ["AccountId": .id("a\(below(150))")])
      }
      if below(2) == 0 {
        o.add(
          .accountTerritory, "x\(index)",
          ["ObjectId": .id("a\(index)"), "Territory2Id": .id("t")])
      }
      o.subscription(
        "s\(index)", of: "a\(below(150))", from: day(before: below(900)),
        to: below(2) == 0 ? nil : day(before: below(400) - 100),
        cents: Int64(below(9_000)) * scale)
    }
    for product in 0..<12 { o.add(.product, "p\(product)") }
    for index in 0..<600 {
      let closed = 450 - below(600)
      o.deal(
        "d\(index)", [.won, .lost, .open][below(3)],
        amount: below(9) == 0 ? nil : Int64(below(90_000) - 50) * scale, close: day(before: closed),
        account: below(10) == 0 ? nil : "a\(below(150))", owner: "u\(below(9))",
        created: below(9) == 0 ? nil : day(before: closed + below(90) - 5))
      if below(2) == 0 {
        o.add(
          .lineItem, "l\(index)",
          ["OpportunityId": .id("d\(index)"), "Product2Id": .id("p\(below(12))")])
      }
    }
    return o
  }

  private func csv(_ engine: LocalEngine, _ scope: Scope = .company) throws -> [[String]] {
    try engine.standardTables(Self.tables, scope: scope).map { table in
      table.csv().split(separator: "\n").map(String.init)
    }
  }

  @Test(
    "The order of rows and the number of threads change nothing", arguments: [1, 2] as [UInt64])
  func order(seed: UInt64) throws {
    let given = organisation(seed: seed)
    var reversed = given
    reversed.reverse()
    let tables = try csv(given.engine(threads: 1))
    #expect(tables.allSatisfy { $0.count > 20 })
    #expect(try csv(reversed.engine()) == tables)
    #expect(try csv(given.engine(threads: 4)) == tables)
  }

  @Test("An account without any value adds its row and changes no other")
  func unrelated() throws {
    let given = organisation(seed: 3)
    var more = given
    more.add(.account, "zz", ["OwnerId": .id("u0")])
    let (before, after) = (try csv(given.engine()), try csv(more.engine()))
    #expect(after[0].filter { !$0.hasPrefix("zz,") } == before[0])
    #expect(after[0].count == before[0].count + 1)
    #expect(after[1] == before[1])
  }

  @Test("Amounts a hundred times as large give the same scores")
  func scaling() throws {
    func scores(_ scale: Int64) throws -> [[Substring]] {
      try csv(organisation(seed: 4, scale: scale).engine())[0].map { line in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        return [cells[0], cells[5], cells[6]]
      }
    }
    #expect(try scores(100) == scores(1))
  }

  @Test("A family's value is the sum of its accounts' own, and the same on each of them")
  func families() throws {
    let table = try organisation(seed: 5).engine()
      .standardTables([.accountValues], scope: .company)[0]
    var sums: [String: Int128] = [:]
    func cents(_ column: String, _ row: Int) -> Int128 {
      table[column]?.value(row).map { $0.numerator * 10_000 / $0.denominator } ?? 0
    }
    for row in 0..<table.rowCount {
      sums[table["root_id"]?.text(row) ?? "", default: 0] += cents("own_value", row)
    }
    #expect(sums.count < table.rowCount)
    for row in 0..<table.rowCount {
      #expect(sums[table["root_id"]?.text(row) ?? ""] == cents("family_value", row))
    }
  }

  @Test("A scope shows its accounts with the scores that they have in the company")
  func scope() throws {
    let engine = try organisation(seed: 6).engine()
    func scores(_ scope: Scope) throws -> [String: String] {
      let table = try engine.standardTables([.accountValues], scope: scope)[0]
      return Dictionary(
        uniqueKeysWithValues: (0..<table.rowCount).map { row in
          (table.dataText(row: row, column: 0), table.dataText(row: row, column: 5))
        })
    }
    let (all, some) = (try scores(.company), try scores(.territory(0)))
    #expect(!some.isEmpty && some.count < all.count)
    #expect(some.allSatisfy { all[$0.key] == $0.value })
  }
}
