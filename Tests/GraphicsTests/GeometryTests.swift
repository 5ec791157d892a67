import Graphics
import Testing

/// What must hold in every picture, whatever is in it.
@Suite struct GeometryTests {
  @Test("No text leaves the canvas and no two texts overlap", arguments: Plots.all)
  func textBoxes(_ plot: Plots.Plot) {
    SceneCheck.check(plot.chart, plot.name)
  }

  @Test("Random bar charts keep their texts apart and their bars true")
  func randomBars() {
    var numbers = Plots.Numbers(seed: 2026)
    for round in 0..<60 {
      let count = 1 + numbers.next(below: 40)
      let items = (0..<count).map { index -> BarChart.Item in
        let number = ((numbers.next() - 0.3) * 1e6).rounded()
        return numbers.next() < 0.1
          ? .init(Plots.names[index % 12], nil, "")
          : .init(Plots.names[index % 12], number, Plots.money(number))
      }
      let orientation: BarChart.Orientation = round % 2 == 0 ? .bars : .columns
      let chart = BarChart(
        heading: ChartHeading(title: "Round \(round)"), orientation: orientation, items: items,
        overflow: .init(maximum: 100) { "\($0) of \($1)" }, format: Plots.money)
      for measurer in SceneCheck.measurers {
        let scene = chart.scene(
          width: 280 + Double(numbers.next(below: 700)), theme: .light, measurer: measurer)
        SceneCheck.check(scene, .light, "round \(round)")
        SceneCheck.checkLengths(
          scene.rects(.bar).map { orientation == .bars ? $0.width : $0.height },
          items.compactMap { $0.values.first?.number }, "round \(round)")
      }
    }
  }

  @Test("Random line and bullet charts keep their texts apart")
  func randomLines() {
    var numbers = Plots.Numbers(seed: 27)
    for round in 0..<60 {
      let count = 1 + numbers.next(below: 60)
      let series = (0..<(1 + numbers.next(below: 20))).map { index in
        Plots.series(
          Plots.names[index % 12],
          (0..<count).map { _ in
            numbers.next() < 0.2 ? nil : ((numbers.next() - 0.4) * 1e7).rounded()
          })
      }
      let line = Plots.line("Round \(round)", Plots.weeks(count), series, zero: round % 2 == 0)
      let rows = (0..<(1 + numbers.next(below: 12))).map { index in
        let actual = ((numbers.next() - 0.2) * 1e6).rounded()
        let target = (numbers.next() * 1e6).rounded()
        return BulletChart.Row(
          Plots.names[index], actual: .init(actual, Plots.money(actual), tone: .bad),
          target: .init(target, Plots.money(target)), bands: [target / 2, target])
      }
      let width = 240 + Double(numbers.next(below: 700))
      for chart in [line, Plots.bullet("bullets", rows).chart] as [any Chart] {
        for measurer in SceneCheck.measurers {
          SceneCheck.check(
            chart.scene(width: width, theme: .light, measurer: measurer), .light,
            "round \(round) at \(width)")
        }
      }
    }
  }
}
