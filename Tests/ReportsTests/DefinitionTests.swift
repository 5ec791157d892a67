import Foundation
import Metrics
import Records
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

  @Test("The built-in reports name only metrics of the built-in catalogue and columns that exist")
  func builtIn() throws {
    let metrics = Set(try Company.catalogue().metrics.map(\.name))
    for name in ReportDefinition.builtInNames {
      #expect(try ReportDefinition.builtIn(name, metrics: metrics)?.name == name)
    }
    for name in ["weekly-territory", "unassigned-accounts", "lead-routing", "data-quality"] {
      #expect(ReportDefinition.builtInNames.contains(name))
    }
    #expect(try ReportDefinition.builtIn("weekly") == nil)
    let definition = try #require(
      try ReportDefinition.builtIn("weekly-territory", metrics: metrics))
    #expect(definition.editions == [.territory, .company])
    #expect(definition.recipients == [.territoryManagers])
    // The ten of the design: the tenth, how good the data is, is every document's foot; and what a
    // notice told.
    #expect(
      definition.sections.map(\.title) == [
        "", "Where we stand", "What moved the pipeline", "Act this week", "Won and lost this week",
        "Coverage of accounts and leads", "Conflicts", "Renewals within 90 days", "Team",
        "Predicted against actual",
      ])
  }

  @Test("The manual's example of a user's own report is twenty lines, and renders as it stands")
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
    // Acorn and Dune are of one segment, 151,000 in three deals; Cedar won 5,000, Bramble lost one.
    var records = Company.records
    records.tables[.account]?.columns["NumberOfEmployees"] = .decimals(
      [100, 10, 3_000, 60].map { $0 * Exact.scale })
    let document = try #require(
      try Company.documents(of: records, text: yaml).first { $0.edition.kind == .company })
    #expect(document.sections.map(\.title) == ["What this is", "Who buys", "Segments"])
    let table = try #require(document.table("segments"))
    #expect(
      table.rows.map { $0.cells.map(\.value.text) } == [
        ["50-249", "$151,000", "3", "3", "100.0%"], ["1000-4999", "$5,000", "1", "1", "100.0%"],
        ["0-49", "$0", "0", "1", "0.0%"],
      ])
    let templates = try Templates()
    #expect(try !XMLWriter(templates: templates).bytes(of: document).isEmpty)
    let page = try HTMLWriter(templates: templates, canvas: Demo.canvas()).text(of: document)
    #expect(page.contains("Won in FY2027 by the size of the account."))
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

  @Test("A condition names figures of the report and compares them")
  func conditions() {
    let figures = "figures:\n  neglected: {metric: neglected_accounts}\n"
    func found(_ condition: String) -> [String] {
      let text =
        "report: mine\ntitle: Mine\neditions: [company]\n\(figures)sections:\n"
        + "  - {kind: callout, title: T, text: a, when: \(condition)}\n"
      do {
        _ = try ReportDefinition(text: text, file: "mine.yaml")
        return []
      } catch {
        return error.findings.map(\.description)
      }
    }
    #expect(found("neglected > 0") == [])
    #expect(
      found("neglcted > 0") == [
        "mine.yaml:7:46: error: the report has no figure called \"neglcted\"; nothing was read; did "
          + "you mean \"neglected\"?"
      ])
    #expect(
      found("neglected") == [
        "mine.yaml:7:46: error: this compares no figures; the expression was not used; compare "
          + "figures with numbers, such as neglected > 0."
      ])
  }

  @Test("A column that a table does not have is found, of a list, a standard and a detail table")
  func columns() {
    #expect(
      findings("  - {kind: table, title: T, list: opportunities, columns: {A: Ammount}}\n") == [
        "mine.yaml:5:63: error: there is no column \"Ammount\" here; nothing was read; did you mean "
          + "\"Amount\"?"
      ])
    #expect(
      findings("  - {kind: table, title: T, table: conflicts, columns: {A: ammount}}\n") == [
        "mine.yaml:5:60: error: there is no column \"ammount\" here; nothing was read; did you mean "
          + "\"amount\"?"
      ])
    #expect(
      findings("  - {kind: table, title: T, table: team, columns: {A: rol}}\n") == [
        "mine.yaml:5:55: error: there is no column \"rol\" here; nothing was read; did you mean "
          + "\"role\"?"
      ])
    #expect(
      findings("  - {kind: table, title: T, list: accounts, columns: {A: Tier__c, B: Name}}\n")
        == [])
  }

  @Test("Reasons belong to lists, and their words to fields of the record")
  func reasons() {
    let list = "  - {kind: table, title: T, list: opportunities, columns: {A: Name, Why: reasons}, "
    #expect(
      findings(list + "reasons: [{say: \"due {CloseDate}\", where: CloseDate < today}]}\n") == [])
    #expect(
      findings(list + "reasons: [{say: \"due {ClosDate}\", where: CloseDate < today}]}\n").first?
        .contains("nothing called \"ClosDate\" can stand in braces here") == true)
    #expect(
      findings("  - {kind: table, title: T, table: team, reasons: [{say: a, where: IsOpen}]}\n")
        == [
          "mine.yaml:5:42: error: only a list of records has reasons; nothing was read; remove reasons."
        ])
  }

  @Test("A report goes to people whom the export knows or to addresses")
  func recipients() throws {
    func found(_ to: String) -> [String] {
      let text =
        "report: mine\ntitle: Mine\neditions: [company]\nto: \(to)\nsections:\n"
        + "  - {kind: text, title: T, text: a}\n"
      do {
        _ = try ReportDefinition(text: text, file: "mine.yaml")
        return []
      } catch {
        return error.findings.map(\.description)
      }
    }
    #expect(found("[territory_managers, ops@acme.example]") == [])
    #expect(
      found("territory_manager") == [
        "mine.yaml:4:5: error: \"territory_manager\" is nobody to send a report to; nothing was "
          + "read; did you mean \"territory_managers\"?"
      ])
    #expect(!found("\"a b@acme.example\"").isEmpty)
  }

  @Test("A table without a source, and one with two, are found")
  func sources() {
    #expect(
      findings("  - {kind: table, title: T}\n").first
        == "mine.yaml:5:5: error: the table has neither \"metrics\" nor \"list\" nor \"table\" nor \"changes\"; "
        + "nothing was read; write one of them.")
    #expect(
      findings(
        "  - {kind: table, title: T, table: families, list: accounts, columns: {A: Name}}\n"
      ).first
        == "mine.yaml:5:5: error: the table has \"list\" and \"table\"; nothing was read; write one "
        + "of them.")
  }
}
