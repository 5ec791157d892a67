import ArgumentParser

/// The commands about territory models, a file each.
struct TerritoriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "territories",
    abstract: "Work with territory models: what they hold, and what changes hands between them",
    subcommands: [
      TerritoriesShowCommand.self, TerritoriesReplayCommand.self, TerritoriesPreviewCommand.self,
      TerritoriesCompareCommand.self, TerritoriesCopyCommand.self,
      TerritoriesChangesCommand.self,
      TerritoriesBalanceCommand.self,
    ])
}
