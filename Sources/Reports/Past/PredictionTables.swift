import Metrics
import Records

/// What a notice predicted of an edition's territories, beside what is so.
///
/// Each row is about territories of the edition alone; a table without rows says why in its note.
struct PredictionTables {
  private let context: ReportContext
  private let edition: EditionScope

  init(_ context: ReportContext, _ edition: EditionScope) {
    self.context = context
    self.edition = edition
  }

  /// Why nothing can be compared; nil where something can.
  private var lack: String? {
    guard let past = context.past else {
      return "No history is kept, so what a notice predicted is not known."
    }
    guard let prediction = past.prediction else {
      return
        "No notice of a change of territory models is kept, so nothing was predicted that could "
        + "be held against what is so."
    }
    let day = context.formatter.dayText(prediction.day)
    guard prediction.actual != nil, context.model != nil else {
      return
        "The model “\(prediction.model)”, of which the notice of \(day) tells, is not in force: "
        + "what it predicts is compared once it is."
    }
    guard prediction.day.days(until: context.asOf) <= NoticePrediction.lifetime else {
      return "The notice of \(day) is more than \(NoticePrediction.lifetime) days old, and what it "
        + "predicted is not compared any more."
    }
    return nil
  }

  /// What an edition is about, as far as it is territories: those at its top, and all of the company.
  private var tops: [Int]? {
    guard let model = context.model else { return nil }
    switch edition.scope {
    case .company: return model.forest.parents.indices.filter { model.forest.parents[$0] < 0 }
    case .territory(let top): return [top]
    case .manager(_, let tops): return tops
    case .records:
      // A notice knows its reader by Id.
      return context.line.flatMap { line in
        line.row(ofID: edition.id).flatMap { line.managers?.territories(of: $0) }
      }
    case .family: return nil
    }
  }

  /// The whole edition: a row a measure.
  var whole: MetricTable {
    func empty(_ note: String) -> MetricTable { table([], [], [], note) }
    if let lack { return empty(lack) }
    guard let prediction = context.past?.prediction, let actual = prediction.actual, let tops
    else {
      return empty("What a notice predicts is told by territory, and this edition is of none.")
    }
    guard edition.scope == .company || tops.count == 1 else {
      return empty("Of several territories each is told by itself.")
    }
    let key = edition.scope == .company ? NoticePrediction.company : key(tops[0])
    guard let before = prediction.predicted[key], let now = actual[key] else {
      return empty(
        "The notice of \(context.formatter.dayText(prediction.day)) predicts nothing of "
          + "\(edition.name): the model had no territory of its developer name.")
    }
    let figures = PredictedFigure.allCases.filter { before[$0] != nil && now[$0] != nil }
    return table(figures, figures.map { before[$0] }, figures.map { now[$0] }, nil)
  }

  private func table(
    _ figures: [PredictedFigure], _ before: [Ratio?], _ now: [Ratio?], _ note: String?
  ) -> MetricTable {
    let units = figures.map(\.unit)
    func column(_ name: String, _ title: String, _ values: [Ratio?]) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: .number,
        cells: .ratios(values.map { $0 ?? Ratio(0, over: 0) }), rowUnits: units)
    }
    var measure = MetricColumn(
      name: "measure", title: "Measure", unit: .text, cells: .text(figures.map(\.rawValue)))
    measure.labels = Dictionary(uniqueKeysWithValues: figures.map { ($0.rawValue, $0.title) })
    return MetricTable(
      name: DataTable.prediction.rawValue, grain: "a measure",
      columns: [
        measure, column("predicted", "Predicted", before), column("actual", "Actual", now),
        column(
          "difference", "Difference", zip(before, now).map { PredictionTables.difference($0, $1) }),
      ], notes: [note].compactMap { $0 })
  }

  private static func difference(_ before: Ratio?, _ now: Ratio?) -> Ratio? {
    before.flatMap { now?.subtracting($0) }
  }

  /// Each territory below the edition's: a row a territory, in the order of the tree.
  var byTerritory: MetricTable {
    if let lack { return territories([], [:], [:], lack) }
    guard let prediction = context.past?.prediction, let actual = prediction.actual, let tops,
      let model = context.model
    else {
      return territories(
        [], [:], [:], "What a notice predicts is told by territory, and this edition is of none.")
    }
    let own = Set(tops)
    let inside = Set(tops.flatMap { model.forest.subtree(of: $0).map { Int($0) } })
    // The edition's own territory stands in `whole`.
    let isOne = edition.scope != .company && tops.count == 1
    var rows = EditionScope.territories(of: model).compactMap { territory -> Row? in
      guard case .territory(let index) = territory.scope, inside.contains(index),
        !(isOne && own.contains(index))
      else { return nil }
      return Row(key: key(index), id: model.ids[index], name: model.names[index])
    }
    if edition.scope == .company {
      let there = Set(model.developerNames.map(TerritoryModel.folded))
      rows += prediction.predicted.keys.filter {
        $0 != NoticePrediction.company && !there.contains($0)
      }
      .sorted().map { Row(key: $0, id: nil, name: prediction.names[$0] ?? $0) }
    }
    return territories(
      rows, prediction.predicted, actual, rows.isEmpty ? "There is no territory below." : nil)
  }

  private struct Row {
    let key: String
    /// nil: the territory is not there any more.
    let id: String?
    let name: String
  }

  private func territories(
    _ rows: [Row], _ before: [String: NoticePrediction.Figures],
    _ now: [String: NoticePrediction.Figures],
    _ note: String?
  ) -> MetricTable {
    func column(
      _ name: String, _ title: String, _ figure: PredictedFigure,
      _ figures: [String: NoticePrediction.Figures]
    ) -> MetricColumn {
      MetricColumn(
        name: name, title: title, unit: figure.unit,
        cells: .ratios(rows.map { figures[$0.key]?[figure] ?? Ratio(0, over: 0) }))
    }
    let known = PredictedFigure.allCases.filter { figure in
      rows.contains { before[$0.key]?[figure] != nil }
        && rows.contains {
          now[$0.key]?[figure] != nil
        }
    }
    return MetricTable(
      name: DataTable.predictionTerritories.rawValue, grain: "a territory",
      columns: [
        MetricColumn(
          name: "territory_id", title: "Territory Id", unit: .id(.territory),
          cells: .text(rows.map(\.id))),
        MetricColumn(
          name: "territory", title: "Territory", unit: .text, cells: .text(rows.map(\.name))),
      ]
        + known.flatMap {
          [
            column($0.predictedColumn, $0.title + " predicted", $0, before),
            column($0.rawValue, $0.title, $0, now),
          ]
        }, notes: [note].compactMap { $0 })
  }

  private func key(_ territory: Int) -> String {
    TerritoryModel.folded(context.model?.developerNames[territory] ?? "")
  }
}
