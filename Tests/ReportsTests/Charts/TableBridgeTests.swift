import Metrics
import Records
import Testing

@testable import Reports

/// Bridges of standard tables, from rows written by hand.
@Suite("Bridges")
struct TableBridgeTests {
  private func amounts(_ name: String, _ values: [Int64]) -> MetricColumn {
    MetricColumn(
      name: name, title: name, unit: .money,
      cells: .money(values.map { Int128($0) * Int128(Exact.scale) }))
  }

  private func counts(_ name: String, _ values: [Int128]) -> MetricColumn {
    MetricColumn(name: name, title: name, unit: .count, cells: .integers(values))
  }

  private func texts(_ name: String, _ values: [String]) -> MetricColumn {
    MetricColumn(name: name, title: name, unit: .text, cells: .text(values))
  }

  private func sentence(_ bridge: TableBridge, _ what: String) -> String {
    let facts = TakeawayFacts([], noun: Noun("step", "steps"), unit: .money, adds: false)
    return TakeawayWords(facts, ValueFormatter()).sentence(bridge, of: what).plain
  }

  @Test("The pipeline's bridge leads from opening to closing by what came, changed and left")
  func pipeline() throws {
    // 150 + 40 created - 30 won - 20 lost = 140; a change of nothing is no movement.
    let table = MetricTable(
      name: "pipeline-bridge", grain: "",
      columns: [
        texts("step", ["opening", "created", "increased", "won", "lost", "closing"]),
        counts("deals", [7, 2, 1, 1, 1, 7]),
        amounts("amount", [150_000, 40_000, 0, -30_000, -20_000, 140_000]),
      ])
    var context = Demo.context()
    context.movement = try MovementRequest().days(asOf: Demo.asOf)
    let bridge = try #require(
      TableBridge(table, .pipelineMovement, months: 12, annualised: false, in: context))
    #expect(bridge.moves.map(\.label) == ["created", "won", "lost"])
    #expect(bridge.moves.map { $0.value.text(places: 0) } == ["40000", "-30000", "-20000"])
    #expect(bridge.opening.value.text(places: 0) == "150000")
    #expect(bridge.closing.value.text(places: 0) == "140000")
    // Friday, 2026-11-20: the last complete week is from the end of November 8 to that of the 15th.
    #expect(bridge.days == "Nov 8, 2026 to Nov 15, 2026")
    #expect(
      sentence(bridge, "The open pipeline")
        == "The open pipeline went from $150\u{A0}k to $140\u{A0}k, −$10.0\u{A0}k (−6.7%); the most "
        + "came in as created, $40.0\u{A0}k, the most went out as won, $30.0\u{A0}k.")
    #expect(bridge.chart(.init(title: "T"), ValueFormatter()) != nil)
  }

  @Test("ARR is twelve times MRR: the bridge of the last months opens where they opened")
  func revenue() throws {
    // MRR 1,000, +200 new in September, +50 -30 -120 in October: 1,100.
    let table = MetricTable(
      name: "recurring-revenue", grain: "",
      columns: [
        texts("month", ["2026-08", "2026-09", "2026-10"]),
        amounts("opening", [900, 1_000, 1_200]), amounts("new", [100, 200, 0]),
        amounts("expansion", [0, 0, 50]), amounts("contraction", [0, 0, 30]),
        amounts("churned", [0, 0, 120]), amounts("reactivation", [0, 0, 0]),
        amounts("closing", [1_000, 1_200, 1_100]),
        counts("customers_opening", [9, 10, 12]), counts("customers_new", [1, 2, 0]),
        counts("customers_expanding", [0, 0, 1]), counts("customers_contracting", [0, 0, 1]),
        counts("customers_churned", [0, 0, 2]), counts("customers_reactivated", [0, 0, 0]),
        counts("customers_closing", [10, 12, 10]),
      ])
    let bridge = try #require(
      TableBridge(table, .recurringRevenue, months: 2, annualised: true, in: Demo.context()))
    #expect(bridge.opening.label == "End of Aug 2026")
    #expect(bridge.closing.label == "End of Oct 2026")
    #expect(bridge.days == "Sep 2026 to Oct 2026")
    #expect(
      bridge.moves.map { "\($0.label) \($0.value.text(places: 0) ?? "") \($0.count ?? 0)" } == [
        "New 2400 2", "Expansion 600 1", "Contraction -360 1", "Churned -1440 2",
      ])
    #expect(bridge.opening.value.text(places: 0) == "12000")
    #expect(bridge.closing.value.text(places: 0) == "13200")
    #expect(bridge.closing.count == 10)
    #expect(
      sentence(bridge, "ARR")
        == "ARR went from $12.0\u{A0}k to $13.2\u{A0}k, +$1,200 (+10.0%); the most came in as new, "
        + "$2,400, the most went out as churned, $1,440.")
  }

  @Test("Bands stand from the smallest on, also where the first group lacks one")
  func bands() throws {
    let shape = ChartShape(
      Query(metrics: ["open_amount"], by: [.stage, .segment]), try Company.catalogue(),
      hasEarlier: false)
    let table = MetricTable(
      name: "rows", grain: "",
      columns: [
        texts("stage", ["Discovery", "Discovery", "Proposal", "Proposal", "Proposal"]),
        texts("segment", ["1000-4999", "(unknown)", "50-249", "0-49", "5000+"]),
        amounts("open_amount", [5, 1, 2, 3, 9]),
      ])
    let grid = ChartGridBuilder(shape: shape, context: Demo.context()).grid(table, earlier: nil)
    #expect(grid.series.map(\.name) == ["0-49", "50-249", "1000-4999", "5000+", "(unknown)"])
    #expect(MetricSettings.bandStart("1000-4999") == 1000)
    #expect(MetricSettings.bandStart("5000+") == 5000)
    #expect(MetricSettings.bandStart("(unknown)") == nil)
    #expect(MetricSettings.bandStart("50 and more") == nil)
  }
}
