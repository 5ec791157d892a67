import Records
import Testing

@testable import Intake

@Suite("Mapping files")
struct MappingTests {
  private func complaints(_ text: String) -> [String] {
    do {
      _ = try Mapping(text: text, file: "mapping.yaml")
      return []
    } catch {
      return error.findings.map(\.description)
    }
  }

  @Test("An unknown entity is named with its nearest neighbour")
  func unknownEntity() {
    #expect(
      complaints("entities:\n  Acount: {files: [accounts]}\n") == [
        "mapping.yaml:2:3: error: unknown entity \"Acount\"; nothing was read; "
          + "did you mean \"Account\"?"
      ])
  }

  @Test("An unknown key is named with its nearest neighbour, at every depth")
  func unknownKeys() {
    let text = """
      nmae: other
      entities:
        Account:
          file: [accounts]
          files: [accounts]
          fields:
            Id: {colum: account}
            Industry: {column: sector, lookup: {file: a, match: b, take: c, tkae: d}}
      """
    #expect(
      complaints(text) == [
        "mapping.yaml:1:1: error: unknown key \"nmae\"; nothing was read; did you mean \"name\"?",
        "mapping.yaml:4:5: error: unknown key \"file\"; nothing was read; did you mean \"files\"?",
        "mapping.yaml:7:12: error: unknown key \"colum\"; nothing was read; "
          + "did you mean \"column\"?",
        "mapping.yaml:8:71: error: unknown key \"tkae\"; nothing was read; did you mean \"take\"?",
      ])
  }

  @Test("A word that is none of those allowed is refused with them")
  func badWords() {
    let text = """
      keys: txt
      dates: year first
      stages: {Won: victory, Lost: lsot}
      """
    #expect(
      complaints(text) == [
        "mapping.yaml:1:7: error: \"keys\" cannot be \"txt\"; nothing was read; "
          + "did you mean \"text\"?",
        "mapping.yaml:2:8: error: \"dates\" cannot be \"year first\"; nothing was read; "
          + "use month/day/year, day/month/year or year/month/day.",
        "mapping.yaml:3:15: error: \"Won\" cannot be \"victory\"; nothing was read; "
          + "use open, won or lost.",
        "mapping.yaml:3:30: error: \"Lost\" cannot be \"lsot\"; nothing was read; "
          + "did you mean \"lost\"?",
      ])
  }

  @Test("An entity without files and a lookup without its keys are incomplete")
  func missingKeys() {
    let text = """
      entities:
        Account:
          fields: {Id: account, Industry: {column: x, lookup: {file: a, match: b}}}
      """
    #expect(
      complaints(text) == [
        "mapping.yaml:3:5: error: \"Account\" has no key \"files\"; nothing was read; add files.",
        "mapping.yaml:3:57: error: \"lookup\" has no key \"take\"; nothing was read; add take.",
      ])
  }

  @Test("A factor is a whole number of at least one")
  func factors() {
    let text = "entities: {Account: {files: [a], fields: {AnnualRevenue: {column: r, times: 0}}}}"
    #expect(
      complaints(text) == [
        "mapping.yaml:1:77: error: \"times\" must be a whole number from 1 to 1000000000, "
          + "found \"0\"; nothing was read; write a whole number from 1 to 1000000000."
      ])
  }

  @Test(
    "A pattern matches a file's name without regard to case, with * for anything",
    arguments: [
      ("Account", "account", true), ("Accounts", "account", false), ("Accounts", "account*", true),
      ("my-accounts-2026", "*accounts*", true), ("my-accounts-2026", "*accounts", false),
      ("my-accounts-2026", "my*2026", true), ("aba", "ab*ba", false), ("abcabc", "a*b*c", true),
      ("anything", "*", true), ("", "*", true), ("Account", "", false),
    ])
  func patterns(name: String, pattern: String, matches: Bool) {
    #expect(Mapping.matches(name, pattern: pattern) == matches)
  }

  @Test("The preset of Salesforce reads every entity")
  func preset() throws {
    let mapping = try Exports.salesforce()
    #expect(Set(mapping.sources.keys) == Set(Entity.exported))
    #expect(mapping.keys == .salesforce)
  }
}
