import ArgumentParser
import Foundation
import Records
import Reports
import Territories

struct TerritoriesPreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Show which accounts a model would get, and by which criterion",
    discussion: """
      Prints how many accounts each territory would get, which by which rule and comparison, which \
      accounts no territory would get, and which several territories of one type. With --out one \
      file a table is written: preview-territories, preview-accounts, preview-unassigned, \
      preview-several.
      """)

  @Argument(
    help:
      "The model: its developer name or label, active or planned, or the folder or table of its files"
  )
  var model: String

  @Option(help: "Only this territory and those below it, by developer name or name")
  var territory: String?

  @OptionGroup var options: CommonOptions

  @OptionGroup var tablesOptions: TablesOptions

  func run() throws {
    let console = options.console
    console.begin(steps: tablesOptions.out == nil ? 2 : 3)
    let project = try Project(options)
    let arguments = try ModelArguments([model], in: project)
    let pipeline = try TerritoryPipeline(
      project, demand: arguments.demand(), options: options, console: console)
    let model = try arguments.models(pipeline)[0]
    let top = try territory.map { try model.territory(named: $0) }
    if case .table = model.source {
    } else {
      try TerritoryPipeline.requireRules(of: model, pipeline.records)
    }
    console.step("Running the rules")
    let run = pipeline.run(model)
    let preview = PreviewTables(run.simulated(), records: pipeline.records, below: top)
    let output = tablesOptions.output(of: project)
    try output.write(
      preview.all(limit: output.listLimit), formatter: pipeline.pipeline.context.formatter,
      console: console, isTitled: true)
    pipeline.report(arguments.findings(of: [model]) + run.findings, to: console)
  }
}
