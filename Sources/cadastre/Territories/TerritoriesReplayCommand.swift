import ArgumentParser
import Foundation
import Records
import Reports
import Territories

struct TerritoriesReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Run the active model's rules over the accounts and compare with the export",
    discussion: """
      Prints how far the rules agree with the exported associations, by kind of difference, by \
      territory and by rule, with the accounts that differ; --next-run what the next run of the \
      rules would move. With --out one file a table is written: replay, replay-territories, \
      replay-rules, replay-accounts, next-run.

      Exit status: 0 also where accounts differ; the summary says whether a notice that rests on \
      rules can be trusted.
      """)

  @OptionGroup var options: CommonOptions

  @Flag(help: "Only what the next run of the rules would move")
  var nextRun = false

  @OptionGroup var tablesOptions: TablesOptions

  func run() throws {
    let console = options.console
    console.begin(steps: tablesOptions.out == nil ? 2 : 3)
    let project = try Project(options)
    let pipeline = try TerritoryPipeline(project, options: options, console: console)
    let model = try pipeline.library.model(named: "active")
    try TerritoryPipeline.requireRules(of: model, pipeline.records)
    console.step("Running the rules")
    let replay = Replay(
      model, records: pipeline.records, combination: pipeline.combination,
      threads: pipeline.threads)
    let tables = ReplayTables(replay, records: pipeline.records)
    let output = tablesOptions.output(of: project)
    let moved = tables.nextRun(limit: output.listLimit)
    var all =
      nextRun
      ? [moved]
      : [
        tables.summary, tables.territories, tables.rules,
        tables.differences(limit: output.listLimit),
      ]
    if tablesOptions.out != nil, !nextRun { all.append(moved) }
    try output.write(
      all, formatter: pipeline.pipeline.context.formatter, console: console, isTitled: true)
    pipeline.report(replay.byRules.findings, to: console)
  }
}
