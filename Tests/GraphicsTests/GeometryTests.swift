import Graphics
import Testing

/// What must hold in every picture, whatever is in it.
@Suite struct GeometryTests {
  static let measurers: [any TextMeasurer] = {
    let canvas: [any TextMeasurer] = (try? CairoCanvas()).map { [$0] } ?? []
    return canvas + [FixedWidthMeasurer()]
  }()

  @Test("No text leaves the canvas and no two texts overlap", arguments: Plots.all)
  func textBoxes(_ plot: Plots.Plot) {
    for measurer in Self.measurers {
      for width in [240.0, 360, 600, 1200] {
        let scene = plot.chart.scene(width: width, theme: .light, measurer: measurer)
        check(scene, "\(plot.name) at \(width)")
      }
    }
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
      for measurer in Self.measurers {
        let scene = chart.scene(
          width: 280 + Double(numbers.next(below: 700)), theme: .light, measurer: measurer)
        check(scene, "round \(round)")
        checkLengths(scene, items.compactMap { $0.values.first?.number }, orientation)
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
        for measurer in Self.measurers {
          check(
            chart.scene(width: width, theme: .light, measurer: measurer),
            "round \(round) at \(width)")
        }
      }
    }
  }

  private func check(_ scene: Scene, _ name: String) {
    let boxes = scene.texts.map(\.box)
    for (index, box) in boxes.enumerated() {
      #expect(scene.bounds.contains(box), "\(name): \(scene.texts[index].text) leaves the canvas")
      for other in boxes.indices.dropFirst(index + 1)
      where boxes[other].inset(by: 0.01).intersects(box) {
        Issue.record(
          "\(name): “\(scene.texts[index].text)” and “\(scene.texts[other].text)” overlap")
      }
    }
    for rect in scene.rects(.bar) + scene.rects(.box) {
      #expect(scene.bounds.contains(rect), "\(name): a bar or box leaves the canvas")
    }
  }

  /// Every bar is as long as its number, in points to half a point, on one scale for all.
  private func checkLengths(
    _ scene: Scene, _ numbers: [Double], _ orientation: BarChart.Orientation
  ) {
    let lengths = scene.rects(.bar).map { orientation == .bars ? $0.width : $0.height }
    #expect(lengths.count == numbers.count)
    guard let largest = numbers.map(abs).max(), largest > 0,
      let place = numbers.firstIndex(where: { abs($0) == largest }), lengths.count > place
    else { return }
    let unit = lengths[place] / largest
    for (number, length) in zip(numbers, lengths) {
      #expect(abs(length - abs(number) * unit) < 0.5)
    }
  }
}
