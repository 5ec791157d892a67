import ArgumentParser
import Foundation
import Intake
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
    console.begin(steps: 1)
    console.step("Reading the export")
    let export = try ExportLoader.load(
      LoadRequest(
        paths: try project.exportPaths(), mapping: project.mapping, fields: CheckCommand.allFields,
        timeZone: project.configuration.timeZone,
        threads: ProcessInfo.processInfo.activeProcessorCount))
    console.print(CheckReport(export: export, findings: export.findings).text)
  }

  /// Every field that some room knows.
  static let allFields: [Entity: Set<String>] = Dictionary(
    uniqueKeysWithValues: Entity.allCases.map { ($0, Set($0.fields.map(\.name))) })
}
