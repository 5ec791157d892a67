import ArgumentParser
import Foundation
import Metrics
import Records
import Reports
import Territories

/// The commands about families of accounts.
struct HierarchyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hierarchy",
    abstract: "Work with families of accounts",
    subcommands: [HierarchySuggestCommand.self])
}

struct HierarchySuggestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Propose parents for accounts that have none",
    discussion: """
      From DUNS numbers, domains of the web and names. The surest suggestions are printed, and all are \
      written to account-parents.csv, which a data loader imports as it is (Id, ParentId). Accounts that \
      have a parent are left alone, no suggestion closes a cycle, and nothing is changed in the CRM.
      """)

  @Option(
    name: .customLong("parent-duns"),
    help: ArgumentHelp("The field with the parent's DUNS number", valueName: "field"))
  var parentDUNS: String?

  @Option(
    name: .customLong("global-duns"),
    help: ArgumentHelp("The field with the ultimate parent's DUNS number", valueName: "field"))
  var globalDUNS: String?

  @Option(help: "The least confidence, from 1 to 100, of what is suggested")
  var confidence = 60

  @Flag(help: "Print accounts whose parent contradicts what is found; nothing is written")
  var contradictions = false

  @Option(help: "How many suggestions are printed")
  var limit = 20

  @OptionGroup var options: CommonOptions

  @Option(help: "The folder to write into, in place of out/<as-of>")
  var out: String?

  @Option(help: "How the list is printed: text, csv, json or xml")
  var format = TableFormat.text

  func validate() throws {
    guard (1...100).contains(confidence) else {
      throw ValidationError("--confidence \(confidence) is none: write a number from 1 to 100")
    }
    guard limit >= 0 else { throw ValidationError("--limit \(limit) is none: write 0 or more") }
  }

  func run() throws {
    let console = options.console
    console.begin(steps: contradictions ? 2 : 3)
    var settings = HierarchySettings()
    settings.leastConfidence = confidence
    if let parentDUNS { settings.parentDUNS = parentDUNS }
    if let globalDUNS { settings.globalDUNS = globalDUNS }
    let project = try Project(options)
    let pipeline = try Pipeline(
      project, catalogue: try Pipeline.catalogue(of: project),
      demand: Pipeline.Demand(fields: settings.fields), options: options, console: console)
    let records = pipeline.export.records
    for (option, field) in [("--parent-duns", parentDUNS), ("--global-duns", globalDUNS)] {
      guard let field, !records[.account].has(field) else { continue }
      throw FindingsError([
        Finding(
          code: "field-not-exported", severity: .error,
          what: "the accounts of the export have no field \"\(field)\", which \(option) names",
          done: "nothing was suggested",
          suggestion: "write its API name, or export the field too")
      ])
    }
    console.step("Looking for families")
    let suggester = HierarchySuggester(
      records, settings: settings, threads: ProcessInfo.processInfo.activeProcessorCount)
    let lists = HierarchyLists(records)
    let writer = TableWriter(
      formatter: pipeline.context.formatter, width: Terminal.width)
    func print(_ table: MetricTable) throws {
      console.print(String(decoding: try writer.bytes(of: table, as: format), as: UTF8.self))
    }
    if contradictions {
      try print(lists.readable(suggester.contradictions(), limit: limit))
      console.summarise(pipeline.findings)
      return
    }
    let suggestions = suggester.suggestions()
    let content = try writer.ready(lists.imports(suggestions), as: .csv)
    console.step("Writing the suggestions")
    let folder = project.outputFolder(out, asOf: records.asOf)
    try WrittenWhole.files([("account-parents.csv", content)], in: folder)
    try print(lists.summary(suggestions))
    if limit > 0, !suggestions.isEmpty { try print(lists.readable(suggestions, limit: limit)) }
    console.note("written: \(Project.shown(folder.appending(path: "account-parents.csv")))")
    console.summarise(pipeline.findings)
  }
}
