import Testing

@testable import Graphics

@Suite struct ChartTests {
  let measurer = FixedWidthMeasurer()

  private func words(_ chart: any Chart, width: Double = 600) -> [String] {
    chart.scene(width: width, theme: .light, measurer: measurer).texts.map(\.text)
  }

  @Test("Bars begin at zero and are as long as their numbers")
  func proportional() {
    let chart = Plots.bar("Won", [.init("A", 100, "$100"), .init("B", 25, "$25")])
    let bars = chart.scene(width: 600, theme: .light, measurer: measurer).rects(.bar)
    #expect(bars.count == 2)
    #expect(bars[0].x == bars[1].x)
    #expect(abs(bars[0].width - 4 * bars[1].width) < 0.001)
  }

  @Test("A negative bar begins at the same zero and runs the other way")
  func negative() {
    let chart = Plots.bar("Change", [.init("A", 100, "+$100"), .init("B", -50, "−$50")])
    let bars = chart.scene(width: 600, theme: .light, measurer: measurer).rects(.bar)
    #expect(abs(bars[0].x - bars[1].maxX) < 0.001)
    #expect(abs(bars[0].width - 2 * bars[1].width) < 0.001)
  }

  @Test("Undefined is shown as – and has no bar; zero is shown as zero")
  func undefined() {
    let chart = Plots.bar(
      "Won", [.init("A", nil, ""), .init("B", 0, "$0"), .init("C", .nan, "nan")])
    #expect(words(chart) == ["Won", "US dollars", "A", "–", "B", "$0", "C", "–"])
    let scene = chart.scene(width: 600, theme: .light, measurer: measurer)
    #expect(scene.rects(.bar).map(\.width) == [0])
  }

  @Test("Where a number does not apply, the caller's words stand instead of –")
  func notApplicable() {
    #expect(ChartValue(nil, "n/a").text == "n/a")
    #expect(ChartValue(.infinity, "∞") == ChartValue(nil, "–"))
  }

  @Test("An empty chart says why")
  func empty() {
    let chart = Plots.bar("Won", [])
    #expect(
      words(chart) == [
        "Won", "US dollars", "No deal was won in this territory between 1 and 7 November 2026.",
      ])
    #expect(
      chart.textAlternative
        == "Won, US dollars. No deal was won in this territory between 1 and 7 November 2026.")
  }

  @Test("The largest stay in the caller's order, and a sentence says how many there are")
  func cut() {
    let items = [3.0, 9, 1, 7].enumerated().map {
      BarChart.Item("T\($0)", $1, "\(Int($1))")
    }
    let overflow = BarChart.Overflow(maximum: 2) { "The \($0) largest of \($1) are shown." }
    #expect(
      words(Plots.bar("Won", items, overflow: overflow)) == [
        "Won", "US dollars", "T1", "9", "T3", "7", "The 2 largest of 4 are shown.",
      ])
  }

  @Test("What is cut can be one more bar, so that the total holds")
  func rest() {
    let chart = Plots.bar("Won", Plots.items(400), overflow: Plots.withRest)
    let shown = chart.shown
    #expect(shown.named == 12)
    #expect(shown.items.last?.label == "Other (388)")
    let all = Plots.items(400).compactMap { $0.values[0].number }.reduce(0, +)
    #expect(shown.items.compactMap { $0.values[0].number }.reduce(0, +) == all)
  }

  @Test("Columns keep the last periods, not the largest")
  func latest() {
    let chart = Plots.bar("Won by week", Plots.periods(400), orientation: .columns)
    #expect(chart.shown.items.first?.label == "Week 281")
    #expect(words(chart).last == "The last 120 of 400 are shown.")
  }

  @Test("The text alternative of bars is the message and the numbers")
  func alternative() {
    let chart = BarChart(heading: Plots.wonHeading, items: Plots.wonItems, format: Plots.money)
    #expect(
      chart.textAlternative
        == "West won $1.2 M, more than Central and East together. "
        + "Won deals by territory, US dollars, 1 February to 20 November 2026. "
        + "West: $1.24 M; Central: $612 k; East: $540 k; Iberia: $0; Vacant: –.")
  }

  @Test("The text alternative counts what it leaves out")
  func alternativeCut() {
    let text = Plots.bar("Won", Plots.items(60)).textAlternative
    #expect(text.hasSuffix("; and 48 more."))
  }

  @Test("A line chart says its span and last values")
  func lineAlternative() {
    let chart = Plots.line(
      "Pipeline", ["Q1", "Q2"],
      [Plots.series("West", [1000, 2000]), Plots.series("East", [nil, nil])])
    #expect(
      chart.textAlternative
        == "Pipeline, US dollars, at the end of each week. From Q1 to Q2. "
        + "Last values: West: $2 k.")
  }

  @Test("A line is interrupted where a number is missing")
  func gaps() {
    #expect(LineChart.runs([nil, 1, 2, nil, 3]) == [1..<3, 4..<5])
    #expect(LineChart.runs([]).isEmpty)
  }

  @Test("Lines beyond the palette are grey, and a sentence says how many are named")
  func manyLines() {
    let series = (1...40).map { Plots.series("Rep \($0)", [1, Double($0)]) }
    let words = words(Plots.line("Forty", ["Q1", "Q2"], series))
    #expect(words.contains("4 of 40 lines are named; the others are grey."))
    #expect(words.contains("Rep 4") && !words.contains("Rep 5"))
  }

  @Test("A bullet chart says actual, target and prior year of each row")
  func bulletAlternative() throws {
    let chart = BulletChart(
      heading: ChartHeading(title: "Won against quota"),
      rows: [
        .init("West", actual: .init(2, "$2"), target: .init(3, "$3"), prior: .init(1, "$1"))
      ], format: Plots.money)
    #expect(
      chart.textAlternative == "Won against quota. West: $2 (Target $3), Prior year $1.")
  }

  @Test("A row with good or bad tone says so by a sign as well as by colour")
  func tones() throws {
    let plot = try #require(Plots.bullets.first)
    let words = words(plot.chart)
    #expect(words.contains("▲ $1.24 M"))
    #expect(words.contains("▼ $610 k"))
  }

  @Test("Groups of a tree beyond the palette share a colour and are counted in the key")
  func groups() throws {
    let plot = try #require(Plots.trees.first { $0.name == "tree-wide-horizontal" })
    #expect(words(plot.chart).contains("6 other territories"))
  }
}
