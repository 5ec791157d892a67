import Metrics

extension ReportDefinition.Table {
  /// How many rows an engine is asked for: those that are shown, and those of the complete list.
  var asked: Int? { limit.map { max($0, attached) } }
}

extension Dimension {
  /// Whether what is below a limit can stand in one row: members share nothing with each other.
  var sumsUp: Bool { self != .territorySubtree && self != .ownerSubtree }
}
