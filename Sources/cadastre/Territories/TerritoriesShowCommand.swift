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
      With a model and --out FILE.svg, .png, .pdf or .html its territories are drawn as a tree, with \
      users, accounts and open pipeline, vacant ones marked.
      """)

  @Argument(help: "The model; all where none is given")
  var model: String?

  @OptionGroup var options: CommonOptions

  @OptionGroup var tablesOptions: TablesOptions

  @OptionGroup var drawing: DrawingOptions

  /// The drawing that is asked for; nil: tables.
  private var picture: TreeFormat? {
    guard tablesOptions.format == nil else { return nil }
    return tablesOptions.out.flatMap { TreeFormat(endingOf: $0) }.flatMap {
      $0 == .text ? nil : $0
    }
  }

  func validate() throws {
    guard let picture else { return }
    if model == nil {
      throw ValidationError(
        "--out \"\(tablesOptions.out ?? "")\" draws one model: name it, such as active")
    }
    try TreeOutput.check(format: picture, out: tablesOptions.out, options: drawing)
  }

  func run() throws {
    let console = options.console
    console.begin(steps: tablesOptions.out == nil ? 1 : 2)
    let project = try Project(options)
    let arguments = try ModelArguments([model].compactMap { $0 }, in: project)
    if let picture, model != nil { return try draw(arguments, as: picture, project, console) }
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
      arguments.findings(of: [shown].compactMap { $0 })
        + (shown.map { RuleRun($0, records: pipeline.records).findings } ?? []),
      to: console)
  }

  /// Draws the one model that the arguments name.
  private func draw(
    _ arguments: ModelArguments, as picture: TreeFormat, _ project: Project, _ console: Console
  ) throws {
    let pipeline = try TerritoryPipeline(
      project, demand: arguments.demand(adding: Pipeline.Demand(tables: ModelDrawing.tables)),
      options: options, console: console)
    guard let model = try arguments.models(pipeline).first else { return }
    let output = TreeOutput(
      format: picture, out: tablesOptions.out, options: drawing, project: project)
    try output.write(
      try ModelDrawing(model: model, read: pipeline).document(), project: project,
      context: pipeline.pipeline.context, console: console)
    pipeline.report(
      arguments.findings + RuleRun(model, records: pipeline.records).findings, to: console)
  }
}
