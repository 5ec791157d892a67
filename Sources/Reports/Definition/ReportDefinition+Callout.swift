import Metrics
import Settings

extension ReportDefinition {
  /// Something a reader must not overlook.
  public struct Callout: Sendable {
    public let kind: ReportDocument.Callout.Kind
    public let text: Pattern
  }

  /// Why a record is in a list.
  public struct Reason: Sendable {
    /// What the reader is told, with fields of the record in braces.
    public let words: Pattern
    /// Which records it is true of.
    public let condition: ExpressionText
  }
}

extension RecipientRule {
  /// What a footer says.
  var shown: String {
    switch self {
    case .territoryManagers: "the manager of the territory"
    case .territoryUsers(nil): "the users of the territory"
    case .territoryUsers(let role?): "the users of the territory in role \(role)"
    case .forecastManagers: "the forecast manager of the territory"
    case .accountOwners: "the owners of its accounts"
    case .managersAffected: "the managers whom the change affects"
    case .address(let address): address
    }
  }
}

/// A table about the data itself, which no engine makes.
public enum DataTable: String, CaseIterable, Hashable, Sendable {
  /// What was wrong with the data, the worst first.
  case findings = "data-findings"
  /// Which standard tables cannot be made whole, because of what, and how to get it.
  case lacks = "data-lacks"
  /// Figures of the company as runs that are kept saw them, the earliest first.
  case trend
  /// What a notice of a change of models predicted of the edition, and what is so now.
  case prediction
  /// The same of each territory below.
  case predictionTerritories = "prediction-territories"

  /// Names of its columns.
  var columns: [String] {
    switch self {
    case .findings: ["severity", "finding", "count", "place", "done", "remedy"]
    case .lacks: ["table", "level", "because", "remedy"]
    case .trend: ["as_of"] + TrendFigure.allCases.map(\.rawValue)
    case .prediction: ["measure", "predicted", "actual", "difference"]
    case .predictionTerritories:
      ["territory"]
        + PredictedFigure.allCases.flatMap { [$0.predictedColumn, $0.rawValue] }
    }
  }
}
