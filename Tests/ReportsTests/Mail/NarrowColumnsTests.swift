import Records
import Testing

@testable import Reports

@Suite("Columns where there is little room")
struct NarrowColumnsTests {
  private func table(narrow: [String] = []) -> ReportDocument.Table {
    let format = Letter.format
    let columns: [(String, String, ReportDocument.Cell)] = [
      ("owner", "Owner", Letter.text("Ada")), ("accounts", "Accounts", Letter.count(7)),
      ("won", "Won", Letter.money(1_000)),
      (
        "rate", "Win rate",
        ReportDocument.Cell(
          format.rate(Ratio(1, over: 4)))
      ),
      ("region", "Region", Letter.text("West")), ("open", "Open", Letter.money(2_000)),
      ("last", "Last deal", Letter.day(20_777)),
    ]
    return ReportDocument.Table(
      id: "team", title: "Team",
      columns: columns.enumerated().map { index, column in
        ReportDocument.Column(
          key: column.0, title: column.1,
          alignment: column.2.value.unit.isNumeric ? .end : .start, isRowHeader: index == 0)
      },
      rows: [ReportDocument.Row(columns.map(\.2))], whyEmpty: "", narrowColumns: narrow)
  }

  @Test("Amounts come first, then rates and dates, then counts; words stand below the name")
  func order() {
    func figures(_ room: Double) -> [Int] {
      NarrowColumns(table(), room: room) { _ in 10 }.figures
    }
    #expect(figures(50) == [1, 2, 3, 5, 6])
    #expect(figures(40) == [2, 3, 5, 6])
    #expect(figures(30) == [2, 3, 5])
    #expect(figures(20) == [2, 5])
    #expect(figures(10) == [2])
    #expect(figures(0) == [2])
    let chosen = NarrowColumns(table(), room: 20) { _ in 10 }
    #expect(chosen.lead == 0)
    #expect(chosen.words == [4])
    #expect(chosen.omitted == [1, 3, 6])
    #expect(
      NarrowColumns.leftOut(chosen.omitted, of: table(), "in the attachment", Letter.format)
        == "3 more columns in the attachment: Accounts, Win rate and Last deal.")
    #expect(
      NarrowColumns.leftOut([1], of: table(), nil, Letter.format) == "1 more column: Accounts.")
    #expect(NarrowColumns.leftOut([], of: table(), nil, Letter.format) == nil)
  }

  @Test("A definition that names columns has those")
  func named() {
    let chosen = NarrowColumns(table(narrow: ["accounts", "last"]), room: 20) { _ in 10 }
    #expect(chosen.figures == [1, 6])
    #expect(chosen.words == [])
    #expect(chosen.omitted == [2, 3, 4, 5])
  }

  @Test("A definition names them by their titles or names; another column is found")
  func definition() throws {
    func read(_ columns: String) throws -> ReportDefinition {
      try ReportDefinition(
        text: """
          report: mine
          title: Mine
          editions: [company]
          sections:
            - kind: table
              title: Deals
              list: opportunities
              columns: {Deal: Name, Close date: CloseDate, Value: Value}
              mail_columns: [\(columns)]
          """, file: "mine.yaml")
    }
    guard case .table(let table) = try read("Close date, Value").sections[0].content else {
      Issue.record("no table")
      return
    }
    #expect(table.mailColumns == ["CloseDate", "Value"])
    let error = #expect(throws: FindingsError.self) { try read("Valeu") }
    #expect(
      error?.findings.map(\.description) == [
        "mine.yaml:9:20: error: the table has no column \"Valeu\"; nothing was read; did you mean "
          + "\"Value\"?"
      ])
  }
}
