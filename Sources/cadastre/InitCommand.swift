import ArgumentParser
import BuiltIns
import Foundation
import Intake
import Records

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Look at an export and generate the pipeline for it",
    discussion: "Writes cadastre.yaml and README.md, which run at once and say what was proposed.")

  @Argument(help: "The folder of the project")
  var folder = "."

  @Option(help: "The export to look at: a folder, a zip or a CSV")
  var export: String

  @Option(help: "A mapping file for a CRM that is not built in")
  var mapping: String?

  @Flag(help: "Take the proposals without asking")
  var yes = false

  @Flag(help: "Print results and errors only")
  var quiet = false

  func run() throws {
    let console = Console(isQuiet: quiet, isVerbose: false)
    let project = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL
    let file = project.appending(path: "cadastre.yaml")
    guard !FileManager.default.fileExists(atPath: file.path) else {
      throw FindingsError([
        Finding(
          code: "project-exists", severity: .error,
          at: SourcePosition(file: Project.shown(file)),
          what: "there is a configuration already", done: "nothing was written",
          suggestion: "edit it, or remove it first")
      ])
    }
    console.begin(steps: 1)
    console.step("Looking at the export")
    let proposal = try Proposal(
      export: URL(filePath: export).standardizedFileURL,
      mapping: mapping.map { URL(filePath: $0).standardizedFileURL }, project: project)
    let readme = project.appending(path: "README.md")
    // A README that is there is somebody's own.
    if !FileManager.default.fileExists(atPath: readme.path) {
      try WrittenWhole.file(Data(proposal.readme.utf8), at: readme)
    }
    try WrittenWhole.file(Data(proposal.configuration.utf8), at: file)
    let notes = proposal.notes.map { "  \($0)" }.joined(separator: "\n")
    console.print("\(Project.shown(file)) was written. Proposed:\n\(notes)")
  }
}
