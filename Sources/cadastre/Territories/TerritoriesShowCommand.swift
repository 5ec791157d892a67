import ArgumentParser
import Foundation
import Records
import Reports
import Territories

struct TerritoriesShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "List the territory models that there are, or the parts of one",
    discussion: """
      Without a model, every model of the export and the planned one beside it. With one, its \
      territories as a tree, its rules and its types. A model is called by its developer name or \
      label, active or planned, or by the folder or table of its files.
      """)

  @Argument(help: "The model; all where none is given")
  var model: String?

  @OptionGroup var options: CommonOptions

  @OptionGroup var tablesOptions: TablesOptions

  func run() throws {
    let console = options.console
    console.begin(steps: tablesOptions.out == nil ? 1 : 2)
    let project = try Project(options)
    let arguments = try ModelArguments([model].compactMap { $0 }, in: project)
    let pipeline = try TerritoryPipeline(
      project, demand: arguments.demand(), options: options, console: console)
    let shown = try arguments.models(pipeline).first
    let tables =
      shown.map { ModelTables($0, records: pipeline.records).all }
      ?? [ModelTables.models(pipeline.library, records: pipeline.records)]
    try tablesOptions.output(of: project)
      .write(
        tables, formatter: pipeline.pipeline.context.formatter, console: console,
        isTitled: shown != nil)
    pipeline.report(
      arguments.findings + (shown.map { RuleRun($0, records: pipeline.records).findings } ?? []),
      to: console)
  }
}
