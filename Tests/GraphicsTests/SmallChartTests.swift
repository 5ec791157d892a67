import Testing

@testable import Graphics

@Suite struct SmallChartTests {
  let measurer = FixedWidthMeasurer()

  @Test("A sparkline is as wide and high as it is told, from 24 by 8 points on")
  func sizes() {
    for (width, height) in [(24.0, 8.0), (80, 14), (160, 20), (800, 40)] {
      let chart = Sparkline(numbers: [1, 3, 2], lastText: "$2", height: height)
      let scene = chart.scene(width: width, theme: .light, measurer: measurer)
      #expect(scene.width == width)
      #expect(scene.height == height + 4)
      SceneCheck.check(scene, .light, "sparkline \(width) × \(height)")
    }
    let tiny = Sparkline(numbers: [1], height: 1).scene(
      width: 1, theme: .light, measurer: measurer)
    #expect(tiny.width == 24 && tiny.height == 12)
  }

  @Test("A sparkline marks the lowest, the highest and the last number, each once")
  func marks() {
    func fills(_ numbers: [Double?]) -> [Colour] {
      Sparkline(numbers: numbers).scene(width: 100, theme: .light, measurer: measurer).marks
        .compactMap { if case .path(let path) = $0 { path.fill } else { nil } }
    }
    let theme = Theme.light
    #expect(fills([2, 1, 4, 3]) == [theme.bad, theme.good, theme.ink])
    #expect(fills([1, 2, 4]) == [theme.bad, theme.ink])
    #expect(fills([5, 5, 5]) == [theme.ink])
  }

  @Test("A sparkline without any number says so")
  func empty() {
    let chart = Sparkline(numbers: [nil, .nan])
    #expect(chart.textAlternative == "No number is known.")
    #expect(
      chart.scene(width: 60, theme: .light, measurer: measurer).texts.map(\.text) == ["–"])
  }

  @Test("The text of a sparkline has value, direction and extremes")
  func sparkAlternative() {
    let chart = Sparkline(
      heading: ChartHeading(title: "Pipeline"), numbers: [1, nil, 3], lastText: "$3",
      extremes: .init(low: "$1", high: "$3"))
    #expect(
      chart.textAlternative
        == "Pipeline. $3, higher than at the start, over 3 periods. Lowest $1, highest $3. "
        + "1 of them has no number.")
  }

  private func panels(_ numbers: [[Double?]], content: SmallMultiples.Content) -> SmallMultiples {
    SmallMultiples(
      heading: ChartHeading(title: "Won"), content: content, labels: ["Q1", "Q2"],
      panels: numbers.enumerated().map { place, numbers in
        .init("T\(place + 1)", series: [Plots.series("T\(place + 1)", numbers)])
      }, plural: "territories", format: Plots.money)
  }

  @Test("Columns of all panels are on one scale")
  func oneScale() {
    let scene = panels([[100, -50], [25, nil], [10, 0]], content: .columns).scene(
      width: 700, theme: .light, measurer: measurer)
    SceneCheck.checkLengths(
      scene.rects(.bar).map(\.height), [100, -50, 25, 10, 0], "panels on one scale")
  }

  @Test("Panels wrap by the width, and those left out are counted")
  func wraps() {
    let chart = panels((1...30).map { [Double($0), 2] }, content: .lines)
    let wide = chart.scene(width: 900, theme: .light, measurer: measurer)
    let narrow = chart.scene(width: 260, theme: .light, measurer: measurer)
    #expect(narrow.height > 3 * wide.height)
    #expect(wide.texts.map(\.text).contains("The first 24 of 30 territories are shown."))
    #expect(!wide.texts.map(\.text).contains("T25"))
  }

  @Test("A panel without any number keeps its place and says –")
  func unknownPanel() {
    let chart = panels([[1, 2], [nil, nil]], content: .lines)
    #expect(
      chart.textAlternative == "Won. From Q1 to Q2. Last values: T1: $2; T2: –.")
    #expect(
      chart.scene(width: 600, theme: .light, measurer: measurer).texts.map(\.text).contains("–"))
  }
}
