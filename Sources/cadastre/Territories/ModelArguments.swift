import Foundation
import Intake
import Metadata
import Metrics
import Records
import Settings
import Territories

/// The models that a command names: those that the project knows, and others by the folder or table
/// in which they lie.
///
/// An argument that names something on the disk is read from there before the export is, so that the
/// fields of its rules are read too.
struct ModelArguments {
  private let names: [String]
  private let project: Project
  private var standing: [String: Standing] = [:]

  /// A model that lies beside the project.
  private struct Standing {
    /// nil where it is a table of accounts.
    let metadata: PlannedMetadata?
    let plannedModel: Configuration.PlannedModel
    /// Whether the argument can be nothing but a path.
    let isPath: Bool
  }

  /// - Throws: `FindingsError` where a path leads nowhere.
  init(_ names: [String], in project: Project) throws {
    self.names = names
    self.project = project
    for name in names {
      let isPath = name.contains("/") || [".csv", ".xlsx"].contains { name.hasSuffix($0) }
      guard let path = path(name) else {
        if isPath { throw FindingsError([ModelArguments.missing(name)]) }
        continue
      }
      let planned = Located(path, at: SourcePosition(file: path))
      standing[name] = Standing(
        metadata: PlannedMetadata(at: planned, in: project),
        plannedModel: Configuration.PlannedModel(
          planned: planned, users: users(beside: path)),
        isPath: isPath)
    }
  }

  /// Where an argument leads: a folder, the table in it, or a table; nil where nothing is there.
  private func path(_ name: String) -> String? {
    let name = name.hasSuffix("/") ? String(name.dropLast()) : name
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file(name).path, isDirectory: &isFolder) else {
      return nil
    }
    return isFolder.boolValue && exists("\(name)/plan.csv") ? "\(name)/plan.csv" : name
  }

  /// The file of planned users in a model's folder, or beside it.
  private func users(beside path: String) -> Located<String>? {
    let above = path.split(separator: "/").dropLast().joined(separator: "/")
    let folders = [path, path.hasPrefix("/") ? "/\(above)" : above].filter { !$0.isEmpty }
    return folders.map { "\($0)/planned_users.csv" }.first(where: exists)
      .map { Located($0, at: SourcePosition(file: $0)) }
  }

  private func file(_ name: String) -> URL {
    URL(filePath: name, relativeTo: project.folder).standardizedFileURL
  }

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: file(name).path)
  }

  private static func missing(_ name: String) -> Finding {
    Finding(
      code: "model-path-missing", severity: .error, at: SourcePosition(file: name),
      what: "there is no folder or table of a territory model here", done: "no model was read",
      suggestion: "correct the path, which starts at the project, or name a model of the export")
  }

  /// What is wrong with the files of models beside the project, in the order of the arguments.
  var findings: [Finding] { names.flatMap { standing[$0]?.metadata?.findings ?? [] } }

  /// The same with what is wrong with the models themselves, once they are joined to the export.
  func findings(of models: [ResolvedModel]) -> [Finding] {
    // Those of the export are the library's to tell.
    findings
      + zip(names, models).compactMap { name, model in
        standing[name] != nil && !model.source.isOfExport ? model.withoutUsers : nil
      }
  }

  /// What is to be read of the export for these models, beside what every model takes.
  var fields: [Entity: Set<String>] {
    var fields: [Entity: Set<String>] = [:]
    for model in standing.values {
      let rules = model.metadata?.plan?.rules ?? []
      let names = rules.flatMap(\.items).map(\.field).map(RuleRun.field).filter { !$0.isEmpty }
      fields[.account, default: []].formUnion(names)
      fields.merge(request(model).fields) { $0.union($1) }
    }
    return fields
  }

  /// A command's demand with what is to be read for these models.
  func demand(adding demand: Pipeline.Demand = Pipeline.Demand()) -> Pipeline.Demand {
    var demand = demand
    demand.fields.merge(fields) { $0.union($1) }
    return demand
  }

  private func request(_ model: Standing) -> UserFilesRequest {
    var configuration = Configuration()
    configuration.plannedModel = model.plannedModel
    return UserFilesRequest(
      folder: project.folder, configuration: configuration,
      plannedTerritories: model.metadata?.plan?.territories.flatMap {
        [$0.developerName, $0.name]
      })
  }

  /// The models, in the order of the arguments.
  ///
  /// - Throws: `FindingsError` where one cannot be read or is not known.
  func models(_ read: TerritoryPipeline) throws -> [ResolvedModel] {
    try names.map { name in
      guard let model = standing[name] else { return try read.library.model(named: name) }
      if !model.isPath, let known = try? read.library.model(named: name) { return known }
      return try resolved(model, read)
    }
  }

  /// A model beside the project, joined to the records.
  private func resolved(_ model: Standing, _ read: TerritoryPipeline) throws -> ResolvedModel {
    // The planned model of the configuration keeps its own users: the copy is thrown away.
    var export = read.pipeline.export
    export.userRecords.plan = nil
    try export.read(request(model))
    try export.refuseUserFileErrors()
    let planned: ModelLibrary.Planned
    if let metadata = model.metadata {
      guard let plan = metadata.plan else { throw FindingsError(metadata.findings) }
      planned = .files(plan)
    } else {
      planned = .table(model.plannedModel.planned.value)
    }
    let library = ModelLibrary(
      records: export.records, userRecords: export.userRecords, planned: planned)
    guard let found = library.planned else {
      throw FindingsError([ModelArguments.missing(model.plannedModel.planned.value)])
    }
    return found
  }
}
