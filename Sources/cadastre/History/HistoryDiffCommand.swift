import ArgumentParser
import History
import Records
import Reports

struct HistoryDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what differs between two runs: figures, deals, territories of accounts",
    discussion: """
      On a terminal the figures of the company's editions are shown and the first rows of long \
      lists; data formats hold all of them.
      """)

  @Argument(help: "The as-of date of the earlier run; the last but one where none is given")
  var from: String?

  @Argument(help: "The as-of date of the later run; the newest where none is given")
  var to: String?

  @OptionGroup var options: HistoryOptions
  @OptionGroup var tablesOptions: TablesOptions

  func run() throws {
    let (project, history) = try options.history()
    let file = try history.existing()
    let runs = try file.runs()
    let later = try HistoryOptions.run(to, in: runs)
    let earlier = try HistoryOptions.run(from, in: runs, fromEnd: from == nil ? 1 : 0)
    guard earlier.asOf < later.asOf else {
      throw ValidationError(
        "\(earlier.asOf) is not before \(later.asOf): give the earlier day first")
    }
    let difference = try file.difference(from: earlier.asOf, to: later.asOf)
    let output = tablesOptions.output(of: project)
    let isWhole = output.format != .text || output.isFiles
    let tables = HistoryTables(for: output)
    try output.write(
      [
        tables.changes(difference.figures.filter { isWhole || $0.edition.kind == "company" }),
        tables.deals(difference.deals), tables.accounts(difference.accounts),
      ], formatter: HistoryOptions.formatter(project, later), console: options.console,
      isTitled: true, step: nil)
    if earlier.currency != later.currency {
      options.console.note(
        "Amounts of \(earlier.asOf) are in \(earlier.currency), those of \(later.asOf) in"
          + " \(later.currency).")
    }
    let counts = HistoryDifference.DealFate.allCases.map { fate in
      "\(difference.deals.count { $0.fate == fate }) \(fate.rawValue)"
    }
    options.console.note(
      "From \(earlier.asOf) to \(later.asOf): deals "
        + Suggestion.list(counts, conjunction: "and")
        + "; \(difference.accounts.count) "
        + (difference.accounts.count == 1
          ? "account changed territory" : "accounts changed territory"))
  }
}
