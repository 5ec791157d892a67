import Records

/// Every territory model that a project knows: those of its export in every state, and the one that
/// is planned in metadata files or in a table.
///
/// Grain of `models`: one entry per model; those of the export in the order of Ids, then the one that
/// stands beside it.
public struct ModelLibrary: Sendable {
  public let models: [ResolvedModel]
  /// What is wrong with models, in the order of models.
  public let findings: [Finding]
  private let activeIndex: Int?
  private let plannedIndex: Int?

  /// The model that holds today: the export's one in state Active.
  public var active: ResolvedModel? { activeIndex.map { models[$0] } }
  /// The model that is to come: the configured one, else the export's only one in state Planning.
  public var planned: ResolvedModel? { plannedIndex.map { models[$0] } }

  /// Where the model stands that the project's configuration names as the planned one.
  public enum Planned: Sendable {
    /// Nowhere: the export may have it.
    case notConfigured
    /// In metadata files.
    case files(TerritoryPlan)
    /// In a table of accounts and territories, by the name of its file.
    case table(String)
  }

  /// - Parameters:
  ///   - records: the export.
  ///   - userRecords: what is kept beside it: a plan and the users of its territories.
  ///   - planned: where the configured planned model stands.
  public init(
    records: RecordSet, userRecords: UserRecords = UserRecords(), planned: Planned = .notConfigured
  ) {
    let exported = ExportedModels(records)
    var models = exported.models
    var findings = exported.findings
    activeIndex = exported.active
    switch planned {
    case .notConfigured:
      let planning = models.indices.filter { models[$0].plan.state?.lowercased() == "planning" }
      plannedIndex = planning.count == 1 ? planning.first : nil
    case .files(let plan):
      plannedIndex = models.count
      models.append(
        PlannedModels(records, userRecords, exported: models).model(ofFiles: plan))
    case .table(let file):
      plannedIndex = userRecords.plan == nil ? nil : models.count
      if let plan = userRecords.plan {
        models.append(
          PlannedModels(records, userRecords, exported: models).model(ofTable: plan, in: file))
      }
    }
    findings += models.compactMap(\.withoutUsers)
    self.models = models
    self.findings = findings
  }

  /// The model of a developer name, label or Id, or the words `active` and `planned`.
  ///
  /// - Throws: `FindingsError` with the one probably meant, where there is none of the name.
  public func model(named name: String) throws(FindingsError) -> ResolvedModel {
    func named(_ text: (ResolvedModel) -> String) -> ResolvedModel? {
      models.first { TerritoryPlan.matches(text($0), name) }
    }
    if let model = named(\.plan.developerName) ?? named(\.plan.name) { return model }
    switch name.lowercased() {
    case "active":
      guard let active else { throw FindingsError([TerritoryFindings.noActiveModel(models)]) }
      return active
    case "planned":
      guard let planned else { throw FindingsError([TerritoryFindings.noPlannedModel(models)]) }
      return planned
    default: throw FindingsError([TerritoryFindings.modelUnknown(name, models)])
    }
  }
}
