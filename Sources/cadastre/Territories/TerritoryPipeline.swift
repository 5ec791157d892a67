import Foundation
import Intake
import Metadata
import Metrics
import Records
import Settings
import Territories

/// An export read for commands about territory models: its records, every model that the project
/// knows, and what each of them would hold.
struct TerritoryPipeline {
  let pipeline: Pipeline
  let library: ModelLibrary
  private let catalogue: MetricCatalogue

  var records: RecordSet { pipeline.export.records }
  var userRecords: UserRecords { pipeline.export.userRecords }
  var configuration: Configuration { pipeline.project.configuration }
  var threads: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// How the rules of a territory combine.
  var combination: Configuration.RuleCombination {
    configuration.plannedModel?.ruleCombination ?? .all
  }

  /// Reads the project's export once, with what models and a command ask for.
  ///
  /// - Parameters:
  ///   - project: the project.
  ///   - demand: figures, listings and fields that the command asks for besides.
  ///   - options: the command's options.
  ///   - console: where progress is told.
  /// - Throws: `FindingsError` where nothing can be computed.
  init(
    _ project: Project, demand: Pipeline.Demand = Pipeline.Demand(), options: CommonOptions,
    console: Console
  ) throws {
    var demand = demand
    demand.isAboutModels = true
    demand.fields.merge(ModelLibrary.fields) { $0.union($1) }
    catalogue = try Pipeline.catalogue(of: project)
    pipeline = try Pipeline(
      project, catalogue: catalogue, demand: demand, options: options, console: console)
    if let metadata = pipeline.planned, metadata.plan == nil {
      throw FindingsError(metadata.findings)
    }
    library = TerritoryPipeline.library(of: pipeline)
  }

  /// Every model that a project knows; without a planned one in metadata that cannot be read.
  private static func library(of pipeline: Pipeline) -> ModelLibrary {
    let planned: ModelLibrary.Planned
    if let metadata = pipeline.planned {
      planned = metadata.plan.map { .files($0) } ?? .notConfigured
    } else if let model = pipeline.project.configuration.plannedModel, !model.isInExport {
      planned = .table(model.planned.value)
    } else {
      planned = .notConfigured
    }
    return ModelLibrary(
      records: pipeline.export.records, userRecords: pipeline.export.userRecords, planned: planned)
  }

  /// Whether an export that was read for models has an active one, and a planned one to follow it
  /// that says which accounts it would hold.
  static func hasPlannedModel(_ pipeline: Pipeline) -> Bool {
    let library = library(of: pipeline)
    guard library.active != nil, let planned = library.planned else { return false }
    // A table names accounts itself; a model is as good as its rules.
    let configured = pipeline.project.configuration.plannedModel
    let isTable = pipeline.planned == nil && configured.map { !$0.isInExport } ?? false
    return isTable || planned.noRules(in: pipeline.export.records) == nil
  }

  /// What is wrong with the models of a project and with their rules, archived models left out.
  ///
  /// - Parameter pipeline: an export that was read for models.
  /// - Returns: the findings in the order of models and rules.
  static func modelFindings(_ pipeline: Pipeline) -> [Finding] {
    let library = library(of: pipeline)
    let today = library.models.filter { $0.plan.state?.lowercased() != "archived" }
    return library.findings
      + today.flatMap { RuleRun($0, records: pipeline.export.records).findings }
  }

  /// The fields of accounts that rules compare: those of the export's models and of the planned one.
  ///
  /// - Throws: `FindingsError` where the rules of the export cannot be read.
  static func ruleFields(
    _ request: LoadRequest, _ project: Project, _ planned: PlannedMetadata?
  ) throws -> Set<String> {
    var names = try project.namingFiles { try ExportLoader.ruleFields(request) }
    for rule in planned?.plan?.rules ?? [] { names.formUnion(rule.items.map(\.field)) }
    return Set(names.map(RuleRun.field).filter { !$0.isEmpty })
  }

  /// A run of a model's rules over the accounts.
  func run(_ model: ResolvedModel) -> RuleRun {
    RuleRun(model, records: records, combination: combination, threads: threads)
  }

  /// Who would hold what under a simulated model.
  func assignment(of simulated: SimulatedAssignment) -> Assignment {
    simulated.assignment(
      of: records, dealRule: configuration.opportunityTerritory,
      crosswalk: userRecords.crosswalk, threads: threads)
  }

  /// An engine for figures under any assignment.
  ///
  /// - Parameters:
  ///   - assignment: who holds what.
  ///   - records: the export with other owners, say; nil: as it is.
  /// - Returns: an engine over those records.
  func engine(under assignment: Assignment, records: RecordSet? = nil) -> LocalEngine {
    LocalEngine(
      records: records ?? self.records, assignment: assignment, catalogue: catalogue,
      settings: pipeline.settings,
      userRecords: userRecords, leads: pipeline.leads?.answers, sharing: pipeline.engine,
      threads: threads)
  }

  /// Stops where a model has no rules to be run.
  ///
  /// - Throws: `FindingsError` that says what to export.
  static func requireRules(of model: ResolvedModel, _ records: RecordSet) throws {
    guard let finding = model.noRules(in: records) else { return }
    throw FindingsError([finding])
  }

  /// What is wrong with an export's models as a whole, which whoever reads about them has to know.
  private static let modelCodes: Set<String> = [
    "territory-models-active", "territory-model-unclear", "parent-cycle-Territory2",
  ]

  /// Tells what is wrong with models and rules, a line each, and how much else was found.
  func report(_ ofRules: [Finding], to console: Console) {
    let ofModels = pipeline.findings.entries.map(\.first).filter {
      TerritoryPipeline.modelCodes.contains($0.code)
    }
    for finding in ofModels + library.findings + ofRules { console.note(finding.description) }
    console.summarise(pipeline.findings)
  }

  /// Everything that was found in the export and in its models.
  var findings: FindingLog {
    var all = pipeline.findings
    all.add(pipeline.planned?.findings ?? [])
    all.add(library.findings)
    return all
  }
}
