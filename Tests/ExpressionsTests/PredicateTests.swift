import Expressions
import Records
import Testing

@Suite("Conditions")
struct PredicateTests {
  @Test(
    "Numbers, dates and texts compare with literals",
    arguments: [
      ("Amount >= 1000", [1, 2, 0, 0]),
      ("1000 <= Amount", [1, 2, 0, 0]),
      ("Amount < 0", [0, 2, 1, 0]),
      ("Amount = 999.9999", [0, 2, 0, 1]),
      ("Amount > 999.99985", [1, 2, 0, 1]),
      ("Amount != -5.5", [1, 2, 0, 1]),
      ("Probability = 50", [1, 0, 2, 0]),
      ("CloseDate = 2026-11-20", [1, 0, 2, 0]),
      ("CloseDate >= today - 90 days", [1, 1, 2, 0]),
      ("CloseDate <= 2026-08-21 + 1 day", [0, 1, 2, 1]),
      ("CloseDate - CreatedDate > 5 days", [1, 0, 2, 2]),
      ("CloseDate - CreatedDate < 0", [0, 1, 2, 2]),
      ("Type = 'NEW BUSINESS'", [1, 0, 2, 0]),
      ("'expansion' <> Type", [1, 1, 2, 0]),
      ("Type < 'n'", [0, 0, 2, 1]),
      ("Name = 'élan sa'", [0, 1, 2, 0]),
      ("Rate = 1.25", [1, 0, 2, 0]),
      ("amount > discount", [1, 2, 0, 2]),
      ("Rate > Quantity", [0, 1, 2, 0]),
      ("1 < 2", [1, 1, 1, 1]),
      ("'a' = 'A'", [1, 1, 1, 1]),
    ])
  func comparisons(_ text: String, _ outcomes: [UInt8]) throws {
    #expect(try Deals.outcomes(text) == outcomes)
  }

  @Test("Each condition that must hold comes with the whole of its own words")
  func parts() throws {
    let text =
      "Type = 'new' and Amount + Amount > 2 * Amount and Type in ('a', 'b')"
      + " and not Amount between 1 and 2 and Name contains 'x' and CloseDate is not null"
    let parts = try Predicate.parts(
      of: Expression(parsing: text, at: SourcePosition(file: "a.yaml")), resolver: Deals(),
      asOf: Deals.asOf)
    #expect(
      parts.map(\.text) == [
        "Type = 'new'", "Amount + Amount > 2 * Amount", "Type in ('a', 'b')",
        "not Amount between 1 and 2", "Name contains 'x'", "CloseDate is not null",
      ])
  }

  @Test(
    "Truth values stand alone or compare",
    arguments: [
      ("IsWon", [1, 0, 2, 0]),
      ("not IsWon", [0, 1, 2, 1]),
      ("IsWon = false", [0, 1, 2, 1]),
      ("IsWon != TRUE", [0, 1, 2, 1]),
      ("IsWon = \"Not\"", [0, 0, 2, 0]),
      ("true", [1, 1, 1, 1]),
    ])
  func flags(_ text: String, _ outcomes: [UInt8]) throws {
    #expect(try Deals.outcomes(text) == outcomes)
  }

  @Test(
    "Words look into text without regard to case",
    arguments: [
      ("Name contains 'BANK'", [1, 0, 2, 0]),
      ("Name contains 'é'", [0, 1, 2, 0]),
      ("Name contains 'e'", [1, 0, 2, 0]),
      ("Name not contains 'a'", [0, 0, 2, 1]),
      ("Name starts with 'élan'", [0, 1, 2, 0]),
      ("Name ends with '%'", [0, 0, 2, 1]),
      ("Type starts with 'new'", [1, 0, 2, 0]),
      ("Type in ('Renewal', 'expansion')", [0, 1, 2, 1]),
      ("Type not in ('Renewal')", [1, 0, 2, 1]),
      ("Products includes ('A')", [1, 0, 2, 0]),
      ("Products includes ('A', 'ab')", [1, 1, 2, 1]),
      ("Products excludes ('A')", [0, 1, 2, 1]),
      ("\"Deal Stage\" = 'lost'", [0, 1, 2, 1]),
    ])
  func words(_ text: String, _ outcomes: [UInt8]) throws {
    #expect(try Deals.outcomes(text) == outcomes)
  }

  @Test(
    "Lists and spans hold their ends",
    arguments: [
      ("Amount in (1000, -5.5)", [1, 2, 1, 0]),
      ("CloseDate in (2026-08-22, today)", [1, 1, 2, 0]),
      ("Amount between -5.5 and 999.9999", [0, 2, 1, 1]),
      ("Amount not between 0 and 1000", [0, 2, 1, 0]),
      ("CloseDate between 2026-08-22 and today and IsWon", [1, 0, 2, 0]),
    ])
  func ranges(_ text: String, _ outcomes: [UInt8]) throws {
    #expect(try Deals.outcomes(text) == outcomes)
  }

  @Test(
    "Empty cells are null, and a reference to what was not exported is not",
    arguments: [
      ("Amount is null", [0, 1, 0, 0]),
      ("Amount is not null", [1, 0, 1, 1]),
      ("Type is null", [0, 0, 1, 0]),
      ("Name is null", [0, 0, 1, 0]),
      ("CloseDate is null", [0, 0, 1, 0]),
      ("IsWon is null", [0, 0, 1, 0]),
      ("OwnerId is null", [0, 0, 1, 0]),
      ("Account.Industry is null", [0, 1, 1, 0]),
      ("Account.Name is null", [0, 0, 1, 0]),
      ("Amount + Discount is null", [0, 1, 0, 1]),
    ])
  func nulls(_ text: String, _ outcomes: [UInt8]) throws {
    #expect(try Deals.outcomes(text) == outcomes)
  }

  @Test(
    "Paths reach through references",
    arguments: [
      ("Account.Industry = 'banking'", [1, 2, 2, 1]),
      ("account.country = 'NO'", [1, 1, 2, 1]),
      ("Account.Name = Name", [1, 0, 2, 0]),
      ("Account.Name < Name", [0, 1, 2, 0]),
      ("Account.Country != Type", [1, 1, 2, 1]),
    ])
  func paths(_ text: String, _ outcomes: [UInt8]) throws {
    #expect(try Deals.outcomes(text) == outcomes)
  }

  @Test(
    "And, or and not have three outcomes, and bind in this order: not, and, or",
    arguments: [
      ("IsWon and true", [1, 0, 2, 0]),
      ("IsWon and false", [0, 0, 0, 0]),
      ("IsWon or true", [1, 1, 1, 1]),
      ("IsWon or false", [1, 0, 2, 0]),
      ("not (IsWon and true)", [0, 1, 2, 1]),
      ("Amount < 0 or IsWon and Type = 'renewal'", [0, 2, 1, 0]),
      ("(Amount < 0 or IsWon) and Type = 'renewal'", [0, 2, 2, 0]),
      ("not IsWon and Amount > 0", [0, 2, 0, 1]),
      ("NOT Type = 'renewal' AND NOT Type = 'expansion'", [1, 0, 2, 0]),
    ])
  func threeValues(_ text: String, _ outcomes: [UInt8]) throws {
    #expect(try Deals.outcomes(text) == outcomes)
  }

  @Test("A batch of no rows has no outcomes")
  func noRows() throws {
    let expression = try Expression(parsing: "IsWon", at: SourcePosition(file: "a"))
    let predicate = try Predicate(expression, resolver: Deals(), asOf: Deals.asOf)
    var outcomes: [UInt8] = [1, 1]
    predicate.evaluate(rows: 0..<0, into: &outcomes)
    #expect(outcomes == [])
  }

  @Test("An expression says which fields it needs, once each, in order")
  func fields() throws {
    let expression = try Expression(
      parsing: "Amount > 0 and (Account.Industry is null or amount < Discount) and Type in ('a')",
      at: SourcePosition(file: "a"))
    #expect(expression.fields == [["Amount"], ["Account", "Industry"], ["Discount"], ["Type"]])
  }

  @Test("A condition of ten thousand alternatives is read")
  func longCondition() throws {
    let text = [String](repeating: "Amount = 1000", count: 10_000).joined(separator: " or ")
    #expect(try Deals.outcomes(text) == [1, 2, 0, 0])
  }
}
