import Metrics
import Records

/// A figure that a notice of a change of models predicts of each territory.
public enum PredictedFigure: String, CaseIterable, Hashable, Sendable {
  case accounts
  case openDeals = "open_count"
  case openAmount = "open_amount"
  case recurringRevenue = "arr"

  /// The metric that it is, under the planned model and later under the active one.
  public var metric: String { rawValue }

  /// The unit as data formats name it.
  public var unitName: String { unit.dataName }

  var unit: Unit {
    switch self {
    case .accounts, .openDeals: .count
    case .openAmount, .recurringRevenue: .money
    }
  }

  /// What readers see it called.
  public var title: String {
    switch self {
    case .accounts: "Accounts"
    case .openDeals: "Open deals"
    case .openAmount: "Open pipeline"
    case .recurringRevenue: "Recurring revenue a year"
    }
  }

  /// The column of a table that holds what was predicted.
  var predictedColumn: String { rawValue + "_predicted" }
}

/// What a notice of a change of territory models predicted, and what is so.
public struct NoticePrediction: Sendable {
  /// Figures of a territory with all below it, or of all territories.
  public typealias Figures = [PredictedFigure: Ratio]

  /// The key of all territories together, which no territory has.
  public static let company = ""
  /// Days after which a prediction is held against nothing any more.
  public static let lifetime = 184

  /// The day of the notice.
  public let day: Day
  /// Name of the model that it is about.
  public let model: String
  /// What was predicted, by developer name as `TerritoryModel.folded` writes it.
  public let predicted: [String: Figures]
  /// Names of the territories of that model, by the same.
  public let names: [String: String]
  /// What is so now, by the same; nil: the model is not in force.
  public let actual: [String: Figures]?

  public init(
    day: Day, model: String, predicted: [String: Figures], names: [String: String] = [:],
    actual: [String: Figures]?
  ) {
    self.day = day
    self.model = model
    self.predicted = predicted
    self.names = names
    self.actual = actual
  }
}

extension NoticePrediction {
  /// What the territories of a model hold, by developer name, and all of them together.
  ///
  /// - Parameters:
  ///   - model: the territories, in the order of `byTerritory`'s members.
  ///   - byTerritory: the metrics by territory with those below it.
  ///   - whole: the metrics of the company.
  /// - Returns: the figures that the tables hold.
  public static func figures(
    of model: TerritoryModel, byTerritory: MetricTable, whole: MetricTable
  ) -> [String: Figures] {
    let ids = byTerritory[Dimension.territorySubtree.rawValue + "_id"]
    let keys = Dictionary(
      zip(model.ids, model.developerNames.map(TerritoryModel.folded)),
      uniquingKeysWith: { first, _ in first })
    var figures: [String: Figures] = [:]
    for key in keys.values { figures[key] = [:] }
    for figure in PredictedFigure.allCases {
      guard let column = byTerritory[figure.metric], var all = whole[figure.metric]?.value(0),
        all.isDefined
      else { continue }
      // A territory without a row holds nothing.
      for key in keys.values { figures[key]?[figure] = Ratio(0, over: 1) }
      for row in 0..<byTerritory.rowCount {
        guard let value = column.value(row), value.isDefined else { continue }
        if let key = ids?.text(row).flatMap({ keys[$0] }) {
          figures[key]?[figure] = value
        } else {
          // What is in no territory, or in one of a former model.
          all = all.subtracting(value) ?? all
        }
      }
      figures[company, default: [:]][figure] = all
    }
    return figures
  }
}
