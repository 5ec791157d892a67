import Testing

@testable import Graphics

@Suite struct ScatterTests {
  let measurer = FixedWidthMeasurer()

  private func chart(
    _ points: [(String, Double?, Double?)], log: Bool = false, named: Int = 10
  ) -> ScatterChart {
    ScatterChart(
      heading: ChartHeading(title: "Deals"),
      x: .init("Amount, US dollars", isLogarithmic: log, format: Plots.money),
      y: .init("Cycle", format: Plots.days),
      items: points.map {
        .init(
          $0.0, x: .init($0.1, $0.1.map(Plots.money) ?? ""),
          y: .init($0.2, $0.2.map(Plots.days) ?? ""))
      }, plural: "deals", named: named)
  }

  private func words(_ chart: ScatterChart, width: Double = 600) -> [String] {
    chart.scene(width: width, theme: .light, measurer: measurer).texts.map(\.text)
  }

  @Test("What has no place on the axes is counted, by its reason")
  func missing() {
    let points: [(String, Double?, Double?)] = [
      ("A", 10, 1), ("B", nil, 2), ("C", 0, 3), ("D", -5, 4), ("E", 100, 5),
    ]
    #expect(
      words(chart(points, log: true), width: 1200).last
        == "3 of 5 deals are not drawn: 1 without one of the two measures, "
        + "2 at or below zero on an axis of ratios.")
    #expect(
      words(chart([("A", 1, 1), ("B", nil, 1)])).last
        == "1 of 2 deals is not drawn: 1 without one of the two measures.")
    #expect(chart([("A", nil, 1)]).textAlternative.hasPrefix("Deals. There is nothing to show."))
  }

  @Test("Outliers are those farthest from the middle, whatever the units")
  func outliers() {
    let crowd = (0..<20).map { ("T\($0)", Double?(100 + Double($0 % 5)), Double?(Double($0 / 5))) }
    let chart = chart(crowd + [("Far right", 900, 2), ("Far up", 102, 90)], named: 2)
    let plotted = chart.plotted
    #expect(
      chart.outliers(plotted).prefix(2).map { chart.items[plotted[$0].index].label }
        == ["Far right", "Far up"])
    let words = words(chart)
    #expect(words.contains("Far right") && words.contains("Far up"))
    #expect(words.contains("2 of 22 deals are named, from those farthest from the middle."))
  }

  @Test("Dots keep the distances of their numbers")
  func distances() {
    let scene = chart([("A", 0, 0), ("B", 50, 10), ("C", 100, 40)]).scene(
      width: 600, theme: .light, measurer: measurer)
    let centres = scene.marks.compactMap { mark -> Point? in
      guard case .path(let path) = mark, path.fill == Theme.light.series[0],
        case .move(let start) = path.elements[0]
      else { return nil }
      // A circle begins at its rightmost point.
      return Point(start.x - 4.5, start.y)
    }
    #expect(centres.count == 3)
    #expect(abs((centres[1].x - centres[0].x) - (centres[2].x - centres[1].x)) < 0.001)
    #expect(abs((centres[0].y - centres[1].y) * 3 - (centres[1].y - centres[2].y)) < 0.001)
  }

  @Test("Equal ratios have equal distances on a logarithmic axis, and its title says so")
  func ratios() {
    let log = chart([("A", 1, 1), ("B", 10, 1), ("C", 1000, 1)], log: true)
    let scale = log.x.scale([1, 10, 1000], from: 0, to: 300)
    let places = [1.0, 10, 1000].compactMap { scale($0) }
    #expect(abs((places[1] - places[0]) * 2 - (places[2] - places[1])) < 0.001)
    #expect(words(log).contains("Amount, US dollars, logarithmic"))
  }

  @Test("More than four hundred share dots, and a sentence says for how many one stands at most")
  func crowded() {
    let points = (0..<500).map { ("T\($0)", Double?($0 == 0 ? 0 : 7), Double?($0 == 0 ? 0 : 7)) }
    let scene = chart(points).scene(width: 600, theme: .light, measurer: measurer)
    let dots = scene.marks.count {
      if case .path(let path) = $0 { path.fill == Theme.light.series[0] } else { false }
    }
    #expect(dots == 2)
    #expect(
      scene.texts.map(\.text).contains(
        "A dot stands for all deals around it, a larger one for more: 499 at most."))
  }

  @Test("Markers of every shape have the area of the circle")
  func markers() {
    for marker in Marker.allCases where marker != .circle {
      var sketch = Sketch(width: 240, theme: .light, measurer: measurer)
      sketch.marker(marker, at: Point(50, 50), radius: 10, fill: Theme.light.ink)
      guard case .path(let path) = sketch.marks[0] else { continue }
      let points = path.elements.compactMap { element -> Point? in
        switch element {
        case .move(let point), .line(let point): point
        default: nil
        }
      }
      // The shoelace formula.
      let area = zip(points, points.dropFirst() + points.prefix(1)).reduce(0) {
        $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2
      }
      #expect(abs(abs(area) - 314.16) < 1.5, "\(marker) has an area of \(area)")
    }
  }

  @Test("The text of a scatter names both axes and the items farthest out")
  func alternative() {
    #expect(
      chart([("A", 10, 1), ("B", 20, 2)]).textAlternative
        == "Deals. To the right Amount, US dollars; upwards Cycle. A: $10, 1 days; B: $20, 2 days.")
  }
}
