import Expressions
import Records
import Testing

@Suite("Expressions of chance")
struct RandomExpressionTests {
  private static let words = [
    "Amount", "Discount", "Quantity", "Probability", "Rate", "CloseDate", "CreatedDate", "IsWon",
    "Name", "Type", "Products", "OwnerId", "Account.Industry", "today", "true", "false", "null",
    "and", "or", "not", "in", "between", "contains", "starts", "with", "includes", "is", "(", ")",
    "(", ")", ",", ".", "+", "-", "*", "/", "=", "!=", "<", ">=", "0", "1", "0.0001", "90 days",
    "999999999999999999", "2026-11-20", "'a'", "'É;b'", "''", "'", "\"", "\"Not\"", "\n", "é", "?",
  ]

  @Test("No sequence of the language's own words brings a reader down")
  func sequences() throws {
    var state: UInt64 = 20_261_120
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var conditions = 0
    var formulas = 0
    for _ in 0..<60_000 {
      let text = (0...next(9)).map { _ in Self.words[next(Self.words.count)] }
        .joined(separator: " ")
      if let outcomes = try? Deals.outcomes(text) {
        // An empty list says that a batch disagreed with the whole.
        #expect(outcomes.count == 4 && outcomes.allSatisfy { $0 <= 2 }, "\(text)")
        conditions += 1
      }
      if let result = try? Deals.values(text) {
        #expect(result.values.count == 4, "\(text)")
        formulas += 1
      }
    }
    // Chance finds some of each; none would mean that nothing was tried.
    #expect(conditions > 100)
    #expect(formulas > 100)
  }
}
