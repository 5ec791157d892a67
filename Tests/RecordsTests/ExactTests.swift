import Records
import Testing

@Suite("Exact numbers")
struct ExactTests {
  @Test(
    "A quotient is rounded half away from zero",
    arguments: [
      (5, 2, 3), (-5, 2, -3), (5, -2, -3), (-5, -2, 3), (4, 3, 1), (-4, 3, -1), (1, 2, 1),
      (-1, 2, -1), (1, 3, 0), (-1, 3, 0), (0, 7, 0), (6, 3, 2), (7, 4, 2), (9, 4, 2),
    ])
  func division(_ numerator: Int, _ denominator: Int, _ quotient: Int) {
    #expect(Exact.divide(Int128(numerator), by: Int128(denominator)) == Int128(quotient))
  }

  @Test(
    "A value prints with its places, rounded half away from zero",
    arguments: [
      (12_345, 2, "1.23"), (12_350, 2, "1.24"), (-12_350, 2, "-1.24"), (-12_349, 2, "-1.23"),
      (5_000, 0, "1"), (4_999, 0, "0"), (-5_000, 0, "-1"), (0, 2, "0.00"), (1, 4, "0.0001"),
      (-1, 4, "-0.0001"), (9_999_999, 2, "1000.00"),
    ])
  func text(_ value: Int, _ places: Int, _ text: String) {
    #expect(Exact.text(Int128(value), places: places) == text)
  }

  @Test("A small negative value that rounds to zero has no minus sign")
  func negativeZero() {
    #expect(Exact.text(-49, places: 2) == "0.00")
  }

  @Test("A ratio prints six places; over zero it is undefined, which is not zero")
  func ratio() {
    #expect(Ratio(2, over: 3).text(places: 6) == "0.666667")
    #expect(Ratio(-1, over: 8).text(places: 2) == "-0.13")
    #expect(Ratio(0, over: 5).text(places: 6) == "0.000000")
    #expect(Ratio(5, over: 0).text(places: 6) == nil)
    #expect(!Ratio(0, over: 0).isDefined)
  }

  @Test("The sum of a hundred million largest amounts keeps its last cent")
  func largeSums() {
    // 9223372036854775807 · 10^8 / 10^4
    let sum = Int128(Int64.max) * 100_000_000
    #expect(Exact.text(sum, places: 4) == "92233720368547758070000.0000")
  }

  @Test("The largest numbers print without leaving 128 bits")
  func largest() {
    // 2^127 − 1 = 170141183460469231731687303715884105727, a number that leaves 1 over 3.
    #expect(
      Exact.decimalText(ratio: .max, over: 3, places: 6)
        == "56713727820156410577229101238628035242.333333")
    #expect(Exact.decimalText(ratio: .max, over: .max, places: 6) == "1.000000")
    #expect(Exact.decimalText(ratio: .max - 1, over: .max, places: 6) == "1.000000")
    #expect(Exact.divide(.max - 1, by: .max) == 1)
  }
}

/// The key of an Id's text.
private func key(_ text: String) -> UInt128? { SalesforceID.key(Array(text.utf8).span) }

@Suite("Salesforce Ids")
struct SalesforceIDTests {
  @Test(
    "Fifteen characters get the suffix of their case",
    arguments: [
      ("001x0000002xLCV", "001x0000002xLCVAA2"), ("005x0000000fNSi", "005x0000000fNSiAAM"),
      ("000000000000000", "000000000000000AAA"),
    ])
  func suffix(_ short: String, _ long: String) throws {
    let shortKey = try #require(key(short))
    #expect(SalesforceID.text(shortKey) == long)
    #expect(key(long) == shortKey)
    #expect(String(decoding: SalesforceID.checksum(short.utf8), as: UTF8.self) == long.suffix(3))
  }

  @Test("The empty lookup of Data Export is the all-zero Id")
  func zero() {
    #expect(key("000000000000000AAA") == SalesforceID.zero)
  }

  @Test("Keys order as the bytes of Ids do: digits, capitals, small letters")
  func order() throws {
    let ids = ["001000000000009", "00100000000000A", "00100000000000Z", "00100000000000a"]
    let keys = try ids.map { try #require(key($0)) }
    #expect(keys == keys.sorted())
  }

  @Test(
    "What is no Id has no key",
    arguments: ["", "001x0000002xLC", "001x0000002xLCVA", "001x0000002xL-V", "001x0000002xLCVAA2X"])
  func noID(_ text: String) {
    #expect(key(text) == nil)
  }
}

@Suite("Keys")
struct KeysTests {
  @Test("Rows sort by the bytes of their keys")
  func textKeys() {
    var texts = Texts()
    for id in ["b", "B", "a", "ab", "é"] { texts.append(id.utf8) }
    let keys = Keys.text(texts)
    #expect(keys.sortedRows() == [1, 2, 3, 0, 4])
    #expect(keys.ranks() == [3, 0, 1, 2, 4])
    #expect(keys.text(3) == "ab")
  }

  @Test("Salesforce keys print in 18 characters")
  func salesforceKeys() throws {
    let ids = ["005x0000000fNSi", "001x0000002xLCV"]
    let keys = Keys.salesforce(SalesforceKeys(try ids.map { try #require(key($0)) }))
    #expect(keys.sortedRows() == [1, 0])
    #expect(keys.text(0) == "005x0000000fNSiAAM")
    #expect(keys.precedes(1, 0))
  }

  @Test("Salesforce keys stay what they are, whether they begin alike or not")
  func appendedKeys() throws {
    let users = try ["005x0000000fNSi", "005x0000000fNSj"].map { try #require(key($0)) }
    let accounts = try ["001x0000002xLCV", "001x0000002xLCW"].map { try #require(key($0)) }
    for parts in [
      [], [users], [users, users], [[], users], [users, []], [users, accounts],
      [users + accounts, users], [users, accounts, accounts], [[], users + accounts],
    ] {
      var keys = SalesforceKeys()
      for part in parts { keys.append(contentsOf: SalesforceKeys(part)) }
      let all = parts.flatMap { $0 }
      #expect(Array(keys) == all)
      #expect((keys.alike == nil) == (Set(all.map(SalesforceKeys.start)).count > 1))
    }
  }
}

@Suite("Did you mean")
struct SuggestionTests {
  @Test(
    "The nearest word is proposed where it is near enough",
    arguments: [
      ("Amout", "Amount"), ("amuont", "Amount"), ("CLOSEDATE", "CloseDate"), ("Typ", "Type"),
      ("xyz", nil), ("Probably", nil), ("", nil),
    ])
  func closest(_ word: String, _ expected: String?) {
    let words = ["Type", "Amount", "CloseDate", "Probability"]
    #expect(Suggestion.closest(to: word, in: words) == expected)
  }

  @Test("Of words equally near the first by bytes is taken, whatever the order")
  func ties() {
    #expect(Suggestion.closest(to: "cat", in: ["rat", "bat"]) == "bat")
    #expect(Suggestion.closest(to: "cat", in: ["bat", "rat"]) == "bat")
  }

  @Test("Words are listed as people list them")
  func list() {
    #expect(Suggestion.list([]) == "")
    #expect(Suggestion.list(["a"]) == "a")
    #expect(Suggestion.list(["a", "b", "c"]) == "a, b or c")
    #expect(Suggestion.list(["a", "b"], conjunction: "and") == "a and b")
  }
}
