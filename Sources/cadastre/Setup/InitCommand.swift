import ArgumentParser
import BuiltIns
import Foundation
import Intake
import Records

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Look at an export and generate the pipeline for it",
    discussion: """
      Recognises the CRM and how its files are written, and writes cadastre.yaml and README.md, \
      which run at once; for a CRM that is not built in also mapping.yaml. On a terminal it asks \
      what it cannot know, with its proposal as the answer that Enter takes.
      """)

  @Argument(help: "The folder of the project")
  var folder = "."

  @Option(help: "The export to look at: a folder, a zip or a CSV")
  var export: String

  @Option(help: "A mapping file for a CRM that is not built in")
  var mapping: String?

  @Flag(help: "Take the proposals without asking")
  var yes = false

  @Flag(help: "Copy the templates and report definitions into the project, to change them")
  var withTemplates = false

  @Flag(help: "Print results and errors only")
  var quiet = false

  func run() throws {
    let console = Console(isQuiet: quiet, isVerbose: false)
    let project = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL
    let file = project.appending(path: "cadastre.yaml")
    try refuse(file, saying: "there is a configuration already")
    console.begin(steps: 2)
    console.step("Looking at the export")
    let look = try ExportLook(
      at: URL(filePath: export).standardizedFileURL,
      mapping: mapping.map { URL(filePath: $0).standardizedFileURL })
    if look.mappingText != nil {
      try refuse(
        project.appending(path: "mapping.yaml"), saying: "there is a mapping file already",
        suggestion: "give it as --mapping mapping.yaml, or remove it first")
    }
    console.step("Reading it for proposals")
    var proposal = try Proposal(look, project: project)
    console.end()
    let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    if isTerminal, !yes {
      Dialogue(ask: Dialogue.line, say: console.print).run(&proposal)
    } else if !yes {
      console.note("No terminal to ask at: the proposals were taken (--yes says so beforehand).")
    }
    let readme = project.appending(path: "README.md")
    // A README that is there is somebody's own.
    if !FileManager.default.fileExists(atPath: readme.path) {
      try WrittenWhole.file(Data(proposal.readme.utf8), at: readme)
    }
    if let text = look.mappingText {
      try WrittenWhole.file(Data(text.utf8), at: project.appending(path: "mapping.yaml"))
    }
    if withTemplates { try copyTemplates(to: project) }
    try WrittenWhole.file(Data(proposal.configuration.utf8), at: file)
    console.print(proposal.summary(writtenTo: Project.shown(file)))
  }

  private func refuse(
    _ file: URL, saying what: String, suggestion: String = "edit it, or remove it first"
  ) throws {
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    throw FindingsError([
      Finding(
        code: "project-exists", severity: .error, at: SourcePosition(file: Project.shown(file)),
        what: what, done: "nothing was written", suggestion: suggestion)
    ])
  }

  /// Copies what pages and reports are made from; a file that is there stays.
  private func copyTemplates(to project: URL) throws {
    let paths = BuiltIns.paths(in: "templates") + BuiltIns.paths(in: "reports")
    // The built-in metrics are there anyway: a copy would define each of them twice.
    for path in paths where path != "reports/metrics.yaml" {
      let file = project.appending(path: path)
      guard !FileManager.default.fileExists(atPath: file.path) else { continue }
      try WrittenWhole.file(Data((BuiltIns.text(path) ?? "").utf8), at: file)
    }
  }
}
