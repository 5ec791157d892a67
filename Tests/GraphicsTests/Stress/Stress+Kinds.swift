import Graphics

/// The kinds of charts that `StressTests` draws: a line or two a kind.
extension Stress {
  static let kinds: [Kind] = simpleKinds + barKinds + lineKinds + mapKinds + treeKinds

  private static let heading = ChartHeading(
    takeaway: "Two of the territories hold more than half of what was won this year.",
    title: "Won deals by territory", subtitle: "US dollars, FY27 to date")

  static let simpleKinds: [Kind] = [
    Kind("bars", length: .width) { items in
      BarChart(
        heading: heading, items: items.map { .init($0.label, [$0.value]) }, format: Plots.money)
    },
    Kind("columns", length: .height) { items in
      BarChart(
        heading: heading, orientation: .columns, items: items.map { .init($0.label, [$0.value]) },
        format: Plots.money)
    },
    Kind("grouped bars") { items in
      BarChart(
        heading: heading, series: Plots.yearSeries,
        items: items.map { .init($0.label, [$0.value, $0.value, $0.value]) }, format: Plots.money)
    },
    Kind("grouped columns") { items in
      BarChart(
        heading: heading, orientation: .columns, series: Plots.yearSeries,
        items: items.map { .init($0.label, [$0.value, $0.value, $0.value]) }, format: Plots.money)
    },
    // A line of 400 points shows them all; it thins their labels only.
    Kind("one line", saysWhatIsCut: false) { items in
      LineChart(
        heading: heading, labels: items.map(\.label),
        series: [.init("West", numbers: items.map(\.number), lastText: items.last?.text ?? "–")],
        format: Plots.money)
    },
    Kind("a line each") { items in
      LineChart(
        heading: heading, labels: ["Q1", "Q2"],
        series: items.map { .init($0.label, numbers: [0, $0.number], lastText: $0.text) },
        format: Plots.money)
    },
    Kind("bullets", length: .width) { items in
      BulletChart(
        heading: heading,
        rows: items.map {
          .init($0.label, actual: $0.value, target: ChartValue(1.2e6, "$1.2 M"), bands: [5e5, 1e6])
        }, format: Plots.money)
    },
  ]
}
