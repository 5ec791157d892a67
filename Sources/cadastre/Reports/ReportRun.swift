import BuiltIns
import Dispatch
import Foundation
import Graphics
import Metrics
import Records
import Reports
import Settings
import Synchronization
import Territories

/// Renders the editions of reports, all of them in parallel, into a folder.
struct ReportRun: Sendable {
  let engine: LocalEngine
  /// What Spark has answered; nil where the local engine answers all.
  var spark: SparkAnswers?
  /// The change between two models; nil where no report is about one, or there is none.
  let change: ChangeDesk?
  let context: ReportContext
  let templates: Templates
  let canvas: CairoCanvas
  private let writers: EditionWriters
  /// The project's folder, where people keep their notes.
  let project: URL

  /// An edition to make and where its files go, relative to the folder.
  struct Job: Sendable {
    let definition: ReportDefinition
    let edition: EditionScope
    let stem: String
    /// Who reads it, where it is about the change of models for one person.
    var reader: ChangeReader?
  }

  /// - Parameters:
  ///   - source: the export, read.
  ///   - past: what earlier runs leave to compare with; nil: the project keeps no history.
  ///   - templates: how files look.
  ///   - formats: what files are made of an edition.
  /// - Throws: what the theme's fonts are refused for.
  init(
    _ source: ReportSource, past: ReportPast?, templates: Templates, formats: [ReportFormat]
  ) throws {
    let pipeline = source.pipeline
    engine = pipeline.engine
    change = source.change
    var context = source.context
    context.formatter.words = templates.words(for: context.formatter.locale)
    context.past = past
    self.context = context
    let project = pipeline.project
    self.project = project.folder
    self.templates = templates
    canvas = try CairoCanvas(families: templates.theme.fontFamilies)
    writers = EditionWriters(
      templates: templates, canvas: canvas, formats: formats,
      sender: project.configuration.mail?.from)
  }

  /// The editions of a report.
  ///
  /// - Parameters:
  ///   - definition: the report.
  ///   - kinds: which editions; nil as the definition says.
  ///   - families: which families have an edition; nil: the usual number of the largest.
  ///   - only: what a person calls one edition; nil for all.
  /// - Returns: the editions to render, each with a file name of its own.
  /// - Throws: `FindingsError` where a family is not there.
  func jobs(
    of definition: ReportDefinition, kinds: [ReportDocument.Edition.Kind]?,
    families: Configuration.Families? = nil, only: String? = nil
  ) throws -> [Job] {
    let kinds = (kinds ?? definition.editions).filter { definition.editions.contains($0) }
    if definition.isAboutChange { return changeJobs(of: definition, kinds: kinds, only: only) }
    var editions: [EditionScope] = []
    for kind in ReportDocument.Edition.Kind.allCases where kinds.contains(kind) {
      editions += context.editions(
        of: kind, families: kind == .family ? try self.families(families, only: only) : [])
    }
    // An export without territories has one edition: the company's.
    if editions.isEmpty, definition.editions.contains(.company) {
      editions = context.editions(of: .company)
    }
    return zip(editions, EditionScope.fileNames(of: editions)).compactMap { edition, name in
      if let only, !edition.isCalled(only, model: context.model) { return nil }
      return Job(definition: definition, edition: edition, stem: "\(definition.name)/\(name)")
    }
  }

  /// How many families have an edition where nobody says it.
  static let usualFamilies = 10

  private func families(
    _ wanted: Configuration.Families?, only: String?
  ) throws -> [FamilyOutline] {
    switch wanted {
    case .named(let accounts): return try engine.families(of: accounts)
    case .largest(let count): return try engine.largestFamilies(count)
    case nil:
      let largest = try engine.largestFamilies(ReportRun.usualFamilies)
      let family = ReportDocument.Edition.Kind.family.rawValue + ":"
      // One that is asked for by name is made however small it is.
      guard let only, only.lowercased().hasPrefix(family) else { return largest }
      let named = try engine.families(of: [String(only.dropFirst(family.count))])
      return largest + named.filter { !largest.contains($0) }
    }
  }

  /// The editions of a report about the change of models: none where no model is planned.
  private func changeJobs(
    of definition: ReportDefinition, kinds: [ReportDocument.Edition.Kind], only: String?
  ) -> [Job] {
    guard let change else { return [] }
    var editions: [(scope: EditionScope, reader: ChangeReader?)] = []
    if kinds.contains(.company) {
      editions += context.editions(of: .company).map { ($0, nil) }
    }
    if kinds.contains(.manager) { editions += change.editions.map { ($0.scope, $0.reader) } }
    return zip(editions, EditionScope.fileNames(of: editions.map(\.scope))).compactMap {
      edition, name in
      if let only, !edition.scope.isCalled(only, model: context.model) { return nil }
      return Job(
        definition: definition, edition: edition.scope, stem: "\(definition.name)/\(name)",
        reader: edition.reader)
    }
  }

  /// Why a report has no editions of a kind though it should; nil where it has them.
  func whyNone(of kinds: [ReportDocument.Edition.Kind]) -> String? {
    let missing = kinds.filter {
      $0 != .company && $0 != .family && context.editions(of: $0).isEmpty
    }
    return missing.isEmpty
      ? nil : missing.map { EditionScope.whyNone(of: $0) }.joined(separator: " ")
  }

  /// Renders editions into a folder.
  ///
  /// - Parameters:
  ///   - jobs: the editions.
  ///   - folder: where their files go.
  ///   - console: where progress is told.
  ///   - mailroom: what makes the messages of each; nil: nobody does.
  /// - Returns: for each job its line in the index, and the figures that its edition shows.
  /// - Throws: what cannot be drawn, computed or written.
  func render(
    _ jobs: [Job], into folder: URL, console: Console, mailroom: Mailroom? = nil
  ) throws -> [Rendered] {
    for job in jobs {
      try FileManager.default.createDirectory(
        at: folder.appending(path: job.stem).deletingLastPathComponent(),
        withIntermediateDirectories: true)
    }
    let results = Results(count: jobs.count)
    DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
      guard !results.hasFailed else { return }
      do {
        let made = try render(jobs[index], into: folder)
        results.set(index, made.rendered)
        try mailroom?.take(index, made.document, made.images, in: folder)
        console.step("Rendered \(jobs[index].definition.name): \(jobs[index].edition.name)")
      } catch {
        results.fail(error)
      }
    }
    let rendered = try results.all()
    if let sentence = canvas.missingFonts { console.note(sentence) }
    return rendered
  }

  /// What an edition asks, and how its answers become sections.
  func plan(of job: Job) -> ReportPlan {
    let plan = ReportPlan(job.definition, for: job.edition, in: context)
    guard let reader = job.reader, let change, plan.asksAnEngine else { return plan }
    // An engine is told record by record what the reader holds under either model.
    return ReportPlan(job.definition, for: change.edition(of: reader, isFull: true), in: context)
  }

  private func render(
    _ job: Job, into folder: URL
  ) throws -> (rendered: Rendered, document: ReportDocument, images: [MailParts.Image]) {
    let plan = plan(of: job)
    var answers = ReportPlan.Answers(
      queries: try spark?.answers(plan.queries) ?? engine.run(plan.queries),
      listings: try engine.list(plan.listings),
      tables: try
        (spark?.tables(plan.tables, scope: plan.scope)
        ?? engine.standardTables(plan.tables, scope: plan.scope)).map(engine.forReports),
      details: try engine.detailTables(plan.details, scope: plan.scope),
      families: try plan.families.map { try engine.family($0, scope: plan.scope) })
    if plan.isAboutChange { answers.change = change?.answers(for: plan, reader: job.reader) }
    let document = plan.document(
      answers, canvas: canvas, theme: templates.theme, comment: try comment(job.stem))
    let written = try writers.write(document, to: job.stem, in: folder)
    return (Rendered(entry: written.entry, figures: document.exact), document, written.images)
  }

  /// What a person wrote for an edition: `notes/<report>/<edition>.md` of the project, else
  /// `notes/<edition>.md`, which stands on every report of that edition.
  private func comment(_ stem: String) throws -> [ReportDocument.Prose] {
    let edition = stem.split(separator: "/").last.map(String.init) ?? stem
    for name in ["notes/\(stem).md", "notes/\(edition).md"] {
      let file = project.appending(path: name)
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      return EditionComment.paragraphs(of: try Project.text(of: file, named: name))
    }
    return []
  }

  /// Writes the index over the reports and the page of findings.
  func writeIndex(_ reports: [RunIndex.Report], findings: FindingLog, into folder: URL) throws {
    var context = context
    context.findings = findings
    let index = RunIndex(reports: reports, context: context)
      .html(templates: templates, findings: "findings.html")
    try Data(index.utf8).write(to: folder.appending(path: "index.html"))
    let page = FindingsPage(context: context).html(templates: templates, home: "index.html")
    try Data(page.utf8).write(to: folder.appending(path: "findings.html"))
  }

  /// An edition that is made.
  struct Rendered: Sendable {
    let entry: RunIndex.Entry
    /// What a history keeps of it.
    let figures: [ExactFigure]
  }

  /// What the threads hand over, under one lock.
  private final class Results: Sendable {
    private let state: Mutex<(rendered: [Rendered?], failure: (any Error)?)>

    init(count: Int) {
      state = Mutex(([Rendered?](repeating: nil, count: count), nil))
    }

    var hasFailed: Bool { state.withLock { $0.failure != nil } }

    func set(_ index: Int, _ rendered: Rendered) {
      state.withLock { $0.rendered[index] = rendered }
    }

    func fail(_ error: sending any Error) {
      let error = error
      state.withLock { $0.failure = $0.failure ?? error }
    }

    func all() throws -> [Rendered] {
      try state.withLock { state in
        if let failure = state.failure { throw failure }
        return state.rendered.compactMap { $0 }
      }
    }
  }
}
