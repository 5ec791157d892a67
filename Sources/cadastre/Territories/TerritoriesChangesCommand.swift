import ArgumentParser
import Foundation
import Metrics
import Records
import Reports
import Territories

struct TerritoriesChangesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes",
    abstract: "List what changes hands when one territory model takes the place of another",
    discussion: """
      Every account, family, open deal, lead and open task that changes hands, from where to where, by \
      which rule. A model is named by its developer name or label, as active or planned, or by the \
      folder or table of its files. The active model is taken as the export states it, any other as \
      its rules give it. A change of territory is not a change of owner: the two are separate columns.

      cadastre territories changes --out changes
      cadastre territories changes --from active --to FY28 --manager "Ann Lee"
      cadastre territories changes --load-files load
      cadastre territories changes --predicted changes
      """)

  @Option(help: ArgumentHelp("The model before", valueName: "model"))
  var from = "active"

  @Option(help: ArgumentHelp("The model afterwards", valueName: "model"))
  var to = "planned"

  @Option(help: "Only what is in a territory or below it, before or afterwards")
  var territory: String?

  @Option(
    help: ArgumentHelp(
      "Only what is in a manager's territories, or owned in the manager's line, before or afterwards",
      valueName: "user"))
  var manager: String?

  @Option(
    help: ArgumentHelp(
      "The role whose one holder in a territory owns its accounts; in place of owner_role in cadastre.yaml",
      valueName: "role"))
  var ownerRole: String?

  @Option(help: ArgumentHelp("Write lists for the Data Loader into a folder", valueName: "folder"))
  var loadFiles: String?

  @Option(
    help: ArgumentHelp(
      "Compare an earlier change set, a folder or a file of it, with what the export states now",
      valueName: "path"))
  var predicted: String?

  @OptionGroup var options: CommonOptions

  @Option(help: "At most so many rows of a list as text")
  var limit = 10

  @OptionGroup var tablesOptions: TablesOptions

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit \(limit) leaves no row: write 1 or more") }
    if territory != nil, manager != nil {
      throw ValidationError("--territory and --manager exclude each other")
    }
    if predicted != nil, loadFiles != nil || territory != nil || manager != nil {
      throw ValidationError(
        "--predicted compares all that an earlier run wrote: leave --load-files, --territory and"
          + " --manager out")
    }
  }

  func run() throws {
    let console = options.console
    let project = try Project(options)
    // A wrong file is told before a large export is read.
    let prediction = try predicted.map { try PredictionFiles(path: $0).prediction }
    let arguments = try ModelArguments(prediction == nil ? [from, to] : [], in: project)
    console.begin(
      steps: (prediction == nil ? 3 : 2) + (tablesOptions.out == nil && loadFiles == nil ? 0 : 1))
    let read = try TerritoryPipeline(
      project, demand: arguments.demand(adding: ChangeRun.demand(project.configuration)),
      options: options, console: console)
    if let prediction { return try tell(prediction, read, console) }
    let models = try arguments.models(read)
    let run = try ChangeRun(
      read, from: models[0], to: models[1],
      wishes: ChangeRun.Wishes(territory: territory, manager: manager, ownerRole: ownerRole),
      console: console)
    let formatter = read.pipeline.context.formatter
    let output = tablesOptions.output(of: project)
    if output.isFiles || loadFiles != nil { console.step("Writing the lists") }
    if let loadFiles {
      try write(LoadFiles(run.changes, records: read.records), loadFiles, project)
    }
    if output.isFiles || output.format != .text {
      try output.write(
        run.all + (output.isFiles ? [run.tables.before] : []), formatter: formatter,
        console: console, step: nil)
    } else {
      let writer = TableWriter(
        formatter: formatter,
        width: max(Terminal.width, Terminal.wideTable))
      console.print(try ChangeText(run: run, writer: writer, limit: limit).text())
    }
    if let loadFiles { console.note("Read \(loadFiles)/README.txt before you load anything.") }
    read.report(arguments.findings(of: models) + run.ruleFindings, to: console)
  }

  private func write(_ files: LoadFiles, _ path: String, _ project: Project) throws {
    var contents: [(name: String, text: String)] = [
      ("README.txt", files.manual), ("manifest.csv", files.manifest.csv()),
      ("deal-territories.csv", files.saved.csv()),
    ]
    if files.unnamed.rowCount > 0 {
      contents.append(("owners-to-be-named.csv", files.unnamed.csv()))
    }
    for list in files.lists {
      contents.append(("\(list.name).csv", list.table.csv()))
      if let reverse = list.reverse {
        contents.append(("rollback/\(list.name).csv", reverse.csv()))
      }
    }
    let all = contents
    try WrittenWhole.files(all.map(\.name), in: project.folder(named: path)) { name in
      Data((all.first { $0.name == name }?.text ?? "").utf8)
    }
  }

  /// Says what became of an earlier change set.
  private func tell(
    _ prediction: Prediction, _ read: TerritoryPipeline, _ console: Console
  ) throws {
    console.step("Comparing")
    let outcome = PredictionOutcome(
      prediction,
      now: Holdings(
        stated: try read.library.model(named: "active"), assignment: read.pipeline.assignment),
      records: read.records, crosswalk: read.userRecords.crosswalk)
    let formatter = read.pipeline.context.formatter
    let output = tablesOptions.output(of: read.pipeline.project)
    if output.isFiles || output.format != .text {
      try output.write(
        [outcome.table(of: read.records)], formatter: formatter, console: console, step: nil)
    } else {
      let writer = TableWriter(
        formatter: formatter,
        width: max(Terminal.width, Terminal.wideTable))
      console.print(
        try OutcomeText(
          outcome: outcome, records: read.records, writer: writer, formatter: formatter,
          limit: limit
        ).text())
    }
    read.report([], to: console)
  }
}
