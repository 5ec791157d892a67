import Metrics
import Records
import Testing

@testable import Reports

/// Charts that a definition asks for, on the company written by hand.
@Suite("Charts of a report's sections")
struct SectionChartTests {
  static let beginning = "report: mine\ntitle: Mine\neditions: [company]\nsections:\n"

  private func findings(_ section: String) throws -> [String] {
    do {
      _ = try ReportDefinition(
        text: SectionChartTests.beginning + section, file: "mine.yaml",
        catalogue: try Company.catalogue())
      return []
    } catch {
      return (error as? FindingsError)?.findings.map(\.description) ?? []
    }
  }

  /// What a chart with some keys becomes in the company's edition.
  private func section(_ keys: String) throws -> ReportDocument.Section {
    let text = SectionChartTests.beginning + "  - {kind: chart, title: T, \(keys)}\n"
    let document = try Company.document(text)
    return try #require(document.sections.first, "\(document.absent) \(document.quiet)")
  }

  private func chart(_ keys: String) throws -> ReportDocument.Chart {
    let section = try section(keys)
    guard case .chart(let chart) = section.blocks.first else {
      Issue.record("no chart of \(keys): \(section.absence?.plain ?? "")")
      throw FindingsError([])
    }
    return chart
  }

  @Test("A kind that does not fit is refused where it is written, with the kinds that do")
  func refusals() throws {
    #expect(
      try findings("  - {kind: chart, title: T, chart: line, metric: won_amount, by: territory}\n")
        == [
          "mine.yaml:5:36: error: a line chart cannot show this: a line joins spans of time, and "
            + "territories have no such order; nothing was drawn; kinds that fit are bar, column, "
            + "waterfall, pareto, lorenz, histogram or treemap."
        ])
    #expect(
      try findings("  - {kind: chart, title: T, chart: slope, metric: won_amount, by: industry}\n")
        == [
          "mine.yaml:5:36: error: a slope chart cannot show this: it goes from an earlier period to "
            + "this one: add \"compare\"; nothing was drawn; kinds that fit are bar, column, waterfall, "
            + "pareto, lorenz, histogram or treemap."
        ])
    let three = try findings(
      "  - {kind: chart, title: T, chart: bar, metric: won_amount, by: [owner, stage, type]}\n")
    #expect(
      three == [
        "mine.yaml:5:36: error: a chart has two dimensions at most; nothing was drawn; leave some "
          + "of by: out."
      ])
    #expect(
      try findings("  - {kind: map, title: T, metric: won_amount, by: owner}\n") == [
        "mine.yaml:5:5: error: a map cannot show this: it colours regions: slice by country, or by "
          + "state; nothing was drawn; kinds that fit are bar, column, waterfall, pareto, lorenz, "
          + "histogram or treemap."
      ])
  }

  @Test("A pie, a kind nobody knows, and labels that are too few are refused")
  func words() throws {
    #expect(
      try findings("  - {kind: chart, title: T, chart: pie, metric: won_amount, by: stage}\n") == [
        "mine.yaml:5:36: error: there is no chart \"pie\", because angles are hard to compare; "
          + "nothing was read; write bar."
      ])
    #expect(
      try findings("  - {kind: chart, title: T, chart: heatmpa, metric: won_amount, by: stage}\n")
        == [
          "mine.yaml:5:36: error: \"chart\" cannot be \"heatmpa\"; nothing was read; did you mean "
            + "\"heatmap\"?"
        ])
    let few = try findings(
      "  - {kind: chart, title: T, chart: bar, metrics: [won_count, lost_count], labels: [Won]}\n"
    )
    #expect(
      few == [
        "mine.yaml:5:83: error: there are 1 labels for 2 metrics; nothing was read; write one for "
          + "each, in their order."
      ])
  }

  @Test("A chart of a table says which column it draws, unless it is the table's bridge")
  func tables() throws {
    #expect(
      try findings("  - {kind: chart, title: T, chart: bar, table: families}\n") == [
        "mine.yaml:5:48: error: a chart of the rows of families needs the key \"value\"; nothing was "
          + "read; name a column of figures as value, and the column that names the rows as by; "
          + "bridges are waterfalls of pipeline-movement or recurring-revenue."
      ])
    #expect(
      try findings(
        "  - {kind: chart, title: T, chart: line, table: families, value: won_amount, by: root}\n")
        == [
          "mine.yaml:5:49: error: a line chart cannot show the rows of a table, which have no order "
            + "in time and no second dimension; nothing was read; kinds that fit are bar, column, "
            + "waterfall, pareto, lorenz, histogram, scatter or treemap."
        ])
    #expect(
      try findings("  - {kind: chart, title: T, chart: waterfall, table: pipeline-movement}\n")
        == [])
    #expect(
      try findings("  - {kind: takeaways, title: T, of: [bridge]}\n") == [
        "mine.yaml:5:5: error: no section has the id \"bridge\"; nothing was read; write ids of "
          + "sections of this report."
      ])
  }

  @Test(
    "Every kind is drawn from a definition",
    arguments: [
      "chart: bar, metric: won_amount, by: territory",
      "chart: column, metric: won_amount, by: fiscal_quarter",
      "chart: stacked, metric: won_amount, by: [fiscal_quarter, territory]",
      "chart: bullet, metric: won_amount, target: quota, by: parts, period: fiscal_year",
      "chart: waterfall, metric: won_amount, by: territory, period: fiscal_quarter_to_date, compare: year_before",
      "chart: funnel, metrics: [closed_count, won_count]",
      "chart: pareto, metric: won_amount, by: account",
      "chart: lorenz, metric: won_amount, by: territory",
      "chart: histogram, metric: won_amount, by: account",
      "chart: line, metric: won_amount, months: 12",
      "chart: line, metric: won_amount, by: fiscal_quarter",
      "chart: area, metric: won_amount, by: [fiscal_quarter, territory]",
      "chart: sparkline, metric: won_amount, by: month",
      "chart: multiples, metric: won_amount, by: [fiscal_quarter, territory]",
      "chart: slope, metric: won_amount, by: territory, period: fiscal_quarter_to_date, compare: year_before",
      "chart: scatter, metrics: [won_amount, won_count], by: account",
      "chart: heatmap, metric: won_amount, by: [account, territory]",
      "chart: treemap, metric: won_amount, by: family",
      "chart: bar, table: families, value: won_amount, by: root",
    ])
  func kinds(_ keys: String) throws {
    let chart = try chart(keys)
    #expect(chart.picture.width > 0)
    // Most of the twelve months hold nothing: none of them is the lowest, so nothing is told.
    #expect(chart.takeaway.isEmpty == keys.contains("months: 12"))
    #expect(!chart.data.rows.isEmpty)
    #expect(
      chart.takeaway.isEmpty || chart.picture.alternative.contains(chart.takeaway.plain))
  }

  @Test("What the numbers do not allow is said in the chart's place")
  func unfit() throws {
    #expect(
      try section("chart: diverging, metric: won_amount, by: [fiscal_quarter, territory]").absence?
        .plain
        == "This chart is not drawn: a diverging chart cannot show this: no part is below zero.")
    // Without countries the whole section is absent, and says what the export lacks.
    let map =
      SectionChartTests.beginning
      + "  - {kind: map, title: T, metric: won_amount, by: country}\n"
    #expect(
      try Company.document(map).absent.map(\.because)
        == ["the export’s Account has no BillingCountry"])
    #expect(
      try section("chart: bar, table: families, value: won, by: root").absence?.plain
        == "This chart is not drawn: the table families has no column of figures called \"won\".")
  }

  @Test("Messages and data of charts are those of the company's hand-computed figures")
  func figures() throws {
    // North: Acorn's 100,000 + 50,000 + 60,000 + 70,000; South: 5,000; Coast: 1,000.
    let bars = try chart("chart: bar, metric: won_amount, by: territory")
    #expect(bars.takeaway.plain == "North has more than half: $280\u{A0}k of $286\u{A0}k, 97.9%.")
    #expect(
      bars.data.rows.map { $0.cells.map(\.value.data) } == [
        ["North", "280000.00"], ["South", "5000.00"], ["Coast", "1000.00"],
      ])
    #expect(bars.data.rows.map { $0.cells[0].id } == ["t1", "t2", "t3"])
    // In Q4 to date 151,000 + 5,000; on the same 20 days of the year before 60,000.
    let bridge = try chart(
      "chart: waterfall, metric: won_amount, by: territory, period: fiscal_quarter_to_date, "
        + "compare: year_before")
    #expect(
      bridge.data.rows.map { $0.cells.map(\.value.data) } == [
        ["North", "150000.00", "60000.00"], ["South", "5000.00", "0.00"],
        ["Coast", "1000.00", "0.00"],
      ])
    #expect(bridge.data.columns.map(\.title) == ["Territory", "Won", "Won, before"])
    // A limit leaves the others as one line, which data formats hold in full.
    let cut = try chart("chart: pareto, metric: won_amount, by: account, limit: 1")
    #expect(cut.data.rows.map { $0.cells[0].value.text } == ["Acorn"])
    #expect(cut.data.rest.map { $0.cells[1].value.data } == ["5000.00", "1000.00"])
    #expect(cut.data.other?.cells.map(\.value.data) == ["2 others", "6000.00"])
    #expect(cut.data.extent?.text == "1 of 3")
  }
}

extension Company {
  /// The company's document of a definition.
  static func document(
    _ text: String, of records: RecordSet = records, named file: String = "mine.yaml"
  ) throws -> ReportDocument {
    let assignment = Assignment(of: records)
    let catalogue = try catalogue()
    let engine = LocalEngine(
      records: records, assignment: assignment, catalogue: catalogue,
      settings: MetricSettings(calendar: calendar))
    var context = ReportContext(
      organisation: "Acme", formatter: ValueFormatter(), calendar: calendar, asOf: asOf,
      crmURL: "https://acme.my.salesforce.com", model: assignment.model,
      readiness: try readiness(of: records), catalogue: catalogue)
    context.balanced = engine.balancedTerritories().map {
      EditionScope.Member(id: $0.id, name: $0.name)
    }
    let definition = try ReportDefinition(text: text, file: file, catalogue: catalogue)
    let edition = EditionScope.company(named: "Acme", model: assignment.model)
    let plan = ReportPlan(definition, for: edition, in: context)
    let answers = ReportPlan.Answers(
      queries: try engine.run(plan.queries), listings: try engine.list(plan.listings),
      tables: try engine.standardTables(plan.tables, scope: plan.scope).map(engine.forReports),
      details: try engine.detailTables(plan.details, scope: plan.scope),
      families: try plan.families.map { try engine.family($0, scope: plan.scope) })
    return plan.document(answers, canvas: try Demo.canvas())
  }
}
