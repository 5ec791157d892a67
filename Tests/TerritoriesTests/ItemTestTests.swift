import Records
import Testing

@testable import Territories

@Suite("An item of a rule compares a cell as the CRM does")
struct ItemTestTests {
  private func holds(_ operation: RuleOperation, _ value: String?, _ cell: String) -> Bool {
    let test = ItemTest(operation, value)
    let bytes = Array(cell.lowercased().utf8)
    return bytes.isEmpty ? test.holdsOfEmpty : test.holds(of: bytes.span)
  }

  @Test("Text compares without regard to case, a comma list means any of")
  func text() {
    #expect(holds(.equals, "New York, OHIO", "ohio"))
    #expect(!holds(.equals, "New York,Ohio", "Ohio State"))
    #expect(!holds(.notEqual, "New York,Ohio", "new york"))
    #expect(holds(.notEqual, "New York,Ohio", "Texas"))
    #expect(holds(.contains, "bank,trust", "First Trust Co"))
    #expect(!holds(.notContain, "bank,trust", "First Trust Co"))
    #expect(holds(.startsWith, "94,95", "95014"))
    #expect(!holds(.startsWith, "94,95", "1995"))
    #expect(holds(.equals, "Zürich", "ZÜRICH"))
    #expect(holds(.lessThan, "M", "Lima") && !holds(.lessThan, "M", "Oslo"))
    #expect(holds(.greaterOrEqual, "10000", "10000") && holds(.lessOrEqual, "10000", "02139"))
  }

  @Test("Quotation marks keep a comma in a value")
  func quoted() {
    #expect(holds(.equals, "\"Zeta, Inc.\",Omega", "zeta, inc."))
    #expect(holds(.equals, "\"Zeta, Inc.\",Omega", "Omega"))
    #expect(!holds(.equals, "\"Zeta, Inc.\",Omega", "Zeta"))
  }

  @Test("includes and excludes look at each value of a field with several")
  func several() {
    #expect(holds(.includes, "North;West", "East;West"))
    #expect(!holds(.includes, "North;West", "Northwest"))
    #expect(holds(.includes, "North,West", "west"))
    #expect(!holds(.excludes, "North;West", "East;West"))
    #expect(holds(.excludes, "North", "East;West"))
  }

  @Test(
    "An empty cell equals nothing but an empty value, and differs from every other",
    arguments: [
      (RuleOperation.equals, false), (.notEqual, true), (.contains, false), (.notContain, true),
      (.startsWith, false), (.includes, false), (.excludes, true), (.lessThan, false),
      (.greaterThan, false), (.lessOrEqual, false), (.greaterOrEqual, false),
    ])
  func empty(_ operation: RuleOperation, _ expected: Bool) {
    #expect(holds(operation, "x", "") == expected)
  }

  @Test("An empty value asks for empty cells, alone or in a list")
  func emptyValue() {
    #expect(holds(.equals, nil, "") && !holds(.equals, nil, "x"))
    #expect(!holds(.notEqual, "", "") && holds(.notEqual, "", "x"))
    #expect(holds(.equals, ",Retail", "") && holds(.equals, ",Retail", "retail"))
    #expect(!holds(.notEqual, ",Retail", ""))
  }

  @Test("Numbers, days and flags of rules are read as a person writes them, and nothing else")
  func values() {
    func number(_ text: String) -> Int64? { RuleValues.number(Array(text.utf8), scale: 10_000) }
    #expect(number("500000") == 5_000_000_000 && number("-1.5") == -15_000)
    #expect(number("0.00010") == 1 && number(".5") == 5_000 && number("7.") == 70_000)
    #expect(number("0.00001") == nil && number("") == nil && number("-") == nil)
    #expect(number("USD 5") == nil && number("1e3") == nil && number(".") == nil)
    #expect(number("99999999999999999999") == nil)
    func day(_ text: String) -> Int64? { RuleValues.day(Array(text.utf8)) }
    #expect(day("1970-01-02") == 1 && day("1970-01-02t23:00:00z") == 1)
    #expect(day("last 30 days") == nil && day("1970-02-30") == nil)
    #expect(RuleValues.flag(Array("true".utf8)) == 1 && RuleValues.flag(Array("0".utf8)) == 0)
    #expect(RuleValues.flag(Array("maybe".utf8)) == nil)
    #expect(RuleValues.text(15_000, scale: 10_000) == "1.5")
    #expect(RuleValues.text(-20_000, scale: 10_000) == "-2")
  }

  @Test("The longest literal at the beginning of a text tells all others")
  func literals() {
    let index = LiteralIndex(["9", "94", "941", "95", "x"].map { Array($0.utf8) })
    func holds(_ operation: RuleOperation, _ value: String, _ text: String) -> Bool {
      let number = index.classOf(Array(text.utf8), empty: -1)
      return index.holds(ItemTest(operation, value), of: Int(number))
    }
    #expect(holds(.startsWith, "9", "94105") && holds(.startsWith, "94", "94105"))
    #expect(holds(.startsWith, "941", "94105") && !holds(.startsWith, "95", "94105"))
    #expect(holds(.startsWith, "9", "93") && !holds(.startsWith, "94", "93"))
    #expect(holds(.equals, "94", "94") && !holds(.equals, "94", "940"))
    #expect(holds(.notEqual, "94", "940") && !holds(.notEqual, "94", "94"))
    #expect(!holds(.startsWith, "9", "8") && holds(.notEqual, "9", "8"))
    #expect(!holds(.startsWith, "x", "a") && holds(.startsWith, "x", "xyz"))
  }
}
