import Testing

@testable import Graphics

/// Stacks, bridges and funnels against numbers computed by hand.
@Suite struct BarKindsTests {
  let measurer = FixedWidthMeasurer()

  private func scene(_ chart: any Chart, width: Double = 600) -> Scene {
    chart.scene(width: width, theme: .light, measurer: measurer)
  }

  private func words(_ chart: any Chart, width: Double = 600) -> [String] {
    scene(chart, width: width).texts.map(\.text)
  }

  private func stack(
    _ arrangement: BarChart.Arrangement, _ numbers: [Double?],
    tones: [Tone] = [.plain, .plain, .plain]
  ) -> BarChart {
    BarChart(
      heading: ChartHeading(title: "Won"), arrangement: arrangement,
      series: zip(["New", "Expansion", "Credits"], tones).map { .init($0, tone: $1) },
      items: [.init("West", numbers.map { ChartValue($0, $0.map(Plots.change) ?? "") })],
      format: Plots.change)
  }

  @Test("Parts of a stack begin where the part before them ends; what is below zero runs back")
  func parts() {
    let chart = stack(.stacked, [600, -100, 300])
    let stack = chart.stack(chart.items[0])
    #expect(stack.parts.map(\.from) == [0, 0, 600])
    #expect(stack.parts.map(\.to) == [600, -100, 900])
    #expect(stack.high == 900 && stack.low == -100)
    #expect(stack.total == ChartValue(800, "+$800"))
    let bars = scene(chart).rects(.bar)
    // 600, 100 and 300 on one scale, the third after the first, the second left of zero.
    #expect(abs(bars[0].width - 6 * bars[1].width) < 0.001)
    #expect(abs(bars[2].width - 3 * bars[1].width) < 0.001)
    #expect(abs(bars[2].x - bars[0].maxX) < 0.001)
    #expect(abs(bars[1].maxX - bars[0].x) < 0.001)
  }

  @Test("A total leaves undefined parts out and says so")
  func undefinedPart() {
    let words = words(stack(.stacked, [600, nil, 300]))
    #expect(words.contains("+$900"))
    #expect(words.last == "One part is undefined and in no total.")
  }

  @Test("The caller's total stands where it is given")
  func givenTotal() {
    var chart = stack(.stacked, [600, 300])
    chart.items[0].total = ChartValue(900, "$900 exactly")
    #expect(words(chart).contains("$900 exactly"))
    #expect(
      chart.textAlternative
        == "Won. West: New +$600, Expansion +$300, Total $900 exactly.")
  }

  @Test("A part too small for its number carries none and is counted")
  func smallPart() {
    let words = words(stack(.stacked, [60_000, 10, 30_000]))
    #expect(words.contains("+$60 k") && words.contains("+$30 k") && !words.contains("+$10"))
    #expect(words.last == "One part is too small to carry its number.")
  }

  @Test("Gains and losses say good and bad by shape, sign and side; the net by shape and sign")
  func diverging() {
    let chart = stack(.diverging, [300, -500], tones: [.good, .bad])
    #expect(
      words(chart) == [
        "Won", "▲ New", "▼ Expansion", "Net", "West", "−$500", "+$300", "▼ −$200",
      ])
    let bars = scene(chart).rects(.bar)
    #expect(abs(bars[0].x - bars[1].maxX) < 0.001)
    #expect(abs(bars[0].width * 5 - bars[1].width * 3) < 0.001)
  }

  @Test("Series beyond seven become one, so that no colour stands for two")
  func foldedSeries() {
    let chart = BarChart(
      heading: ChartHeading(title: "Open"), arrangement: .stacked,
      series: (1...9).map { .init("Stage \($0)") },
      items: [.init("West", (1...9).map { ChartValue(Double($0), "$\($0)") })],
      format: Plots.money)
    let folded = chart.folded
    #expect(folded.series.map(\.name).suffix(2) == ["Stage 6", "Other (3)"])
    // 7 + 8 + 9, and 1 + 2 + … + 9.
    #expect(folded.items[0].values.last == ChartValue(24, "$24"))
    #expect(folded.items[0].total == ChartValue(45, "$45"))
    let paints = folded.paints(.light)
    #expect(paints.indices.allSatisfy { !paints[..<$0].contains(paints[$0]) })
  }

  @Test("A number so large that others cannot be seen is named; nothing is cut")
  func outlier() {
    let chart = Plots.bar(
      "Won", [.init("Whale", 1e9, "$1,000 M"), .init("A", 5, "$5"), .init("B", 0, "$0")])
    #expect(
      words(chart).last
        == "One bar is too short to see beside Whale ($1,000 M); the numbers stand in the picture.")
  }

  @Test("Where no number is defined a sentence says why there is no bar")
  func noNumber() {
    let words = words(Plots.bar("Won", [.init("A", nil, ""), .init("B", nil, "n/a")]))
    #expect(
      words == [
        "Won", "US dollars", "A", "–", "B", "n/a",
        "None of these numbers is defined, so there is no bar.",
      ])
  }

  @Test("In a narrow picture labels that would be cut stand above their bars")
  func labelsAbove() {
    let name = "Public Sector and Education, Nordics"
    let narrow = scene(Plots.bar("Won", [.init(name, 5, "$5")]), width: 320)
    #expect(narrow.texts.map(\.text).contains(name))
    let label = narrow.texts.first { $0.text == name }
    #expect(label.map { $0.box.maxY <= narrow.rects(.bar)[0].y } == true)
    #expect(narrow.rects(.bar)[0].x == 16)
  }

  // MARK: Waterfall

  private let steps: [WaterfallChart.Step] = [
    .level("Open", .init(100, "$100")), .movement("Created", .init(40, "+$40")),
    .movement("Won", .init(-30, "−$30")), .level("Half"), .movement("Lost", .init(-120, "−$120")),
    .level("Close", .init(-10, "−$10")),
  ]

  private func bridge(_ steps: [WaterfallChart.Step], maximum: Int = 24) throws -> WaterfallChart {
    try WaterfallChart(
      heading: ChartHeading(title: "Bridge"), steps: steps, maximum: maximum, format: Plots.money)
  }

  @Test("Movements float from where the step before them ended; levels stand on zero")
  func floating() throws {
    let bars = try bridge(steps).bars(bridge(steps).steps, .light)
    #expect(bars.map(\.from) == [0, 100, 140, 0, 110, 0])
    #expect(bars.map(\.to) == [100, 140, 110, 110, -10, -10])
    #expect(
      bars.map(\.text) == ["$100", "▲ +$40", "▼ −$30", "$110", "▼ −$120", "−$10"])
  }

  @Test("A bridge that does not add up cannot be made, and the error says what is missing")
  func gap() throws {
    var wrong = steps
    wrong[5] = .level("Close", .init(15, "$15"))
    let error = try #require(throws: WaterfallChart.DoesNotClose.self) { try bridge(wrong) }
    #expect(
      error.description
        == "The bridge does not add up: “Close” is $15, but the steps before it come to −$10; "
        + "$25 is missing. Nothing was drawn. Add the movement that is missing, or leave the level "
        + "without a number to have it computed.")
  }

  @Test("A level without a number is computed; cents of binary fractions are no gap")
  func computed() throws {
    let chart = try bridge([
      .movement("A", .init(0.1, "$0.1")), .movement("B", .init(0.2, "$0.2")),
      .level("Sum", .init(0.3, "$0.3")), .level("Again"),
    ])
    #expect(chart.steps.last?.value == ChartValue(0.3, "$0.3"))
  }

  @Test("Of too many movements the largest stay and the others are summed before the next level")
  func folded() throws {
    let movements = (1...30).map {
      WaterfallChart.Step.movement("M\($0)", .init(Double($0), "+$\($0)"))
    }
    let chart = try bridge(
      [.level("Open", .init(0, "$0"))] + movements + [.level("Close", .init(465, "$465"))],
      maximum: 8)
    // Eight steps less two for each level leave room for four movements; 1 + … + 26 is 351.
    #expect(
      chart.shown.steps.map(\.label)
        == ["Open", "M27", "M28", "M29", "M30", "Other (26)", "Close"])
    #expect(chart.shown.steps[5].value == ChartValue(351, "+$351"))
    #expect(
      chart.shown.sentences == ["The 4 largest of 30 movements are named; the others are summed."])
  }

  @Test("A bridge stands where its numbers and labels fit, and lies down where not")
  func lies() throws {
    let chart = try bridge(steps)
    func stands(_ width: Double) -> Bool {
      let sketch = Sketch(width: width, theme: .light, measurer: measurer)
      return chart.stands(chart.bars(chart.steps, .light), sketch)
    }
    #expect(stands(600))
    #expect(!stands(320))
  }

  @Test("What is undefined counts as nothing and is named")
  func undefinedMovement() throws {
    let chart = try bridge([
      .level("Open", .init(5, "$5")), .movement("Won", .init(nil, "")), .level("Close"),
    ])
    #expect(
      chart.textAlternative
        == "Bridge. Open: $5; Won: –; Close: $5. Undefined and counted as nothing: Won.")
  }

  // MARK: Funnel

  @Test("Between stages stands the share of the stage before and of the first")
  func conversion() {
    let chart = FunnelChart(
      heading: ChartHeading(title: "Funnel"),
      stages: [
        .init("Leads", ChartValue(400, "400")), .init("Accepted", ChartValue(100, "100")),
        .init("Won", ChartValue(25, "25"), detail: "$2 M"),
        .init("Renewed", ChartValue(nil, "")), .init("Lost", ChartValue(0, "0")),
      ], rate: Plots.percent)
    #expect(chart.passage(1) == "25 % of the stage before")
    #expect(chart.passage(2) == "25 % of the stage before · 6 % of the first")
    #expect(chart.passage(2, isShort: true) == "25 % · 6 % of the first")
    #expect(chart.passage(3) == "n/a")
    #expect(chart.passage(4) == "0 % of the first")
    #expect(
      chart.textAlternative
        == "Funnel. Leads: 400; Accepted: 100 (25 % of the stage before); "
        + "Won: 25 · $2 M (25 % of the stage before · 6 % of the first); Renewed: – (n/a); "
        + "Lost: 0 (0 % of the first).")
    let bars = scene(chart).rects(.bar)
    #expect(bars.count == 4)
    #expect(abs(bars[0].width - 16 * bars[2].width) < 0.001)
  }

  @Test("A share near nothing or all is not rounded to it")
  func nearWhole() {
    #expect(Share.text(0.001, by: Plots.percent) == "> 0 %")
    #expect(Share.text(0.999, by: Plots.percent) == "< 100 %")
    #expect(Share.text(1.001, by: Plots.percent) == "> 100 %")
    #expect([0, 0.5, 1].map { Share.text($0, by: Plots.percent) } == ["0 %", "50 %", "100 %"])
  }
}
