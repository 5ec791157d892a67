import ArgumentParser
import Expressions
import Foundation
import History
import Records

/// The command line: one file a command, and the only room that reads the clock, the environment and
/// the terminal.
@main
struct Cadastre: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cadastre",
    abstract: "Turn the export of a CRM into the reports a sales organisation lives by",
    discussion: """
      Start with a sample: cadastre sample export; cadastre init --export export --yes; cadastre run
      Exit status: 0 done; 1 failed while running; 2 errors in the input or the configuration; \
      64 wrong usage.
      """,
    version: "0.1.0",
    subcommands: [
      SampleCommand.self, WantsCommand.self, InitCommand.self, CheckCommand.self,
      TablesCommand.self, QueryCommand.self, ExplainCommand.self, ReconcileCommand.self,
      FamilyCommand.self, ReportCommand.self, RunCommand.self, ApproveCommand.self,
      HoldCommand.self, SendCommand.self, ScheduleCommand.self, HistoryCommand.self,
      TerritoriesCommand.self, LeadsCommand.self, HierarchyCommand.self,
    ])

  /// Exit status for findings of severity error in the input or the configuration.
  static let inputErrors = ExitCode(2)

  /// What reports say made them.
  static var madeBy: String { "cadastre \(configuration.version)" }

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as FindingsError {
      fail(error.findings)
    } catch let error as ExpressionError {
      fail([error.finding])
    } catch let error as HistoryError {
      Console.standardError(error.description)
      Foundation.exit(ExitCode.failure.rawValue)
    } catch let error as QuestionError {
      for line in error.lines { Console.standardError(line) }
      Foundation.exit(ExitCode.validationFailure.rawValue)
    } catch {
      guard let refusal = FileRefusal.finding(of: error) else { exit(withError: error) }
      Console.standardError(refusal.description)
      Foundation.exit(ExitCode.failure.rawValue)
    }
  }

  private static func fail(_ findings: [Finding]) -> Never {
    for finding in findings { Console.standardError(finding.description) }
    Foundation.exit(inputErrors.rawValue)
  }
}
