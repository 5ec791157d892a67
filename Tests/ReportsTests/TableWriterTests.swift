import Metrics
import Records
import Testing

@testable import Reports

@Suite("Metric tables as data and as text")
struct TableWriterTests {
  private let table = MetricTable(
    name: "families", grain: "a family",
    columns: [
      MetricColumn(
        name: "root_id", title: "Id", unit: .id(.account), cells: .text(["a1", "a2", nil])),
      MetricColumn(
        name: "root", title: "Family", unit: .text,
        cells: .text(["株式会社日立", "Quote \"q\", <b>\u{1}", "🚀e\u{301}"])),
      MetricColumn(
        name: "accounts", title: "Accounts", unit: .count,
        cells: .integers([3, 9_007_199_254_740_993, nil])),
      MetricColumn(
        name: "won_amount", title: "Won", unit: .money,
        cells: .money([12_345_678_900, -5_000, nil])),
      MetricColumn(
        name: "win_rate", title: "Win rate", unit: .rate,
        cells: .ratios([Ratio(2, over: 3), Ratio(0, over: 0), Ratio(1, over: 1)])),
    ], notes: ["One family is left out."])

  private func text(_ format: TableFormat) throws -> String {
    let writer = TableWriter(formatter: ValueFormatter())
    return String(decoding: try writer.bytes(of: table, as: format), as: UTF8.self)
  }

  @Test("JSON holds amounts and rates as exact strings, small counts as numbers, undefined as null")
  func json() throws {
    #expect(
      try text(.json) == """
        {
          "name": "families",
          "grain": "a family",
          "currency": "USD",
          "columns": [
            {"name": "root_id", "title": "Id", "unit": "id"},
            {"name": "root", "title": "Family", "unit": "text"},
            {"name": "accounts", "title": "Accounts", "unit": "count"},
            {"name": "won_amount", "title": "Won", "unit": "money"},
            {"name": "win_rate", "title": "Win rate", "unit": "rate"}
          ],
          "notes": ["One family is left out."],
          "rows": [
            {"root_id": "a1", "root": "株式会社日立", "accounts": 3, "won_amount": "1234567.89", "win_rate": "0.666667"},
            {"root_id": "a2", "root": "Quote \\"q\\", <b>\\u0001", "accounts": "9007199254740993", "won_amount": "-0.50", "win_rate": null},
            {"root_id": null, "root": "🚀e\u{301}", "accounts": null, "won_amount": null, "win_rate": "1.000000"}
          ]
        }

        """)
  }

  @Test("Text is aligned by the cells that characters take in a terminal")
  func aligned() throws {
    #expect(
      try text(.text) == """
        Id  Family                        Accounts   Won (USD)  Win rate
        ──  ───────────────  ─────────────────────  ──────────  ────────
        a1  株式会社日立                         3  $1,234,568     66.7%
        a2  Quote "q", <b>\u{FFFD}  9,007,199,254,740,993         −$1         –
        –   🚀e\u{301}                                  –           –    100.0%
        One family is left out.

        """)
  }

  @Test("XML is valid and holds the exact data of every cell")
  func xml() throws {
    let xml = try text(.xml)
    #expect(xml.contains("<table xmlns=\"urn:cadastre:tables:1\" name=\"families\""))
    #expect(xml.contains("<column name=\"won_amount\" unit=\"money\">Won</column>"))
    #expect(xml.contains("<cell of=\"won_amount\">1234567.89</cell>"))
    #expect(
      xml.contains("<cell of=\"win_rate\"></cell>") || xml.contains("<cell of=\"win_rate\"/>"))
    #expect(xml.contains("<note>One family is left out.</note>"))
  }

  @Test("CSV is the metric table's own")
  func csv() throws {
    #expect(try text(.csv) == table.csv(moneyPlaces: 2))
  }
}
