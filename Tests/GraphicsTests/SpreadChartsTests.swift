import Testing

@testable import Graphics

/// Pareto, Lorenz and histogram against numbers computed by hand.
@Suite struct SpreadChartsTests {
  let measurer = FixedWidthMeasurer()

  private func words(_ chart: any Chart, width: Double = 1200) -> [String] {
    chart.scene(width: width, theme: .light, measurer: measurer).texts.map(\.text)
  }

  private func pareto(_ numbers: [Double?], maximum: Int = 20) -> ParetoChart {
    ParetoChart(
      heading: ChartHeading(title: "Won"),
      items: numbers.enumerated().map {
        .init("A\($0)", ChartValue($1, $1.map(Plots.money) ?? ""))
      }, what: "accounts", maximum: maximum, format: Plots.money, rate: Plots.percent)
  }

  // MARK: Pareto

  @Test("Shares add up in falling order, and the threshold is reached with the item that passes it")
  func shares() {
    // 50 + 30 is 80 of 100, exactly the threshold.
    let ranking = pareto([10, 50, 30, 10]).ranking
    #expect(ranking.items.map(\.label) == ["A1", "A2", "A0", "A3"])
    #expect(ranking.shares == [0.5, 0.8, 0.9, 1])
    #expect(ranking.reaching == 2)
    #expect(pareto([10, 50, 29, 11]).ranking.reaching == 3)
    #expect(
      words(pareto([10, 50, 30, 10])).last == "80 % is reached with 2 of 4 accounts (50 %).")
  }

  @Test("What is not above zero or undefined is in no share and is counted")
  func withoutShare() {
    let chart = pareto([60, 0, -20, nil, 40])
    #expect(chart.ranking.shares == [0.6, 1])
    #expect(
      words(chart).last
        == "80 % is reached with 2 of 2 accounts (100 %). "
        + "In no share: 2 at or below zero, 1 undefined.")
    #expect(
      words(pareto([0, nil]))
        == [
          "Won",
          "No number is above zero, so nothing has a share: of 2 accounts, "
            + "1 at or below zero, 1 undefined.",
        ])
  }

  @Test("What is beyond the maximum is one row, so that the total holds")
  func rest() {
    let chart = pareto([50, 40, 6, 3, 1], maximum: 2)
    let rows = chart.rows(chart.ranking)
    #expect(rows.map(\.item.label) == ["A0", "A1", "Other (3)"])
    #expect(rows.last?.item.value == ChartValue(10, "$10", tone: .muted))
    #expect(rows.map(\.share) == [0.5, 0.9, 1])
    #expect(
      words(chart).last
        == "80 % is reached with 2 of 5 accounts (40 %). "
        + "The 2 largest of 5 accounts are named; the other 3 are one row.")
  }

  @Test("A rest that would flatten every bar has none, and the sentence says how long it would be")
  func longRest() {
    let chart = pareto([Double](repeating: 10, count: 30), maximum: 5)
    let scene = chart.scene(width: 600, theme: .light, measurer: measurer)
    #expect(scene.rects(.bar).count == 5)
    // The other 25 hold 250, the largest 10.
    #expect(
      chart.remarks(chart.ranking, chart.rows(chart.ranking)) == [
        "The 5 largest of 30 accounts are named; the other 25 are one row without a bar, which "
          + "would be 25 times as long as the longest"
      ])
  }

  // MARK: Lorenz

  @Test("The Gini coefficient is Σ(2i − n − 1)·xᵢ ÷ (n·Σx)")
  func gini() throws {
    // (−3·1 − 1·2 + 1·3 + 3·4) ÷ (4·10) = 10 ÷ 40, in whatever order they come.
    #expect(LorenzChart.gini([3, 1, 4, 2]) == 0.25)
    #expect(LorenzChart.gini([5, 5, 5]) == 0)
    // All in one hand of four: 3·8 ÷ (4·8).
    #expect(LorenzChart.gini([0, 0, 8, 0]) == 0.75)
    // (−1·−2 + 1·6) ÷ (2·4) = 8 ÷ 8.
    #expect(LorenzChart.gini([-2, 6]) == 1)
    #expect(LorenzChart.gini([7]) == nil)
    #expect(LorenzChart.gini([]) == nil)
    #expect(LorenzChart.gini([0, 0]) == nil)
    #expect(LorenzChart.gini([-1, 1]) == nil)
  }

  private func lorenz(_ numbers: [Double?]) -> LorenzChart {
    LorenzChart(
      heading: ChartHeading(title: "Spread"), series: [.init("FY27", numbers: numbers)],
      what: "owners", rate: Plots.percent, decimal: Plots.decimal)
  }

  @Test("The curve is the share of the smallest so many, and the top is a fifth rounded up")
  func curve() throws {
    let chart = lorenz([3, 1, 4, 2, nil])
    let spread = try #require(chart.spread(chart.series[0]))
    // 1, 1 + 2, 1 + 2 + 3 and all of 10.
    let expected = [0, 0.1, 0.3, 0.6, 1]
    #expect(zip(spread.shares, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(spread.topCount == 1)
    #expect(abs(spread.topShare - 0.4) < 1e-12)
    #expect(
      chart.textAlternative
        == "Spread. Gini 0.25. The top 20 % (1 of 4 owners) hold 40 %. 1 undefined, left out.")
  }

  @Test("Without a total above zero there is no curve, and a sentence says why")
  func noCurve() {
    let cases: [([Double?], String)] = [
      ([], "There is nothing to show."),
      ([nil, nil], "None of the 2 numbers is defined."),
      ([7], "One number alone is spread neither evenly nor unevenly."),
      ([0, 0, 0], "All 3 numbers are zero, so nobody has a share."),
      ([-5, 2], "The total is not above zero, so nobody has a share."),
    ]
    for (numbers, sentence) in cases {
      #expect(words(lorenz(numbers)) == ["Spread", sentence])
      #expect(lorenz(numbers).textAlternative == "Spread. " + sentence)
    }
  }

  @Test("Below zero the curve dips, which is said")
  func negative() {
    #expect(
      words(lorenz([-2, 6, 4])).last
        == "1 of 3 are below zero, so the curve dips below it and shares may exceed 100 %.")
  }

  // MARK: Histogram

  private func histogram(
    _ numbers: [Double?], _ spacing: Histogram.Spacing = .even
  ) -> Histogram {
    Histogram(
      heading: ChartHeading(title: "Sizes"), numbers: numbers, what: "deals", spacing: spacing,
      format: Plots.money)
  }

  @Test("Quantiles are the smallest number with that share at or below it")
  func quantiles() {
    let rising: [Double] = [1, 2, 3, 4, 5, 6, 7, 8]
    #expect([0.25, 0.5, 0.75].map { Histogram.quantile($0, of: rising) } == [2, 4, 6])
    #expect(Histogram.quantile(0.5, of: [1, 2, 3]) == 2)
    #expect(Histogram.quantile(1, of: rising) == 8)
    #expect(Histogram.quantile(0.5, of: [9]) == 9)
  }

  @Test("Bins are as wide as Freedman and Diaconis ask for, rounded to a step that reads well")
  func freedmanDiaconis() {
    // 2·(6 − 2) ÷ ∛8 is 4, next to 5 in ratio: [0, 5) holds four, [5, 10) four.
    let numbers = (1...8).map(Double.init)
    #expect(abs(Histogram.width(numbers) - 4) < 1e-12)
    #expect(
      histogram(numbers).bins(numbers)
        == [.init(low: 0, high: 5, count: 4), .init(low: 5, high: 10, count: 4)])
  }

  @Test("Where half of the numbers are equal, as many bins as Sturges asks for")
  func sturges() {
    // No distance between the quartiles: 30 ÷ (1 + log₂ 8) is 7.5, in ratio nearer to 10 than to 5.
    let numbers: [Double] = [0, 10, 10, 10, 10, 10, 10, 30]
    #expect(Histogram.width(numbers) == 7.5)
    #expect(
      histogram(numbers).bins(numbers).map(\.count) == [1, 6, 0, 1])
  }

  @Test("A number on an edge lies in the bin that begins there, negative ones too")
  func edges() {
    let numbers: [Double] = [-10, -5, 0, 5]
    let bins = histogram(numbers).bins(numbers)
    #expect(bins.reduce(0) { $0 + $1.count } == 4)
    for number in numbers {
      #expect(bins.contains { ($0.low ?? 0) <= number && number < ($0.high ?? 0) })
    }
  }

  @Test("Numbers far out share an open bin that says how many and how large")
  func farOut() {
    let numbers = (1...100).map(Double.init) + [1e9]
    let bins = histogram(numbers).bins(numbers)
    #expect(bins.count <= Histogram.mostBins + 2)
    #expect(bins.last?.high == nil)
    #expect(bins.last?.count == 1)
    #expect(bins.reduce(0) { $0 + $1.count } == 101)
    #expect(words(histogram(numbers)).last?.contains("the largest $1000 M") == true)
  }

  @Test("Bins of ratios run from 1 to 2 to 5 to 10; what is not above zero has one of its own")
  func ratios() {
    let numbers: [Double] = [-3, 0, 1, 1.5, 2, 7, 10, 40]
    let chart = histogram(numbers, .ratios)
    #expect(
      chart.bins(numbers)
        == [
          .init(low: nil, high: 1, count: 2, isToZero: true), .init(low: 1, high: 2, count: 2),
          .init(low: 2, high: 5, count: 1), .init(low: 5, high: 10, count: 1),
          .init(low: 10, high: 20, count: 1), .init(low: 20, high: 50, count: 1),
        ])
    #expect(
      chart.textAlternative
        == "Sizes. Median $1.5. Middle half $0 to $7. Number of deals: 8. "
        + "$0 or less: 2, the smallest −$3. $0 or less: 2; $1 to under $2: 2; $2 to under $5: 1; "
        + "$5 to under $10: 1; $10 to under $20: 1; $20 to under $50: 1.")
  }

  @Test("Columns are as high as their counts, and every defined number is in one")
  func heights() {
    let numbers: [Double?] = [1, 1, 1, 1, 2, 3, 6, 7, nil]
    let scene = histogram(numbers).scene(width: 600, theme: .light, measurer: measurer)
    let bins = histogram(numbers).bins(histogram(numbers).known)
    SceneCheck.checkLengths(
      scene.rects(.bar).map(\.height), bins.map { Double($0.count) }, "histogram")
    #expect(bins.reduce(0) { $0 + $1.count } == 8)
    #expect(scene.texts.last?.text == "Number of deals: 8; undefined besides: 1.")
  }
}
