import Expressions
import Records
import Testing

@Suite("Formulas")
struct FormulaTests {
  @Test(
    "Formulas are exact and know their unit",
    arguments: [
      ("Amount", ValueType.money, ["1000.000000", "–", "-5.500000", "999.999900"]),
      ("-Amount", .money, ["-1000.000000", "–", "5.500000", "-999.999900"]),
      ("Amount - Discount", .money, ["900.000000", "–", "-5.500000", "–"]),
      ("Amount * Probability / 100", .money, ["500.000000", "–", "–", "999.999900"]),
      ("Amount / 12", .money, ["83.333333", "–", "-0.458333", "83.333325"]),
      ("Amount / -4", .money, ["-250.000000", "–", "1.375000", "-249.999975"]),
      ("Amount * 0.5", .money, ["500.000000", "–", "-2.750000", "499.999950"]),
      ("Amount / (2 * 3 - 1)", .money, ["200.000000", "–", "-1.100000", "199.999980"]),
      ("Rate * Quantity", .number, ["3.750000", "0.000000", "–", "0.000000"]),
      ("Rate + Quantity", .number, ["4.250000", "1.000000", "–", "7.000000"]),
      ("CloseDate - CreatedDate", .days, ["10.000000", "-1.000000", "–", "–"]),
      ("1 - 2 - 3", .number, [String](repeating: "-4.000000", count: 4)),
      ("2 + 3 * 4", .number, [String](repeating: "14.000000", count: 4)),
      ("12 / 4 / 3", .number, [String](repeating: "1.000000", count: 4)),
    ])
  func exact(_ text: String, _ unit: ValueType, _ values: [String]) throws {
    let result = try Deals.values(text)
    #expect(result.unit == unit)
    #expect(result.values == values)
  }

  @Test("Division by a field rounds once a row, half away from zero; by zero it is null")
  func divisionByField() throws {
    // 1000 / 3 = 333.33333… → 333.3333; -5.5 / 1; 999.9999 / 7 = 142.85712857… → 142.8571
    let result = try Deals.values("Amount / Quantity")
    #expect(result.unit == .money)
    #expect(result.values == ["333.333300", "–", "-5.500000", "142.857100"])
    // 1000 / 100 = 10; no amount; discount 0; no discount.
    #expect(try Deals.values("Amount / Discount").values == ["10.000000", "–", "–", "–"])
    // 0.0001 / 2 = 0.00005 → 0.0001, and its negative to -0.0001
    #expect(
      try Deals.values("(Quantity - Quantity + 0.0001) / (Quantity - Quantity + 2)").values
        == [String](repeating: "0.000100", count: 4))
    #expect(
      try Deals.values("(Quantity - Quantity - 0.0001) / (Quantity - Quantity + 2)").values
        == [String](repeating: "-0.000100", count: 4))
  }

  @Test("A date can be a formula")
  func dates() throws {
    let expression = try Expression(parsing: "CloseDate + 1 day", at: SourcePosition(file: "a"))
    let formula = try Formula(expression, resolver: Deals(), asOf: Deals.asOf)
    var values: [Int128] = []
    var nulls: [UInt8] = []
    formula.evaluate(rows: 0..<4, into: &values, nulls: &nulls)
    #expect(formula.type == .day)
    #expect(formula.denominator == 1)
    #expect(Day(number: Int32(values[0])).description == "2026-11-21")
    #expect(nulls == [0, 0, 1, 0])
  }

  @Test("A formula that is one field hands out its cells")
  func plainColumn() throws {
    let at = SourcePosition(file: "a")
    let plain = try Formula(
      Expression(parsing: "Amount", at: at), resolver: Deals(), asOf: Deals.asOf)
    #expect(plain.column == [10_000_000, Exact.null, -55_000, 9_999_999])
    let other = try Formula(
      Expression(parsing: "Amount * 1", at: at), resolver: Deals(), asOf: Deals.asOf)
    #expect(other.column == nil)
  }

  @Test("A value that 128 bits cannot hold is null, not a crash")
  func overflow() throws {
    let power = "(Quantity * Quantity * Quantity * Quantity * Quantity)"
    #expect(try Deals.values(power).values[0] == "243.000000")
    // 3 · 10^17 · 10^17 · 3 in units of 1/10^8 is 9 · 10^42; 128 bits end at 1.7 · 10^38.
    let text = "Quantity * 100000000000000000 * 100000000000000000 * Quantity"
    #expect(try Deals.values(text).values[0] == "–")
  }
}
