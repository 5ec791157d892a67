import Graphics

/// Kinds of charts of lines, areas and points.
extension Stress {
  private static let heading = ChartHeading(
    takeaway: "Two of the territories hold more than half of what was won this year.",
    title: "Won deals by territory", subtitle: "US dollars, FY27 to date")

  static let lineKinds: [Kind] = [
    Kind("one area", saysWhatIsCut: false) { items in
      AreaChart(
        heading: heading, labels: items.map(\.label),
        series: [.init("West", numbers: items.map(\.number), lastText: items.last?.text ?? "–")],
        format: Plots.money)
    },
    Kind("an area each", saysWhatIsCut: false) { items in
      AreaChart(
        heading: heading, labels: ["Q1", "Q2"],
        series: items.map { .init($0.label, numbers: [0, $0.number], lastText: $0.text) },
        format: Plots.money)
    },
    Kind("slopes") { items in
      SlopeChart(
        heading: heading, times: .init(before: "FY26", after: "FY27"),
        items: items.enumerated().map {
          .init($1.label, before: items[items.count - 1 - $0].value, after: $1.value)
        })
    },
    Kind("scatter") { items in
      ScatterChart(
        heading: heading, x: .init("Won, US dollars", format: Plots.money),
        y: .init("Rank", includesZero: true, format: { "\(Int($0))" }),
        items: items.enumerated().map {
          .init($1.label, x: $1.value, y: .init(Double($0), "\($0)"), size: $1.value)
        })
    },
    Kind("scatter of ratios") { items in
      ScatterChart(
        heading: heading,
        x: .init(
          "Won, US dollars", isLogarithmic: true, reference: .init(1e5, "$100 k"),
          format: Plots.money),
        y: .init("Won, US dollars", isLogarithmic: true, format: Plots.money),
        items: items.map { .init($0.label, x: $0.value, y: $0.value, group: $0.label) })
    },
    Kind("heat map") { items in
      HeatMap(
        heading: heading, columns: ["Q1", "Q2", "Q3"],
        rows: items.map { .init($0.label, [$0.value, ChartValue(0, "$0"), ChartValue(nil, "")]) },
        format: Plots.money)
    },
    Kind("wide heat map") { items in
      HeatMap(
        heading: heading, columns: items.map(\.label),
        rows: [.init("West", items.map(\.value)), .init("East", items.reversed().map(\.value))],
        format: Plots.money)
    },
    Kind("cohorts") { items in
      CohortChart(
        heading: heading,
        cohorts: items.enumerated().map { place, item in
          .init(
            item.label, size: item.value,
            shares: (0..<min(24, items.count - place)).map { age in
              let share = item.number.map { _ in 1 / Double(age + 1) }
              return ChartValue(share, share.map(Plots.percent) ?? "")
            })
        }, format: Plots.percent)
    },
    Kind("sparkline", saysWhatIsCut: false) { items in
      Sparkline(numbers: items.map(\.number), lastText: items.last?.text ?? "")
    },
    Kind("panels of lines") { items in
      SmallMultiples(
        heading: heading, labels: items.prefix(6).map(\.label),
        panels: items.map { item in
          .init(
            item.label,
            series: [
              .init(
                item.label, numbers: [item.number, 2e5, nil, item.number], lastText: item.text)
            ])
        }, format: Plots.money)
    },
    Kind("panels of columns") { items in
      SmallMultiples(
        heading: heading, content: .columns, labels: ["Q1", "Q2", "Q3"],
        panels: items.map { item in
          .init(
            item.label,
            series: [
              .init(
                item.label, numbers: [item.number, 2e5, nil], lastText: item.text, forecastFrom: 1)
            ])
        }, format: Plots.money)
    },
    Kind("treemap") { items in
      Treemap(
        heading: heading,
        items: items.enumerated().map {
          .init($1.label, $1.value, group: $0 % 4 == 0 ? nil : "Group \($0 % 13)")
        }, format: Plots.money)
    },
  ]
}
