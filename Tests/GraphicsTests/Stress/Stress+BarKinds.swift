import Graphics

/// Kinds of charts made of bars: stacks, waterfall, funnel, Pareto, histogram, Lorenz.
extension Stress {
  private static let heading = ChartHeading(
    title: "Won deals by territory", subtitle: "US dollars, FY27 to date")

  private static func parts(_ item: Item) -> [ChartValue] {
    [1.0, 0.4, -0.3, 0.02].map { share in
      let number = item.number.map { ($0 * share).rounded() }
      return ChartValue(number, number.map(Plots.money) ?? "–")
    }
  }

  private static func stack(
    _ arrangement: BarChart.Arrangement, _ orientation: BarChart.Orientation, _ items: [Item]
  ) -> BarChart {
    BarChart(
      heading: heading, orientation: orientation, arrangement: arrangement,
      series: [
        .init("New", tone: arrangement == .diverging ? .good : .plain),
        .init("Expansion", .forecast, tone: arrangement == .diverging ? .good : .plain),
        .init("Churned", tone: arrangement == .diverging ? .bad : .plain), .init("Services"),
      ], items: items.map { .init($0.label, parts($0)) }, format: Plots.money)
  }

  static let barKinds: [Kind] = [
    Kind("stacked bars") { stack(.stacked, .bars, $0) },
    Kind("stacked columns") { stack(.stacked, .columns, $0) },
    Kind("diverging bars") { stack(.diverging, .bars, $0) },
    Kind("diverging columns") { stack(.diverging, .columns, $0) },
    Kind("stack of each") { items in
      BarChart(
        heading: heading, arrangement: .stacked, series: items.map { .init($0.label) },
        items: items.isEmpty ? [] : [.init("All 400 of them", items.map(\.value))],
        format: Plots.money)
    },
    Kind("waterfall") { items in
      Plots.bridge(
        heading,
        [.level("Opening", .init(5e6, "$5 M"))]
          + items.map { .movement($0.label, $0.value) } + [.level("Closing")])
    },
    Kind("lying waterfall") { items in
      Plots.bridge(
        heading, items.map { .movement($0.label, $0.value) } + [.level("Closing")],
        orientation: .bars)
    },
    Kind("funnel", length: .width) { items in
      FunnelChart(
        heading: heading, stages: items.map { .init($0.label, $0.value, detail: "12 deals") },
        rate: Plots.percent)
    },
    Kind("Pareto") { items in
      ParetoChart(
        heading: heading, items: items.map { .init($0.label, $0.value) }, what: "accounts",
        format: Plots.money, rate: Plots.percent)
    },
    Kind("histogram") { items in
      Histogram(
        heading: heading, numbers: items.map(\.number), what: "deals", format: Plots.money)
    },
    Kind("histogram of ratios") { items in
      Histogram(
        heading: heading, numbers: items.map(\.number), what: "deals", spacing: .ratios,
        format: Plots.money)
    },
    Kind("Lorenz") { items in
      LorenzChart(
        heading: heading, series: [.init("FY27", numbers: items.map(\.number))], what: "accounts",
        rate: Plots.percent, decimal: Plots.decimal)
    },
    Kind("two Lorenz curves") { items in
      LorenzChart(
        heading: heading,
        series: [
          .init("FY27 \(items.first?.label ?? "")", numbers: items.map(\.number)),
          .init("FY26", .prior, numbers: [1, 2, 3, 4]),
        ], what: "accounts", rate: Plots.percent, decimal: Plots.decimal)
    },
  ]
}
