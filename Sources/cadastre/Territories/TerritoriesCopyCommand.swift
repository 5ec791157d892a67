import ArgumentParser
import Foundation
import Metadata
import Records
import Territories

struct TerritoriesCopyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Write a territory model as files to explore, edit and deploy",
    discussion: """
      A model with rules becomes metadata XML in FOLDER/metadata, with the package.xml by which \
      Salesforce deploys it; a table of accounts stays one, FOLDER/plan.csv. Who works where stands \
      in FOLDER/planned_users.csv. Copying the copy is copying its folder.
      """)

  @Argument(
    help: "The model: its developer name or label, active, planned, or the folder of its files")
  var model: String

  @Argument(help: "The folder to write, which does not exist yet or is empty")
  var folder: String

  @OptionGroup var options: CommonOptions

  @Option(help: "What the copy is called; the name of the folder unless given")
  var name: String?

  @Option(
    help:
      "metadata: names of files as the Metadata API has them; source: as a Salesforce DX project")
  var layout: WrittenMetadata.Layout?

  func run() throws {
    let console = options.console
    console.begin(steps: 2)
    let project = try Project(options)
    let target = project.folder(named: folder)
    try checkFree(target)
    let arguments = try ModelArguments([model], in: project)
    let read = try TerritoryPipeline(
      project, demand: Pipeline.Demand(fields: arguments.fields), options: options,
      console: console)
    let models = try arguments.models(read)
    console.step("Writing the copy")
    for model in models {
      let copy = try copy(model, named: name ?? target.lastPathComponent, read.records)
      try WrittenWhole.folder(at: target) { partial in
        for file in copy.files {
          let url = partial.appending(path: file.name)
          try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(file.bytes).write(to: url)
        }
      }
      for note in copy.notes { console.note(note) }
      console.print(summary(model, copy))
    }
    console.summarise(read.findings)
  }

  private func checkFree(_ target: URL) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: target.path) else { return }
    let content = try? files.contentsOfDirectory(atPath: target.path)
    guard content?.isEmpty != true else { return }
    throw FindingsError([
      Finding(
        code: "copy-folder-taken", severity: .error, at: SourcePosition(file: folder),
        what: content == nil
          ? "the copy's folder is a file, or cannot be read" : "the copy's folder is not empty",
        done: "no file was written", suggestion: "name another folder, or empty this one")
    ])
  }

  private func copy(
    _ model: ResolvedModel, named name: String, _ records: RecordSet
  ) throws -> ModelCopy {
    do {
      return try ModelCopy(model, named: name, layout: layout, records: records)
    } catch {
      throw FindingsError([
        Finding(
          code: "model-not-writable", severity: .error, at: model.plan.at, what: error.what,
          done: "no file was written", suggestion: error.suggestion)
      ])
    }
  }

  /// What was written, and how it is used.
  private func summary(_ model: ResolvedModel, _ copy: ModelCopy) -> String {
    let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let isTable = copy.metadataNames.isEmpty
    let planned = isTable ? "\(folder)/plan.csv" : folder
    let users = copy.users.map { ", users: \(folder)/\($0)" } ?? ""
    var lines = [
      "\(folder): \(copy.developerName), a copy of \(model.plan.name): \(contents(model, isTable))",
      "To plan with it, in cadastre.yaml:",
      "  territory_model: {planned: \(planned)\(users)}",
      "To compare it: cadastre territories compare active \(folder)/",
    ]
    if !isTable {
      lines.append(
        "To deploy it: sf project deploy start "
          + (copy.metadataNames.contains { $0.hasSuffix("-meta.xml") }
            ? "--source-dir" : "--metadata-dir") + " \(folder)/\(ModelCopy.metadataFolder)")
    }
    return lines.joined(separator: "\n")
  }

  private func contents(_ model: ResolvedModel, _ isTable: Bool) -> String {
    func count(_ number: Int, _ one: String, _ many: String) -> String {
      "\(number) \(number == 1 ? one : many)"
    }
    let users = Set(model.members.flatMap { $0.map(\.user) }).count
    return [
      count(model.tree.count, "territory", "territories"),
      isTable
        ? count(Set(model.assigned.map(\.account)).count, "account", "accounts")
        : count(model.plan.rules.count, "rule", "rules"),
      count(users, "user", "users"),
    ].joined(separator: ", ")
  }
}

extension WrittenMetadata.Layout: ExpressibleByArgument {}
