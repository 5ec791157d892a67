import Records
import Testing

@testable import Metrics

@Suite("What the territories of a model hold, computed by hand")
struct ModelFiguresTests {
  /// W over N and S; P with children A and B, and L alone.
  ///
  /// P is in N, A in S and W, B in none,
  /// L in S.
  private var organisation: Organisation {
    var o = Organisation()
    o.territory("W")
    for id in ["N", "S"] { o.territory(id, parent: "W") }
    o.account("P", in: ["N"], revenue: 90)
    o.account("A", parent: "P", in: ["S", "W"], revenue: 70)
    o.account("B", parent: "P", revenue: 40)
    o.account("L", in: ["S"], revenue: 5)
    o.deal("D1", .open, amount: 100, close: "2026-12-01", account: "P", territory: "N")
    o.deal("D2", .open, amount: 300, close: "2026-12-01", account: "L", territory: "S")
    o.deal("D3", .open, amount: 50, close: "2026-12-01", account: "B")
    return o
  }

  @Test("A family counts once in each of its territories and once in the whole, consolidated")
  func families() throws {
    let figures = try organisation.engine().modelFigures()
    // P's family is worth max(90, 70 + 40) = 110, L's 5. Territories by Id: N, S, W.
    let expected: [Int128] = [1_100_000, 1_150_000, 1_100_000]
    #expect(figures.familyRevenue == expected)
    #expect(figures.heldFamilyRevenue == Int128(1_150_000))
  }

  @Test("Sums over territories leave out what is in none")
  func sums() throws {
    let figures = try organisation.engine().modelFigures()
    #expect(figures.accounts == 4)
    #expect(figures.unassigned == 1)
    #expect(figures.sum("open_amount", count: 3) == Ratio(400 * 10_000, over: 10_000))
    #expect(figures.values("accounts", count: 3).map { $0?.numerator } == [1, 2, 1])
    #expect(figures.quota == nil)
    #expect(figures.recurringRevenue == nil)
  }

  @Test("Without annual revenue nobody says what families are worth")
  func withoutRevenue() throws {
    var o = Organisation()
    o.territory("N")
    o.account("A", in: ["N"])
    #expect(try o.engine().modelFigures().familyRevenue == nil)
  }
}
