import ArgumentParser
import BuiltIns
import Foundation
import Intake
import Metrics
import Records
import Reports
import Settings

struct WantsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wants",
    abstract: "Say what to export from the CRM, before there is any export",
    discussion: """
      Objects, fields and what each is for, permissions, boxes to tick, and a script that fetches \
      just these fields. For the reports of cadastre.yaml where there is one, else for all that \
      are built in.
      """)

  @Argument(help: "Names of reports")
  var reports: [String] = []

  @Option(help: "The folder of the project, where cadastre.yaml may be")
  var project = "."

  @Option(help: "The CRM in place of the configured one: \(Suggestion.list(crms))")
  var crm: String?

  @Option(help: "text or json")
  var format = Format.text

  @Flag(help: "Print the script that fetches the fields")
  var script = false

  @Option(help: "Write the script into a file that can be run")
  var out: String?

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  /// The CRMs that are built in.
  private static let crms = BuiltIns.paths(in: "presets").map {
    String($0.dropFirst("presets/".count).dropLast(".yaml".count))
  }

  func validate() throws {
    if let crm, !WantsCommand.crms.contains(crm) {
      throw ValidationError(
        "there is no CRM \"\(crm)\"; "
          + Suggestion.sentence(
            for: crm, in: WantsCommand.crms,
            otherwise: "use \(Suggestion.list(WantsCommand.crms))"))
    }
  }

  func run() throws {
    let console = Console(isQuiet: false, isVerbose: false)
    let project = try Project(withoutExport: project, crm: crm)
    let catalogue = try Pipeline.catalogue(of: project)
    let library = Definitions(project, catalogue: catalogue)
    let configured = project.configuration.reports.map { ($0.name.value, $0.name.at) }
    let definitions =
      if !reports.isEmpty {
        try reports.map { try library.named($0) }
      } else if !configured.isEmpty {
        try configured.map { try library.named($0, at: $1) }
      } else {
        try ReportDefinition.builtInNames.map { try library.named($0) }
      }
    let wanted = WantedExport(
      definitions: definitions, tables: reports.isEmpty ? StandardTable.allCases : [],
      catalogue: catalogue, project: project)
    guard script || out != nil else {
      console.print(format == .json ? try wanted.json() : wanted.text)
      return
    }
    guard wanted.isSalesforce else {
      throw ValidationError(
        "there is a fetch script for salesforce only; \(wanted.crm) exports files by itself")
    }
    let text = FetchScript(wanted: wanted).text
    guard let out else {
      console.print(text)
      return
    }
    let file = URL(filePath: out)
    try WrittenWhole.file(Data(text.utf8), at: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    console.print(
      "\(Project.shown(file)) was written. Run it: \(out.contains("/") ? "" : "./")\(out) ORG")
  }
}
