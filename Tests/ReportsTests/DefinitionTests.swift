import Foundation
import Metrics
import Testing

@testable import Reports

@Suite("Report definitions")
struct DefinitionTests {
  private func findings(_ sections: String, metrics: Set<String>? = nil) -> [String] {
    let text = "report: mine\ntitle: Mine\neditions: [company]\nsections:\n" + sections
    do {
      _ = try ReportDefinition(text: text, file: "mine.yaml", metrics: metrics)
      return []
    } catch {
      return error.findings.map(\.description)
    }
  }

  @Test("The built-in weekly report names only metrics of the built-in catalogue")
  func builtIn() throws {
    let metrics = Set(try Company.catalogue().metrics.map(\.name))
    #expect(
      ReportDefinition.builtInNames == [
        "account-family", "performance-review", "pre-change-notice", "territory-models",
        "weekly-territory",
      ])
    #expect(try ReportDefinition.builtIn("weekly") == nil)
    let definition = try #require(
      try ReportDefinition.builtIn("weekly-territory", metrics: metrics))
    #expect(definition.name == "weekly-territory")
    #expect(definition.editions == [.territory, .company])
    #expect(definition.sections.count == 10)
  }

  @Test("The manual's example of a user's own report is twenty lines, and is read as it stands")
  func own() throws {
    let manual = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/reports.md").standardizedFileURL
    let text = try String(contentsOf: manual, encoding: .utf8)
    let start = try #require(text.range(of: "```yaml\n"))
    let end = try #require(text.range(of: "```", range: start.upperBound..<text.endIndex))
    let yaml = String(text[start.upperBound..<end.lowerBound])
    #expect(yaml.split(separator: "\n").count == 20)
    let metrics = Set(try Company.catalogue().metrics.map(\.name))
    let definition = try ReportDefinition(text: yaml, file: "segments.yaml", metrics: metrics)
    #expect(definition.sections.map(\.id) == ["what-this-is", "who-buys", "segments"])
  }

  @Test("An unknown key is found with its place, and the nearest one is named")
  func unknownKey() {
    #expect(
      findings(
        "  - kind: table\n    title: T\n    metrics: [won_amount]\n    by: owner\n    lmit: 5\n")
        == [
          "mine.yaml:9:5: error: unknown key \"lmit\"; nothing was read; did you mean \"limit\"?"
        ])
  }

  @Test("An unknown metric, dimension, period and kind are found, all of them at once")
  func unknownWords() {
    let text = """
        - kind: chart
          title: A
          chart: bar
          metric: won_amuont
          by: ownr
        - kind: tabel
          title: B
        - kind: table
          title: C
          metrics: [won_amount]
          by: owner
          period: fiscal_quater
      """
    #expect(
      findings(text, metrics: ["won_amount"]) == [
        "mine.yaml:8:13: error: no metric is called \"won_amuont\"; nothing was read; did you mean "
          + "\"won_amount\"?",
        "mine.yaml:9:9: error: \"by\" cannot be \"ownr\"; nothing was read; did you mean \"owner\"?",
        "mine.yaml:10:11: error: \"kind\" cannot be \"tabel\"; nothing was read; did you mean "
          + "\"table\"?",
        "mine.yaml:16:13: error: \"period\" cannot be \"fiscal_quater\"; nothing was read; did you "
          + "mean \"fiscal_quarter\"?",
      ])
  }

  @Test("A name in braces that stands for nothing is found")
  func pattern() {
    #expect(
      findings("  - kind: text\n    title: T\n    text: \"As of {asof}\"\n") == [
        "mine.yaml:7:12: error: nothing called \"asof\" can stand in braces here; nothing was read; "
          + "did you mean \"as_of\"?"
      ])
  }

  @Test("Two sections of one title are found, since links to them could not be told apart")
  func duplicates() {
    #expect(
      findings(
        "  - {kind: text, title: T, text: a}\n  - {kind: text, title: T, text: b}\n") == [
          "mine.yaml:6:5: error: the section has the id \"t\", which the section at line 5 has; "
            + "nothing was read; give it another title or an id of its own."
        ])
  }

  @Test("A condition that does not parse is found where it stands in the file")
  func condition() throws {
    let found = findings(
      "  - {kind: table, title: T, list: opportunities, columns: {A: Name}, where: Amount >}\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("mine.yaml:5:") == true)
  }

  @Test("A table without a source, and one with two, are found")
  func sources() {
    #expect(
      findings("  - {kind: table, title: T}\n").first
        == "mine.yaml:5:5: error: the table has neither \"metrics\" nor \"list\" nor \"table\"; "
        + "nothing was read; write one of them.")
    #expect(
      findings(
        "  - {kind: table, title: T, table: families, list: accounts, columns: {A: Name}}\n"
      ).first
        == "mine.yaml:5:5: error: the table has \"list\" and \"table\"; nothing was read; write one "
        + "of them.")
  }
}
