import ArgumentParser
import Foundation
import Intake
import Metrics
import Records

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read everything, render nothing, and list what was found",
    discussion: "Rows read = used + set aside + deleted, for each file.")

  @OptionGroup var options: CommonOptions

  @Flag(help: "Exit with status 2 for warnings too")
  var strict = false

  func run() throws {
    let console = options.console
    let project = try Project(options)
    let catalogue = try Pipeline.catalogue(of: project)
    let library = Definitions(project, catalogue: catalogue)
    let configured = project.configuration.reports.map { ($0.name.value, $0.name.at) }
    let definitions = try configured.map { try library.named($0, at: $1) }
    console.begin(steps: 2)
    let pipeline = try Pipeline(
      project, catalogue: catalogue,
      demand: Pipeline.Demand(
        tables: StandardTable.built, definitions: definitions, isEverything: true),
      options: options, console: console)
    console.step("Computing the standard tables")
    let tables = try pipeline.engine.standardTables(StandardTable.built, scope: .company)
    let planned = PlannedMetadata(of: project)
    var findings = pipeline.findings
    findings.add(ExportGuard.findings(pipeline) + (planned?.findings ?? []))
    console.print(
      CheckReport(
        export: pipeline.export, tables: tables, formatter: pipeline.context.formatter,
        findings: findings
      ).text)
    for line in planned?.summary ?? [] { console.print(line) }
    let isRefused =
      findings.hasErrors || strict && findings.entries.contains { $0.first.severity == .warning }
    if isRefused { throw Cadastre.inputErrors }
  }
}
