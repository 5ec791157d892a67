import BuiltIns
import Dispatch
import Foundation
import Graphics
import Metrics
import Records
import Reports
import Settings
import Synchronization

/// Renders the editions of reports, all of them in parallel, into a folder.
struct ReportRun: Sendable {
  let engine: LocalEngine
  let context: ReportContext
  let templates: Templates
  let canvas: CairoCanvas
  private let writers: EditionWriters

  /// An edition to make and where its files go, relative to the folder.
  struct Job: Sendable {
    let definition: ReportDefinition
    let edition: EditionScope
    let stem: String
  }

  init(_ pipeline: Pipeline, templates: Templates, formats: [ReportFormat]) throws {
    engine = pipeline.engine
    context = pipeline.context
    self.templates = templates
    canvas = try CairoCanvas(families: templates.theme.fontFamilies)
    writers = EditionWriters(templates: templates, canvas: canvas, formats: formats)
  }

  /// The editions of a report.
  ///
  /// - Parameters:
  ///   - definition: the report.
  ///   - kinds: which editions; nil as the definition says.
  ///   - only: the Id, developer name or name of a territory, or `company`; nil for all.
  /// - Returns: the editions to render, each with a file name of its own.
  func jobs(
    of definition: ReportDefinition, kinds: [ReportDocument.Edition.Kind]?, only: String? = nil
  ) -> [Job] {
    let kinds = (kinds ?? definition.editions).filter { definition.editions.contains($0) }
    var editions: [EditionScope] = []
    for kind in [ReportDocument.Edition.Kind.company, .territory] where kinds.contains(kind) {
      editions += EditionScope.all(
        of: kind, company: context.organisation, model: context.model)
    }
    // An export without territories has one edition: the company's.
    if editions.isEmpty, definition.editions.contains(.company) {
      editions = EditionScope.all(of: .company, company: context.organisation, model: nil)
    }
    return zip(editions, EditionScope.fileNames(of: editions)).compactMap { edition, name in
      if let only, !matches(edition, only) { return nil }
      return Job(definition: definition, edition: edition, stem: "\(definition.name)/\(name)")
    }
  }

  /// Why a report has no editions by territory though it should; nil where it has them.
  func whyNone(of kinds: [ReportDocument.Edition.Kind]) -> String? {
    guard kinds.contains(.territory), context.model == nil else { return nil }
    return EditionScope.whyNone(of: .territory)
  }

  private func matches(_ edition: EditionScope, _ text: String) -> Bool {
    let wanted = text.lowercased()
    guard edition.kind == .territory else { return wanted == "company" }
    var names = [edition.id, edition.name]
    if case .territory(let index) = edition.scope, let model = context.model {
      names.append(model.developerNames[index])
    }
    return names.contains { $0.lowercased() == wanted }
  }

  /// Renders editions into a folder.
  ///
  /// - Returns: for each job its line in the index.
  func render(_ jobs: [Job], into folder: URL, console: Console) throws -> [RunIndex.Entry] {
    for job in jobs {
      try FileManager.default.createDirectory(
        at: folder.appending(path: job.stem).deletingLastPathComponent(),
        withIntermediateDirectories: true)
    }
    let results = Results(count: jobs.count)
    DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
      guard !results.hasFailed else { return }
      do {
        results.set(index, try render(jobs[index], into: folder))
        console.step("Rendered \(jobs[index].definition.name): \(jobs[index].edition.name)")
      } catch {
        results.fail(error)
      }
    }
    let entries = try results.entries()
    if let sentence = canvas.missingFonts { console.note(sentence) }
    return entries
  }

  private func render(_ job: Job, into folder: URL) throws -> RunIndex.Entry {
    let plan = ReportPlan(job.definition, for: job.edition, in: context)
    let answers = ReportPlan.Answers(
      queries: try engine.run(plan.queries), listings: try engine.list(plan.listings),
      tables: try engine.standardTables(plan.tables, scope: plan.scope).map(engine.forReports),
      families: try plan.families.map { try engine.family($0, scope: plan.scope) })
    let document = plan.document(answers, canvas: canvas, theme: templates.theme)
    return try writers.write(document, to: job.stem, in: folder)
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

  /// What the threads hand over, under one lock.
  private final class Results: Sendable {
    private let state: Mutex<(entries: [RunIndex.Entry?], failure: (any Error)?)>

    init(count: Int) {
      state = Mutex(([RunIndex.Entry?](repeating: nil, count: count), nil))
    }

    var hasFailed: Bool { state.withLock { $0.failure != nil } }

    func set(_ index: Int, _ entry: RunIndex.Entry) { state.withLock { $0.entries[index] = entry } }

    func fail(_ error: sending any Error) {
      let error = error
      state.withLock { $0.failure = $0.failure ?? error }
    }

    func entries() throws -> [RunIndex.Entry] {
      try state.withLock { state in
        if let failure = state.failure { throw failure }
        return state.entries.compactMap { $0 }
      }
    }
  }
}
