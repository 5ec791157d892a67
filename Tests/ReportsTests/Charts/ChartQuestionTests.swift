import Graphics
import Metrics
import Records
import Testing

@testable import Reports

/// Which chart a question becomes, and which it cannot become.
@Suite("Charts of a question")
struct ChartQuestionTests {
  private func refusal(
    _ kind: ChartKind?, _ metrics: [String], by: [Dimension], against: PeriodSpec? = nil
  ) throws -> String {
    do {
      _ = try ChartQuestion(
        kind, Query(metrics: metrics, by: by), comparedWith: against,
        catalogue: try Company.catalogue(), context: Demo.context())
      return ""
    } catch {
      let findings = (error as? FindingsError)?.findings ?? []
      return findings.map(\.description).joined(separator: "\n")
    }
  }

  @Test("A kind that does not fit says why, and which kinds do")
  func refusals() throws {
    #expect(
      try refusal(.line, ["won_amount"], by: [.territory])
        == "--chart:1:1: error: a line chart cannot show this: a line joins spans of time, and "
        + "territories have no such order; nothing was drawn; kinds that fit are bar, column, "
        + "waterfall, pareto, lorenz, histogram or treemap.")
    #expect(
      try refusal(.stacked, ["win_rate_count"], by: [.fiscalQuarter, .dealClass])
        == "--chart:1:1: error: a stacked chart cannot show this: win_rate_count is a rate, so its "
        + "parts do not add up to a whole; nothing was drawn; kinds that fit are column, line, "
        + "multiples or heatmap.")
    #expect(
      try refusal(.bar, ["won_amount", "won_count"], by: [.owner])
        == "--chart:1:1: error: a bar chart cannot show this: won_amount and won_count have "
        + "different units, and no chart has two axes of values; nothing was drawn; what fits is "
        + "scatter.")
    #expect(
      try refusal(.bullet, ["won_amount", "quota"], by: [.territory])
        .contains("a territory's quota covers all below it: slice by territory_subtree"))
    #expect(
      try refusal(nil, ["won_amount"], by: [])
        == "--chart:1:1: error: one figure makes no chart; nothing was drawn; slice it: --by "
        + "territory, or --by fiscal_quarter.")
    #expect(
      try refusal(nil, ["open_amount"], by: [.owner], against: .fiscalYear(offset: -1))
        == "--chart:1:1: error: open_amount is a state as of one day, which has no earlier period; "
        + "nothing was drawn; leave --compare out, or take a metric with a date.")
    #expect(
      try refusal(nil, ["won_amount"], by: [.owner, .stage, .industry])
        == "--chart:1:1: error: a chart has two dimensions at most; nothing was drawn; leave some "
        + "of --by out.")
  }

  /// The answer of one metric by one dimension, and its whole.
  private func answers(
    _ dimension: Dimension, _ rows: [(String, Int128?)], whole: Int128
  ) -> [MetricTable] {
    let figures = MetricColumn(
      name: "won_amount", title: "Won", unit: .money,
      cells: .money(rows.map { $0.1.map { $0 * 10_000 } }))
    let names = MetricColumn(
      name: dimension.rawValue, title: dimension.title, unit: .text, cells: .text(rows.map(\.0)))
    let total = MetricColumn(
      name: "won_amount", title: "Won", unit: .money, cells: .money([whole * 10_000]))
    return [
      MetricTable(name: "rows", grain: "a member", columns: [names, figures]),
      MetricTable(name: "whole", grain: "all", columns: [total]),
    ]
  }

  private func chart(
    _ kind: ChartKind?, _ dimension: Dimension, _ rows: [(String, Int128?)], whole: Int128,
    limit: Int? = nil
  ) throws -> any Chart {
    let question = try ChartQuestion(
      kind, Query(metrics: ["won_amount"], by: [dimension], limit: limit),
      catalogue: try Company.catalogue(), context: Demo.context())
    return try question.chart(answers(dimension, rows, whole: whole))
  }

  @Test("Members are bars, few spans are columns, many are a line")
  func defaults() throws {
    let bars = try #require(
      try chart(nil, .industry, [("A", 5), ("B", 3)], whole: 8) as? BarChart)
    #expect(bars.orientation == .bars)
    #expect(bars.heading.takeaway == "A has more than half: $5 of $8, 62.5%.")
    #expect(bars.heading.title == "Won, by industry")
    #expect(bars.heading.subtitle == "USD; as of Nov 20, 2026")
    let months = (1...9).map { ("2026-0\($0)", Optional(Int128($0 % 4))) }
    let columns = try #require(
      try chart(nil, .month, months, whole: 13) as? BarChart)
    #expect(columns.orientation == .columns)
    let years = (2000...2025).map { ("FY\($0)", Optional(Int128($0))) }
    #expect(try chart(nil, .fiscalYear, years, whole: 52_325) is LineChart)
  }

  @Test("What a limit cuts stands together, so that the bars sum to the whole")
  func rest() throws {
    let rows = (1...6).map { ("M\($0)", Optional(Int128(10 - $0))) }
    let bars = try #require(
      try chart(.bar, .industry, rows, whole: 39, limit: 3) as? BarChart)
    #expect(bars.items.map(\.label) == ["M1", "M2", "M3", "other (3 industries)"])
    #expect(bars.items.compactMap { $0.values[0].number }.reduce(0, +) == 24)
    // 15 is more than half as much again as the largest bar: said, not drawn.
    #expect(bars.items[3].values[0].text == "$15, not drawn")
  }

  @Test("A span in progress is to date, and not a fall in a line")
  func toDate() throws {
    let rows: [(String, Int128?)] = [("Q2 FY2027", 30), ("Q3 FY2027", 40), ("Q4 FY2027", 5)]
    let columns = try #require(
      try chart(.column, .fiscalQuarter, rows, whole: 75) as? BarChart)
    #expect(columns.items.map(\.label) == ["Q2 FY2027", "Q3 FY2027", "Q4 FY2027 to date"])
    let line = try #require(try chart(.line, .fiscalQuarter, rows, whole: 75) as? LineChart)
    #expect(line.series[0].numbers == [30, 40])
    #expect(
      line.heading.subtitle
        == "USD; as of Nov 20, 2026; Q4 FY2027 is in progress and not drawn")
    #expect(
      line.heading.takeaway
        == "Highest in Q3 FY2027 at $40, lowest in Q2 FY2027 at $30; Q4 FY2027 to date: $5.")
  }

  @Test("A part below zero has no share of a whole")
  func negative() throws {
    do {
      _ = try chart(.pareto, .industry, [("A", 5), ("B", -3)], whole: 2)
      Issue.record("a Pareto chart of a credit was drawn")
    } catch {
      let findings = (error as? FindingsError)?.findings ?? []
      #expect(
        findings.map(\.description) == [
          "--chart:1:1: error: a Pareto chart cannot show this: some figures are below zero, and "
            + "such a part has no share of a whole; nothing was drawn; kinds that fit are bar, "
            + "column, waterfall or histogram."
        ])
    }
  }
}
