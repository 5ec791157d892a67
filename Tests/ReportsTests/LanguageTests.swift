import Metrics
import Records
import Testing

@testable import Reports

/// What definitions can say, shown on a company of which every figure is known.
@Suite("Conditions, groups, reasons and complete lists in reports")
struct LanguageTests {
  private func document(_ sections: String, figures: String = "") throws -> ReportDocument {
    let text =
      "report: mine\ntitle: Mine\neditions: [company]\n\(figures)sections:\n" + sections
    return try #require(try Company.documents(text: text).first { $0.edition.kind == .company })
  }

  @Test("A call-out stands where its condition holds, with the figures in its words")
  func callouts() throws {
    let figures = "figures:\n  overdue: {metric: overdue_count}\n  open: {metric: open_count}\n"
    let text = "{overdue} of {open} open {open|deal is|deals are} overdue."
    func blocks(_ condition: String) throws -> [ReportDocument.Block] {
      try document(
        "  - {kind: callout, title: T, level: warning, when: \(condition), text: \"\(text)\"}\n",
        figures: figures
      ).sections.flatMap(\.blocks)
    }
    // Of Bramble 2, 3, 4 and Cedar 2 Bramble 3 was due on November 1.
    let shown = try blocks("overdue > 0 and open >= 4")
    guard case .callout(let callout)? = shown.first else {
      Issue.record("the call-out is shown")
      return
    }
    #expect(callout.kind == .warning)
    #expect(callout.text.plain == "1 of 4 open deals are overdue.")
    #expect(try blocks("overdue > 1").isEmpty)
    #expect(try blocks("not open < 4").count == 1)
  }

  @Test("A cut list says where the others are, sums them, and holds them for complete formats")
  func lists() throws {
    let list = """
        - kind: table
          title: Open deals
          list: opportunities
          where: IsOpen
          columns: {Deal: Name, Owner: owner, Value: Value}
          order: Value descending
          order_words: the largest first
          limit: 2

      """
    // 40,000, 30,000, 20,000 and 8,000 are open.
    let table = try #require(try document(list).table("open-deals"))
    #expect(table.rows.map { $0.cells[2].value.text } == ["$40,000", "$30,000"])
    #expect(table.rest.map { $0.cells[2].value.text } == ["$20,000", "$8,000"])
    #expect(table.rest.map { $0.cells[0].id } == ["d7", "d9"])
    #expect(table.other?.cells.map(\.value.text) == ["2 others", "", "$28,000"])
    #expect(table.extent?.text == "2 of 4, the largest first; all in the attachment")
    let short = try #require(
      try document(list + "    attach: 3\n")
        .table("open-deals"))
    #expect(short.rest.count == 1)
    // What was cut without being listed is in the sum all the same.
    #expect(short.other?.cells[2].value.text == "$28,000")
    #expect(short.extent?.text == "2 of 4, the largest first; the first 3 in the attachment")
    let none = try #require(
      try document(list + "    attach: 0\n").table("open-deals"))
    #expect(none.rest.isEmpty)
    #expect(none.other?.cells[2].value.text == "$28,000")
    #expect(none.extent?.text == "2 of 4, the largest first")
  }

  @Test("Members below a limit are summed where their figures add up, and only there")
  func members() throws {
    let table = try #require(
      try document(
        """
          - kind: table
            title: Accounts
            metrics: [won_amount, win_rate_count]
            by: account
            period: fiscal_year
            order: won_amount descending
            limit: 1

        """
      ).table("accounts"))
    // Acorn won 150,000, Cedar 5,000 and Dune 1,000 in FY2027; Bramble lost one deal.
    #expect(table.rows.map { $0.cells[1].value.text } == ["$150,000"])
    #expect(table.rest.count == 3)
    #expect(table.other?.cells[0].value.text == "3 others")
    #expect(table.other?.cells[1].value.text == "$6,000")
    #expect(table.other?.cells[2].value.strength == .undefined)
  }

  @Test("A record is listed for reasons, which its column tells with the record's own figures")
  func reasons() throws {
    let table = try #require(
      try document(
        """
          - kind: table
            title: Act
            list: opportunities
            where: IsOpen
            reasons:
              - {say: "overdue since {CloseDate}", where: CloseDate < today}
              - {say: large, where: Value >= 30000}
            columns: {Deal: Name, Why: reasons}
            order: Value descending

        """
      ).table("act"))
    #expect(
      table.rows.map { $0.cells.map(\.value.text) } == [
        ["Bramble 2", "large"], ["Bramble 3", "overdue since Nov 1, 2026; large"],
      ])
    #expect(table.extent?.text == "All 2")
  }

  @Test("A section that is empty is left out where it says so, and told in one place")
  func quiet() throws {
    let empty = """
        - kind: table
          title: Lost to nobody
          list: opportunities
          where: IsOpen and IsClosed
          columns: {Deal: Name}
          empty: There is no such deal.
          when_empty: omit

      """
    let found = try document(empty)
    #expect(found.sections.isEmpty)
    #expect(found.quiet.map(\.title) == ["Lost to nobody"])
    #expect(found.quiet.map(\.why.plain) == ["There is no such deal."])
    let said = try document(empty.replacing("when_empty: omit", with: "when_empty: say"))
    #expect(said.quiet.isEmpty)
    #expect(said.sections.map { $0.absence?.plain } == ["There is no such deal."])
  }

  @Test("A median of several quarters says between which it lies")
  func median() throws {
    let document = try document(
      """
        - kind: key_figures
          title: Won
          figures:
            - {metric: won_amount, label: Usual quarter, period: previous_eight_fiscal_quarters, median_of: fiscal_quarter, note: "{spans} quarters, {least} to {greatest}"}

      """)
    guard case .figures(let figures)? = document.sections.first?.blocks.first else {
      Issue.record("there is a figure")
      return
    }
    // Seven quarters without a deal, and Q4 FY2026 with 60,000 and 70,000.
    #expect(figures[0].value.text == "$0")
    #expect(figures[0].note?.plain == "8 quarters, $0 to $130\u{A0}k")
  }

  @Test("A comment is paragraphs and items, and nothing in it is markup")
  func comment() {
    let text = "# This week\n\nHold the *price*,\nplease.\n- <b>Acorn</b> first\n-  then Cedar\n\n"
    #expect(
      EditionComment.paragraphs(of: text).map(\.plain) == [
        "This week", "Hold the *price*, please.", "• <b>Acorn</b> first", "• then Cedar",
      ])
    #expect(EditionComment.paragraphs(of: " \n\n").isEmpty)
  }
}
