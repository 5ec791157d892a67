import Records
import Testing

@testable import Metrics

@Suite("Balance, computed by hand")
struct BalanceTests {
  /// W over N, S and E, which have 1, 2 and 3 accounts; and V, vacant, of another type.
  private var organisation: Organisation {
    var o = Organisation()
    for type in ["Geo", "Key"] { o.add(.territoryType, type) }
    func territory(_ id: String, _ type: String, _ parent: String? = nil) {
      var cells: [String: Organisation.Cell] = ["Territory2TypeId": .id(type)]
      if let parent { cells["ParentTerritory2Id"] = .id(parent) }
      o.add(.territory, id, cells)
    }
    territory("W", "Geo")
    for id in ["N", "S", "E"] { territory(id, "Geo", "W") }
    territory("V", "Key")
    for (index, held) in ["N", "S", "S", "E", "E", "E"].enumerated() {
      o.account("A\(index)", in: [held, "W"])
    }
    o.deal("D1", .open, amount: 100, close: "2026-12-01", territory: "N")
    o.deal("D2", .open, amount: 300, close: "2026-12-01", territory: "S")
    o.deal("D3", .open, amount: 900, close: "2026-12-01", territory: "W")
    return o
  }

  @Test("Leaves of the type that most of them have; the quota only where one is known")
  func balance() throws {
    var o = organisation
    for (id, amount) in [("N", 100), ("S", 120), ("W", 900)] {
      o.add(
        .quota, "Q\(id)",
        [
          "Territory2Id": .id(id), "QuotaAmount": .number(Int64(amount) * 10_000),
          "StartDate": .day("2026-04-01"),
        ])
    }
    // Accounts 1, 2, 3: σ² = 2/3, σ/μ = √(2/3) / 2; Gini (−2·1 + 0·2 + 2·3) / (3·6) = 4/18.
    // Open 100, 300 and 0: μ = 133.33, √(3·100,000 − 160,000) / 400 = √140,000 / 400;
    // Gini (−2·0 + 0·100 + 2·300) / (3·400). Quota 100, 120: √(2·24,400 − 220²) / 220 = 20 / 220,
    // Gini 20 / (2·220); both lie within 15 % of 110.
    #expect(
      try o.engine().csv(.balance) == """
        measure,territories,total,mean,cv,gini,max_min_ratio,within_15_percent
        accounts,3,6,2.00,0.408248,0.222222,3.000000,0.333333
        open_pipeline,3,400.00,133.33,0.935414,0.500000,,0.000000
        quota,2,220.00,110.00,0.090909,0.045455,1.200000,1.000000

        """)
  }

  @Test("Catch-all territories are left out, and one leaf alone has no spread")
  func catchAll() throws {
    var o = organisation
    o.settings.coverage.catchAllTerritories = [.init("N"), .init("E")]
    #expect(
      try o.engine().csv(.balance) == """
        measure,territories,total,mean,cv,gini,max_min_ratio,within_15_percent
        accounts,1,2,2.00,,,,
        open_pipeline,1,300.00,300.00,,,,

        """)
  }

  @Test("An empty model spreads nothing: ratios to zero are undefined")
  func nothing() throws {
    var o = Organisation()
    for id in ["N", "S"] { o.territory(id) }
    o.deal("D", .open, amount: nil, close: "2026-12-01", territory: "N")
    #expect(
      try o.engine().csv(.balance) == """
        measure,territories,total,mean,cv,gini,max_min_ratio,within_15_percent
        open_pipeline,2,0.00,0.00,,,,1.000000

        """)
  }

  @Test("Roots and quotients are exact to the last decimal, ties included")
  func exactness() {
    func root(_ square: UInt128, _ divisor: UInt128) -> String? {
      WideQuotient.root(Natural(square), over: Natural(divisor), bound: 1 << 40).text(places: 6)
    }
    #expect(root(2, 1) == "1.414214")
    #expect(root(144, 5) == "2.400000")
    #expect(root(0, 7) == "0.000000")
    // 1.0000005 is a tie, which rounds away from zero; a little less does not.
    #expect(root(10_000_005 * 10_000_005, 10_000_000) == "1.000001")
    #expect(root(10_000_005 * 10_000_005 - 1, 10_000_000) == "1.000000")
    let large = Natural(UInt128.max) * Natural(UInt128.max)
    #expect(
      WideQuotient.quotient(large, over: large + Natural(1), bound: 1).text(places: 11)
        == "1.00000000000")
    #expect(WideQuotient.quotient(large, over: large, bound: 1).text(places: 6) == "1.000000")
  }

  @Test("Naturals add, subtract, multiply and compare beyond 128 bits")
  func naturals() {
    let (a, b) = (Natural(UInt128.max), Natural(UInt128.max - 7))
    #expect(a * a - b * b == (a - b) * (a + b))
    #expect(a * b < a * a)
    #expect(b - a == Natural(0))
    #expect(Natural(high: 1, low: 5) == a + Natural(6))
  }

  @Test("Spread of amounts of 10^14 with cents stays exact")
  func largeAmounts() {
    // 1 and 3 times x: μ = 2x, σ = x.
    let x: Int128 = 1_000_000_000_000_000_001 * 4_900_000
    let spread = Distribution([3 * x, x])
    #expect(spread.variation.text(places: 6) == "0.500000")
    #expect(spread.gini.text(places: 6) == "0.250000")
    #expect(spread.extremes.text(places: 6) == "3.000000")
    #expect(Distribution([-3, 1]).variation.text(places: 6) == "-2.000000")
    #expect(Distribution([-1, 1]).variation.isDefined == false)
  }
}
