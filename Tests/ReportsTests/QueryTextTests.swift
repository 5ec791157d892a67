import Metrics
import Records
import Testing

@testable import Reports

@Suite("The answer to a query in a terminal")
struct QueryTextTests {
  private func owners(_ names: [String], _ ids: [String]) -> MetricTable {
    MetricTable(
      name: "query", grain: "current owner",
      columns: [
        MetricColumn(
          name: "owner_id", title: "Current owner Id", unit: .id(.user),
          cells: .text(ids.map { $0 })),
        MetricColumn(
          name: "owner", title: "Current owner", unit: .text, cells: .text(names.map { $0 })),
        MetricColumn(
          name: "won_amount", title: "Won", unit: .money,
          cells: .money([12_345_678_900, -5_000, nil])),
        MetricColumn(
          name: "win_rate_count", title: "Win rate", unit: .rate,
          cells: .ratios([Ratio(2, over: 3), Ratio(0, over: 0), Ratio(12, over: 12)]),
          n: [3, 0, 12]),
      ])
  }

  private let totals = MetricTable(
    name: "query", grain: "the whole",
    columns: [
      MetricColumn(
        name: "won_amount", title: "Won", unit: .money, cells: .money([12_345_673_900]))
    ])

  private func text(_ table: MetricTable, _ totals: MetricTable?, width: Int = 80) -> String {
    QueryText(table, totals: totals, formatter: ValueFormatter(), width: width).lines
      .joined(separator: "\n")
  }

  @Test("Figures are aligned by display width, with n beside rates, weak ones marked, and a total")
  func aligned() {
    #expect(
      text(owners(["株式会社日立", "🚀 Ångström", "شركة"], ["u1", "u2", "u3"]), totals) == """
        Current owner   Won (USD)  Win rate   n
        ─────────────  ──────────  ────────  ──
        株式会社日立   $1,234,568    66.7%*   3
        🚀 Ångström           −$1        –    0
        شركة                    –   100.0%   12
        ─────────────  ──────────  ────────  ──
        Total          $1,234,567
        * rests on fewer than 5 cases
        """)
  }

  @Test("Ids stand where two members have one name, and only there")
  func ids() {
    let text = text(owners(["Ann", "Ann", "Bob"], ["u1", "u2", "u3"]), nil)
    #expect(
      text.split(separator: "\n").prefix(3) == [
        "Current owner Id  Current owner   Won (USD)  Win rate   n",
        "────────────────  ─────────────  ──────────  ────────  ──",
        "u1                Ann            $1,234,568    66.7%*   3",
      ])
  }

  @Test("In a narrow terminal headings wrap first, then names are cut; figures never are")
  func narrow() {
    let grid = TextGrid(
      columns: [
        TextGrid.Column(
          heading: "Account", cells: ["株式会社日立製作所大阪支店営業部", "Acme"], total: nil,
          isFigure: false),
        TextGrid.Column(
          heading: "Won, without (USD)", cells: ["$1,234,567", "−$5"], total: nil,
          isFigure: true),
      ], width: 30)
    #expect(
      grid.lines == [
        "                          Won,",
        "                       without",
        "Account                  (USD)",
        "──────────────────  ──────────",
        "株式会社日立製作…   $1,234,567",
        "Acme                       −$5",
      ])
    #expect(grid.lines.allSatisfy { DisplayWidth.of($0) <= 30 })
  }

  @Test("An error points at the character, whatever stands before it")
  func pointed() {
    #expect(
      PointedText.lines("Name = '日本' and Foo > 1", column: 17) == [
        "  Name = '日本' and Foo > 1", "                    ^",
      ])
    #expect(PointedText.lines("", column: 1) == [])
  }
}
