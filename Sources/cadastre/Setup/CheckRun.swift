import Intake
import Metrics
import Records
import Reports
import Territories

/// Reads everything and asks every question of the reports, without rendering one.
struct CheckRun {
  let document: CheckDocument

  /// - Throws: `FindingsError` where nothing can be computed.
  init(_ project: Project, options: CommonOptions, console: Console) throws {
    let catalogue = try Pipeline.catalogue(of: project)
    let reports = try Definitions(project, catalogue: catalogue).configured()
    console.begin(steps: 2)
    let pipeline = try Pipeline(
      project, catalogue: catalogue,
      demand: Pipeline.Demand(
        tables: StandardTable.allCases, definitions: reports.map(\.definition),
        fields: ModelLibrary.fields, isAboutModels: true, isCheck: true),
      options: options, console: console)
    console.step("Asking every question of the reports")
    var refusals: [Finding] = []
    func ask(_ question: () throws -> Void) throws {
      do {
        try question()
      } catch {
        guard let refused = error as? FindingsError else { throw error }
        refusals += refused.findings.filter { !refusals.contains($0) }
      }
    }
    let engine = pipeline.engine
    try ask { _ = try engine.standardTables(StandardTable.allCases, scope: .company) }
    var context = pipeline.context
    context.readiness?.hasPlannedModel = TerritoryPipeline.hasPlannedModel(pipeline)
    var readiness: [SectionReadiness] = []
    for report in reports {
      let shapes = EditionScope.shapes(
        of: report.kinds, company: context.organisation, model: context.model,
        line: context.line,
        families: report.kinds.contains(.family) ? try engine.largestFamilies(1) : [])
      for edition in shapes {
        let plan = ReportPlan(report.definition, for: edition, in: context)
        try ask { _ = try engine.run(plan.queries) }
        try ask { _ = try engine.list(plan.listings) }
        try ask { _ = try engine.detailTables(plan.details, scope: plan.scope) }
      }
      guard let check = context.readiness else { continue }
      if report.kinds.contains(.territory),
        let editions = check.territoryEditions(of: report.definition.name)
      {
        readiness.append(editions)
      }
      readiness += check.sections(of: report.definition, editions: shapes, in: context)
    }
    readiness += StandardTable.allCases.compactMap { context.readiness?.table($0) }
    var findings = pipeline.findings
    // What is wrong in a definition of the ledger refuses every question, and is in its log too.
    let known = findings.entries.map(\.first)
    findings.add(refusals.filter { !known.contains($0) })
    let planned = pipeline.planned
    findings.add(
      ExportGuard.findings(looking: pipeline) + (planned?.findings ?? [])
        + TerritoryPipeline.modelFindings(pipeline))
    let export = pipeline.export
    document = CheckDocument(
      organisation: context.organisation, asOf: context.asOf, readiness: readiness,
      files: export.files.map { file in
        CheckDocument.File(
          name: file.file, entity: file.entity.rawValue, read: file.counts.read,
          used: file.counts.used, setAside: file.counts.setAside, deleted: file.counts.deleted,
          dialect: file.dialect.description)
      }
        + export.userFiles.map { file in
          CheckDocument.File(
            name: file.file, entity: file.kind.rawValue, read: file.counts.read,
            used: file.counts.used, setAside: file.counts.setAside, deleted: file.counts.deleted,
            dialect: file.form)
        }
        + [planned?.file].compactMap { $0 },
      ignored: export.ignored, findings: findings, formatter: context.formatter,
      run: context.run)
  }
}
