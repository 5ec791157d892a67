import Metrics
import Records

/// A kind of chart that a question can be drawn as.
public enum ChartKind: String, CaseIterable, Hashable, Sendable {
  case bar
  case column
  case line
  case bullet
  case map

  /// What it needs, as help and refusals say it.
  public var needs: String {
    switch self {
    case .bar: "one or two dimensions other than time: lying bars, grouped where there are two"
    case .column: "one or two dimensions: standing columns, best over time"
    case .line: "a time dimension, alone or with another: a line for each of its members"
    case .bullet: "a dimension other than time and two metrics, the second the target"
    case .map:
      "country or state (of the USA), alone or with territory: who holds the most of each"
    }
  }

  /// The name with its article, for the middle of a sentence.
  var named: String {
    switch self {
    case .bar: "a bar chart"
    case .column: "a column chart"
    case .line: "a line chart"
    case .bullet: "a bullet chart"
    case .map: "a map"
    }
  }

  /// Why it cannot show a question, nil where it can; the answer's numbers are not known yet.
  func misfit(_ shape: ChartShape) -> String? {
    switch self {
    case .bar:
      return shape.isOverTime
        ? "its bars lie below each other, and time runs from left to right" : ofOneUnit(shape)
    case .column:
      return shape.axis == nil ? nil : ofOneUnit(shape)
    case .line:
      guard shape.isOverTime else {
        return "a line joins spans of time, and \(shape.members) have no such order"
      }
      return ofOneUnit(shape)
    case .bullet:
      if shape.metrics.count != 2 {
        return "it holds a metric against its target: name two, such as won_amount quota"
      }
      if shape.by.count != 1 || shape.isOverTime {
        return "its rows are the members of one dimension other than time"
      }
      if shape.hasEarlier { return "its tick is the target, and --compare has no place beside it" }
      if shape.hasTarget, shape.axis == .territory || shape.axis == .territoryAtClose {
        return "a territory's quota covers all below it: slice by territory_subtree"
      }
      return ofOneUnit(shape)
    case .map:
      if shape.metrics.count != 1 { return "a region has one colour: name one metric" }
      if shape.hasEarlier { return "a region has one colour, and --compare has no place beside it" }
      if let misfit = RegionGrid.misfit(by: shape.by) { return misfit }
      let ofTerritories = shape.by.contains { $0 == .territory || $0 == .territoryAtClose }
      return ofTerritories && !shape.adds
        ? "who holds the most is told by figures that add up, and those of "
          + "\(shape.metrics[0].name) do not: slice by \(shape.by.contains(.state) ? "state" : "country") alone"
        : nil
    }
  }

  /// Why the numbers of an answer do not suit, nil where they do.
  func misfit(_ grid: ChartGrid, _ shape: ChartShape) -> String? {
    switch self {
    case .bar, .column, .line, .bullet: return nil
    case .map: return noGeography(grid, shape)
    }
  }

  /// Why an answer has no place on a map, nil where it has.
  private func noGeography(_ grid: ChartGrid, _ shape: ChartShape) -> String? {
    guard !grid.groups.isEmpty else { return nil }
    guard
      let found = RegionGrid(grid, axis: shape.axis, other: shape.other, adds: shape.adds)
    else { return "this program was built without its maps" }
    if !found.placed.isEmpty { return nil }
    let noun = found.map.dimension.noun
    if found.namesNothing {
      return "no \(noun.one) is recorded in the export, and without geography there is no map"
    }
    return found.map.dimension == .state
      ? "none of its states is one of the USA, whose states the map has: slice by country"
      : "none of its countries is known by that name"
  }

  private func ofOneUnit(_ shape: ChartShape) -> String? {
    shape.isOneUnit
      ? nil
      : "\(Suggestion.list(shape.metrics.map(\.name), conjunction: "and")) have different units, "
        + "and no chart has two axes of values"
  }

  /// The kind that suits a question best.
  static func usual(_ shape: ChartShape, spans: Int? = nil) -> ChartKind {
    if shape.hasTarget, ChartKind.bullet.misfit(shape) == nil { return .bullet }
    guard shape.isOverTime else { return .bar }
    let isQuantity = shape.metrics.allSatisfy { !$0.isLevel && $0.additivity == .additive }
    return shape.other == nil && isQuantity && (spans ?? 0) <= 13 ? .column : .line
  }
}

extension ChartShape {
  /// What its members are called.
  var members: String { axis?.noun.many ?? "figures" }
}
