import ArgumentParser
import History
import Reports

struct HistoryShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what one run read and which figures it made",
    discussion: """
      On a terminal the figures of the company's editions are shown, or those of --edition; data \
      formats hold all of them.
      """)

  @Argument(help: "The as-of date of the run; the newest where none is given")
  var day: String?

  @Option(help: "The editions of one report")
  var report: String?

  @Option(help: "One edition, by the name or Id of its scope")
  var edition: String?

  @OptionGroup var options: HistoryOptions
  @OptionGroup var tablesOptions: TablesOptions

  func run() throws {
    let (project, history) = try options.history()
    let file = try history.existing()
    let run = try HistoryOptions.run(day, in: try file.runs())
    let output = tablesOptions.output(of: project)
    let all = try file.editions(on: run.asOf, of: report)
    let shown = all.filter { shows($0, all: output.format != .text || output.isFiles) }
    let tables = HistoryTables(for: output)
    try output.write(
      [tables.files(run), tables.figures(shown)],
      formatter: HistoryOptions.formatter(project, run), console: options.console, isTitled: true,
      step: nil)
    let rest = all.count - shown.count
    if rest > 0, edition == nil {
      options.console.note(
        rest == 1
          ? "1 more edition is kept: give --edition NAME, or --format csv for all"
          : "\(rest) more editions are kept: give --edition NAME, or --format csv for all")
    }
  }

  private func shows(_ kept: KeptEdition, all: Bool) -> Bool {
    if let edition {
      return kept.scope == edition || kept.name.lowercased() == edition.lowercased()
        || (kept.kind == "company" && edition == "company")
    }
    return all || kept.kind == "company"
  }
}
