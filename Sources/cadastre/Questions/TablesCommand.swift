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
      --format says otherwise. Tables: \(StandardTable.allCases.map(\.rawValue).joined(separator: ", ")).
      """)

  @Argument(help: "Names of tables; all where none is given")
  var tables: [String] = []

  @OptionGroup var options: CommonOptions
  @OptionGroup var engine: EngineOptions

  @OptionGroup var movement: MovementOptions

  @OptionGroup var tablesOptions: TablesOptions

  func run() throws {
    let console = options.console
    let wanted = try standardTables()
    let movement = try movement.request(for: wanted)
    console.begin(steps: tablesOptions.out == nil ? 2 : 3)
    let project = try Project(options)
    let catalogue = try Pipeline.catalogue(of: project)
    let pipeline = try Pipeline(
      project, catalogue: catalogue, demand: Pipeline.Demand(tables: wanted, movement: movement),
      options: options, console: console)
    let results: [MetricTable]
    if engine.isSpark {
      results = try SparkAnswers(
        pipeline, tables: wanted.map { .init($0) }, catalogue: catalogue, console: console
      ).tables(wanted, scope: .company)
    } else {
      console.step("Computing the tables")
      results = try pipeline.engine.standardTables(wanted, scope: .company)
    }
    try tablesOptions.output(of: project)
      .write(results, formatter: pipeline.context.formatter, console: console)
    console.summarise(pipeline.findings)
  }

  /// - Throws: A validation error that names the unknown table and the one probably meant.
  private func standardTables() throws -> [StandardTable] {
    if tables.isEmpty { return StandardTable.allCases }
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
