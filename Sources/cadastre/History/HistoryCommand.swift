import ArgumentParser

/// The commands about the history, a file each.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Look at what runs have kept, compare two of them, and remove old ones",
    subcommands: [
      HistoryListCommand.self, HistoryShowCommand.self, HistoryDiffCommand.self,
      HistoryPruneCommand.self,
    ])
}
