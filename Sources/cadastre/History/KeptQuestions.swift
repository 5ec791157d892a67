import Foundation
import History
import Intake
import Metrics
import Records
import Reports

/// What a run asks an engine only to keep it.
enum KeptQuestions {
  /// The open deals, each with what a later run compares.
  static let deals = Listing(
    name: "kept-deals", fact: .opportunities,
    columns: [
      "Id", "account_id", "owner_id", "territory_id", "StageName", "ForecastCategoryName", "Value",
      "CloseDate",
    ], filter: ExpressionText("IsOpen"))

  /// What is taken of the export to keep a run of reports.
  static func demand(of definitions: [ReportDefinition]) -> Pipeline.Demand {
    var demand = pastDemand(of: definitions)
    demand.listings = [deals]
    demand.fields[.accountTerritory, default: []].formUnion(["ObjectId", "Territory2Id"])
    return demand
  }

  /// What is taken of it to show how figures of the company move, and what became of a prediction,
  /// where a report does.
  static func pastDemand(of definitions: [ReportDefinition]) -> Pipeline.Demand {
    var demand = Pipeline.Demand()
    if definitions.contains(where: \.showsTrend) {
      demand.queries.append(trendQuery(TrendFigure.allCases))
      demand.details = [.conflictKinds]
    }
    if definitions.contains(where: \.showsPrediction) {
      demand = demand.adding(KeptPrediction.demand)
    }
    return demand
  }

  private static func trendQuery(_ figures: [TrendFigure]) -> Query {
    Query(
      name: "kept-trends", metrics: figures.filter { $0 != .conflicts }.map(\.rawValue))
  }

  /// The figures of the company that are followed from run to run, those that can be made.
  static func trends(_ pipeline: Pipeline) throws -> [TrendFigure: Ratio] {
    let readiness = pipeline.context.readiness
    let makeable = TrendFigure.allCases.filter {
      $0 != .conflicts && readiness?.canMake($0.rawValue) ?? true
    }
    var figures: [TrendFigure: Ratio] = [:]
    if !makeable.isEmpty, let table = try pipeline.engine.run([trendQuery(makeable)]).first,
      table.rowCount > 0
    {
      for figure in makeable { figures[figure] = table[figure.rawValue]?.value(0) }
    }
    if pipeline.assignment.coversAccounts,
      let kinds = try pipeline.engine.detailTables(
        [.conflictKinds], scope: .company
      ).first
    {
      let counts = (0..<kinds.rowCount).compactMap { kinds["conflicts"]?.value($0) }
      figures[.conflicts] = Ratio(counts.reduce(0) { $0 + $1.numerator }, over: 1)
    }
    return figures
  }

  /// All that a run leaves to later ones.
  ///
  /// - Parameters:
  ///   - pipeline: the export, read.
  ///   - editions: what was made; of two of one report and scope the first is kept.
  ///   - trends: the figures of the company that are followed; nil where no report shows them.
  ///   - prediction: what a notice among the editions predicts of each territory.
  /// - Returns: what is kept.
  /// - Throws: `FindingsError` where the export does not let the open deals be listed.
  static func snapshot(
    _ pipeline: Pipeline, _ editions: [KeptEdition], trends: ReportPast.TrendDay?,
    prediction: [KeptEdition] = []
  ) throws -> RunSnapshot {
    var seen: Set<[String]> = []
    let all = editions + (trends.map { [KeptEdition(trends: $0.figures)] } ?? []) + prediction
    return RunSnapshot(
      run: run(pipeline),
      editions: all.filter { seen.insert([$0.report, $0.kind, $0.scope]).inserted },
      deals: try deals(pipeline), associations: associations(pipeline))
  }

  /// The open deals of an export.
  static func deals(_ pipeline: Pipeline) throws -> [KeptDeal] {
    guard pipeline.export.records.has(.opportunity),
      let table = try pipeline.engine.list([deals]).first, let ids = table["Id"]
    else { return [] }
    let (accounts, owners) = (table["account_id"], table["owner_id"])
    let (territories, stages) = (table["territory_id"], table["StageName"])
    let (forecasts, values) = (table["ForecastCategoryName"], table["Value"])
    let closes = table["CloseDate"]
    return (0..<table.rowCount).compactMap { row in
      guard let id = ids.text(row) else { return nil }
      return KeptDeal(
        id: id, account: accounts?.text(row), owner: owners?.text(row),
        territory: territories?.text(row).flatMap { $0.hasPrefix("(") ? nil : $0 },
        stage: stages?.text(row),
        forecast: forecasts?.text(row),
        amount: values?.value(row).flatMap { value in
          Int64(exactly: Exact.divide(value.numerator * Int128(Exact.scale), by: value.denominator))
        },
        closeDate: closes?.text(row).flatMap { Day(iso: $0) })
    }
  }

  /// Which accounts are in which territories, by the rules that every figure follows.
  static func associations(_ pipeline: Pipeline) -> [KeptAssociation] {
    let assignment = pipeline.assignment
    guard let model = assignment.model else { return [] }
    let accounts = pipeline.export.records[.account]
    var kept: Set<KeptAssociation> = []
    for row in 0..<accounts.count {
      for territory in assignment.territoriesOfAccount[row] where territory >= 0 {
        kept.insert(
          KeptAssociation(account: accounts.id(row), territory: model.ids[Int(territory)]))
      }
    }
    return Array(kept)
  }

  /// What the run is and what it read.
  private static func run(_ pipeline: Pipeline) -> KeptRun {
    let export = pipeline.export
    var run = KeptRun(
      asOf: export.records.asOf, newestDay: export.newestDay, version: Cadastre.madeBy, input: "",
      currency: pipeline.context.formatter.currency,
      files: export.files.map { file in
        KeptFile(
          file: file.file, object: file.entity.rawValue, rowsRead: file.counts.read,
          rowsUsed: file.counts.used)
      })
    var lines = run.files.map { file in
      let name = file.file.split(separator: "/").last ?? ""
      return "\(name)\t\(file.object)\t\(file.rowsRead)\t\(file.rowsUsed)"
    }
    lines.append(run.newestDay?.description ?? "")
    run.input = SHA256.digest(Array(lines.joined(separator: "\n").utf8)).prefix(8).map {
      (String($0, radix: 16).count == 1 ? "0" : "") + String($0, radix: 16)
    }.joined()
    return run
  }
}
