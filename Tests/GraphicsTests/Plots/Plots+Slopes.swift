import Graphics

extension Plots {
  static func slope(_ label: String, _ before: Double?, _ after: Double?) -> SlopeChart.Item {
    let tone: Tone =
      switch (before, after) {
      case (let before?, let after?) where after > before * 1.02: .good
      case (let before?, let after?) where after < before * 0.98: .bad
      default: .plain
      }
    return .init(
      label, before: ChartValue(before, before.map(money) ?? "–"),
      after: ChartValue(after, after.map(money) ?? "–", tone: tone))
  }

  static let slopes: [Plot] = [
    Plot(
      "slopes-territories",
      SlopeChart(
        heading: ChartHeading(
          takeaway: "DACH overtook Central; Iberia lost a third of what it won.",
          title: "Won deals by territory", subtitle: "US dollars, first three quarters"),
        times: .init(before: "FY26", after: "FY27"),
        items: [
          slope("West", 1_120_000, 1_240_000), slope("Central", 702_000, 612_000),
          slope("East", 548_000, 540_300), slope("DACH", 430_000, 655_000),
          slope("Nordics", 390_000, 402_000), slope("Iberia", 310_000, 205_000),
          slope("Benelux", nil, 180_000),
        ])),
    Plot(
      "slopes-two",
      SlopeChart(
        heading: ChartHeading(title: "Win rate by count", subtitle: "Share of decided deals"),
        times: .init(before: "Before the change of model", after: "After the change of model"),
        items: [
          .init(
            "New business", before: .init(0.21, "21 %"), after: .init(0.24, "24 %", tone: .good)),
          .init("Expansion", before: .init(0.44, "44 %"), after: .init(0.44, "44 %")),
        ])),
    Plot(
      "slopes-60",
      SlopeChart(
        heading: ChartHeading(
          takeaway: "Account 50 gained most, Account 1 lost most.",
          title: "Recurring revenue of the 60 largest accounts",
          subtitle: "US dollars a year, at the quarter's end"),
        times: .init(before: "30 April 2026", after: "31 October 2026"),
        items: items(60, seed: 19).enumerated().map { index, item in
          var numbers = Numbers(seed: UInt64(index))
          let before = item.values[0].number ?? 0
          let jump = index % 7 == 0 ? (numbers.next() - 0.4) * 400_000 : 0
          let after = max(0, before * (0.9 + 0.2 * numbers.next()) + jump)
          return slope(item.label, before, after.rounded())
        }, named: 8)),
    Plot(
      "slopes-same",
      SlopeChart(
        heading: ChartHeading(title: "All equal", subtitle: "US dollars"),
        times: .init(before: "Q2", after: "Q3"),
        items: names.prefix(9).map { slope($0, 120_000, 120_000) })),
  ]
}
