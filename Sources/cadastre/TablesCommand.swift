import ArgumentParser
import Foundation
import Metrics
import Records
import Reports

struct TablesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables",
    abstract: "Compute the standard metric tables",
    discussion: """
      Without --out the tables are printed; with it one file a table is written, CSV unless \
      --format says otherwise. Tables: \(StandardTable.built.map(\.rawValue).joined(separator: ", ")).
      """)

  @Argument(help: "Names of tables; all where none is given")
  var tables: [String] = []

  @OptionGroup var options: CommonOptions
  @OptionGroup var engine: EngineOptions

  @OptionGroup var movement: MovementOptions

  @Option(help: "The folder to write files into")
  var out: String?

  @Option(help: "csv, json, xml or text")
  var format: TableFormat?

  func run() throws {
    let console = options.console
    let wanted = try standardTables()
    let movement = try movement.request(for: wanted)
    console.begin(steps: out == nil ? 2 : 3)
    let project = try Project(options)
    let catalogue = try Pipeline.catalogue(of: project)
    let pipeline = try Pipeline(
      project, catalogue: catalogue, demand: Pipeline.Demand(tables: wanted, movement: movement),
      options: options, console: console)
    console.step("Computing the tables")
    let results = try pipeline.engine.standardTables(wanted, scope: .company)
    let format = format ?? (out == nil ? .text : .csv)
    let writer = TableWriter(formatter: pipeline.context.formatter, templates: try Templates())
    if let out {
      let files = try results.map { table in
        (
          name: "\(table.name).\(format.fileExtension)",
          content: try writer.ready(table, as: format)
        )
      }
      console.step("Writing the tables")
      try WrittenWhole.files(
        files.map(\.name),
        in: URL(filePath: out, directoryHint: .isDirectory, relativeTo: project.folder)
          .standardizedFileURL
      ) { name, write in
        try files.first { $0.name == name }?.content.write(to: write)
      }
      for table in results {
        for note in table.notes { console.note("\(table.name): \(note)") }
      }
    } else {
      for table in results {
        console.print(String(decoding: try writer.bytes(of: table, as: format), as: UTF8.self))
      }
    }
    console.summarise(pipeline.findings)
  }

  /// - Throws: A validation error that names the unknown table and the one probably meant.
  private func standardTables() throws -> [StandardTable] {
    if tables.isEmpty { return StandardTable.built }
    return try tables.map { name in
      guard let table = StandardTable(rawValue: name) else {
        let names = StandardTable.allCases.map(\.rawValue)
        throw ValidationError(
          "there is no table \"\(name)\"; "
            + Suggestion.sentence(
              for: name, in: names, otherwise: "the tables are \(Suggestion.list(names))"))
      }
      return table
    }
  }
}

extension TableFormat: ExpressibleByArgument {}
