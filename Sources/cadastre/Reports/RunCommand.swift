import ArgumentParser
import Foundation
import History
import Records
import Reports

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Render all reports that are due, with one page over them",
    discussion: """
      The reports and their editions are those of cadastre.yaml. Where it says to whom they go, their \
      messages are put into the outbox, for cadastre send. One is due where the history has \
      no edition of its last scheduled day or later; so a first run renders every report. What \
      was made is kept in the history, and a run of the same day replaces it.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var engine: EngineOptions

  @Flag(help: "Render every report of the configuration, due or not")
  var all = false

  @Option(help: "The folder to write, in place of out/<as-of>")
  var out: String?

  @Flag(
    name: .customLong("accept-export"),
    help: "Go on where the export is smaller or older than the last run's, or older than max_age")
  var acceptsExport = false

  @Flag(help: "Send again what was sent and says something else now, as corrected")
  var correct = false

  @Flag(
    name: .customLong("tell-operator"),
    help: "Mail the operator why, where the run does not go through")
  var tellsOperator = false

  func run() throws {
    let console = options.console
    let project = try Project(options)
    let unsent: [Finding]
    do {
      unsent = try run(project, console)
    } catch {
      if tellsOperator { Operator.tell(of: error, in: project) }
      throw error
    }
    guard !unsent.isEmpty else { return }
    if tellsOperator { Operator.tell(of: unsent, in: project) }
    throw ExitCode.failure
  }

  /// Makes what is due.
  ///
  /// - Returns: the messages that could not be put into the outbox, all else being made.
  private func run(_ project: Project, _ console: Console) throws -> [Finding] {
    let catalogue = try Pipeline.catalogue(of: project)
    let library = Definitions(project, catalogue: catalogue)
    let reports = try library.configured()
    let definitions = reports.map(\.definition)
    // Before anything is read: two runs at once, or a history that is refused, end here.
    let history = try ProjectHistory(of: project).map { try OpenHistory($0) }
    let past = try history.map { try RunPast($0.file) }
    console.begin(steps: 1 + ReportSource.steps(definitions))
    var demand = Pipeline.Demand(definitions: definitions)
    if let past {
      demand = demand.adding(KeptQuestions.demand(of: definitions))
      demand.movement = past.movement(demand.movement, of: definitions)
    }
    let source = try ReportSource(
      project, catalogue: catalogue, demand: demand, options: options, console: console)
    let pipeline = source.pipeline
    let guarded = ExportGuard.findings(pipeline, newest: past?.newest)
    guard acceptsExport || !guarded.contains(where: { $0.severity == .error }) else {
      throw FindingsError(guarded)
    }
    for finding in guarded { console.note(finding.description) }
    let figures = try past?.figures(for: definitions, of: pipeline)
    var run = try ReportRun(
      source, past: figures, templates: try project.templates(), formats: ReportFormat.allCases)
    let early = try reports.map {
      all ? nil : try $0.whyNotDue(on: pipeline, made: past?.days[$0.definition.name] ?? [])
    }
    let jobs = try zip(reports, early).map { report, early in
      early == nil
        ? try run.jobs(of: report.definition, kinds: report.kinds, families: report.families) : []
    }
    if engine.isSpark {
      try run.askSpark(jobs.flatMap { $0 }, of: pipeline, catalogue: catalogue, console: console)
    }
    let notes = zip(reports, early).map { report, early in
      early ?? source.whyNone(of: report.definition) ?? run.whyNone(of: report.kinds)
    }
    let post = history.map { Post(project, $0) }
    let mailroom = try post.flatMap { post in
      try Mailroom(
        source, reports: zip(reports, jobs).map { ($0, $1) }, run: run, post: post,
        corrects: correct)
    }
    defer { mailroom?.clear() }
    console.begin(steps: jobs.joined().count)
    let folder = project.outputFolder(out, asOf: pipeline.context.asOf)
    var editions: [KeptEdition] = []
    let isAnyDue = early.contains { $0 == nil }
    if isAnyDue {
      try WrittenWhole.folder(at: folder) { partial in
        let all = Array(jobs.joined())
        let rendered = try run.render(all, into: partial, console: console, mailroom: mailroom)
        try mailroom?.finish(in: partial)
        editions = zip(all, rendered).map { KeptEdition($0, $1.figures) }
        var start = 0
        let reports = definitions.indices.map { index in
          defer { start += jobs[index].count }
          return RunIndex.Report(
            name: definitions[index].name, title: definitions[index].title,
            editions: rendered[start..<start + jobs[index].count].map(\.entry), note: notes[index])
        }
        try run.writeIndex(reports, findings: pipeline.findings, into: partial)
      }
    }
    // Before the history says that they were made: a run that ends here is made again.
    let unsent = try post.flatMap { try mailroom?.fill($0) } ?? []
    if let history {
      console.debug("keeping the run in the history")
      let notices = Set(definitions.filter(\.isNotice).map(\.name))
      let prediction = editions.contains { notices.contains($0.report) }
      try history.begun().keep(
        try KeptQuestions.snapshot(
          pipeline, editions, trends: figures?.trend.last,
          prediction: prediction ? source.change?.prediction ?? [] : []))
      FormerLastRun.remove(from: project)
    }
    if isAnyDue {
      console.print(Project.shown(folder.appending(path: "index.html")))
    } else {
      console.note("No report is due as of \(pipeline.context.asOf).")
    }
    for finding in source.change?.findings ?? [] { console.note(finding.description) }
    for (definition, note) in zip(definitions, notes) {
      // Without a list of reports every built-in one is made that can be; the index says the rest.
      let isAsked = !project.configuration.reports.isEmpty || !definition.isAboutChange
      if let note, isAsked { console.note("\(definition.name): \(note)") }
    }
    for finding in (mailroom?.findings ?? []) + unsent { console.note(finding) }
    if let mailroom, mailroom.count > 0 {
      let messages = mailroom.count == 1 ? "1 message" : "\(mailroom.count) messages"
      console.note("Outbox: \(messages) (cadastre send --dry-run lists them)")
    }
    console.summarise(pipeline.findings)
    return unsent.filter { $0.severity == .error }
  }
}
