import Metrics
import Records
import Testing

@Suite("Tables of coverage, computed by hand")
struct CoverageTableTests {
  @Test("Sales cycles by territory: discrete quantiles, and a deal without creation only counts")
  func salesCycles() throws {
    // Trailing four quarters: October 2025 to September 2026.
    var o = Organisation()
    o.territory("N")
    o.territory("S")
    func won(_ id: String, _ territory: String?, created: String?, close: String = "2026-09-30") {
      o.deal(id, .won, amount: 1, close: close, territory: territory, created: created)
    }
    // N: 10, 20, 30 and 41 days. Half of them are reached at 20, nine tenths at 41; mean 25.25.
    won("D1", "N", created: "2026-09-20")
    won("D2", "N", created: "2026-09-10")
    won("D3", "N", created: "2026-08-31")
    won("D4", "N", created: "2026-08-20")
    won("D5", "N", created: "2026-09-20", close: "2026-10-01")
    won("D6", "S", created: nil)
    // Closed before it was created: 0 days.
    won("D7", nil, created: "2026-10-05")
    o.deal("D8", .lost, amount: 1, close: "2026-09-30", territory: "S", created: "2026-01-01")
    #expect(
      try o.engine().csv(.salesCycles) == """
        territory_id,territory,won_count,median_days,p90_days,mean_days
        (unassigned),(unassigned),1,0,0,0.00
        N,N,4,20,41,25.25
        S,S,1,,,

        """)
  }

  @Test("Split families are those over several territories, most of them first")
  func splitFamilies() throws {
    var o = Organisation()
    for user in ["ann", "bob"] { o.add(.user, user) }
    for territory in ["N", "S", "W"] { o.territory(territory) }
    o.account("A", owner: "ann", in: ["N"])
    o.account("A1", parent: "A", owner: "bob", in: ["S"])
    o.account("B", owner: "ann")
    o.account("B1", parent: "B", owner: "ann", in: ["N", "S"])
    o.account("B2", parent: "B1", owner: "ann", in: ["S", "W"])
    // Two owners in one territory are not split by territory; one account is no family.
    o.account("D", owner: "ann", in: ["N"])
    o.account("D1", parent: "D", owner: "bob", in: ["N"])
    o.account("E", owner: "ann", in: ["N", "S"])
    o.deal("D1", .open, amount: 9, close: "2026-12-01", account: "A")
    o.deal("D2", .open, amount: 70, close: "2026-12-01", account: "A1")
    o.deal("D3", .won, amount: 500, close: "2026-10-01", account: "A1")
    #expect(
      try o.engine().csv(.splitFamilies) == """
        root_id,root,accounts,territories,owners,open_amount
        B,B,3,3,1,0.00
        A,A,2,2,2,79.00

        """)
  }

  @Test("Penetration counts each product of each account once")
  func penetration() throws {
    var o = Organisation()
    for product in ["P", "Q", "R"] { o.add(.product, product) }
    o.account("A")
    o.account("A1", parent: "A")
    o.account("A2", parent: "A")
    o.account("B")
    o.account("B1", parent: "B")
    o.account("E")
    var number = 0
    func sold(_ account: String?, _ products: [String], _ outcome: Organisation.Outcome = .won) {
      number += 1
      o.deal("D\(number)", outcome, amount: 1, close: "2024-01-01", account: account)
      for (index, product) in products.enumerated() {
        o.add(
          .lineItem, "L\(number)-\(index)",
          ["OpportunityId": .id("D\(number)"), "Product2Id": .id(product)])
      }
    }
    sold("A", ["P", "P", "Q"])
    sold("A", ["Q"])
    sold("A2", ["P"])
    sold("A1", ["R"], .open)
    sold("B", ["P"], .lost)
    sold("B1", [])
    sold("E", ["P"])
    sold(nil, ["P"])
    // A's family: 3 accounts, products P and Q; pairs A–P, A–Q, A2–P: 3 of 6. B's bought nothing,
    // and E is alone.
    #expect(
      try o.engine().csv(.penetration) == """
        root_id,root,accounts,products,pairs,buying_accounts,penetration,whitespace
        A,A,3,2,3,2,0.500000,3

        """)
  }

  @Test("Concentration: shares of the largest by account and by family, negatives out")
  func concentration() throws {
    var o = Organisation()
    var number = 0
    func won(_ account: String?, _ amount: Int64?, close: String = "2026-09-30") {
      number += 1
      o.deal("D\(number)", .won, amount: amount, close: close, account: account)
    }
    o.account("A")
    o.account("A1", parent: "A")
    for account in ["B", "E", "F", "G"] { o.account(account) }
    won("A", 60)
    won("A", -10)
    won("A1", 10)
    won("B", 30)
    won("E", 10)
    won("F", -5)
    won("G", nil)
    won("G", 900, close: "2026-10-01")
    won(nil, 900)
    // Accounts 50, 30, 10, 10 of 100: the top ⌈0.8⌉ = 1 holds half; 50 + 30 ≥ 80.
    // HHI 0.25 + 0.09 + 0.01 + 0.01. Families 60, 30, 10: 0.36 + 0.09 + 0.01.
    #expect(
      try o.engine().csv(.concentration) == """
        level,n,top_20_percent_share,n_to_70_percent,n_to_80_percent,hhi
        account,4,0.500000,2,2,0.360000
        family,3,0.600000,2,2,0.460000

        """)
  }

  @Test("Without anything won the shares are undefined, which is not zero")
  func nothingWon() throws {
    var o = Organisation()
    o.account("A")
    o.deal("D", .lost, amount: 5, close: "2026-09-30", account: "A")
    #expect(
      try o.engine().csv(.concentration) == """
        level,n,top_20_percent_share,n_to_70_percent,n_to_80_percent,hhi
        account,0,,,,
        family,0,,,,

        """)
  }

  @Test("Tables whose input is absent have a header, no rows and a note")
  func absent() throws {
    var o = Organisation()
    o.account("A", owner: "ann")
    o.add(.user, "ann")
    let tables = try o.engine().standardTables(
      [.salesCycles, .splitFamilies, .neglectedAccounts, .balance, .penetration, .concentration],
      scope: .company)
    #expect(tables.allSatisfy { $0.rowCount == 0 && !$0.columns.isEmpty })
    #expect(
      tables.flatMap(\.notes) == [
        "The export has no territory model, so there are no rows.",
        "The export does not say which accounts are in which territory, so there are no rows.",
        "The export has no tasks, no events and no date of a last activity, and there is no file of"
          + " activities, so there are no rows.",
        "The export has no territory model, so there are no rows.",
        "The export has no lines of deals, so there are no rows.",
        "The export has no deals, so there are no rows.",
      ])
  }
}
