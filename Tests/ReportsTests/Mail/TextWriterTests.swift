import Records
import Testing

@testable import Reports

@Suite("Reports as text")
struct TextWriterTests {
  @Test("A report of every kind of block, to the letter")
  func whole() {
    let format = Letter.format
    var document = Letter.document(sections: [
      Letter.section(
        "Where we stand",
        [
          .figures([
            ReportDocument.KeyFigure(
              label: "Won this quarter", value: format.shortMoney(1_284_300 * 10_000),
              change: format.change(
                from: Ratio(1_000_000, over: 1), to: Ratio(1_284_300, over: 1),
                against: "on the first 20 days of Q4"),
              note: "23 deals"),
            ReportDocument.KeyFigure(label: "Open", value: format.shortMoney(90_000 * 10_000)),
          ]),
          .callout(ReportDocument.Callout(kind: .warning, text: "Two deals are overdue.")),
        ]),
      Letter.section("Won by territory", [.chart(Letter.chart("won"))]),
    ])
    document.sections.append(
      ReportDocument.Section(id: "lost", title: "Lost", absence: "Nothing was lost."))
    document.comment = ["Call Harbor Freight first.", "Then Nordlys."]
    document.quiet = [
      ReportDocument.QuietSection(id: "leads", title: "Leads", why: "None."),
      ReportDocument.QuietSection(id: "tasks", title: "Tasks", why: "None."),
    ]
    document.absent = [
      ReportDocument.AbsentSection(
        id: "contracts", title: "Contracts", because: "the export holds no Contract",
        remedy: "export the object Contract")
    ]
    document.definitions = [
      ReportDocument.Definition(
        id: "won", term: "Won",
        text: "Value of the deals that were won, by the day on which they were closed in the CRM.")
    ]
    #expect(
      TextWriter().text(of: document) == """
        Weekly report · Acme
        West
        As of Nov 20, 2026

        West has won $1.3 M.

        > Call Harbor Freight first.

        > Then Nordlys.

        Where we stand
        ==============
        Won this quarter   $1.3\u{A0}M  ▲ +$284\u{A0}k (+28.4%) on the first 20 days of Q4
                                   23 deals
        Open              $90.0\u{A0}k

        Careful: Two deals are overdue.

        Won by territory
        ================
        West won most.
        Won by territory; USD

        All 2, the largest first
        Deal    Account      Close date     Value
        ──────  ─────────  ────────────  ────────
        Deal 0  Account 0  Nov 20, 2026  $900,000
        Deal 1  Account 1  Nov 21, 2026  $899,999

        Lost
        ====
        Nothing was lost.

        Left out, for there is nothing to show: Leads and Tasks.

        Not in this report
        ==================
        - Contracts: The export holds no Contract. To have it: export the object
          Contract.

        Definitions
        ===========
        Won: Value of the deals that were won, by the day on which they were closed
          in the CRM.

        About this report
        =================
        Made by: cadastre 1

        """)
  }

  @Test("Where columns do not fit beside each other, words go below the name and figures stay")
  func below() {
    let names = [
      "Fairview Packaging – Vibrating fork switch S1, clean room 2026", "株式会社日立製作所 情報通信",
    ]
    let rows = names.enumerated().map { index, name in
      ReportDocument.Row([
        Letter.text(name), Letter.text("Fairview Packaging PLC"), Letter.text("Siobhán Chen"),
        Letter.text("Needs Analysis"), Letter.day(20_777, mark: index == 0 ? "overdue" : nil),
        Letter.money(1_147_500),
      ])
    }
    let table = ReportDocument.Table(
      id: "deals", title: "Deals",
      columns: [
        ReportDocument.Column(key: "Name", title: "Deal", isRowHeader: true),
        ReportDocument.Column(key: "account", title: "Account"),
        ReportDocument.Column(key: "owner", title: "Owner"),
        ReportDocument.Column(key: "stage", title: "Stage"),
        ReportDocument.Column(key: "close", title: "Close date"),
        ReportDocument.Column(key: "value", title: "Value", alignment: .end),
      ], rows: rows, whyEmpty: "")
    #expect(
      lines(table) == [
        "Deal (Account · Owner · Stage)                        Close date       Value",
        "──────────────────────────────────────────  ────────────────────  ──────────",
        "Fairview Packaging – Vibrating fork switch  Nov 20, 2026 overdue  $1,147,500",
        "S1, clean room 2026",
        "  Fairview Packaging PLC · Siobhán Chen ·",
        "  Needs Analysis",
        "株式会社日立製作所 情報通信                         Nov 20, 2026  $1,147,500",
        "  Fairview Packaging PLC · Siobhán Chen ·",
        "  Needs Analysis",
      ])
  }

  @Test("A tree is indented with lines; a rate over few cases has a star")
  func tree() {
    let format = Letter.format
    let levels = [0, 1, 2, 1]
    let rows = levels.enumerated().map { index, level in
      ReportDocument.Row(
        [
          Letter.text("Node \(index)"), Letter.money(1_000 * index),
          ReportDocument.Cell(format.rate(Ratio(1, over: 2), cases: index == 1 ? 2 : 50)),
        ], level: level)
    }
    let table = ReportDocument.Table(
      id: "nodes", title: "Accounts",
      columns: [
        ReportDocument.Column(key: "account", title: "Account", isRowHeader: true),
        ReportDocument.Column(key: "won", title: "Won", alignment: .end),
        ReportDocument.Column(key: "rate", title: "Win rate", alignment: .end),
      ], rows: rows, whyEmpty: "")
    #expect(
      lines(table, isTree: true) == [
        "Account          Won  Win rate",
        "────────────  ──────  ────────",
        "Node 0            $0    50.0%",
        "├─ Node 1     $1,000    50.0%*",
        "│  └─ Node 2  $2,000    50.0%",
        "└─ Node 3     $3,000    50.0%",
        "* weak, with fewer than five cases",
      ])
  }

  @Test("No line is wider than the page but where a single word is", arguments: [78, 60])
  func width(width: Int) throws {
    for answers in [DemoAnswers(), DemoAnswers(isAwkward: true, rows: 60)] {
      let text = TextWriter(width: width).text(of: try Demo.document(answers))
      for line in text.split(separator: "\n") where line.contains(" ") {
        #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
      }
      #expect(!text.contains(" \n"))
    }
  }

  private func lines(_ table: ReportDocument.Table, isTree: Bool = false) -> [String] {
    TextTable(
      table, isTree: isTree, width: 78, mostRows: .max, whereRest: nil, format: Letter.format
    ).lines
  }
}
