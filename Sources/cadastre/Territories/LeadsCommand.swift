import ArgumentParser
import Foundation
import Metrics
import Records
import Reports
import Territories

/// The commands about leads.
struct LeadsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leads",
    abstract: "Work with leads: which account each belongs to, and who should have it",
    subcommands: [LeadsRouteCommand.self])
}

struct LeadsRouteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "route",
    abstract: "Match open leads to accounts and say to whom each should go",
    discussion: """
      A summary is printed, and files are written: lead-owners.csv, the leads whose owner is to \
      change, which a data loader imports as it is (Id, OwnerId), lead-routes.csv, every open lead \
      with its account, territory, reason and confidence, and lead-waiting.csv, how long leads wait by \
      territory. Where leads go to headquarters, account-headquarters.csv lists the subsidiaries that \
      should go there too. Nothing is changed in the CRM.
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: "The folder to write into, in place of out/<as-of>")
  var out: String?

  @Option(help: "How the summary is printed: text, csv, json or xml")
  var format = TableFormat.text

  /// Territories whose leads wait that are printed.
  private static let shownTerritories = 10

  func run() throws {
    let console = options.console
    console.begin(steps: 3)
    let project = try Project(options)
    let pipeline = try Pipeline(
      project, catalogue: try Pipeline.catalogue(of: project),
      demand: Pipeline.Demand(tables: [.leads]), options: options, console: console)
    guard let desk = pipeline.leads else {
      throw FindingsError([
        Finding(
          code: "no-leads", severity: .error, what: "the export holds no leads",
          done: "nothing was routed",
          suggestion: "export the object Lead too; cadastre wants names its fields")
      ])
    }
    console.step("Routing the leads")
    let lists = LeadLists(desk, pipeline.assignment)
    let writer = TableWriter(
      formatter: pipeline.context.formatter, width: Terminal.width)
    let waiting = lists.waiting()
    let shown = waiting.keeping(
      Array(0..<min(waiting.rowCount, LeadsRouteCommand.shownTerritories)))
    let printed =
      try writer.bytes(of: lists.summary(), as: format)
      + (format == .text ? [UInt8(ascii: "\n")] + writer.bytes(of: shown, as: .text) : [])
    let headquarters = lists.hasSubsidiaries ? [lists.headquarters()] : []
    let files = try ([lists.imports(), lists.all(), waiting] + headquarters).map { table in
      (name: "\(table.name).csv", content: try writer.ready(table, as: .csv))
    }
    console.step("Writing the lists")
    let folder = project.outputFolder(out, asOf: pipeline.export.records.asOf)
    try WrittenWhole.files(files, in: folder)
    console.print(String(decoding: printed, as: UTF8.self))
    for file in files {
      console.note("written: \(Project.shown(folder.appending(path: file.name)))")
    }
    console.summarise(pipeline.findings)
  }
}
