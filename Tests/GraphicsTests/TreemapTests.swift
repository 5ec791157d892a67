import Testing

@testable import Graphics

@Suite struct TreemapTests {
  let measurer = FixedWidthMeasurer()

  private func chart(_ amounts: [Double?], maximum: Int = 60) -> Treemap {
    Treemap(
      heading: ChartHeading(title: "Revenue"),
      items: amounts.enumerated().map { .init("F\($0 + 1)", .init($1, $1.map(Plots.money) ?? "")) },
      plural: "families", maximum: maximum, format: Plots.money)
  }

  @Test("The example of the paper: 6, 6, 4, 3, 2, 2, 1 in a rectangle of 6 by 4")
  func paper() {
    let rects = Squarified.rects(
      [6, 6, 4, 3, 2, 2, 1], in: Rect(x: 0, y: 0, width: 6, height: 4))
    // Two of 6 fill the left half, 4 and 3 lie beside them in the upper right, as in figure 4.
    let expected: [(Double, Double, Double, Double)] = [
      (0, 0, 3, 2), (0, 2, 3, 2), (3, 0, 12.0 / 7, 7.0 / 3), (3 + 12.0 / 7, 0, 9.0 / 7, 7.0 / 3),
      (3, 7.0 / 3, 6.0 / 5, 5.0 / 3), (4.2, 7.0 / 3, 6.0 / 5, 5.0 / 3),
      (5.4, 7.0 / 3, 3.0 / 5, 5.0 / 3),
    ]
    for (rect, wanted) in zip(rects, expected) {
      let sides = [rect.x, rect.y, rect.width, rect.height]
      for (side, wanted) in zip(sides, [wanted.0, wanted.1, wanted.2, wanted.3]) {
        #expect(abs(side - wanted) < 1e-9)
      }
    }
  }

  @Test("Areas are exactly proportional, fill the whole, and do not overlap")
  func proportional() {
    var numbers = Plots.Numbers(seed: 100)
    for round in 0..<40 {
      let count = 1 + numbers.next(below: round % 4 == 0 ? 400 : 30)
      let power = 1 + numbers.next(below: 6)
      let amounts = (0..<count).map { _ in
        (0..<power).reduce(1e6) { product, _ in product * (0.001 + numbers.next()) }
      }.sorted(by: >)
      let area = Rect(
        x: 7, y: 11, width: 100 + numbers.next() * 900, height: 100 + numbers.next() * 500)
      let rects = Squarified.rects(amounts, in: area)
      #expect(rects.count == count)
      let unit = area.width * area.height / amounts.reduce(0, +)
      for (rect, amount) in zip(rects, amounts) {
        #expect(abs(rect.width * rect.height - amount * unit) < 1e-6 * area.width * area.height)
        #expect(area.contains(rect))
      }
      for (index, rect) in rects.enumerated() {
        let inner = rect.inset(by: 1e-6)
        guard inner.width > 0, inner.height > 0 else { continue }
        #expect(!rects[(index + 1)...].contains { $0.intersects(inner) })
      }
    }
  }

  @Test("The remainder has the area of its sum, and the sum is said")
  func remainder() throws {
    let amounts: [Double?] = [600, 300] + Array(repeating: 0.5, count: 200)
    let scene = chart(amounts).scene(width: 600, theme: .light, measurer: measurer)
    let areas = scene.rects(.cell).map { $0.width * $0.height }
    try #require(areas.count == 3)
    #expect(abs(areas[0] - 2 * areas[1]) < 0.01)
    #expect(abs(areas[2] * 6 - areas[0]) < 0.01)
    let wide = chart(amounts).scene(width: 1200, theme: .light, measurer: measurer)
    let words = wide.texts.map(\.text)
    #expect(words.contains("200 others") && words.contains("$100"))
    #expect(
      words.contains(
        "The 2 largest of 202 families have a rectangle of their own; 200 others are worth $100 "
          + "together."))
  }

  @Test("What is zero, negative or unknown has no area and is counted with its sum")
  func missing() {
    let chart = chart([10, 0, -5, nil, -2])
    #expect(
      chart.textAlternative
        == "Revenue. F1: $10. "
        + "4 of 5 families have no area: 2 below zero (−$7), 1 at zero, 1 unknown.")
    #expect(
      self.chart([0, nil]).textAlternative
        == "Revenue. There is nothing to show. "
        + "2 of 2 families have no area: 1 at zero, 1 unknown.")
  }

  @Test("The most rectangles include the remainder, and one more item stays itself")
  func maximum() {
    func cells(_ count: Int, _ maximum: Int) -> Int {
      chart(Array(repeating: 5, count: count), maximum: maximum).scene(
        width: 900, theme: .light, measurer: measurer
      ).rects(.cell).count
    }
    #expect(cells(10, 10) == 10)
    #expect(cells(11, 10) == 10)
  }
}
