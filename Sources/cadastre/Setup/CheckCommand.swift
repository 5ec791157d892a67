import ArgumentParser
import Expressions
import Foundation
import Intake
import Metrics
import Records
import Reports

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read everything, render nothing, and say what the export gives",
    discussion: """
      First what each section of the reports will be (ready, degraded or absent), why, and how to \
      get it; then the files, with rows read = used + set aside + deleted; then the findings. \
      Exit status 2 where there are errors; with --strict for warnings too.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var engine: EngineOptions

  @Option(help: "text, html, json or xml; text where --out does not say otherwise by its ending")
  var format: CheckFormat?

  @Option(help: "The file to write, in place of printing")
  var out: String?

  @Flag(help: "Exit with status 2 for warnings too")
  var strict = false

  func run() throws {
    let console = options.console
    let (document, templates) = try checked(console)
    let ending = out.map { URL(filePath: $0).pathExtension.lowercased() }
    let format = format ?? ending.flatMap(CheckFormat.init(rawValue:)) ?? .text
    let bytes = try CheckWriter(templates: templates).bytes(of: document, as: format)
    if let out {
      let folder = URL(filePath: options.project, directoryHint: .isDirectory)
      let file = URL(filePath: out, relativeTo: folder).standardizedFileURL
      try WrittenWhole.file(Data(bytes), at: file)
      console.print(Project.shown(file))
    } else {
      console.print(String(decoding: bytes, as: UTF8.self))
    }
    let findings = document.findings
    let isRefused =
      findings.hasErrors || strict && findings.entries.contains { $0.first.severity == .warning }
    if isRefused { throw Cadastre.inputErrors }
  }

  /// The check; where something stops the reading, of what stopped it.
  private func checked(_ console: Console) throws -> (CheckDocument, Templates) {
    var templates = try Templates()
    do {
      let project = try Project(options)
      templates = try project.templates()
      return (try CheckRun(project, options: options, console: console).document, templates)
    } catch {
      var findings = FindingLog()
      if let stopped = error as? FindingsError {
        findings.add(stopped.findings)
      } else if let stopped = error as? ExpressionError {
        findings.add(stopped.finding)
      } else {
        throw error
      }
      return (CheckDocument(findings: findings, run: Cadastre.madeBy), templates)
    }
  }
}

extension CheckFormat: ExpressibleByArgument {}
