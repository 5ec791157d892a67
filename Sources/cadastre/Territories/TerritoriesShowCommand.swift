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
      label, or active or planned.
      """)

  @Argument(help: "The model; all where none is given")
  var model: String?

  @OptionGroup var options: CommonOptions

  @OptionGroup var tablesOptions: TablesOptions

  func run() throws {
    let console = options.console
    console.begin(steps: tablesOptions.out == nil ? 1 : 2)
    let project = try Project(options)
    let pipeline = try TerritoryPipeline(project, options: options, console: console)
    let shown = try model.map { try pipeline.library.model(named: $0) }
    let tables =
      shown.map { ModelTables($0, records: pipeline.records).all }
      ?? [ModelTables.models(pipeline.library, records: pipeline.records)]
    try tablesOptions.output(of: project)
      .write(
        tables, formatter: pipeline.pipeline.context.formatter, console: console,
        isTitled: shown != nil)
    pipeline.report(
      shown.map { RuleRun($0, records: pipeline.records).findings } ?? [], to: console)
  }
}
