import Graphics

extension Plots {
  static func walk(_ count: Int, seed: UInt64, scale: Double = 100_000) -> [Double?] {
    var numbers = Numbers(seed: seed)
    var sum = 5 * scale
    return (0..<count).map { _ in
      sum += (numbers.next() - 0.45) * scale
      return sum.rounded()
    }
  }

  static func series(
    _ name: String, _ notation: Notation, _ numbers: [Double?]
  ) -> LineChart.Series {
    .init(
      name, notation, numbers: numbers,
      lastText: numbers.last { $0 != nil }.flatMap { $0 }.map(money) ?? "–")
  }

  static func series(_ name: String, _ numbers: [Double?]) -> LineChart.Series {
    series(name, .actual, numbers)
  }

  static func line(
    _ title: String, _ labels: [String], _ series: [LineChart.Series], zero: Bool = true
  ) -> LineChart {
    LineChart(
      heading: ChartHeading(title: title, subtitle: "US dollars, at the end of each week"),
      labels: labels, series: series, includesZero: zero,
      empty: "The history begins today: there is no earlier week to compare with.", format: money)
  }

  static func weeks(_ count: Int) -> [String] { (1...count).map { "W\($0)" } }

  static let lines: [Plot] = [
    Plot(
      "lines-pipeline",
      LineChart(
        heading: ChartHeading(
          takeaway: "West's pipeline grew by a sixth in twelve weeks.", title: "Open pipeline",
          subtitle: "US dollars, end of week, FY27"), labels: weeks(12),
        series: [
          series("West", walk(12, seed: 1)), series("East", walk(12, seed: 5)),
          series("West, FY26", .prior, walk(12, seed: 3)),
          series("West, plan", .plan, (0..<12).map { 4e5 + 3e4 * Double($0) }),
        ], format: money)),
    Plot(
      "lines-gaps",
      line(
        "With gaps", weeks(8),
        [
          series("West", [nil, 3e5, 4e5, nil, 2e5, nil, 3e5, 3.2e5]),
          series("East", [1e5, 2e5, nil, nil, nil, nil, nil, nil]),
        ])),
    Plot(
      "lines-forecast",
      LineChart(
        heading: ChartHeading(
          takeaway: "At the present pace FY27 ends at $3.4\u{A0}M, $100\u{A0}k short of plan.",
          title: "Won, cumulated", subtitle: "US dollars by month, FY27"), labels: months,
        series: [
          .init(
            "Won",
            numbers: [0.21, 0.45, 0.8, 1.02, 1.3, 1.71, 1.9, 2.2, 2.61, 2.85, 3.1, 3.4].map {
              $0 * 1e6
            }, lastText: "$3.4 M", forecastFrom: 10),
          series("Plan", .plan, (1...12).map { Double($0) * 3.5e6 / 12 }),
          series("FY26", .prior, (1...12).map { Double($0 * $0) * 2.2e4 }),
        ], format: money)),
    Plot("lines-one-point", line("One week", weeks(1), [series("West", [4e5])])),
    Plot("lines-all-nil", line("No history", weeks(4), [series("West", [nil, nil, nil, nil])])),
    Plot("lines-all-zero", line("All zero", weeks(4), [series("West", [0, 0, 0, 0])])),
    Plot(
      "lines-negative",
      line("Net change", weeks(6), [series("West", [-3e5, 2e5, -1e5, 4e5, -5e5, -2e5])])),
    Plot(
      "lines-same-end",
      line(
        "Five lines that end together", weeks(4),
        (1...5).map { series("Territory \($0)", [Double($0) * 1e5, 3e5, 2.5e5, 2e5]) })),
    Plot(
      "lines-40",
      line(
        "Forty lines", weeks(20), (1...40).map { series("Rep \($0)", walk(20, seed: UInt64($0))) })),
    Plot(
      "lines-400-points",
      line("Daily", (1...400).map { "Day \($0)" }, [series("West", walk(400, seed: 9))])),
    Plot(
      "lines-names",
      line(
        "Names", names,
        names.prefix(7).enumerated().map { series($1, walk(12, seed: UInt64($0 + 20))) })),
    Plot(
      "lines-not-zero",
      line(
        "Far from zero", weeks(10),
        [series("West", walk(10, seed: 2, scale: 10).map { $0.map { $0 + 1e6 } })], zero: false)),
    Plot(
      "lines-outlier",
      line(
        "One huge outlier", weeks(5),
        [series("West", [1, 2, 1e12, 3, 4]), series("East", [5, 4, 3, 2, 1])])),
    Plot(
      "lines-months",
      LineChart(
        heading: ChartHeading(title: "Won, cumulated", subtitle: "US dollars by day, FY27 to date"),
        positions: (0..<292).map(Double.init),
        ticks: [.init(0, "Q1"), .init(89, "Q2"), .init(181, "Q3"), .init(273, "Q4")],
        series: [
          series("FY27", (0..<292).map { Double($0) * 3000 }),
          series("FY26", .prior, (0..<292).map { Double($0 * $0) * 9 }),
        ], format: money)),
  ]

  static let bullets: [Plot] = [
    Plot(
      "bullets-quota",
      BulletChart(
        heading: ChartHeading(
          takeaway: "Two of four territories are at their quota.", title: "Won against quota",
          subtitle: "US dollars, FY27 to date"),
        rows: [
          .init(
            "West", actual: .init(1.24e6, "$1.24 M", tone: .good), target: .init(1.1e6, "$1.10 M"),
            prior: .init(9e5, "$900 k"), bands: [6e5, 9e5, 1.4e6]),
          .init(
            "Central", actual: .init(6.1e5, "$610 k", tone: .bad), target: .init(8e5, "$800 k"),
            prior: .init(7e5, "$700 k"), bands: [4e5, 7e5, 1e6]),
          .init(
            "East", actual: .init(5.4e5, "$540 k", tone: .good), target: .init(5e5, "$500 k"),
            bands: [3e5, 4e5, 6e5]),
          .init(
            "Vacant", actual: .init(nil, ""), target: .init(3e5, "$300 k"), bands: [1e5, 2e5, 4e5]),
        ], format: money)),
    bullet("bullets-empty", []),
    bullet("bullets-one", [.init("Coverage", actual: .init(2.4, "240 %"))], format: percent),
    bullet(
      "bullets-zero-nil",
      [
        .init("A", actual: .init(0, "$0"), target: .init(0, "$0")),
        .init("B", actual: .init(nil, "n/a")),
      ]),
    bullet(
      "bullets-negative",
      [
        .init(
          "Net new", actual: .init(-2e5, "−$200 k"), target: .init(1e5, "$100 k"),
          bands: [-1e5, 1e5, 2e5]),
        .init("Churn", actual: .init(-4e5, "−$400 k"), prior: .init(-3e5, "−$300 k")),
      ]),
    bullet(
      "bullets-names",
      names.enumerated().map {
        .init(
          $1, actual: .init(Double($0 + 1) * 1e4, "$\($0 + 1)0 k"), target: .init(5e4, "$50 k"))
      }),
    bullet(
      "bullets-60",
      (1...60).map {
        .init(
          "Territory \($0)", actual: .init(Double($0) * 1e4, "$\($0)0 k"),
          target: .init(3e5, "$300 k"))
      }),
  ]

  static func bullet(
    _ name: String, _ rows: [BulletChart.Row],
    format: @escaping @Sendable (Double) -> String = money
  ) -> Plot {
    Plot(
      name,
      BulletChart(
        heading: ChartHeading(title: "Won against quota", subtitle: "US dollars"), rows: rows,
        empty: "No quota is set for this territory in FY27.", format: format))
  }
}
