import Graphics

extension Plots {
  private static let products = [
    "Platform", "Analytics", "Connect", "Mobile", "Support", "Training",
  ]

  private static func grid(
    _ rows: [String], _ columns: Int, seed: UInt64, low: Double = 0
  ) -> [HeatMap.Row] {
    var numbers = Numbers(seed: seed)
    return rows.map { row in
      .init(
        row,
        (0..<columns).map { _ in
          let share = numbers.next()
          if share < 0.08 { return ChartValue(nil, "") }
          if share < 0.16 { return ChartValue(0, "$0") }
          let number = ((low + numbers.next() * numbers.next() * (1 - low)) * 900).rounded() * 1000
          return ChartValue(number, money(number))
        })
    }
  }

  static let heats: [Plot] = [
    Plot(
      "heat-products",
      HeatMap(
        heading: ChartHeading(
          takeaway: "Connect in DACH brings most: $710 k a year.",
          title: "Recurring revenue by territory and product",
          subtitle: "US dollars a year, 31 October 2026"), columns: products,
        rows: grid(
          ["West", "Central", "East", "DACH", "Nordics", "Iberia", "Benelux", "日本"], 6, seed: 12),
        noData: "Not sold there", format: money)),
    Plot(
      "heat-change",
      HeatMap(
        heading: ChartHeading(
          takeaway: "Central lost pipeline in three products and gained most in Connect.",
          title: "Change of open pipeline by territory and product",
          subtitle: "US dollars, against the quarter before"), columns: products,
        rows: grid(
          ["West", "Central", "East", "DACH", "Nordics", "Iberia"], 6, seed: 31, low: -0.6),
        format: money)),
    Plot(
      "heat-weeks",
      HeatMap(
        heading: ChartHeading(
          title: "Meetings held by territory and week", subtitle: "Count, the last 52 weeks"),
        columns: weeks(52),
        rows: ["West", "Central", "East", "DACH"].enumerated().map { place, name in
          var numbers = Numbers(seed: UInt64(place + 3))
          return .init(
            name,
            (0..<52).map { _ in
              let count = numbers.next(below: 40)
              return ChartValue(Double(count), "\(count)")
            })
        }, format: { "\(Int($0))" })),
    Plot(
      "heat-400",
      HeatMap(
        heading: ChartHeading(title: "Four hundred accounts", subtitle: "US dollars"),
        columns: ["Q1", "Q2", "Q3", "Q4"],
        rows: grid((1...400).map { "Account \($0)" }, 4, seed: 6), maximum: 20, format: money)),
  ]

  private static func cohorts(_ count: Int, labels: [String], seed: UInt64) -> [CohortChart.Cohort]
  {
    var numbers = Numbers(seed: seed)
    return (0..<count).map { index in
      let size = 24 + numbers.next(below: 40)
      var left = Double(size)
      let shares = (0..<(count - index)).map { age -> ChartValue in
        if age > 0 { left -= (left * 0.09 * numbers.next()).rounded() }
        let share = left / Double(size)
        return index == 1 && age == 3
          ? ChartValue(nil, "") : ChartValue(share, percent(share))
      }
      return .init(labels[index], size: .init(Double(size), "\(size)"), shares: shares)
    }
  }

  static let cohortPlots: [Plot] = [
    Plot(
      "cohorts-months",
      CohortChart(
        heading: ChartHeading(
          takeaway: "Of the accounts won in February, 59 % are still customers.",
          title: "Customers kept by month of the first deal",
          subtitle: "Share of the cohort's accounts, FY27 to date"),
        cohorts: cohorts(12, labels: months, seed: 44),
        names: .init(
          periods: "Months since the first deal", noData: "Export of that month missing"),
        format: percent)),
    Plot(
      "cohorts-three",
      CohortChart(
        heading: ChartHeading(
          title: "Recurring revenue kept", subtitle: "Share of the first month"),
        cohorts: [
          .init(
            "Q1", size: .init(1.2e6, "$1.2 M"),
            shares: [.init(1, "100 %"), .init(1.08, "108 %"), .init(0.97, "97 %")]),
          .init("Q2", size: .init(8e5, "$800 k"), shares: [.init(1, "100 %"), .init(0.7, "70 %")]),
          .init("Q3", size: .init(0, "$0"), shares: [.init(nil, "")]),
        ], names: .init(size: "Revenue", periods: "Quarters since the start"), format: percent)),
    Plot(
      "cohorts-60",
      CohortChart(
        heading: ChartHeading(
          title: "Customers kept over five years", subtitle: "Share of accounts"),
        cohorts: cohorts(60, labels: (0..<60).map { "M\($0 + 1)" }, seed: 9), format: percent)),
  ]
}
