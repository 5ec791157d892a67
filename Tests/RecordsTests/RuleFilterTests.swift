import Records
import Testing

@Suite("Boolean filters of assignment rules")
struct RuleFilterTests {
  private func read(_ text: String, items: Int = 3) throws -> RuleFilter {
    try RuleFilter(parsing: text, itemCount: items)
  }

  @Test("AND binds closer than OR, NOT closer than both, parentheses closest")
  func precedence() throws {
    #expect(try read("(1 AND 2) OR 3") == .any([.all([.item(1), .item(2)]), .item(3)]))
    #expect(try read("1 and 2 or 3") == .any([.all([.item(1), .item(2)]), .item(3)]))
    #expect(try read("1 AND (2 OR 3)") == .all([.item(1), .any([.item(2), .item(3)])]))
    #expect(try read("NOT 1 AND 2") == .all([.not(.item(1)), .item(2)]))
    #expect(try read("not(1 AND(2)AND 3)") == .not(.all([.item(1), .item(2), .item(3)])))
    #expect(try read(" 2 ") == .item(2))
    #expect(try read("1\tOR\n2") == .any([.item(1), .item(2)]))
  }

  @Test("A filter without text means that all items hold")
  func none() {
    #expect(RuleFilter.all(of: 2) == .all([.item(1), .item(2)]))
    #expect(RuleFilter.all(of: 0).holds { _ in false })
  }

  @Test("It holds as its table of truth says")
  func truth() throws {
    let filter = try read("(1 AND NOT 2) OR 3")
    let holding = (0..<8).filter { bits in filter.holds { bits >> ($0 - 1) & 1 == 1 } }
    // Item 1 is the lowest bit: 1 alone, or 3 with anything.
    #expect(holding == [1, 4, 5, 6, 7])
    #expect(filter.items == [1, 2, 3])
  }

  @Test(
    "What cannot be read is named with its character",
    arguments: [
      ("", 1, "it ends where the number of an item, NOT or \"(\" was expected"),
      ("1 AND", 6, "it ends where the number of an item, NOT or \"(\" was expected"),
      ("1 2", 3, "\"2\" stands where AND, OR or the end was expected"),
      ("(1 OR 2", 8, "it ends where AND, OR or \")\" was expected"),
      ("1)", 2, "\")\" stands where AND, OR or the end was expected"),
      ("1 && 2", 3, "\"&\" stands where AND, OR or the end was expected"),
      ("0 OR 1", 1, "it names item 0, and the rule has 3 items"),
      ("1 OR 4", 6, "it names item 4, and the rule has 3 items"),
      ("OR 1", 1, "\"OR\" stands where the number of an item, NOT or \"(\" was expected"),
      (
        "99999999999999999999", 1,
        "\"99999999999999999999\" stands where the number of an item, NOT or \"(\" was expected"
      ),
    ])
  func failures(text: String, column: Int, what: String) {
    #expect(throws: RuleFilter.Failure(what: what, column: column)) { try read(text) }
  }

  @Test("Parentheses nest to a bound, beyond which the filter is refused")
  func depth() throws {
    let deep = String(repeating: "(", count: 60) + "1" + String(repeating: ")", count: 60)
    #expect(try read(deep) == .item(1))
    let deeper = String(repeating: "(", count: 100_000) + "1"
    #expect(throws: RuleFilter.Failure(what: "it nests deeper than 64 levels", column: 65)) {
      try read(deeper)
    }
  }

  @Test("Of one item the count is said in the singular")
  func singular() {
    #expect(
      throws: RuleFilter.Failure(what: "it names item 2, and the rule has 1 item", column: 1)
    ) { try read("2", items: 1) }
    #expect(
      throws: RuleFilter.Failure(what: "it names item 1, and the rule has 0 items", column: 1)
    ) { try read("1", items: 0) }
  }
}
