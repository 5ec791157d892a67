import Graphics

extension Plots {
  static let wonHeading = ChartHeading(
    takeaway: "West won $1.2 M, more than Central and East together.",
    title: "Won deals by territory", subtitle: "US dollars, 1 February to 20 November 2026")

  static let wonItems: [BarChart.Item] = [
    .init("West", 1_240_000, "$1.24 M"), .init("Central", 612_000, "$612 k"),
    .init("East", 540_300, "$540 k"), .init("Iberia", 0, "$0"), .init("Vacant", nil, ""),
  ]

  static func items(_ count: Int, seed: UInt64 = 7) -> [BarChart.Item] {
    var numbers = Numbers(seed: seed)
    return (0..<count).map { index in
      let number = (numbers.next() * numbers.next() * 2_000_000).rounded()
      return .init("Account \(index + 1)", number, money(number))
    }
  }

  static func bar(
    _ title: String, _ items: [BarChart.Item], series: [BarChart.Series] = [],
    orientation: BarChart.Orientation = .bars, overflow: BarChart.Overflow? = nil
  ) -> BarChart {
    BarChart(
      heading: ChartHeading(title: title, subtitle: "US dollars"), orientation: orientation,
      series: series, items: items, overflow: overflow,
      empty: "No deal was won in this territory between 1 and 7 November 2026.", format: money)
  }

  static let withRest = BarChart.Overflow(
    maximum: 12,
    rest: { items in
      let sum = items.compactMap { $0.values.first?.number }.reduce(0, +)
      return BarChart.Item("Other (\(items.count))", sum, money(sum), tone: .muted)
    }, note: { "The \($0) largest of \($1) are named; the rest is one bar." })

  static let yearSeries = [
    BarChart.Series("FY27", .actual), BarChart.Series("FY26", .prior),
    BarChart.Series("Plan", .plan),
  ]

  static let yearItems: [BarChart.Item] = [
    .init("West", [.init(1.24e6, "$1.24 M"), .init(1.1e6, "$1.10 M"), .init(1.3e6, "$1.30 M")]),
    .init("Central", [.init(6.1e5, "$610 k"), .init(7e5, "$700 k"), .init(6e5, "$600 k")]),
    .init("East", [.init(5.4e5, "$540 k"), .init(nil, ""), .init(5e5, "$500 k")]),
  ]

  static let bars: [Plot] = [
    Plot(
      "bars-won", BarChart(heading: wonHeading, items: wonItems, format: money)),
    Plot("bars-one", bar("One territory", Array(wonItems.prefix(1)))),
    Plot("bars-empty", bar("Won deals by territory", [])),
    Plot("bars-all-zero", bar("All zero", ["A", "B", "C"].map { .init($0, 0, "$0") })),
    Plot("bars-all-nil", bar("All undefined", ["A", "B", "C"].map { .init($0, nil, "") })),
    Plot(
      "bars-not-finite",
      bar("Not finite", [.init("A", .infinity, "∞"), .init("B", .nan, "nan"), .init("C", 2, "$2")])),
    Plot(
      "bars-negative",
      bar(
        "Change of recurring revenue",
        [
          .init("West", 240_000, "+$240 k", tone: .good),
          .init("Central", -612_000, "−$612 k", tone: .bad),
          .init("East", -54_030, "−$54 k", tone: .bad), .init("South", 0, "±$0"),
        ])),
    Plot(
      "bars-all-negative",
      bar(
        "Churn", [.init("West", -240, "−$240"), .init("East", -1000, "−$1 k"), .init("X", nil, "")])
    ),
    Plot(
      "bars-outlier",
      bar("One huge outlier", items(6) + [.init("Whale", 1e12, "$1,000,000 M")])),
    Plot("bars-12", bar("Twelve accounts", items(12))),
    Plot("bars-60", bar("Sixty accounts", items(60))),
    Plot("bars-400-rest", bar("Four hundred accounts", items(400), overflow: withRest)),
    Plot(
      "bars-names",
      bar(
        "Names of the world: " + names[0],
        names.enumerated().map { .init($1, Double($0 + 1) * 10_000, "$\(($0 + 1) * 10) k") })),
    Plot("bars-grouped", bar("Won by territory, with plan", yearItems, series: yearSeries)),
    Plot(
      "bars-grouped-actuals",
      bar(
        "Four kinds of deal",
        (1...3).map { item in
          .init(
            "Territory \(item)",
            (1...4).map { .init(Double(item * $0) * 1000, "$\(item * $0) k") })
        }, series: ["New", "Expansion", "Renewal", "Services"].map { .init($0) })),
    Plot(
      "bars-long-both",
      bar(
        "Long names and long values",
        names.enumerated().map {
          let number = Double($0 % 2 == 0 ? $0 + 1 : -$0) * 1_234_567.89
          return .init($1, number, number < 0 ? "−$1,234,567.89 to date" : "+$1,234,567.89 to date")
        })),
    Plot(
      "bars-long-values",
      bar(
        "Values as long as the chart",
        [
          .init("A", 5, "five dollars, which is a very long text for one number of one bar"),
          .init("B", -3, "minus three dollars, which is as long as the one before it"),
        ])),
  ]

  static let months = [
    "Feb 2026", "Mar 2026", "Apr 2026", "May 2026", "Jun 2026", "Jul 2026", "Aug 2026", "Sep 2026",
    "Oct 2026", "Nov 2026", "Dec 2026", "Jan 2027",
  ]

  static func periods(_ count: Int, low: Double = 0) -> [BarChart.Item] {
    var numbers = Numbers(seed: 11)
    return (0..<count).map { index in
      let number = ((low + numbers.next() * (1 - low)) * 900_000).rounded()
      return .init(count <= 12 ? months[index] : "Week \(index + 1)", number, money(number))
    }
  }

  static let columns: [Plot] = [
    Plot("columns-3", bar("Won by month", periods(3), orientation: .columns)),
    Plot("columns-12", bar("Won by month", periods(12), orientation: .columns)),
    Plot(
      "columns-12-negative",
      bar("Net new revenue by month", periods(12, low: -0.8), orientation: .columns)),
    Plot("columns-60", bar("Won by week", periods(60), orientation: .columns)),
    Plot("columns-400", bar("Won by week", periods(400), orientation: .columns)),
    Plot("columns-empty", bar("Won by week", [], orientation: .columns)),
    Plot(
      "columns-zero-nil",
      bar(
        "Nothing yet", [.init("Q1", 0, "$0"), .init("Q2", nil, "")], orientation: .columns)),
    Plot(
      "columns-grouped",
      bar("Won by territory, with plan", yearItems, series: yearSeries, orientation: .columns)),
    Plot(
      "columns-forecast",
      BarChart(
        heading: ChartHeading(
          title: "Won by month", subtitle: "US dollars; November 2026 to January 2027 expected"),
        orientation: .columns,
        items: periods(12).enumerated().map { index, item in
          let value = item.values[0]
          return .init(
            item.label,
            [ChartValue(value.number, value.text, notation: index > 8 ? .forecast : nil)])
        }, format: money)),
    Plot(
      "bars-notation",
      bar(
        "Four notations",
        [
          .init("West", [.init(5, "$5"), .init(4, "$4"), .init(6, "$6"), .init(7, "$7")]),
          .init("East", [.init(-3, "−$3"), .init(2, "$2"), .init(3, "$3"), .init(-1, "−$1")]),
        ],
        series: [
          .init("Actual"), .init("Forecast", .forecast), .init("Prior year", .prior),
          .init("Plan", .plan),
        ])),
    Plot(
      "columns-names",
      bar(
        "Names", names.prefix(6).map { .init($0, 12_000, "$12 k") }, orientation: .columns)),
  ]
}
