import Foundation
import Graphics
import Records
import Testing

@testable import Metrics
@testable import Reports

@Suite("Trees as text and as pages")
struct TreeDocumentTests {
  private func node(
    _ id: String, _ name: String, _ parent: Int?, own: Int, all: Int, _ territories: [String],
    country: String? = "France", owner: String? = "A. Lee"
  ) -> FamilyTree.Node {
    FamilyTree.Node(
      id: id, name: name, country: country, owner: owner, territories: territories, parent: parent,
      accounts: 1, isElsewhere: false,
      own: FamilyTree.Figures(wonAmount: Int128(own) * 10_000),
      rolledUp: FamilyTree.Figures(wonAmount: Int128(all) * 10_000))
  }

  private func family(_ bayern: [String] = ["DACH"]) -> FamilyTree {
    let nodes = [
      node("001A", "Acme Holdings Inc.", nil, own: 120_000, all: 645_500, ["West"]),
      node("001B", "Acme Deutschland GmbH", 0, own: 410_000, all: 422_500, ["DACH"]),
      node("001C", "Acme Bayern Vertrieb", 1, own: 12_500, all: 12_500, bayern),
      node("001D", "日本電信電話株式会社", 0, own: 96_000, all: 103_000, ["APAC", "Named"]),
      node("001E", "شركة أكمي", 3, own: 7_000, all: 7_000, [], country: nil, owner: nil),
    ]
    return FamilyTree(
      nodes: nodes, total: FamilyTree.Figures(wonAmount: 6_455_000_000, openAmount: 20_000_000),
      accounts: 5)
  }

  private var context: ReportContext {
    var context = ReportContext(
      organisation: "Acme", formatter: ValueFormatter(currency: "USD"),
      calendar: FiscalCalendar(), asOf: Day(iso: "2026-11-20") ?? Day(number: 0),
      crmURL: "https://acme.my.salesforce.com", run: "cadastre test")
    let plan = TerritoryPlan(
      developerName: "M", name: "Model")
    context.model = TerritoryModel(of: plan, ids: [], rows: [], rowCount: 0)
    return context
  }

  @Test("A family as text: lines, names, figures in columns, whatever the script")
  func text() throws {
    let text = try TreeText(
      TreeDocument(family(), in: context), maximum: nil, width: 120
    ).text()
    #expect(
      text == """
        Family of Acme Holdings Inc.
        5 accounts: $646\u{A0}k won of all time, $2,000 open; 4 territories share it.
        Each account's own won amount, all time, USD; “in all” with everything below it; colour shows the territory

        Account                     Country  Owner   Territory     Won, own (USD)    in all
        ──────────────────────────  ───────  ──────  ────────────  ──────────────  ────────
        Acme Holdings Inc.          France   A. Lee  West                $120,000  $645,500
        ├─ Acme Deutschland GmbH    France   A. Lee  DACH                $410,000  $422,500
        │  └─ Acme Bayern Vertrieb  France   A. Lee  DACH                 $12,500
        └─ 日本電信電話株式会社     France   A. Lee  APAC, Named          $96,000  $103,000
           └─ شركة أكمي                              no territory          $7,000

        """)
  }

  @Test("At 60 columns details go, then names lose their middle; figures and totals stay")
  func narrow() throws {
    let text = try TreeText(TreeDocument(family(), in: context), maximum: 4, width: 60).text()
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 60 })
    #expect(text.contains("+2 subsidiaries"))
    #expect(text.contains("$103,000"))
    #expect(!text.contains("France"))
    #expect(text.contains("3 of 5 stand in rows of their own"))
    // 120,000 + 410,000 + 12,500 are shown, and 103,000 folded: 645,500 is what the root says.
    for amount in ["$120,000", "$410,000", "$12,500", "$645,500"] { #expect(text.contains(amount)) }
  }

  @Test("A name is cut in its middle, between whole characters")
  func middle() {
    #expect(DisplayWidth.fittedInTheMiddle("Acme Boston Ltd", to: 15) == "Acme Boston Ltd")
    #expect(DisplayWidth.fittedInTheMiddle("Acme Boston Ltd", to: 9) == "Acme… Ltd")
    #expect(DisplayWidth.of(DisplayWidth.fittedInTheMiddle("日本電信電話株式会社", to: 8)) <= 8)
  }

  @Test("Before and after: changed accounts are marked with what was")
  func changes() throws {
    let document = TreeDocument(
      family(["East", "DACH"]), before: family(), models: ("FY27", "FY28"), in: context)
    #expect(document.nodes.map(\.mark) == [nil, nil, "was DACH", nil, nil])
    #expect(
      document.takeaway
        == "1 of 5 accounts changes its territories; their boxes have a thick border and say what "
        + "was.")
    let same = TreeDocument(
      family(), before: family(), models: ("FY27", "FY28"), in: context)
    #expect(same.takeaway == "No account of the family changes its territories.")
    let pair = try #require(
      try TreeDocument.pair(
        before: family(), after: family([]), models: ("FY27", "FY28"), measure: .won,
        direction: .horizontal, maximum: nil, in: context))
    #expect(pair.before.nodes[2].mark == "will be no territory")
    #expect(pair.after.nodes[2].mark == "was DACH")
    #expect(pair.titles == ("Before: FY27", "After: FY28"))
  }

  private func page(_ names: [String]) throws -> String {
    let nodes = names.enumerated().map { index, name in
      node("001\(index)", name, index == 0 ? nil : 0, own: 1, all: names.count, [name])
    }
    let family = FamilyTree(nodes: nodes, total: FamilyTree.Figures(), accounts: names.count)
    return try TreePage(TreeDocument(family, in: context)).html(templates: try Templates())
  }

  @Test("No name becomes markup or script, in the data or in the lists")
  func injection() throws {
    let hostile = [
      "</script><script>alert(1)</script>", "<!--<script>", "\"'><img src=x onerror=alert(2)>",
      "{{title}} & \u{202E}evil", "\u{2028}line",
    ]
    let html = try page(hostile)
    #expect(html.components(separatedBy: "<script").count == 3)
    #expect(!html.contains("<img"))
    #expect(!html.contains("<!--"))
    #expect(!html.contains("\u{202E}"))
    let data = try #require(
      html.firstMatch(of: #/<script type="application/json" id="data">(.*)<\/script>\n<script>/#))
    let json = try JSONSerialization.jsonObject(with: Data(data.1.utf8)) as? [String: Any]
    #expect((json?["name"] as? [String])?.first == "</script><script>alert(1)</script>")
    #expect((json?["parent"] as? [Int]) == [-1, 0, 0, 0, 0])
  }

  @Test("The page gives its template what the check of templates expects")
  func shape() throws {
    let page = try TreePage(TreeDocument(family(), in: context))
    let fields = try Templates().fields(
      page.fields, title: "Family", locale: .enUS, kit: .tree)
    #expect(PageShape.tree.mismatch(.object(fields)) == nil)
  }

  @Test("The colours of the page are those of the drawings")
  func colours() throws {
    let html = try page(["Acme"]).lowercased()
    for theme in [Theme.light, .dark] {
      for (index, colour) in (theme.series + theme.outlinedSeries + [theme.neutral]).enumerated() {
        #expect(html.contains("--g\(index): \(colour)".lowercased()), "\(theme.name) \(index)")
      }
    }
  }

  @Test("Territories are drawn with users, accounts and value, and vacant ones are marked")
  func territories() throws {
    let document = TreeDocument(
      [
        .init(
          parent: 1, name: "West 2", id: nil, type: "Land", users: [], accounts: 3,
          openAmount: 50_000),
        .init(
          parent: nil, name: "World", id: nil, type: nil, users: [], accounts: 0, openAmount: 0),
        .init(
          parent: 1, name: "West 1", id: nil, type: "Land", users: ["A. Lee", "B. Ray"],
          accounts: 1, openAmount: 20_000),
      ], of: "FY27", unassigned: (4, 10_000), in: context)
    #expect(document.nodes.map(\.name) == ["World", "West 1", "West 2"])
    #expect(document.nodes.map(\.mark) == [nil, nil, "vacant"])
    #expect(document.nodes[0].rolledUp == [70_000, 4])
    #expect(document.takeaway == "3 territories; 1 vacant.")
    let boxes = try document.diagram().nodes
    #expect(boxes[0].lines == ["World", "$0 · $7 in all", "0 accounts · 4 in all"])
    #expect(boxes[1].lines == ["West 1", "A. Lee, B. Ray", "Land", "$2", "1 account"])
    #expect(document.facts.contains { $0.value.text == "4 accounts, $1 open" })
  }
}
