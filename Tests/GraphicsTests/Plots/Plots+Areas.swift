import Graphics

extension Plots {
  static func area(_ name: String, _ numbers: [Double?]) -> AreaChart.Series {
    .init(name, numbers: numbers, lastText: numbers.last.flatMap { $0 }.map(money) ?? "–")
  }

  /// The open pipeline by stage at the ends of twelve weeks, in dollars.
  private static let stages: [AreaChart.Series] = [
    area(
      "Qualify",
      [410, 432, 455, 470, 441, 420, 466, 510, 528, 515, 540, 562].map { $0 * 1000 }),
    area(
      "Develop", [380, 371, 390, 405, 430, 445, 428, 410, 436, 470, 482, 475].map { $0 * 1000 }),
    area(
      "Propose", [220, 245, 238, 251, 270, 288, 301, 285, 262, 280, 295, 310].map { $0 * 1000 }),
    area("Negotiate", [95, 88, 120, 134, 118, 96, 110, 142, 160, 133, 121, 148].map { $0 * 1000 }),
  ]

  static let areas: [Plot] = [
    Plot(
      "areas-stages",
      AreaChart(
        heading: ChartHeading(
          takeaway: "The open pipeline is $1.5 M, a third more than twelve weeks ago.",
          title: "Open pipeline by stage", subtitle: "US dollars, end of week, W1 to W12 of FY27"),
        labels: weeks(12), series: stages, order: .given, totalText: "$1.495 M", format: money)),
    Plot(
      "areas-one",
      AreaChart(
        heading: ChartHeading(
          takeaway: "Net new recurring revenue turned positive in week 7.",
          title: "Net new recurring revenue", subtitle: "US dollars, cumulated by week"),
        labels: weeks(12),
        series: [
          area(
            "Net new",
            [-12, -30, -41, -38, -20, -6, 8, 22, 31, 47, 58, 74].map { $0 * 1000 })
        ], format: money)),
    Plot(
      "areas-gaps",
      AreaChart(
        heading: ChartHeading(title: "Open pipeline", subtitle: "US dollars, end of week"),
        labels: weeks(9),
        series: [
          area("West", [3e5, 3.2e5, nil, 2.9e5, nil, nil, 3.6e5, 3.9e5, 4.1e5]),
          area("East", [nil, 1.1e5, nil, 1.4e5, nil, nil, 1.2e5, nil, nil]),
        ], format: money)),
    Plot(
      "areas-refused",
      AreaChart(
        heading: ChartHeading(title: "Net new revenue by territory", subtitle: "US dollars"),
        labels: weeks(4), series: [area("West", [1, 2, 3, 4]), area("East", [1, -2, 3, 4])],
        format: money)),
    Plot(
      "areas-20",
      AreaChart(
        heading: ChartHeading(
          title: "Open pipeline by territory", subtitle: "US dollars, end of week"),
        labels: weeks(26),
        series: (1...20).map { index in
          area(
            "Territory \(index)",
            walk(26, seed: UInt64(index + 40), scale: 3e5 / Double(index)).map { max(0, $0 ?? 0) })
        }, format: money)),
  ]
}
