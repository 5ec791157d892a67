import Records
import Settings
import Testing

/// Reads a text that must not be readable, and gives what is said about it.
private func complaints(about text: String) -> [String] {
  do {
    _ = try Document(text: text, file: "cadastre.yaml")
    return []
  } catch {
    return error.findings.map(\.description)
  }
}

@Suite("Reading YAML")
struct DocumentTests {
  @Test("The country NO stays text")
  func noIsText() throws {
    let root = try Document(text: "country: NO\n", file: "a.yaml").root
    let findings = Findings()
    #expect(root.read(findings) { $0.string("country") } == "NO")
    #expect(findings.isEmpty)
  }

  @Test("Every value knows its line and column, and text where its first letter stands")
  func places() throws {
    let text = """
      deals:
        value: Amount
        classes: {new: "Type = 'New'"}
        note: |
          first line
          second line
      """
    let root = try Document(text: text, file: "a.yaml").root
    let findings = Findings()
    let entries = try #require(root.entries(findings).first).value.entries(findings)
    #expect(entries[0].at == SourcePosition(file: "a.yaml", line: 2, column: 3))
    #expect(entries[0].value.at == SourcePosition(file: "a.yaml", line: 2, column: 10))
    let new = try #require(entries[1].value.entries(findings).first)
    #expect(new.value.at == SourcePosition(file: "a.yaml", line: 3, column: 18))
    #expect(new.value.textStart == SourcePosition(file: "a.yaml", line: 3, column: 19))
    #expect(entries[2].value.textStart == SourcePosition(file: "a.yaml", line: 5, column: 5))
  }

  @Test("An empty file is an empty group of keys", arguments: ["", "\n", "# nothing yet\n"])
  func emptyFile(_ text: String) throws {
    let findings = Findings()
    let root = try Document(text: text, file: "a.yaml").root
    #expect(root.entries(findings).isEmpty)
    #expect(findings.isEmpty)
  }

  @Test("A byte order mark is no part of the first key")
  func byteOrderMark() throws {
    let findings = Findings()
    let root = try Document(text: "\u{FEFF}crm: zoho\r\nexport: x\r\n", file: "a.yaml").root
    #expect(root.entries(findings).map(\.key) == ["crm", "export"])
  }

  @Test("A key written twice is refused at its place")
  func duplicateKey() {
    #expect(
      complaints(about: "crm: zoho\nexport: x\ncrm: hubspot\n") == [
        "cadastre.yaml:1:1: error: key \"crm\" is written twice in one group; nothing was read; "
          + "keep one of them."
      ])
  }

  @Test("A tab is named as what is wrong")
  func tab() {
    #expect(
      complaints(about: "deals:\n\tvalue: Amount\n") == [
        "cadastre.yaml:2:1: error: this is not YAML: found character that cannot start any token; "
          + "nothing was read; indent with spaces instead of tabs."
      ])
  }

  @Test("An unclosed quote is named with its place")
  func unclosedQuote() {
    #expect(
      complaints(about: "crm: \"zoho\nexport: x\n") == [
        "cadastre.yaml:3:1: error: this is not YAML: found unexpected end of stream; "
          + "nothing was read; check quotes, colons and indentation here."
      ])
  }

  @Test("Two documents in one file are refused")
  func twoDocuments() {
    #expect(
      complaints(about: "crm: zoho\n---\ncrm: zoho\n") == [
        "cadastre.yaml:2:1: error: a second document begins here; nothing was read; "
          + "keep one document in the file."
      ])
  }

  private static let alias =
    "an alias (*) or merge key (<<) is not supported; nothing was read; "
    + "write the value out where it is needed."

  @Test(
    "An alias is refused where it is used",
    arguments: [
      ("a: &x [1, 2]\nb: *x\n", "2:1"),
      ("a: &x {k: 1}\nb:\n  <<: *x\n", "3:3"),
      ("- &x {k: 1}\n- *x\n", "1:10"),
      ("- &x a\n- *x\n", "1:3"),
    ])
  func alias(_ text: String, _ place: String) {
    #expect(complaints(about: text) == ["cadastre.yaml:\(place): error: " + Self.alias])
  }

  @Test("A billion laughs are refused at once", arguments: [false, true])
  func billionLaughs(asKey: Bool) {
    var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...9 {
      let list = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(list)]\n"
    }
    if asKey { text += "? *a9\n: x\n" }
    #expect(complaints(about: text) == ["cadastre.yaml:2:10: error: " + Self.alias])
  }

  @Test(
    "Values nested without end are refused", arguments: ["[", "- ", "? ", "{a: "])
  func deepNesting(_ opening: String) {
    #expect(complaints(about: String(repeating: opening, count: 100_000)).count == 1)
  }

  @Test("A list nested too deep is refused where it goes too deep")
  func tooDeep() {
    let text = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(
      complaints(about: text) == [
        "cadastre.yaml:1:52: error: values nest more than 50 levels deep; nothing was read; "
          + "use fewer levels."
      ])
  }

  @Test("A tag of a programming language is refused")
  func tag() {
    #expect(
      complaints(about: "a: !python/object x\n") == [
        "cadastre.yaml:1:4: error: the tag !python/object has no meaning here; nothing was read; "
          + "remove it."
      ])
  }

  @Test("A key that is a list is refused")
  func listAsKey() {
    #expect(
      complaints(about: "[a, b]: x\n") == [
        "cadastre.yaml:1:1: error: a key must be text; nothing was read; write the key as one word."
      ])
  }
}

@Suite("Typed values")
struct ValueTests {
  private func read<Result>(
    _ text: String, _ body: (KeyReader) -> Result
  ) throws -> (result: Result?, findings: [String]) {
    let findings = Findings()
    let root = try Document(text: text, file: "a.yaml").root
    let result = root.read(findings, body)
    return (result, findings.all.map(\.description))
  }

  @Test("Numbers, days, truth values and words are read as what they are")
  func typedValues() throws {
    let text = "n: 12\nm: -1000.5\nd: 2026-11-20\nb: yes\nw: Monday\nl: [a, b]\ns: alone\n"
    let (result, findings) = try read(text) { keys in
      (
        keys.int("n"), keys.decimal("m"), keys.day("d"), keys.bool("b"),
        keys.oneOf("w", ["monday", "sunday"]), keys.strings("l") + keys.strings("s")
      )
    }
    let values = try #require(result)
    #expect(values.0 == 12)
    #expect(values.1 == -10_005_000)
    #expect(values.2 == Day(year: 2026, month: 11, day: 20))
    #expect(values.3 == true)
    #expect(values.4 == "monday")
    #expect(values.5 == ["a", "b", "alone"])
    #expect(findings == [])
  }

  @Test("All that is wrong is said, not only the first")
  func allFindings() throws {
    let text = "n: twelve\nm: 1.23456\nd: 2026-02-30\nb: maybe\nw: mondey\ng: 5\ns: [a]\ne:\n"
    let (_, findings) = try read(text) { keys in
      _ = keys.int("n")
      _ = keys.decimal("m")
      _ = keys.day("d")
      _ = keys.bool("b")
      _ = keys.oneOf("w", ["monday", "sunday"])
      _ = keys.read("g") { _ in 0 }
      _ = keys.string("s")
      _ = keys.string("e")
    }
    #expect(
      findings == [
        "a.yaml:1:4: error: \"n\" must be a whole number, found \"twelve\"; nothing was read; "
          + "write a whole number.",
        "a.yaml:2:4: error: \"m\" must be a number with at most four decimal places, found "
          + "\"1.23456\"; nothing was read; write a number with at most four decimal places.",
        "a.yaml:3:4: error: \"d\" must be a date such as 2026-11-20, found \"2026-02-30\"; "
          + "nothing was read; write a date such as 2026-11-20.",
        "a.yaml:4:4: error: \"b\" must be true or false, found \"maybe\"; nothing was read; "
          + "write true or false.",
        "a.yaml:5:4: error: \"w\" cannot be \"mondey\"; nothing was read; did you mean \"monday\"?",
        "a.yaml:6:4: error: \"g\" must be a group of keys, found \"5\"; nothing was read; "
          + "write a group of keys.",
        "a.yaml:7:4: error: \"s\" must be text, found a list; nothing was read; write text.",
        "a.yaml:8:1: error: key \"e\" has no value; nothing was read; "
          + "write a value or remove the key.",
      ])
  }

  @Test("A whole number outside its range names the range")
  func range() throws {
    let (_, findings) = try read("a: 0\nb: 13\n") { keys in
      _ = keys.int("a", in: 1...Int.max)
      _ = keys.int("b", in: 1...12)
    }
    #expect(
      findings == [
        "a.yaml:1:4: error: \"a\" must be a whole number of at least 1, found \"0\"; "
          + "nothing was read; write a whole number of at least 1.",
        "a.yaml:2:4: error: \"b\" must be a whole number from 1 to 12, found \"13\"; "
          + "nothing was read; write a whole number from 1 to 12.",
      ])
  }

  @Test("A key that nothing asks for is unknown, with a suggestion")
  func unknownKeys() throws {
    let (_, findings) = try read("curency: USD\nzzz: 1\n") { keys in
      _ = keys.string("currency")
      _ = keys.string("crm")
    }
    #expect(
      findings == [
        "a.yaml:1:1: error: unknown key \"curency\"; nothing was read; did you mean \"currency\"?",
        "a.yaml:2:1: error: unknown key \"zzz\"; nothing was read; use crm or currency.",
      ])
  }

  @Test("A missing key is named with the group it is missing from")
  func missingKey() throws {
    let (_, findings) = try read("reports:\n  - {every: monday}\n") { keys in
      for item in keys.list("reports") {
        _ = item.read(keys.findings) { item in
          _ = item.required("report")
          _ = item.string("every")
        }
      }
    }
    #expect(
      findings == [
        "a.yaml:2:5: error: item 1 of \"reports\" has no key \"report\"; nothing was read; "
          + "add report."
      ])
  }
}
