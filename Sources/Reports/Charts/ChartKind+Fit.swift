import Metrics
import Records

// Which kinds suit a question, and why the others do not.
extension ChartKind {
  /// Why it cannot show a question, nil where it can; the answer's numbers are not known yet.
  func misfit(_ shape: ChartShape) -> String? {
    if self != .bar, self != .funnel, shape.by.isEmpty { return "it needs a dimension: add --by" }
    switch self {
    case .bar:
      return shape.isOverTime
        ? "its bars lie below each other, and time runs from left to right" : shape.units
    case .column: return shape.units
    case .stacked, .diverging:
      if shape.by.count != 2 {
        return "its parts are the members of a second dimension: add it to --by"
      }
      return shape.sumsOfParts
    case .bullet: return bullet(shape)
    case .waterfall: return shape.oneOfMembers ?? shape.sumsOfParts
    case .funnel:
      return !shape.by.isEmpty
        ? "its steps are metrics, such as created_count won_count, without a dimension"
        : shape.units
    case .pareto, .lorenz: return shape.oneOfMembers ?? shape.noEarlier ?? shape.sumsOfParts
    case .histogram: return shape.oneOfMembers ?? shape.noEarlier
    case .line: return shape.needsTime ?? shape.units
    case .area: return shape.needsTime ?? shape.oneMetric ?? shape.noEarlier ?? shape.sumsOfParts
    case .sparkline:
      return shape.needsTime ?? shape.oneMetric ?? shape.noEarlier
        ?? (shape.other == nil ? nil : "it is one line: multiples or line show several")
    case .multiples:
      return shape.needsTime
        ?? (shape.other == nil
          ? "its panels are the members of a second dimension: add it to --by" : nil)
    case .slope:
      return shape.oneOfMembers
        ?? (shape.hasEarlier ? nil : "it goes from an earlier period to this one: add --compare")
    case .scatter:
      if !(2...3).contains(shape.metrics.count) || shape.by.count != 1 || shape.isOverTime {
        return
          "its points are the members of one dimension other than time, by two metrics or three"
      }
      return shape.noEarlier
    case .heatmap:
      return shape.by.count == 2 ? nil : "its rows and columns are two dimensions: add one to --by"
    case .treemap:
      if shape.isOverTime { return "spans of time have no areas: area shows parts over time" }
      return shape.oneMetric ?? shape.noEarlier ?? shape.sumsOfParts
    case .map: return shape.oneMetric ?? shape.noEarlier ?? RegionGrid.misfit(shape)
    }
  }

  private func bullet(_ shape: ChartShape) -> String? {
    if shape.metrics.count != 2 {
      return "it holds a metric against its target: name two, such as won_amount quota"
    }
    if shape.by.count != 1 || shape.isOverTime {
      return "its rows are the members of one dimension other than time"
    }
    if shape.hasTarget, shape.axis == .territory || shape.axis == .territoryAtClose {
      return "a territory's quota covers all below it: slice by territory_subtree"
    }
    return shape.noEarlier ?? shape.units
  }

  /// Why the numbers of an answer do not suit, nil where they do.
  ///
  /// - Parameters:
  ///   - grid: the whole answer.
  ///   - shape: what was asked.
  ///   - adds: whether groups and series sum to the whole.
  /// - Returns: a clause.
  func misfit(_ grid: ChartGrid, _ shape: ChartShape, adds: Bool) -> String? {
    let isWhole = adds || shape.sumsWithinSpans
    switch self {
    case .stacked, .area, .pareto, .lorenz, .treemap, .waterfall:
      if !isWhole {
        return
          "a record may stand in several \(shape.partNoun.many), so the parts are more than the whole"
      }
      return grid.hasNegative && self != .waterfall
        ? "some figures are below zero, and such a part has no share of a whole" : nil
    case .diverging:
      if !isWhole {
        return
          "a record may stand in several \(shape.partNoun.many), so the parts are more than the whole"
      }
      return grid.hasNegative ? nil : "no part is below zero"
    case .funnel:
      if grid.hasNegative { return "a step is below zero" }
      let values = grid.series.first?.values ?? []
      let places = values.indices.dropFirst().first { index in
        guard let before = values[index - 1], let after = values[index] else { return false }
        return after.compared(to: before) > 0
      }
      return places.map { index in
        "each step is a part of the one before, and \(shape.metrics[index].name) is more than "
          + shape.metrics[index - 1].name
      }
    case .map: return RegionGrid.misfit(grid, shape)
    default: return nil
    }
  }

  /// The kind that suits an answer best.
  static func usual(_ shape: ChartShape, _ grid: ChartGrid, adds: Bool) -> ChartKind {
    let spans = grid.groups.count
    let wished: [ChartKind] =
      if shape.hasTarget {
        [.bullet, .bar]
      } else if shape.isOverTime {
        shape.other == nil
          ? (spans <= 13 && !shape.hasEarlier && shape.isQuantity ? [.column, .line] : [.line])
          : (spans <= 13 ? [.stacked, .line] : [.area, .line])
      } else if shape.by.count == 2 {
        [.heatmap]
      } else if !shape.isOneUnit {
        [.scatter]
      } else {
        [.bar]
      }
    return wished.first {
      $0.misfit(shape) == nil && $0.misfit(grid, shape, adds: adds) == nil
    } ?? (shape.isOverTime ? .line : .bar)
  }
}

extension ChartShape {
  /// What its members are called.
  var members: String { axis?.noun.many ?? "figures" }

  /// The dimension whose members are parts of a whole.
  var partNoun: Noun { (other ?? axis)?.noun ?? Noun("figure", "figures") }

  /// Whether every figure counts something along a date, so that a span holds a quantity.
  var isQuantity: Bool { metrics.allSatisfy { !$0.isLevel && $0.additivity == .additive } }

  var units: String? {
    isOneUnit
      ? nil
      : "\(Suggestion.list(metrics.map(\.name), conjunction: "and")) have different units, and no "
        + "chart has two axes of values"
  }

  var oneMetric: String? { metrics.count == 1 ? nil : "it shows one metric" }

  var noEarlier: String? { hasEarlier ? "it has no place for the figures of --compare" : nil }

  var needsTime: String? {
    isOverTime ? nil : "a line joins spans of time, and \(members) have no such order"
  }

  /// One metric by one dimension other than time.
  var oneOfMembers: String? {
    by.count == 1 && !isOverTime && metrics.count == 1
      ? nil : "it shows one metric by one dimension other than time"
  }

  /// Whether parts sum to something: rates and medians do not.
  var sumsOfParts: String? {
    guard let metric = metrics.first, metrics.count == 1 else { return oneMetric }
    let part = other ?? axis
    if let part, metric.adds(along: part), !metric.isLevel { return nil }
    let kind = metric.unit == .rate ? "a rate" : "no sum of its parts"
    return "\(metric.name) is \(kind), so its parts do not add up to a whole"
  }

  /// Whether a state of each month adds up over the members within it.
  var sumsWithinSpans: Bool {
    guard isOverTime, let metric = metrics.first, metric.additivity == .semiAdditive else {
      return false
    }
    switch other {
    case .territory, .territorySubtree, .ownerSubtree, .territoryAtClose: return false
    default: return true
    }
  }
}
