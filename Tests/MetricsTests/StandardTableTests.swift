import Metrics
import Records
import Testing

@Suite("Standard tables, computed by hand")
struct StandardTableTests {
  /// As of 2026-11-20, a calendar fiscal year: the year is 2026, the quarter October to December,
  /// the trailing four quarters October 2025 to September 2026.
  ///
  ///     North (N)        users ann          accounts A1, A2
  ///       City (N1)      users bob          accounts A2, A3
  ///     none                                account A4
  private var organisation: Organisation {
    var o = Organisation()
    for user in ["ann", "bob", "cid"] { o.add(.user, user) }
    o.territory("N", users: ["ann"])
    o.territory("N1", parent: "N", users: ["bob"])
    o.account("A1", owner: "ann", in: ["N"], revenue: 100, employees: 10)
    o.account("A2", parent: "A1", owner: "bob", in: ["N", "N1"], revenue: 70, employees: 250)
    o.account("A3", parent: "A1", owner: "bob", in: ["N1"], revenue: 50)
    o.account("A4", owner: "ann", revenue: 5)
    // Won in the fiscal year and in the window: 30 days.
    o.deal(
      "D1", .won, amount: 100, close: "2026-03-31", account: "A1", owner: "ann", territory: "N",
      created: "2026-03-01")
    // Won in the fiscal year, not in the window.
    o.deal(
      "D2", .won, amount: 40, close: "2026-10-01", account: "A2", owner: "bob", territory: "N1")
    // Won in the window, not in the fiscal year: 10 days.
    o.deal(
      "D3", .won, amount: 60, close: "2025-12-31", account: "A3", owner: "bob", territory: "N1",
      created: "2025-12-21")
    o.deal(
      "D4", .lost, amount: 300, close: "2026-09-30", account: "A3", owner: "bob",
      territory: "N1")
    // A null amount counts only in the count.
    o.deal("D5", .lost, amount: nil, close: "2026-09-30", account: "A2", owner: "bob")
    // Open: in no territory of its own; A2 is in two of equal priority, so it is unassigned.
    o.deal(
      "D6", .open, amount: 10, close: "2026-12-01", account: "A2", owner: "bob", probability: 50)
    // Open: by its account in N1, due in the quarter.
    o.deal(
      "D7", .open, amount: 30, close: "2026-12-31", account: "A3", owner: "bob", probability: 25)
    // Open, overdue, in no account.
    o.deal("D8", .open, amount: 7, close: "2026-11-01", owner: "ann", territory: "N")
    for (id, deal, product) in [("L1", "D1", "P"), ("L2", "D3", "P"), ("L3", "D3", "Q")] {
      o.add(.lineItem, id, ["OpportunityId": .id(deal), "Product2Id": .id(product)])
    }
    o.add(.lineItem, "L4", ["OpportunityId": .id("D7"), "Product2Id": .id("R")])
    for product in ["P", "Q", "R"] { o.add(.product, product) }
    func quota(_ id: String, _ amount: Int64, _ start: String, _ cells: [String: Organisation.Cell])
    {
      o.add(
        .quota, id,
        cells.merging(["QuotaAmount": .number(amount * 10_000), "StartDate": .day(start)]) { $1 })
    }
    quota("Q1", 160, "2026-01-01", ["Territory2Id": .id("N")])
    quota("Q2", 40, "2026-10-01", ["Territory2Id": .id("N")])
    quota("Q3", 100, "2026-10-01", ["Territory2Id": .id("N1")])
    quota("Q4", 80, "2026-04-01", ["QuotaOwnerId": .id("bob")])
    return o
  }

  @Test("Territories show own and subtree figures, quota by the territory's own rows")
  func territories() throws {
    // Own won 2026: N D1 100; N1 D2 40. Subtree of N: 140. Open: unassigned D6 10, N D8 7, N1 D7 30.
    // Weighted: D6 10 × 50 % = 5, D7 30 × 25 % = 7.5, D8 has no probability.
    // N: quota 200, attainment 140 / 200. Quarter: quota 40, won 40 (D2, in the subtree): met.
    // N1: quota 100, attainment 40 / 100. Quarter: open 30 ÷ (100 − 40) = 0.5.
    // cid is in no territory; A4 neither.
    #expect(
      try organisation.engine().csv(.territories) == """
        territory_id,territory,parent_id,level,users,accounts,won_amount,won_count,\
        weighted_pipeline,open_amount,open_count,subtree_won_amount,subtree_won_count,\
        subtree_weighted_pipeline,subtree_open_amount,subtree_open_count,quota,attainment,\
        coverage,territory_key
        (unassigned),(unassigned),,,1,1,0.00,0,5.00,10.00,1,0.00,0,5.00,10.00,1,,,,
        N,N,,0,1,2,100.00,1,0.00,7.00,1,140.00,2,7.50,37.00,2,200.00,0.700000,,N
        N1,N1,N,1,1,2,40.00,1,7.50,30.00,1,40.00,1,7.50,30.00,1,100.00,0.400000,0.500000,N1

        """)
  }

  @Test("Win rates by owner, segment and territory, by count and by value")
  func winRates() throws {
    // Window: D1 won 100 (ann, 0-49, N), D3 won 60 (bob, unknown, N1), D4 lost 300 (bob, unknown,
    // N1), D5 lost without amount (bob, 250-999, unassigned).
    #expect(
      try organisation.engine().csv(.winRates) == """
        dimension,member_id,member,won_count,lost_count,won_amount,lost_amount,win_rate_count,\
        win_rate_amount
        owner,ann,ann,1,0,100.00,0.00,1.000000,1.000000
        owner,bob,bob,1,2,60.00,300.00,0.333333,0.166667
        segment,(unknown),(unknown),1,1,60.00,300.00,0.500000,0.166667
        segment,0-49,0-49,1,0,100.00,0.00,1.000000,1.000000
        segment,250-999,250-999,0,1,0.00,0.00,0.000000,
        territory,(unassigned),(unassigned),0,1,0.00,0.00,0.000000,
        territory,N,N,1,0,100.00,0.00,1.000000,1.000000
        territory,N1,N1,1,1,60.00,300.00,0.500000,0.166667

        """)
  }

  @Test("Families sum revenue and consolidate it from the leaves up")
  func families() throws {
    // A1's family: 100 + 70 + 50 = 220; consolidated max(100, 70 + 50) = 120. Won 100 + 40 + 60.
    // Open 10 + 30. Products on won lines: P, Q. Territories N, N1. Owners ann, bob.
    #expect(
      try organisation.engine().csv(.families) == """
        root_id,root,accounts,annual_revenue,annual_revenue_consolidated,won_amount,open_amount,\
        products,territories,owners
        A1,A1,3,220.00,120.00,200.00,40.00,2,2,2
        A4,A4,1,5.00,5.00,0.00,0.00,0,0,1

        """)
  }

  @Test("Unassigned accounts carry their owner and open deals")
  func unassignedAccounts() throws {
    var o = organisation
    o.account("A5")
    o.deal("D9", .open, amount: 1, close: "2027-01-01", account: "A5")
    #expect(
      try o.engine().csv(.unassignedAccounts) == """
        account_id,account,owner_id,owner,open_amount,open_count
        A5,A5,,,1.00,1
        A4,A4,ann,ann,0.00,0

        """)
  }

  @Test("Owners are credited in the year, rated over four quarters, and measured by their quota")
  func owners() throws {
    // ann: A1, A4; sold to A1; won D1; open D8; weighted nothing; days 30; quota none.
    // bob: A2, A3; sold to A2, A3; won 2026 D2 40; open 40; weighted 5 + 7.5; days 10; quota 80.
    #expect(
      try organisation.engine().csv(.owners) == """
        owner_id,owner,manager_id,accounts,accounts_sold_to,won_amount,won_count,open_amount,\
        weighted_pipeline,win_rate_count,win_rate_amount,median_days,median_deal,products_sold,\
        quota,attainment
        ann,ann,,2,1,100.00,1,7.00,0.00,1.000000,1.000000,30,100.00,1,,
        bob,bob,,2,2,40.00,1,40.00,12.50,0.333333,0.166667,10,60.00,2,80.00,0.500000

        """)
  }

  @Test("A territory's scope holds its subtree only")
  func territoryScope() throws {
    let engine = try organisation.engine()
    let territory = try engine.csv(.territories, scope: .territory(1))
    #expect(territory.split(separator: "\n").count == 2)
    // Families in N1: A2 and A3; the root A1 is outside, so A2 names the family.
    #expect(
      try engine.csv(.families, scope: .territory(1)).split(separator: "\n").last
        == "A2,A2,2,120.00,120.00,100.00,30.00,2,2,1")
    // A4 is ann's, who works in N: it is shown to N, and not to N1.
    #expect(try engine.csv(.unassignedAccounts, scope: .territory(0)).contains("A4"))
    #expect(try !engine.csv(.unassignedAccounts, scope: .territory(1)).contains("A4"))
  }

  @Test("Without leads their table is a header and says so")
  func noLeads() throws {
    let table = try organisation.engine().standardTables([.leads], scope: .company)[0]
    #expect(table.rowCount == 0)
    #expect(table.notes == ["The export holds no leads, so there are no rows."])
  }

  @Test("Without a territory model the tables of territories are empty and say why")
  func noTerritories() throws {
    var o = Organisation()
    o.account("A")
    let tables = try o.engine().standardTables(
      [.territories, .unassignedAccounts], scope: .company)
    #expect(tables.map(\.rowCount) == [0, 0])
    #expect(tables[0].notes == ["The export has no territory model, so there are no rows."])
    #expect(
      tables[1].notes == [
        "The export does not say which accounts are in which territory, so there are no rows."
      ])
  }
}
