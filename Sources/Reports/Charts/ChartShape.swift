import Metrics
import Records

/// What is asked of a picture, as far as it decides which kinds of chart can show it.
struct ChartShape {
  /// A metric as a chart sees it.
  struct Measured {
    let name: String
    let title: String
    let unit: Unit
    let additivity: Additivity
    let facts: [Fact]
    /// Whether a span in progress holds less than it will: what is counted by a date of the past.
    let growsWithTime: Bool
    /// Whether it is a state as of one day, which has no earlier period.
    let isState: Bool
    /// The figure of no rows: zero of what adds up, else undefined.
    let ofNothing: Ratio?

    init(_ metric: Metric, _ catalogue: MetricCatalogue) {
      name = metric.name
      title = metric.title
      unit = metric.unit
      additivity = catalogue.additivity(of: metric.name)
      facts = catalogue.facts(of: metric.name)
      let measures = catalogue.measures(of: metric.name).map(\.measure)
      isState = measures.allSatisfy { $0.date == nil }
      growsWithTime = measures.contains { $0.date != nil && $0.fact != .quotas }
      let hasNothing = measures.contains(where: \.isUndefinedWithoutRows)
      // Whoever counts distinct things and finds none has counted nothing.
      let isCounted =
        !measures.isEmpty && unit == .count
        && measures.allSatisfy { $0.aggregate == .countDistinct }
      ofNothing =
        (additivity == .nonAdditive && !isCounted) || hasNothing ? nil : Ratio(0, over: 1)
    }

    /// A column of a standard table.
    init(_ column: MetricColumn, adds: Bool) {
      name = column.name
      title = column.title
      unit = column.unit
      additivity = adds ? .additive : .nonAdditive
      facts = []
      growsWithTime = false
      isState = true
      ofNothing = adds ? Ratio(0, over: 1) : nil
    }

    /// Whether figures of several members have a sum that means something.
    func adds(along dimension: Dimension) -> Bool {
      additivity == .additive || (additivity == .semiAdditive && !dimension.isTime)
    }

    /// Whether it is a level and no quantity: a rate, a mean, a median.
    var isLevel: Bool {
      switch unit {
      case .rate, .meanDays, .mean, .days: true
      default: additivity == .nonAdditive && ofNothing == nil && !isCounted
      }
    }

    /// Distinct things are counted: a quantity whose parts overlap.
    private var isCounted: Bool { unit == .count }
  }

  let metrics: [Measured]
  let by: [Dimension]
  let hasEarlier: Bool

  init(_ query: Query, _ catalogue: MetricCatalogue, hasEarlier: Bool) {
    metrics = query.metrics.compactMap { catalogue[$0] }.map { Measured($0, catalogue) }
    by = query.by
    self.hasEarlier = hasEarlier
  }

  init(metrics: [Measured], by: [Dimension], hasEarlier: Bool = false) {
    self.metrics = metrics
    self.by = by
    self.hasEarlier = hasEarlier
  }

  /// What runs along the axis: time where there is some, else the first dimension.
  var axis: Dimension? { by.first(where: \.isTime) ?? by.first }

  /// What tells series apart.
  var other: Dimension? { by.count > 1 ? by.first { $0 != axis } : nil }

  var isOverTime: Bool { axis?.isTime ?? false }

  /// Whether all metrics share one unit, as what stands on one axis must.
  var isOneUnit: Bool { Set(metrics.map(\.unit)).count <= 1 }

  /// Whether the second metric is a quota, against which the first is held.
  var hasTarget: Bool {
    metrics.count == 2 && metrics[1].facts == [.quotas] && metrics[0].facts != [.quotas]
      && isOneUnit
  }

  /// Whether the figures of all dimensions add up.
  var adds: Bool { metrics.allSatisfy { metric in by.allSatisfy(metric.adds(along:)) } }

  /// The same question of its first metric alone.
  var ofFirstMetric: ChartShape {
    ChartShape(metrics: Array(metrics.prefix(1)), by: by, hasEarlier: false)
  }

  /// The same question without earlier figures beside it.
  var withoutEarlier: ChartShape { ChartShape(metrics: metrics, by: by) }
}
