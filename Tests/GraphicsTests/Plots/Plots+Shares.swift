import Foundation
import Graphics

/// Who holds how much of a whole, and how numbers are spread.
extension Plots {
  private static func holders(_ count: Int) -> [ParetoChart.Item] {
    var numbers = Numbers(seed: 5)
    return (0..<count).map { index in
      let number = (pow(numbers.next(), 6) * 3_000_000).rounded()
      return .init("Account \(index + 1)", ChartValue(number, money(number)))
    }
  }

  private static let families: [ParetoChart.Item] = [
    ("Helvetia Insurance", 2_410_000), ("Nordlicht Energie", 1_980_000),
    ("Baltic Shipping", 1_120_000), ("Rhône Chemicals", 640_000), ("Ostsee Logistik", 410_000),
    ("Iberia Foods", 260_000), ("Alpine Rail", 180_000), ("Lusitania Bank", 95_000),
    ("Polder Water", 61_000), ("Skåne Health", 44_000), ("Tatra Steel", 20_000),
    ("Written off", -30_000), ("Unknown", nil),
  ].map { .init($0.0, ChartValue($0.1, $0.1.map(money) ?? "")) }

  private static let spread = holders(120).compactMap(\.value.number)

  static let shares: [Plot] = [
    Plot(
      "pareto-families",
      ParetoChart(
        heading: ChartHeading(
          takeaway: "Four of eleven families bring 85\u{A0}% of recurring revenue.",
          title: "Recurring revenue by family", subtitle: "US dollars a year, October 2026"),
        items: families, what: "families", format: money, rate: percent)),
    Plot(
      "pareto-400",
      ParetoChart(
        heading: ChartHeading(
          title: "Won deals by account", subtitle: "US dollars, trailing four quarters"),
        items: holders(400), what: "accounts", maximum: 15, format: money, rate: percent)),
    Plot(
      "pareto-one-holds-all",
      ParetoChart(
        heading: ChartHeading(title: "Won deals by account", subtitle: "US dollars"),
        items: [("Whale", 9.1e8), ("Minnow", 4e4), ("Shrimp", 3e3)].map {
          .init($0.0, ChartValue($0.1, money($0.1)))
        }, what: "accounts", format: money, rate: percent)),
    Plot(
      "pareto-none-above-zero",
      ParetoChart(
        heading: ChartHeading(title: "Won deals by account", subtitle: "US dollars"),
        items: [
          .init("A", ChartValue(0, "$0")), .init("B", ChartValue(-5, "−$5")),
          .init("C", ChartValue(nil, "")),
        ], what: "accounts", format: money, rate: percent)),
    Plot(
      "lorenz-accounts",
      LorenzChart(
        heading: ChartHeading(
          takeaway: "24 of 120 accounts hold 83\u{A0}% of what was won.",
          title: "How evenly won deals are spread over accounts",
          subtitle: "Shares of US dollars won, trailing four quarters"),
        series: [.init("FY27", numbers: spread)], what: "accounts", rate: percent,
        decimal: decimal)),
    Plot(
      "lorenz-models",
      LorenzChart(
        heading: ChartHeading(
          takeaway: "The planned model spreads the pipeline far more evenly.",
          title: "Open pipeline over territories, by territory model",
          subtitle: "Shares of US dollars, 20 November 2026"),
        series: [
          .init(
            "Planned model", .plan, numbers: [40, 44, 47, 52, 58, 61, 66, 72].map { $0 * 1e4 }),
          .init("Active model", numbers: [4, 9, 12, 38, 51, 66, 90, 170].map { $0 * 1e4 }),
        ], what: "territories", rate: percent, decimal: decimal)),
    Plot(
      "lorenz-negative",
      LorenzChart(
        heading: ChartHeading(
          title: "Net change of recurring revenue over owners", subtitle: "Shares, Q3 FY27"),
        series: [.init("Q3", numbers: [-300, -120, nil, 40, 90, 200, 410, 800])], what: "owners",
        rate: percent, decimal: decimal)),
    Plot(
      "lorenz-zero",
      LorenzChart(
        heading: ChartHeading(title: "Won deals over owners", subtitle: "Shares, Q3 FY27"),
        series: [.init("Q3", numbers: [0, 0, 0])], what: "owners", rate: percent,
        decimal: decimal)),
  ]

  /// Deal sizes with a long tail: the product of four even numbers.
  private static func sizes(_ count: Int) -> [Double?] {
    var numbers = Numbers(seed: 31)
    return (0..<count).map { _ in
      let size = numbers.next() * numbers.next() * numbers.next() * numbers.next() * 2_400_000
      return numbers.next() < 0.03 ? nil : (size / 100).rounded() * 100
    }
  }

  /// Days from creation to closing.
  private static let cycles: [Double?] = {
    var numbers = Numbers(seed: 77)
    return (0..<260).map { _ in
      (20 + 110 * (numbers.next() + numbers.next() + numbers.next()) / 1.5).rounded()
    }
  }()

  @Sendable private static func shortDays(_ number: Double) -> String { "\(Int(number)) d" }

  static let histograms: [Plot] = [
    Plot(
      "histogram-cycle",
      Histogram(
        heading: ChartHeading(
          takeaway: "Half of all deals close within 109 to 161 days.",
          title: "Sales cycle of won deals", subtitle: "Days from creation to closing, FY27"),
        numbers: cycles, what: "won deals", format: shortDays)),
    Plot(
      "histogram-sizes",
      Histogram(
        heading: ChartHeading(
          title: "Size of won deals", subtitle: "US dollars, trailing four quarters"),
        numbers: sizes(400), what: "won deals", format: money)),
    Plot(
      "histogram-sizes-ratios",
      Histogram(
        heading: ChartHeading(
          title: "Size of won deals, in steps of 1, 2 and 5",
          subtitle: "US dollars, trailing four quarters"),
        numbers: sizes(400) + [0, 0, -1200], what: "won deals", spacing: .ratios, format: money)),
    Plot(
      "histogram-outlier",
      Histogram(
        heading: ChartHeading(title: "Age of open deals", subtitle: "Days, 20 November 2026"),
        numbers: cycles + [4_210, 3_900], what: "open deals", format: shortDays)),
    Plot(
      "histogram-one",
      Histogram(
        heading: ChartHeading(title: "Size of won deals", subtitle: "US dollars, Iberia"),
        numbers: [48_000], what: "won deals", format: money)),
    Plot(
      "histogram-undefined",
      Histogram(
        heading: ChartHeading(title: "Size of won deals", subtitle: "US dollars, Iberia"),
        numbers: [nil, nil, nil], what: "won deals", format: money)),
  ]
}
