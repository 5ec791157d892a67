import ArgumentParser
import Foundation
import Metrics
import Records
import Reports
import Settings
import Territories

struct TerritoriesBalanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "balance",
    abstract: "Propose the fewest moves that make territories alike in value, work and potential",
    discussion: """
      Families move whole; named and held-out accounts, open deals in late stages and what a person \
      placed stay. A model is named as compare names it. With --out the proposal is also written as plan.csv and planned_users.csv, a \
      planned model that changes and compare read.
      """)

  @Argument(help: "The model to start from")
  var model = "active"

  @Option(help: "How far from the mean a territory may be, such as 15%")
  var tolerance = Share(millionths: 150_000)

  @Option(help: "How many accounts may move: a number, or a share such as 5%")
  var maxMoves: MostMoves?

  @OptionGroup var options: CommonOptions

  @OptionGroup var tablesOptions: TablesOptions

  func run() throws {
    let console = options.console
    console.begin(steps: tablesOptions.out == nil ? 2 : 4)
    let project = try Project(options)
    let settings = BalanceSettings(
      project.configuration, tolerance: tolerance.millionths, most: maxMoves?.most)
    let arguments = try ModelArguments([model], in: project)
    var demand = Pipeline.Demand(
      // What accounts are worth, how often they are to be seen, and their segments.
      tables: [.accountValues, .neglectedAccounts, .winRates], fields: arguments.fields)
    demand.listings = settings.conditions.map {
      Listing(name: "balance", fact: $0.fact, columns: [], filter: $0.text)
    }
    let pipeline = try TerritoryPipeline(
      project, demand: demand, options: options, console: console)
    let today = try held(arguments.models(pipeline)[0], pipeline)
    let engine = pipeline.engine(under: pipeline.assignment(of: today))
    console.step("Balancing the territories")
    let accounts = pipeline.records[.account].count
    let heldOut = try HoldOuts(
      pipeline.userRecords, project.configuration.plannedModel?.handover ?? .init(),
      on: project.configuration.plannedModel?.effective?.value ?? pipeline.records.asOf,
      engine: engine, accounts: accounts)
    var named = [Bool](repeating: false, count: accounts)
    for account in pipeline.userRecords.namedAccounts { named[Int(account.account)] = true }
    let study = try BalanceStudy(
      today, engine: engine, records: pipeline.records, settings: settings, named: named,
      heldOut: heldOut.isHeld)
    let proposal = study.proposal()
    let formatter = pipeline.pipeline.context.formatter
    let output = tablesOptions.output(of: project)
    let tables = BalanceTables(proposal, records: pipeline.records)
    try output.write(
      output.listLimit.map(tables.readable) ?? tables.all, formatter: formatter, console: console,
      isTitled: true)
    if tablesOptions.out != nil {
      let plan = BalancePlan(proposal, records: pipeline.records)
      try TablesOutput(format: .csv, out: tablesOptions.out, project: project)
        .write([plan.accounts, plan.users], formatter: formatter, console: console)
    }
    pipeline.report(arguments.findings, to: console)
  }

  /// Which accounts a model holds: the active one as the export says, any other as its rules or its
  /// table do.
  private func held(
    _ model: ResolvedModel, _ pipeline: TerritoryPipeline
  ) throws -> SimulatedAssignment {
    if pipeline.library.active?.source == model.source, !model.associations.isEmpty {
      let held = Adjacency(
        sources: pipeline.records[.account].count,
        pairs: model.associations.map { ($0.pair.account, $0.pair.territory) })
      return SimulatedAssignment(
        model: model, territoriesOfAccount: held,
        causes: held.targets.map { _ in AssignmentCause.table })
    }
    if model.source != .table {
      try TerritoryPipeline.requireRules(of: model, pipeline.records)
    }
    return pipeline.run(model).simulated()
  }
}

/// A share such as 15%.
struct Share: ExpressibleByArgument, CustomStringConvertible {
  let millionths: Int64

  init(millionths: Int64) {
    self.millionths = millionths
  }

  /// Whole percent or with a point, the sign of percent at its end.
  init?(argument: String) {
    guard argument.hasSuffix("%"),
      let percent = Decimal(
        string: argument.dropLast().trimmingCharacters(in: .whitespaces),
        locale: Locale(identifier: "en_US_POSIX")), percent >= 0, percent <= 1000
    else { return nil }
    millionths = Int64(NSDecimalNumber(decimal: percent * 10_000).int64Value)
  }

  var description: String {
    Exact.decimalText(
      ratio: Int128(millionths), over: 10_000, places: millionths % 10_000 == 0 ? 0 : 2)
      + "%"
  }

  var defaultValueDescription: String { description }
}

/// A number of accounts, or a share of them.
struct MostMoves: ExpressibleByArgument {
  let most: BalanceSettings.Most

  init?(argument: String) {
    if let share = Share(argument: argument) {
      most = .share(share.millionths)
    } else if let count = Int(argument), count >= 0 {
      most = .accounts(count)
    } else {
      return nil
    }
  }
}
