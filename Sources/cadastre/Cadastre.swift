import ArgumentParser

@main
struct Cadastre: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "cadastre")
}
