import Graphics

extension Plots {
  static let sparklines: [Plot] = [
    Plot(
      "spark-cell",
      Sparkline(
        numbers: [410, 432, 455, 470, 441, 420, 466, 510, 528, 515, 540, 562], lastText: "$562 k",
        extremes: .init(low: "$410 k", high: "$562 k"))),
    Plot(
      "spark-gaps",
      Sparkline(numbers: [4, nil, 6, 8, nil, nil, -3, 2, 1, 5, nil], lastText: "5", height: 14)),
    Plot("spark-level", Sparkline(numbers: [0, 0, 0, 0], lastText: "$0")),
    Plot("spark-one", Sparkline(numbers: [7], lastText: "7")),
    Plot("spark-none", Sparkline(numbers: [nil, nil], lastText: "")),
    Plot(
      "spark-titled",
      Sparkline(
        heading: ChartHeading(title: "Open pipeline", subtitle: "US dollars, the last 60 weeks"),
        numbers: walk(60, seed: 77), lastText: "$612 k", height: 32)),
  ]

  private static func panel(_ name: String, seed: UInt64, scale: Double = 1) -> SmallMultiples.Panel
  {
    .init(
      name,
      series: [
        series("FY27", walk(12, seed: seed, scale: 1e5 * scale)),
        series("FY26", .prior, walk(12, seed: seed + 50, scale: 0.9e5 * scale)),
      ])
  }

  private static let territories = [
    "West", "Central", "East", "DACH", "Nordics", "Iberia", "Benelux", "日本",
  ]

  static let multiples: [Plot] = [
    Plot(
      "multiples-territories",
      SmallMultiples(
        heading: ChartHeading(
          takeaway: "Central has the most open pipeline, half more than a year ago.",
          title: "Open pipeline by territory", subtitle: "US dollars, end of month, FY27 and FY26"),
        labels: months,
        panels: territories.enumerated().map {
          panel($1, seed: UInt64($0 + 1), scale: 1 / Double($0 / 2 + 1))
        }, plural: "territories", format: money)),
    Plot(
      "multiples-columns",
      SmallMultiples(
        heading: ChartHeading(
          takeaway: "DACH and East gained recurring revenue in January; three others lost some.",
          title: "Net new recurring revenue by territory", subtitle: "US dollars a month, FY27"),
        content: .columns, labels: months,
        panels: territories.prefix(5).enumerated().map { place, name in
          let numbers = periods(12 + place, low: -0.5).suffix(12).map(\.values[0].number)
          return .init(name, series: [series(name, numbers)])
        } + [.init("Vacant", series: [series("Vacant", [])])], format: money)),
    Plot(
      "multiples-60",
      SmallMultiples(
        heading: ChartHeading(title: "Open pipeline by person", subtitle: "US dollars"),
        labels: months,
        panels: (1...60).map { panel($0 <= 12 ? names[$0 - 1] : "Person \($0)", seed: UInt64($0)) },
        plural: "people", format: money)),
  ]

  private static func families(_ count: Int, groups: Int) -> [Treemap.Item] {
    var numbers = Numbers(seed: 21)
    return (0..<count).map { index in
      let share = numbers.next()
      let amount = (3e6 * share * share * share * share).rounded()
      return .init(
        index < names.count ? names[index] : "Family \(index + 1)", .init(amount, money(amount)),
        group: groups == 0 || index % 17 == 5 ? nil : territories[numbers.next(below: groups)])
    }
  }

  static let treemaps: [Plot] = [
    Plot(
      "treemap-families",
      Treemap(
        heading: ChartHeading(
          takeaway: "Five of 80 families pay 30 % of the recurring revenue.",
          title: "Recurring revenue by family", subtitle: "US dollars a year; colour: territory"),
        items: families(80, groups: 4)
          + [
            .init("Credit note", .init(-40_000, "−$40 k")), .init("Prospect", .init(0, "$0")),
            .init("Unknown", .init(nil, "")),
          ], plural: "families", format: money)),
    Plot(
      "treemap-plain",
      Treemap(
        heading: ChartHeading(title: "Won by product", subtitle: "US dollars, FY27 to date"),
        items: zip(
          ["Platform", "Analytics", "Connect", "Support"], [1.24e6, 6.1e5, 3.3e5, 4.5e4]
        ).map { .init($0, .init($1, money($1))) }, plural: "products", format: money)),
    Plot(
      "treemap-400",
      Treemap(
        heading: ChartHeading(title: "Recurring revenue by family", subtitle: "US dollars a year"),
        items: families(400, groups: 8), plural: "families", format: money)),
  ]

  /// Every plot of a chart of lines, areas, points and cells.
  static let lineCharts: [Plot] =
    areas + slopes + scatters + heats + cohortPlots + sparklines + multiples + treemaps
}
