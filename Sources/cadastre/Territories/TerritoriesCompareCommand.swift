import ArgumentParser
import Metrics
import Records
import Reports
import Territories

struct TerritoriesCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Hold territory models against each other, with what each would move",
    discussion: """
      A model is named by its developer name or label, as active or planned, or by the folder of its \
      files, such as one that territories copy wrote. The active model is shown as it was exported, \
      every other as its rules or its table give it today.
      With --by territory the territories of the models stand beside each other, matched by \
      developer name.
      """)

  @Argument(help: "Two models or more")
  var models: [String]

  @OptionGroup var options: CommonOptions

  @Option(help: "territory: compare single territories")
  var by: Grouping?

  @Option(
    help: ArgumentHelp(
      "With --by territory, what is compared: "
        + ModelComparison.territoryMeasures.joined(separator: ", "), valueName: "measures"))
  var measure = "accounts,arr,open_amount"

  @OptionGroup var tablesOptions: TablesOptions

  /// By what a comparison is cut.
  enum Grouping: String, CaseIterable, ExpressibleByArgument {
    case territory
  }

  private var measures: [String] {
    measure.split(separator: ",").map { $0.filter { $0 != " " } }
  }

  func validate() throws {
    guard models.count > 1 else {
      throw ValidationError(
        "there is nothing to compare \"\(models.first ?? "")\" with: name a second model, such as "
          + "active")
    }
    let known = ModelComparison.territoryMeasures
    for name in measures where !known.contains(name) {
      throw ValidationError(
        "--measure \"\(name)\" is none; "
          + Suggestion.sentence(
            for: name, in: known, otherwise: "the measures are \(Suggestion.list(known))"))
    }
  }

  func run() throws {
    let console = options.console
    console.begin(steps: models.count + (tablesOptions.out == nil ? 1 : 2))
    let project = try Project(options)
    let arguments = try ModelArguments(models, in: project)
    let read = try TerritoryPipeline(
      project,
      demand: Pipeline.Demand(
        tables: LocalEngine.comparedTables, queries: LocalEngine.comparedQueries,
        fields: arguments.fields),
      options: options, console: console)
    var findings = arguments.findings
    let named = try arguments.models(read)
    let comparison = try ModelComparison(compared(named, read, console, &findings))
    var table =
      by == nil
      ? comparison.table
      : comparison.byTerritory(measures, crosswalk: read.userRecords.crosswalk)
    if read.library.active == nil {
      table.notes.append("No model is active, so nobody can say what would move.")
    }
    try tablesOptions.output(of: project).write(
      [table], formatter: read.pipeline.context.formatter, console: console)
    read.report(findings, to: console)
  }

  /// What each model holds, one after another: an engine each.
  private func compared(
    _ models: [ResolvedModel], _ read: TerritoryPipeline, _ console: Console,
    _ findings: inout [Finding]
  ) throws -> [ComparedModel] {
    let today = read.library.active.map {
      Holdings(stated: $0, assignment: read.pipeline.assignment)
    }
    var rules = ChangeRules()
    rules.crosswalk = read.userRecords.crosswalk
    rules.threads = read.threads
    let stakes = read.pipeline.engine.stakes()
    var keys: Set<String> = ["measure", "territory", "territory_key"]
    return try models.map { model in
      console.step("Computing \(model.plan.name)")
      let holdings: Holdings
      if let today, today.model.source == model.source {
        holdings = today
      } else {
        if case .table = model.source {
        } else {
          try TerritoryPipeline.requireRules(of: model, read.records)
        }
        let run = read.run(model)
        findings += run.findings
        let simulated = run.simulated()
        holdings = Holdings(simulated, assignment: read.assignment(of: simulated))
      }
      let disruption = today.map { today in
        ComparedModel.Disruption(
          ChangeSet(
            from: today, to: holdings, records: read.records, openDeals: stakes.openDeals,
            families: read.pipeline.engine.families, rules: rules),
          stakes: stakes)
      }
      return ComparedModel(
        key: TerritoriesCompareCommand.unused(model.plan.developerName, &keys),
        title: holdings.simulated == nil ? "\(model.plan.name) (today)" : model.plan.name,
        model: model,
        assignment: holdings.assignment,
        figures: try read.engine(under: holdings.assignment).modelFigures(),
        undecided: Set((holdings.simulated?.undecided ?? []).map(\.pair.account)).count,
        disruption: disruption)
    }
  }

  /// A name that no other column has.
  private static func unused(_ name: String, _ keys: inout Set<String>) -> String {
    var (key, number) = (name, 1)
    while !keys.insert(key).inserted {
      number += 1
      key = "\(name)_\(number)"
    }
    return key
  }
}
