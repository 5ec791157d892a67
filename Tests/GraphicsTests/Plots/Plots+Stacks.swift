import Graphics

/// Parts of a total end to end, and gains against losses.
extension Plots {
  private static func stacked(_ label: String, _ numbers: [Double?]) -> BarChart.Item {
    .init(label, numbers.map { ChartValue($0, $0.map(money) ?? "") })
  }

  private static let kinds = ["New business", "Expansion", "Renewal", "Services"].map {
    BarChart.Series($0)
  }

  private static let byTerritory = [
    stacked("Western Region", [1_240_000, 610_000, 930_000, 88_000]),
    stacked("Central", [612_000, 240_000, 505_000, 21_000]),
    stacked("East", [540_000, 98_000, 410_000, 36_000]),
    stacked("Nordics", [305_000, 152_000, 44_000, nil]),
    stacked("Iberia", [72_000, 18_000, 9_000, 4_000]),
  ]

  private static let gains = [
    BarChart.Series("Gained", tone: .good), BarChart.Series("Lost", tone: .bad),
  ]

  private static func moved(_ label: String, _ numbers: [Double?]) -> BarChart.Item {
    let known = numbers.compactMap { $0 }
    let net = known.isEmpty ? nil : known.reduce(0, +)
    return .init(
      label, numbers.map { ChartValue($0, $0.map(change) ?? "") },
      total: .init(net, net.map(change) ?? ""))
  }

  private static let quarters: [BarChart.Item] = [
    moved("Q1 FY26", [420_000, -130_000]), moved("Q2 FY26", [380_000, -410_000]),
    moved("Q3 FY26", [510_000, -90_000]), moved("Q4 FY26", [890_000, -240_000]),
    moved("Q1 FY27", [300_000, -120_000]), moved("Q2 FY27", [455_000, -60_000]),
    moved("Q3 FY27", [610_000, -350_000]),
  ]

  static let stacks: [Plot] = [
    Plot(
      "stack-bars-kind",
      BarChart(
        heading: ChartHeading(
          takeaway: "Half of what West won is new business; Central lives on renewals.",
          title: "Won deals by territory and kind",
          subtitle: "US dollars, 1 February to 20 November 2026"),
        arrangement: .stacked, series: kinds, items: byTerritory, format: money)),
    Plot(
      "stack-columns-quarters",
      BarChart(
        heading: ChartHeading(
          takeaway: "The open forecast brings Q4 to $2.2\u{A0}M, the best quarter of the year.",
          title: "Won and expected by quarter", subtitle: "US dollars, FY27"),
        orientation: .columns, arrangement: .stacked,
        series: [.init("Won"), .init("Expected", .forecast)],
        items: [
          stacked("Q1", [1_310_000, 0]), stacked("Q2", [1_640_000, 0]),
          stacked("Q3", [1_850_000, 0]), stacked("Q4", [960_000, 1_240_000]),
        ], format: money)),
    Plot(
      "stack-columns-60",
      BarChart(
        heading: ChartHeading(
          title: "Pipeline created by week and source", subtitle: "US dollars, 60 weeks"),
        orientation: .columns, arrangement: .stacked,
        series: ["Outbound", "Inbound", "Partner"].map { .init($0) },
        items: (0..<60).map { week in
          let base = periods(60)[week].values[0].number ?? 0
          return stacked("Week \(week + 1)", [base, (base * 0.6).rounded(), (base / 5).rounded()])
        }, format: money)),
    Plot(
      "stack-bars-negative",
      BarChart(
        heading: ChartHeading(
          takeaway: "Credits take a fifth of what East invoiced.",
          title: "Invoiced by territory and kind", subtitle: "US dollars, October 2026"),
        arrangement: .stacked,
        series: ["Licences", "Support", "Credits"].map { .init($0) },
        items: [
          stacked("West", [310_000, 120_000, -24_000]),
          stacked("East", [150_000, 88_000, -47_000]), stacked("Vacant", [nil, nil, -9_000]),
        ], format: money)),
    Plot(
      "stack-bars-nine-series",
      BarChart(
        heading: ChartHeading(
          title: "Open pipeline by territory and stage", subtitle: "US dollars, 20 November 2026"),
        arrangement: .stacked,
        series: [
          "Prospecting", "Qualification", "Needs", "Value", "Decision makers", "Perception",
          "Proposal", "Negotiation", "Commit",
        ].map { .init($0) },
        items: [
          stacked("West", (1...9).map { Double($0) * 42_000 }),
          stacked("Central", (1...9).map { Double(10 - $0) * 31_000 }),
        ], format: money)),
    Plot(
      "stack-bars-undefined",
      BarChart(
        heading: ChartHeading(title: "Won by kind", subtitle: "US dollars"),
        arrangement: .stacked, series: kinds,
        items: [stacked("West", [nil, nil]), stacked("East", [nil, nil])], format: money)),
    Plot(
      "diverging-bars-accounts",
      BarChart(
        heading: ChartHeading(
          takeaway: "The new model costs Central $410\u{A0}k and gives it to West and Nordics.",
          title: "Recurring revenue gained and lost by territory",
          subtitle: "US dollars a year, planned model against the active one"),
        arrangement: .diverging, series: gains,
        items: [
          moved("Western Region", [480_000, -122_000]), moved("Nordics", [164_000, -12_000]),
          moved("East", [98_000, -98_000]), moved("Iberia", [31_000, -131_000]),
          moved("Central", [40_000, -450_000]), moved("Strategic accounts", [nil, nil]),
        ], format: money)),
    Plot(
      "diverging-columns-quarters",
      BarChart(
        heading: ChartHeading(
          takeaway: "Only in Q2 FY26 was more recurring revenue lost than gained.",
          title: "Recurring revenue gained and lost by quarter", subtitle: "US dollars a year"),
        orientation: .columns, arrangement: .diverging, series: gains, items: quarters,
        format: money)),
    Plot(
      "diverging-bars-four",
      BarChart(
        heading: ChartHeading(
          takeaway: "Churn of $380\u{A0}k ate what West won from new customers.",
          title: "Movement of recurring revenue by territory",
          subtitle: "US dollars a year, Q3 FY27"),
        arrangement: .diverging,
        series: [
          .init("New", tone: .good), .init("Expansion", tone: .good),
          .init("Contraction", tone: .bad), .init("Churned", tone: .bad),
        ],
        items: [
          moved("West", [340_000, 210_000, -60_000, -380_000]),
          moved("Central", [120_000, 88_000, -14_000, -45_000]),
          moved("East", [9_000, 2_000, -3_000, -160_000]),
        ], format: money)),
  ]
}
