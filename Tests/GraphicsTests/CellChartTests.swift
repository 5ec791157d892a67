import Testing

@testable import Graphics

@Suite struct CellChartTests {
  let measurer = FixedWidthMeasurer()

  private func cells(_ chart: any Chart, width: Double = 600) -> [RectMark] {
    chart.scene(width: width, theme: .light, measurer: measurer).marks.compactMap { mark in
      if case .rect(let rect) = mark, rect.role == .cell { rect } else { nil }
    }
  }

  private func words(_ chart: any Chart, width: Double = 600) -> [String] {
    chart.scene(width: width, theme: .light, measurer: measurer).texts.map(\.text)
  }

  private func heat(_ rows: [[Double?]]) -> HeatMap {
    HeatMap(
      heading: ChartHeading(title: "Revenue"),
      columns: (0..<(rows.first?.count ?? 0)).map { "P\($0 + 1)" },
      rows: rows.enumerated().map { place, numbers in
        .init("T\(place + 1)", numbers.map { .init($0, $0.map(Plots.money) ?? "") })
      }, format: Plots.money)
  }

  @Test("Zero has the first shade of the ramp, the largest the last, and no data is hatched")
  func shades() {
    let cells = cells(heat([[0, 100, nil]]))
    #expect(cells[0].fill == Theme.light.sequential(0))
    #expect(cells[1].fill == Theme.light.sequential(1))
    #expect(cells[0].hatch == nil && cells[1].hatch == nil)
    #expect(cells[2].hatch != nil)
    #expect(words(heat([[0, 100, nil]])).contains("No data"))
    #expect(!words(heat([[0, 100]])).contains("No data"))
  }

  @Test(
    "Where there are negative numbers, equal sizes on both sides of zero are equally far from it")
  func diverging() {
    let cells = cells(heat([[-100, 0, 50, 100]]))
    #expect(
      cells.map(\.fill)
        == [0, 0.5, 0.75, 1].map { Theme.light.diverging($0) })
    let words = words(heat([[-100, 0, 50]]))
    // Key and cells: the ramp ends at the largest size on both sides, which no cell need reach.
    #expect(words.contains("−$100") && words.contains("$100"))
  }

  @Test("All zero is one shade, and the key says it once")
  func allZero() {
    let chart = heat([[0, 0], [0, 0]])
    #expect(Set(cells(chart).map(\.fill)) == [Theme.light.sequential(0)])
    #expect(words(chart).count { $0 == "$0" } == 5)
  }

  @Test("The text of a heat map has its highest and lowest cells and its rows")
  func heatAlternative() {
    #expect(
      heat([[1, 2], [3, nil]]).textAlternative
        == "Revenue. Highest: T2, P1, $3. Lowest: T1, P1, $1. "
        + "T1: P1 $1, P2 $2; T2: P1 $3, P2 –.")
    #expect(heat([[nil, nil]]).textAlternative == "Revenue. There is nothing to show.")
  }

  @Test("Every column of a few has its name, on a telephone too")
  func columnNames() {
    let chart = HeatMap(
      heading: ChartHeading(title: "Revenue"),
      columns: ["Platform", "Analytics", "Connect", "Mobile", "Support", "Training"],
      rows: [.init("West", (1...6).map { .init(Double($0), "$\($0)") })], format: Plots.money)
    let words = words(chart, width: 360)
    for column in chart.columns { #expect(words.contains(column)) }
  }

  private let cohorts = CohortChart(
    heading: ChartHeading(title: "Kept"),
    cohorts: [
      .init(
        "Jan", size: .init(40, "40"),
        shares: [.init(1, "100 %"), .init(0.5, "50 %"), .init(0, "0 %")]),
      .init("Feb", size: .init(20, "20"), shares: [.init(1, "100 %"), .init(nil, "")]),
      .init("Mar", size: .init(10, "10"), shares: [.init(1, "100 %")]),
    ], format: Plots.percent)

  @Test("The future of a cohort is empty, a lost cohort is zero, a missing month is hatched")
  func triangle() {
    let cells = cells(cohorts)
    #expect(cells.count == 6)
    #expect(cells.count { $0.hatch != nil } == 1)
    #expect(cells[2].fill == Theme.light.sequential(0))
    let columns = Set(cells.map(\.rect.x)).sorted()
    #expect(columns.map { x in cells.count { $0.rect.x == x } } == [3, 2, 1])
  }

  @Test("Shares beyond all stretch the ramp")
  func growth() {
    var grown = cohorts
    grown.cohorts[0].shares[1] = .init(1.25, "125 %")
    #expect(cells(grown)[0].fill == Theme.light.sequential(0.8))
    #expect(words(grown).contains("125 %"))
  }

  @Test("Percent signs that do not fit the cells are said once above them")
  func bare() {
    var long = cohorts
    long.cohorts = [
      .init("Jan", size: .init(40, "40"), shares: (0..<14).map { _ in .init(0.9, "90 %") })
    ]
    let words = words(long, width: 420)
    #expect(words.contains("Months since the start, shares in %"))
    #expect(words.contains("90") && !words.contains("90 %"))
  }

  @Test("The text of cohorts has size and last share of each")
  func cohortAlternative() {
    #expect(
      cohorts.textAlternative
        == "Kept. Last share by months since the start: Jan (Accounts: 40): 0 % at 2; "
        + "Feb (Accounts: 20): 100 % at 0; Mar (Accounts: 10): 100 % at 0.")
  }
}
