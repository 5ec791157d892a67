import Metrics

extension ReportDefinition.Table {
  /// How many rows an engine is asked for: those that are shown, and those of the complete list.
  var asked: Int? { limit.map { max($0, attached) } }
}

extension ReportPlan {
  /// Whether it shows what the export lacks, which takes everything that could be there.
  public var showsLacks: Bool { steps.contains { $0.showsLacks } }
}

extension ReportPlan.Step {
  fileprivate var showsLacks: Bool {
    switch self {
    case .data(_, .lacks): true
    case .group(let parts): parts.contains { $0.step.showsLacks }
    default: false
    }
  }
}

extension Dimension {
  /// Whether what is below a limit can stand in one row: members share nothing with each other.
  var sumsUp: Bool { self != .territorySubtree && self != .ownerSubtree }
}
