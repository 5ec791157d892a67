import Testing

@testable import Graphics

@Suite struct AreaAndSlopeTests {
  let measurer = FixedWidthMeasurer()

  private func words(_ chart: any Chart, width: Double = 600) -> [String] {
    chart.scene(width: width, theme: .light, measurer: measurer).texts.map(\.text)
  }

  private func area(_ series: [AreaChart.Series], order: AreaChart.Order = .largest) -> AreaChart {
    AreaChart(
      heading: ChartHeading(title: "Pipeline"), labels: ["Q1", "Q2", "Q3"], series: series,
      order: order, format: Plots.money)
  }

  @Test("The total of a stack is the sum of its areas at every position")
  func totals() {
    let chart = area([
      Plots.area("West", [1000, 2000, nil]), Plots.area("East", [500, nil, nil]),
      Plots.area("Nobody", [nil, nil, nil]),
    ])
    let stack = chart.stack(maximum: 5)
    #expect(stack.totals == [1500, 2000, 0])
    #expect(stack.layers.map(\.name) == ["West", "East"])
    #expect(stack.runs == [0..<2])
    #expect(stack.missing == 1)
    // East has no number where the stack ends, and an earlier one would be read as the last.
    #expect(stack.layers.map(\.lastText) == ["–", "–"])
  }

  @Test("Areas beyond the maximum become one, so that the total holds")
  func folded() {
    let chart = area((1...9).map { Plots.area("T\($0)", [Double($0), Double($0), 10]) })
    let stack = chart.stack(maximum: 4)
    #expect(stack.layers.map(\.name) == ["T9", "T8", "T7", "6 others"])
    #expect(stack.layers.last?.lastText == "$60")
    #expect(stack.totals == [45, 45, 90])
  }

  @Test("The order of a stack is that given, or by the sums, and the chart says which")
  func order() {
    let series = [Plots.area("Small", [1, 1, 1]), Plots.area("Large", [9, 9, 9])]
    #expect(area(series).stack(maximum: 5).layers.map(\.name) == ["Large", "Small"])
    #expect(
      area(series, order: .given).stack(maximum: 5).layers.map(\.name) == ["Small", "Large"])
    #expect(words(area(series)).contains("Stacked by their sums, the largest at the bottom."))
    #expect(
      words(area(series, order: .given)).contains(
        "Stacked in their own order, the first at the bottom."))
  }

  @Test("Negative amounts are refused in a stack and shown in a single area")
  func negative() {
    let west = Plots.area("West", [1, 2, 3])
    let east = Plots.area("East", [1, -2, 3])
    #expect(
      area([west, east]).textAlternative
        == "Pipeline. Negative amounts cannot be stacked, and East has some. Lines can show them.")
    #expect(
      area([west, east, Plots.area("South", [-1, 0, 0])]).textAlternative
        == "Pipeline. Negative amounts cannot be stacked: East and 1 more of 3 have some. "
        + "Lines can show them.")
    #expect(area([east]).textAlternative == "Pipeline. From Q1 to Q3. Last value: East: $3.")
  }

  @Test("A stack is spoken from the bottom with its total")
  func areaAlternative() {
    let chart = area([Plots.area("West", [1, 2, 3000]), Plots.area("East", [1, 2, 1000])])
    #expect(
      chart.textAlternative
        == "Pipeline. From Q1 to Q3. Last values from the bottom: West: $3 k; East: $1 k; "
        + "total: $4 k.")
  }

  private func slopes(_ items: [SlopeChart.Item], named: Int = 12) -> SlopeChart {
    SlopeChart(
      heading: ChartHeading(title: "Won"), times: .init(before: "FY26", after: "FY27"),
      items: items, named: named)
  }

  @Test("Lines that changed most come first; one that began or ended changed by all it has")
  func ranked() {
    let chart = slopes([
      Plots.slope("Up 10", 100, 110), Plots.slope("New 40", nil, 40),
      Plots.slope("Down 30", 80, 50), Plots.slope("None", nil, nil),
      Plots.slope("Also up 10", 5, 15),
    ])
    #expect(chart.ranked.map(\.label) == ["New 40", "Down 30", "Up 10", "Also up 10"])
    let words = words(chart)
    #expect(words.contains("1 has an amount at one end only, and so no line."))
    #expect(words.contains("1 has no amount at all."))
    #expect(words.contains("▼ $50") && words.contains("▲ $110"))
  }

  @Test("Where there are many lines, the chart says how many are named")
  func many() {
    let items = (1...50).map { Plots.slope("T\($0)", 100, 100 + Double($0)) }
    let words = words(slopes(items, named: 3))
    #expect(words.contains("The 3 largest changes of 50 are named; the other lines are grey."))
    #expect(words.contains("T50") && words.contains("T48") && !words.contains("T47"))
  }

  @Test("The text of slopes has both ends, the largest changes first")
  func slopeAlternative() {
    let items = [Plots.slope("A", 1, 2), Plots.slope("B", 5, 1), Plots.slope("C", 1, 1)]
    #expect(
      slopes(items, named: 2).textAlternative
        == "Won. FY26 to FY27, the largest changes first: B: $5 to $1; A: $1 to $2; and 1 more.")
    #expect(slopes([]).textAlternative == "Won. There is nothing to show.")
  }

  @Test("Ends of slopes lie on one scale")
  func heights() throws {
    let chart = slopes([Plots.slope("A", 0, 100), Plots.slope("B", 50, 25)])
    let scene = chart.scene(width: 600, theme: .light, measurer: measurer)
    let lines = scene.marks.compactMap { mark -> (Point, Point)? in
      guard case .path(let path) = mark, path.stroke?.width == 2, path.elements.count == 2,
        case .move(let from) = path.elements[0], case .line(let to) = path.elements[1]
      else { return nil }
      return (from, to)
    }
    // B is drawn first, so that A, which changed more, lies on top.
    try #require(lines.count == 2)
    let unit = (lines[1].0.y - lines[1].1.y) / 100
    #expect(unit > 0)
    #expect(abs((lines[1].0.y - lines[0].0.y) - 50 * unit) < 0.001)
    #expect(abs((lines[1].0.y - lines[0].1.y) - 25 * unit) < 0.001)
  }

  @Test("What is expected is dashed, ends hollow, and stands under its name")
  func forecast() {
    let chart = LineChart(
      heading: ChartHeading(title: "Won"), labels: ["Q1", "Q2", "Q3", "Q4"],
      series: [.init("FY27", numbers: [1, 2, 3, 4], lastText: "$4", forecastFrom: 2)],
      format: Plots.money)
    #expect(
      chart.textAlternative == "Won. From Q1 to Q4. Last values: FY27: $4. Forecast from Q3 on.")
    let scene = chart.scene(width: 600, theme: .light, measurer: measurer)
    #expect(scene.texts.map(\.text).contains("Forecast"))
    let strokes = scene.marks.compactMap { mark in
      if case .path(let path) = mark, path.fill == nil, path.stroke?.width == 2 {
        path
      } else {
        nil
      }
    }
    #expect(strokes.map { $0.stroke?.dash.isEmpty } == [true, false])
    // Q1 and Q2 are measured; the dashes begin where they end.
    #expect(strokes.map(\.elements.count) == [2, 3])
  }
}
