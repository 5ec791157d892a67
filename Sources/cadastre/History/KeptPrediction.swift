import History
import Metrics
import Records
import Reports

/// What a notice predicts of each territory of the planned model: kept with its run, and held against
/// what is so once the model is in force.
enum KeptPrediction {
  /// What is taken of an export to know what its territories hold.
  static var demand: Pipeline.Demand {
    Pipeline.Demand(
      queries: queries(PredictedFigure.allCases),
      fields: [.territoryModel: ["DeveloperName", "Name", "State"], .territory: ["DeveloperName"]])
  }

  /// The figures by territory with those below it, and of the company.
  private static func queries(_ figures: [PredictedFigure]) -> [Query] {
    let metrics = figures.map(\.metric)
    return [
      Query(name: "kept-territories", metrics: metrics, by: [.territorySubtree]),
      Query(name: "kept-company", metrics: metrics),
    ]
  }

  /// What the territories of an engine's model hold, by developer name.
  ///
  /// - Parameters:
  ///   - engine: an engine under the model's assignment.
  ///   - model: its territories.
  ///   - readiness: what can be made of the export; nil: everything.
  /// - Returns: the figures, those of all territories together among them.
  /// - Throws: what keeps the engine from answering.
  static func figures(
    _ engine: LocalEngine, _ model: TerritoryModel, _ readiness: ReadinessCheck?
  ) throws -> [String: NoticePrediction.Figures] {
    let figures = PredictedFigure.allCases.filter { readiness?.canMake($0.metric) ?? true }
    guard !figures.isEmpty else { return [:] }
    let answers = try engine.run(queries(figures))
    return NoticePrediction.figures(of: model, byTerritory: answers[0], whole: answers[1])
  }

  /// What a run keeps of a prediction.
  ///
  /// - Parameters:
  ///   - predicted: the figures by developer name.
  ///   - model: the planned model.
  /// - Returns: an edition that names the model, one of all territories, and one a territory.
  static func editions(
    _ predicted: [String: NoticePrediction.Figures], of model: TerritoryModel
  ) -> [KeptEdition] {
    func edition(_ kind: String, _ scope: String, _ name: String) -> KeptEdition {
      KeptEdition(
        report: KeptEdition.predictions, kind: kind, scope: scope, name: name,
        figures: PredictedFigure.allCases.compactMap { figure in
          predicted[scope]?[figure].map {
            KeptFigure(
              key: figure.rawValue, label: figure.title, unit: figure.unitName, value: $0)
          }
        })
    }
    let name = model.name ?? ""
    var editions = [
      KeptEdition(
        report: KeptEdition.predictions, kind: modelKind,
        scope: TerritoryModel.folded(model.developerName ?? name), name: name),
      edition("company", NoticePrediction.company, name),
    ]
    for (index, key) in model.developerNames.enumerated() {
      editions.append(edition("territory", TerritoryModel.folded(key), model.names[index]))
    }
    return editions
  }

  private static let modelKind = "model"

  /// A prediction that was kept.
  ///
  /// - Parameters:
  ///   - editions: what a run kept of it.
  ///   - day: the run's.
  ///   - active: the model that is in force; nil: none is.
  ///   - actual: what its territories hold; asked where the prediction is of that model.
  /// - Returns: the prediction; nil where the editions hold none.
  /// - Throws: what `actual` throws.
  static func read(
    _ editions: [KeptEdition], on day: Day, active: TerritoryModel?,
    actual: () throws -> [String: NoticePrediction.Figures]
  ) throws -> NoticePrediction? {
    guard let model = editions.first(where: { $0.kind == modelKind }) else { return nil }
    var predicted: [String: NoticePrediction.Figures] = [:]
    var names: [String: String] = [:]
    for edition in editions where edition.kind != modelKind {
      names[edition.scope] = edition.name
      predicted[edition.scope] = edition.figures.reduce(into: [:]) { figures, figure in
        if let known = PredictedFigure(rawValue: figure.key) { figures[known] = figure.value }
      }
    }
    let isLive = active?.developerName.map(TerritoryModel.folded) == model.scope
    return NoticePrediction(
      day: day, model: model.name, predicted: predicted, names: names,
      actual: try isLive ? actual() : nil)
  }
}
