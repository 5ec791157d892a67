import ArgumentParser
import Foundation
import Records
import Reports

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Render reports, or single editions of them",
    discussion: "Reports that ship: \(ReportDefinition.builtInNames.joined(separator: ", ")).")

  @Argument(help: "Names of reports; all of the configuration where none is given")
  var names: [String] = []

  @OptionGroup var options: CommonOptions
  @OptionGroup var engine: EngineOptions

  @OptionGroup var movement: MovementOptions

  @Option(
    help:
      "One edition: company, or the Id or name of a territory, manager or family, as region:EMEA")
  var edition: String?

  @Option(help: "Formats with commas between: html, mail, text, pdf, xlsx, csv, json, xml")
  var format = "html,xml"

  @Option(help: "The folder to write into, in place of out/<as-of>")
  var out: String?

  func run() throws {
    let console = options.console
    let formats = try ReportFormat.list(format)
    let project = try Project(options)
    let catalogue = try Pipeline.catalogue(of: project)
    let library = Definitions(project, catalogue: catalogue)
    let configured = project.configuration.reports.map(\.name.value)
    let wanted =
      names.isEmpty ? (configured.isEmpty ? ReportDefinition.builtInNames : configured) : names
    let definitions = try wanted.map { try library.named($0) }
    console.begin(steps: 1 + ReportSource.steps(definitions))
    let past = try ProjectHistory(of: project).map { try RunPast($0.reading()) }
    var request = try movement.request(for: [.pipelineMovement])
    if let past { request = past.movement(request, of: definitions) }
    let source = try ReportSource(
      project, catalogue: catalogue,
      demand: Pipeline.Demand(definitions: definitions, movement: request)
        .adding(KeptQuestions.pastDemand(of: definitions)),
      options: options, console: console)
    let pipeline = source.pipeline
    // Reports about a change that cannot be known are refused where nothing else is asked for.
    if source.change == nil, definitions.allSatisfy(\.isAboutChange), !definitions.isEmpty {
      throw FindingsError(source.whyNoChange)
    }
    var run = try ReportRun(
      source, past: try past?.figures(for: definitions, of: source.pipeline),
      templates: try project.templates(), formats: formats)
    let jobs = try definitions.flatMap { try run.jobs(of: $0, kinds: nil, only: edition) }
    guard !jobs.isEmpty else {
      throw ValidationError(
        "no edition is called \"\(edition ?? "")\": give company, or the Id or name of a territory, a "
          + "manager or a family")
    }
    if engine.isSpark {
      try run.askSpark(jobs, of: pipeline, catalogue: catalogue, console: console)
    }
    console.begin(steps: jobs.count)
    let folder = project.outputFolder(out, asOf: pipeline.context.asOf)
    // Rendered aside first: an edition that fails leaves the others of the last run as they were.
    let files = FileManager.default
    let aside = try WrittenWhole.emptyFolder(aside: folder, .reports)
    defer { try? files.removeItem(at: aside) }
    let entries = try run.render(jobs, into: aside, console: console).map(\.entry)
    let paths = entries.flatMap { $0.files.map(\.path) }
    try WrittenWhole.move(paths + entries.flatMap(\.parts), from: aside, to: folder)
    for path in paths { console.print(Project.shown(folder.appending(path: path))) }
    WrittenWhole.clearAway(beside: folder)
    for finding in source.change?.findings ?? [] { console.note(finding.description) }
    for definition in definitions where edition == nil {
      if let note = source.whyNone(of: definition) ?? run.whyNone(of: definition.editions) {
        console.note("\(definition.name): \(note)")
      }
    }
    console.summarise(pipeline.findings)
  }
}
