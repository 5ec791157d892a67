import Graphics

/// Bridges and funnels: how one number became another.
extension Plots {
  /// A bridge that adds up, or a chart that says why it does not: no plot is lost in silence.
  static func bridge(
    _ heading: ChartHeading, _ steps: [WaterfallChart.Step],
    orientation: BarChart.Orientation = .columns, moreIsBetter: Bool? = true
  ) -> any Chart {
    do {
      return try WaterfallChart(
        heading: heading, orientation: orientation, steps: steps, moreIsBetter: moreIsBetter,
        format: money)
    } catch {
      return bar(error.description, [])
    }
  }

  private static func moved(_ label: String, _ number: Double) -> WaterfallChart.Step {
    .movement(label, ChartValue(number, change(number)))
  }

  private static let pipeline: [WaterfallChart.Step] = [
    .level("Open 13 Nov", .init(4_810_000, "$4.81 M")), moved("Created", 620_000),
    moved("Moved in", 240_000), moved("Increased", 95_000), moved("Decreased", -130_000),
    moved("Won", -410_000), moved("Lost", -280_000), moved("Pushed", -515_000),
    .level("Open 20 Nov", .init(4_430_000, "$4.43 M")),
  ]

  static let bridges: [Plot] = [
    Plot(
      "waterfall-pipeline",
      bridge(
        ChartHeading(
          takeaway:
            "The pipeline of the quarter fell by $380\u{A0}k; pushed deals alone took $515\u{A0}k.",
          title: "Pipeline movement, West",
          subtitle: "US dollars, closing in Q4 FY27, 13 to 20 November 2026"), pipeline)),
    Plot(
      "waterfall-recurring",
      bridge(
        ChartHeading(
          takeaway: "New business outran churn in both halves of the year.",
          title: "Bridge of recurring revenue", subtitle: "US dollars a year, FY27"),
        [
          .level("FY26", .init(8_200_000, "$8.2 M"), notation: .prior), moved("New", 910_000),
          moved("Expansion", 340_000), moved("Churned", -520_000), .level("H1"),
          moved("New ", 640_000), moved("Contraction", -110_000), moved("Churned ", -230_000),
          .level("FY27", notation: .forecast),
        ])),
    Plot(
      "waterfall-below-zero",
      bridge(
        ChartHeading(
          title: "Gap to quota by what became of it", subtitle: "US dollars, Q3 FY27"),
        [
          .level("Start", .init(300_000, "$300 k")), moved("Slipped", -450_000),
          moved("Won early", 60_000), moved("Lost", -220_000), .level("End"),
        ])),
    Plot(
      "waterfall-costs",
      bridge(
        ChartHeading(
          takeaway: "Unassigned accounts grew by $49\u{A0}k, although $41\u{A0}k were assigned.",
          title: "Unassigned accounts", subtitle: "Worth, US dollars, October 2026"),
        [
          .level("1 Oct", .init(120_000, "$120 k")), moved("Imported", 90_000),
          moved("Assigned", -41_000), .level("31 Oct"),
        ], orientation: .bars, moreIsBetter: false)),
    Plot(
      "waterfall-60",
      bridge(
        ChartHeading(
          title: "Change of the commit by deal", subtitle: "US dollars, 13 to 20 November 2026"),
        [.level("Commit 13 Nov", .init(2_000_000, "$2 M"))]
          + items(60).enumerated().map { index, item in
            let number = (item.values[0].number ?? 0) * (index % 3 == 0 ? -0.4 : 0.2)
            return moved(item.label, number.rounded())
          } + [.level("Commit 20 Nov")])),
    Plot(
      "waterfall-names",
      bridge(
        ChartHeading(title: "Accounts by name", subtitle: "US dollars"),
        names.enumerated().map { moved($1, $0 % 2 == 0 ? 120_000 : -80_000) } + [.level("Sum")])),
    Plot(
      "waterfall-undefined",
      bridge(
        ChartHeading(title: "Nothing is known", subtitle: "US dollars"),
        [
          .level("Opening", .init(nil, "")), .movement("Won", .init(nil, "")),
          .level("Closing"),
        ])),
  ]

  private static func stage(_ label: String, _ count: Int, _ amount: String?)
    -> FunnelChart.Stage
  {
    .init(label, ChartValue(Double(count), "\(count) deals"), detail: amount)
  }

  static let funnels: [Plot] = [
    Plot(
      "funnel-stages",
      FunnelChart(
        heading: ChartHeading(
          takeaway: "Two of three deals end between qualification and proposal.",
          title: "Deals created in Q2 FY27 by the furthest stage they reached",
          subtitle: "Number of deals and their amount in US dollars, as of 20 November 2026"),
        stages: [
          stage("Prospecting", 412, "$18.4 M"), stage("Qualification", 301, "$14.9 M"),
          stage("Needs analysis", 174, "$10.2 M"), stage("Proposal", 98, "$7.1 M"),
          stage("Negotiation", 71, "$5.3 M"), stage("Won", 44, "$2.9 M"),
        ], rate: percent)),
    Plot(
      "funnel-leads",
      FunnelChart(
        heading: ChartHeading(
          title: "Leads to customers, Nordics", subtitle: "Number of leads, FY27 to date"),
        stages: [
          .init("Leads", ChartValue(12_480, "12,480")),
          .init("Accepted", ChartValue(3_120, "3,120")),
          .init("Converted", ChartValue(405, "405")), .init("Reopened", ChartValue(466, "466")),
          .init("Partner deals", ChartValue(nil, "")), .init("Customers", ChartValue(9, "9")),
        ], rate: percent)),
    Plot(
      "funnel-empty",
      FunnelChart(
        heading: ChartHeading(title: "Leads to customers", subtitle: "Number of leads, FY27"),
        stages: [], empty: "No lead was created in this territory in FY27.", rate: percent)),
  ]
}
