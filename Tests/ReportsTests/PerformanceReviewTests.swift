import BuiltIns
import Records
import Testing

@testable import Reports

@Suite("The leadership review")
struct PerformanceReviewTests {
  private func document() throws -> ReportDocument {
    let path = "reports/performance-review.yaml"
    return try Company.document(BuiltIns.text(path) ?? "", named: path)
  }

  private func chart(_ id: String, _ document: ReportDocument) -> ReportDocument.Chart? {
    for block in document.sections.flatMap(\.blocks) {
      if case .chart(let chart) = block, chart.id == id + "-chart" { return chart }
    }
    return nil
  }

  @Test("Its twelve parts stand in their order; what the export cannot give is said to be absent")
  func order() throws {
    let document = try document()
    let all = [
      "Takeaways", "Attainment", "Balance", "Recurring revenue", "Win rate, cycle and deal size",
      "Coverage", "Cost of growth", "Concentration", "Whitespace",
      "Neglected, unassigned, in conflict", "Reps and accounts", "Definitions and data quality",
    ]
    let shown = document.sections.map(\.title)
    let absent = document.absent.map(\.title)
    #expect(shown == all.filter(shown.contains))
    #expect(Set(shown + absent) == Set(all))
    #expect(absent.contains("Recurring revenue"))
  }

  @Test("Its figures are those of the company's records, computed by hand")
  func figures() throws {
    let document = try document()
    // 151,000 + 5,000 in FY2027, 60,000 on the same days of FY2026; the quota is North's.
    #expect(
      document.headline.plain
        == "Acme has won $156\u{A0}k in FY2027 to date, +$96.0\u{A0}k (+160.0%) on the same days a "
        + "year earlier; that is 39.0% of its quota of $400\u{A0}k.")
    // Leaves are Coast (1,000 of 100,000) and South (5,000, no quota).
    let territories = try #require(chart("territories-against-quota", document))
    #expect(
      territories.data.rows.map { $0.cells.map(\.value.data) } == [
        ["South", "5000.00", ""], ["Coast", "1000.00", "100000.00"],
      ])
    #expect(territories.takeaway.plain == "Coast lacks $99.0\u{A0}k of its quota.")
    // Only South's deal of 8,000 is open in a leaf: all in one of two.
    let pipeline = try #require(chart("open-pipeline-per-territory", document))
    #expect(
      pipeline.data.rows.map { $0.cells.map(\.value.data) } == [
        ["South", "8000.00"], ["Coast", "0.00"],
      ])
  }

  @Test("Takeaways repeat what the sections say, under their names, and ask for no decision")
  func takeaways() throws {
    let document = try document()
    let section = try #require(document.sections.first { $0.id == "takeaways" })
    let said = section.blocks.compactMap { block -> String? in
      if case .paragraph(let prose) = block { return prose.plain }
      return nil
    }
    #expect(said.first == "Territories against quota: Coast lacks $99.0\u{A0}k of its quota.")
    #expect(
      said.last
        == "Nobody has written down a decision that is wanted; a comment in notes/ would stand at "
        + "the top.")
  }
}
