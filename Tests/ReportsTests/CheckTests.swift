import Foundation
import Records
import Testing

@testable import Reports

@Suite("What check says")
struct CheckTests {
  private static let document: CheckDocument = {
    var findings = FindingLog()
    findings.add(
      Finding(
        code: "as-of-guessed", severity: .notice, what: "the export has no stamps",
        done: "a date was taken", suggestion: "state as_of"))
    for line in 2...5 {
      findings.add(
        Finding(
          code: "cell-unreadable-Opportunity-Amount", severity: .warning,
          at: SourcePosition(file: "Opportunity.csv", line: line, column: 7),
          what: "Opportunity.Amount is no number", done: "the row was set aside",
          suggestion: "mend the cell"))
    }
    return CheckDocument(
      organisation: "Acme <Co>", asOf: Day(iso: "2026-11-20"),
      readiness: [
        SectionReadiness(report: "weekly", id: "won", title: "Won", level: .ready),
        SectionReadiness(
          report: "weekly", id: "team", title: "Team", level: .degraded,
          because: "the export holds no User, so owners are shown by their Ids",
          remedy: "export User"),
        SectionReadiness(
          report: "", id: "territories", title: "territories", level: .absent,
          because: "the export holds no Territory2", remedy: "tick Territory2"),
      ],
      files: [
        CheckDocument.File(
          name: "Account.csv", entity: "Account", read: 1_200, used: 1_197, setAside: 2, deleted: 1,
          dialect: "comma-separated, UTF-8, LF"),
        CheckDocument.File(
          name: "取引.csv", entity: "Opportunity", read: 14, used: 10, setAside: 4, deleted: 0,
          dialect: "tab-separated, Shift_JIS, CRLF"),
      ],
      ignored: ["notes \"x\".txt"], findings: findings, run: "cadastre 0.2")
  }()

  private static let stopped: CheckDocument = {
    var findings = FindingLog()
    findings.add(
      Finding(
        code: "export-missing", severity: .error, at: SourcePosition(file: "exports"),
        what: "there is no export here", done: "nothing was read", suggestion: "give a path"))
    return CheckDocument(findings: findings)
  }()

  @Test("The text holds readiness, then files with counts that add up, then findings by severity")
  func text() {
    #expect(
      Self.document.text == """
        Acme <Co>, as of 2026-11-20
        Of 3 sections and tables: 1 ready, 1 degraded and 1 absent. 4 warnings and 1 notice.

        Report weekly
          ready     Won
          degraded  Team
                    because the export holds no User, so owners are shown by their Ids
                    to have it: export User

        Standard tables
          absent    territories
                    because the export holds no Territory2
                    to have it: tick Territory2

        Files        as           rows read =  used +  set aside +  deleted  read as
        Account.csv  Account            1,200   1,197            2        1  \
        comma-separated, UTF-8, LF
        取引.csv     Opportunity           14      10            4        0  \
        tab-separated, Shift_JIS, CRLF
        All files                       1,214   1,207            6        1

        Files that nothing reads: notes "x".txt

        Findings

        warning  cell-unreadable-Opportunity-Amount  × 4
            Opportunity.Amount is no number; the row was set aside; mend the cell.
            at Opportunity.csv:2:7, Opportunity.csv:3:7, Opportunity.csv:4:7, …
            docs/findings.md#cell-unreadable
        notice  as-of-guessed  × 1
            the export has no stamps; a date was taken; state as_of.
            docs/findings.md#as-of-guessed

        """)
  }

  @Test("JSON holds the same in a stable order")
  func json() throws {
    let json = Self.document.json
    #expect(
      json.contains(
        "\n    {\"report\": \"weekly\", \"section\": \"team\", \"title\": \"Team\", "
          + "\"will_be\": \"degraded\", \"because\": \"the export holds no User, so owners are shown "
          + "by their Ids\", \"remedy\": \"export User\"},\n"))
    #expect(
      json.contains(
        "\n  \"rows\": {\"read\": 1214, \"used\": 1207, \"set_aside\": 6, \"deleted\": 1},\n"))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((object["ignored"] as? [String]) == ["notes \"x\".txt"])
    #expect((object["findings"] as? [[String: Any]])?.first?["count"] as? Int == 4)
    let empty = try #require(
      try JSONSerialization.jsonObject(with: Data(Self.stopped.json.utf8)) as? [String: Any])
    #expect(empty["as_of"] is NSNull)
    #expect((empty["readiness"] as? [Any])?.isEmpty == true)
  }

  @Test("XML follows its schema, also where reading was stopped by an error")
  func xml() throws {
    let writer = CheckWriter(templates: try Templates())
    for document in [Self.document, Self.stopped] {
      let xml = String(decoding: try writer.bytes(of: document, as: .xml), as: UTF8.self)
      #expect(xml.contains("xmlns=\"urn:cadastre:check:1\""))
    }
    var wrong = Self.document
    wrong.run = ""
    #expect(throws: XMLFailure.self) { try writer.bytes(of: wrong, as: .xml) }
  }

  @Test("The page gives its template what the check of templates promises, and explains each code")
  func page() throws {
    let templates = try Templates()
    for (name, document) in [("check", Self.document), ("stopped", Self.stopped)] {
      let page = CheckPage(document: document)
      let fields = templates.fields(page.fields, title: "Title", locale: .enUS)
      #expect(PageShape.check.mismatch(.object(fields)) == nil)
      Demo.look(name + ".html", page.html(templates: templates))
    }
    let html = CheckPage(document: Self.document).html(templates: templates)
    #expect(html.contains("Acme &lt;Co&gt;"))
    #expect(html.contains("<code>docs/findings.md#cell-unreadable</code>"))
    #expect(html.contains("A cell is not of the kind that its field holds."))
    #expect(!html.contains("report-weekly-table\">\n<caption><span class=\"unseen\"></span>"))
  }

  @Test("The manual gives the meaning of a code as plain text, and nothing for an unknown one")
  func manual() {
    let manual = FindingManual(
      text: """
        # Findings
        ### a-code

        Severity: error

        **Meaning.** It is `so`
        and so.

        **Example.** None.
        """)
    #expect(manual.meaning(of: "a-code") == "It is so and so.")
    #expect(manual.meaning(of: "b-code") == nil)
    #expect(FindingManual.builtIn.meaning(of: "export-missing") != nil)
  }

  @Test("A code is explained under its own name, else without what stands at its end")
  func entry() {
    func place(_ code: String) -> String { FindingManual.place(of: code) }
    #expect(place("cell-unreadable-Opportunity-Amount") == "docs/findings.md#cell-unreadable")
    #expect(place("cell-unreadable-quotas-amount") == "docs/findings.md#cell-unreadable")
    #expect(place("key-duplicate-Account") == "docs/findings.md#key-duplicate")
    #expect(place("as-of-guessed") == "docs/findings.md#as-of-guessed")
  }
}
