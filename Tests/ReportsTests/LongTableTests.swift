import Testing

@testable import Reports

@Suite("Long tables")
struct LongTableTests {
  @Test(
    "A page lays out the first 250 rows before it is shown, and holds all of them",
    arguments: [(250, 0), (251, 1), (1250, 1), (1251, 2), (5000, 5)])
  func portions(rows: Int, later: Int) throws {
    var document = try Demo.document()
    let column = ReportDocument.Column(key: "name", title: "Name", isRowHeader: true)
    let table = ReportDocument.Table(
      id: "long", title: "Long", columns: [column],
      rows: (0..<rows).map { row in
        ReportDocument.Row([
          ReportDocument.Cell(Shown("Row \(row)", data: "Row \(row)", unit: .text))
        ])
      }, whyEmpty: "")
    document.sections = [
      ReportDocument.Section(id: "long-section", title: "Long", blocks: [.table(table)])
    ]
    let html = try HTMLWriter(templates: Templates(), canvas: Demo.canvas()).text(of: document)
    #expect(html.components(of: "<tbody class=\"later\">") == later)
    #expect(html.components(of: "<th scope=\"row\">Row ") == rows)
  }
}
