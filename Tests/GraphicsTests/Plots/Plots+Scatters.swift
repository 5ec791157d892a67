import Graphics

extension Plots {
  @Sendable static func days(_ number: Double) -> String { "\(Int(number.rounded())) days" }

  /// Deals of plausible size and cycle: the larger, the slower, with a few that are neither.
  static func deals(_ count: Int, groups: [String] = [], seed: UInt64 = 5) -> [ScatterChart.Item] {
    var numbers = Numbers(seed: seed)
    return (0..<count).map { index in
      let bell = (0..<4).reduce(0) { sum, _ in sum + numbers.next() } / 4
      let amount = (4_000 * (1 + 60 * bell * bell * bell)).rounded()
      let cycle = 20 + 300 * bell * (0.5 + numbers.next()) * 0.5
      let outlier = index % 29 == 11
      let (x, y) = outlier ? (amount * 6, 18 + 10 * numbers.next()) : (amount, cycle)
      return .init(
        names.indices.contains(index / 3 - 3) && index % 3 == 0
          ? names[index / 3 - 3] : "Deal \(index + 1)", x: .init(x, money(x)), y: .init(y, days(y)),
        group: groups.isEmpty ? nil : groups[numbers.next(below: groups.count)])
    }
  }

  private static func scatter(
    _ name: String, _ takeaway: String?, _ items: [ScatterChart.Item], log: Bool = false,
    named: Int = 8, references: Bool = false
  ) -> Plot {
    Plot(
      name,
      ScatterChart(
        heading: ChartHeading(
          takeaway: takeaway, title: "Amount and sales cycle of won deals",
          subtitle: "A dot a deal, FY27 to date"),
        x: .init(
          "Amount, US dollars", isLogarithmic: log,
          includesZero: true,
          reference: references ? .init(28_000, "Median amount, $28 k") : nil, format: money),
        y: .init(
          "Days from creation to close", includesZero: true,
          reference: references ? .init(88, "Median cycle, 88 days") : nil, format: days),
        items: items, plural: "deals", named: named,
        empty: "No deal was won in this territory in FY27."))
  }

  static let scatters: [Plot] = [
    scatter(
      "scatter-deals", "Large deals take longer, but the largest closed within a month.", deals(60),
      references: true),
    scatter(
      "scatter-groups", "The deals above $200 k closed fastest, within a month.",
      deals(120, groups: ["Enterprise", "Mid-market", "Public sector"]), log: true),
    scatter("scatter-400", nil, deals(400, seed: 8), log: true, references: true),
    scatter(
      "scatter-5000", "Most of 5,000 deals are below $60 k and take less than half a year.",
      deals(5000, seed: 3), log: true),
    Plot(
      "scatter-sizes",
      ScatterChart(
        heading: ChartHeading(
          takeaway: "Iberia is the one large territory with coverage and win rate below plan.",
          title: "Coverage, win rate and pipeline by territory",
          subtitle: "A dot a territory, 20 November 2026"),
        x: .init(
          "Coverage of the next quarter, %", reference: .init(3, "Coverage wanted, 300 %"),
          format: percent),
        y: .init(
          "Win rate by count, %", reference: .init(0.22, "Company's win rate, 22 %"),
          format: percent),
        items: [
          ("West", 3.4, 0.26, 2.1e6), ("Central", 2.2, 0.24, 9e5), ("East", 4.1, 0.19, 1.4e6),
          ("DACH", 3.1, 0.31, 1.8e6), ("Nordics", 2.8, 0.21, 5e5), ("Iberia", 1.4, 0.14, 1.6e6),
          ("Benelux", 3.6, 0.23, 3e5), ("日本", 2.6, 0.28, 7e5),
        ].map {
          .init(
            $0.0, x: .init($0.1, percent($0.1)), y: .init($0.2, percent($0.2)),
            size: .init($0.3, money($0.3)))
        } + [.init("Vacant", x: .init(nil, ""), y: .init(nil, ""))],
        sizeName: "Pipeline", plural: "territories")),
  ]
}
