import BuiltIns
import Foundation
import Records
import Testing

@testable import Reports

@Suite("Catalogues of words")
struct WordsTests {
  private let text = BuiltIns.text("templates/words/de.yaml") ?? ""

  private func findings(_ name: String, _ text: String) -> [String] {
    do {
      _ = try Templates(overrides: [name: (text, "mine/" + name)])
      return []
    } catch {
      return error.findings.map(\.description)
    }
  }

  @Test("English has every word that the program says, and no word that nobody says")
  func complete() throws {
    let english = ReportWords.english
    for name in ReportWords.Name.allCases {
      #expect(english.texts[name.rawValue] != nil, "\(name.rawValue)")
    }
    let said = Set(ReportWords.Name.allCases.map(\.rawValue))
    let templates = BuiltIns.paths(in: "templates").filter { $0.hasSuffix(".mustache") }
      .compactMap { BuiltIns.text($0) }.joined()
    for name in english.texts.keys.sorted() where !said.contains(name) {
      #expect(templates.contains("{{words.\(name)}}"), "nobody says \(name)")
    }
  }

  @Test("German has the same words, all of them in German")
  func german() throws {
    let german = try Templates().words(for: .deDE)
    #expect(german.language == "de")
    #expect(Set(german.texts.keys) == Set(ReportWords.english.texts.keys))
    // Words that are the same in both.
    let same: Set<String> = ["within", "sheet_definition"]
    for (name, pattern) in german.texts where !same.contains(name) {
      #expect(pattern.text != ReportWords.english.texts[name]?.text, "\(name)")
    }
  }

  @Test("A language without a catalogue speaks English, and its page says so")
  func fallback() throws {
    let templates = try Templates()
    #expect(templates.words(for: .frFR).language == "en")
    let fields = templates.fields([:], title: "T", locale: .frFR)
    guard case .markup(let language)? = fields["language"] else { return #expect(Bool(false)) }
    #expect(language == "en")
  }

  @Test("A language is added by a file of its words")
  func added() throws {
    let french = text.replacing("überfällig", with: "en retard")
    let templates = try Templates(
      overrides: ["words/fr.yaml": (french, "mine/words/fr.yaml")])
    let words = templates.words(for: .frFR)
    #expect(words.language == "fr")
    #expect(words[.overdue] == "en retard")
  }

  @Test("A misspelt word, a missing one and one too few are found with their places")
  func mistakes() throws {
    let line =
      try #require(
        text.split(separator: "\n", omittingEmptySubsequences: false)
          .firstIndex { $0.hasPrefix("overdue:") }) + 1
    #expect(
      findings("words/de.yaml", text.replacing("\noverdue:", with: "\noverdeu:")) == [
        "mine/words/de.yaml: error: the word \"overdue\" is missing; nothing was rendered; add it; "
          + "in English it is \"overdue\".",
        "mine/words/de.yaml:\(line):1: error: no word is called \"overdeu\"; nothing was rendered; "
          + "did you mean \"overdue\"?",
      ])
  }

  @Test("What stands in braces must be what is given there")
  func braces() throws {
    func place(_ key: String) throws -> String {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let index = try #require(lines.firstIndex { $0.hasPrefix(key + ":") })
      return "mine/words/de.yaml:\(index + 1):\(key.count + 3)"
    }
    #expect(
      findings(
        "words/de.yaml", text.replacing("\"Alle {all}\"", with: "Alle {alle}")) == [
          "\(try place("all_rows")): error: nothing called \"alle\" can stand in braces in "
            + "\"all_rows\"; nothing was rendered; did you mean \"all\"?"
        ])
    #expect(
      findings("words/de.yaml", text.replacing("\"{start} bis {end}\"", with: "bis")) == [
        "\(try place("from_to")): error: \"from_to\" says nothing of what it is about; nothing was "
          + "rendered; put {end} and {start} into it."
      ])
  }

  @Test("A template that asks for a word that there is not is found with its place")
  func misspelt() {
    #expect(
      findings("html/definitions.mustache", "<h2>{{words.definitons}}</h2>") == [
        "mine/html/definitions.mustache:1:5: error: nothing called \"definitons\" is given here; "
          + "nothing was rendered; did you mean \"definitions\"?"
      ])
  }

  @Test("Periods, counts and lists in German")
  func sentences() throws {
    let words = try Templates().words(for: .deDE)
    let format = ValueFormatter(locale: .deDE, currency: "EUR", words: words)
    func count(_ number: Int128) -> ReportDocument.Prose { "\(format.count(number))" }
    #expect(words.say(.countWarnings, ["count": count(1)]) == "1 Warnung")
    #expect(words.say(.countWarnings, ["count": count(1200)]) == "1.200 Warnungen")
    #expect(words.say(.someRows, ["shown": count(10), "all": count(37)]) == "10 von 37")
    #expect(words.list(["A", "B", "C"]) == "A, B und C")
    #expect(
      words.say(.firstDays, ["count": count(112), "period": "FY2026"])
        == "erste 112 Tage von FY2026")
  }
}
