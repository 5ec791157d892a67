import ArgumentParser
import History
import Reports

struct HistoryListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the runs that are kept, the earliest first")

  @OptionGroup var options: HistoryOptions
  @OptionGroup var tablesOptions: TablesOptions

  func run() throws {
    let (project, history) = try options.history()
    let file = try history.existing()
    let runs = try file.runs()
    let output = tablesOptions.output(of: project)
    try output.write(
      [HistoryTables(for: output).runs(runs, try file.counts())],
      formatter: HistoryOptions.formatter(project, runs.last), console: options.console, step: nil)
  }
}
