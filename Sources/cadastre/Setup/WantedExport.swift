import Intake
import Metrics
import Records
import Reports
import Settings

/// What to export for some reports: objects, their fields, and what each is for.
///
/// An export of just this gives the same reports as one of everything.
struct WantedExport {
  /// Names of the reports it is for, in their order.
  let reports: [String]
  /// The CRM, as its preset or mapping file calls it.
  let crm: String
  /// In the order in which tables are loaded.
  let objects: [Object]
  /// How the CRM's files give the fields.
  let mapping: Mapping

  /// A kind of record to export.
  struct Object {
    let entity: Entity
    /// The first is the key.
    let fields: [Field]
    /// Whether it is read whatever is asked for.
    let isAlwaysRead: Bool
    /// The sections that take it, by report.
    let sections: [(report: String, titles: [String], isAll: Bool)]
    /// Standard tables that take it.
    let tables: [String]
    /// What an organisation without it lacks.
    let feature: ExportFeature?
  }

  /// A field to export.
  struct Field {
    /// What the CRM calls it; of several headers the first.
    let name: String
    /// What Cadastre calls it.
    let source: String
    /// What an organisation without it lacks.
    let feature: ExportFeature?
  }

  /// Derives it from what reports and tables ask.
  init(
    definitions: [ReportDefinition], tables: [StandardTable], catalogue: MetricCatalogue,
    project: Project
  ) {
    let configuration = project.configuration
    let settings = MetricSettings(configuration)
    let all = Pipeline.Demand(tables: tables, definitions: definitions)
    let userFiles = UserFilesRequest(folder: project.folder, configuration: configuration)
    let reads = ExportLoader.reads(
      Pipeline.fields(all, catalogue, settings)
        .merging(userFiles.fields, uniquingKeysWith: { $0.union($1) }))
    let mapping = project.mapping.reading(configuration.subscriptions)
    let always = ExportLoader.reads([:])
    func takes(_ demand: Pipeline.Demand) -> Set<Entity> {
      Set(Pipeline.fields(demand, catalogue, settings, isBare: true).keys)
    }
    let bySection = definitions.map { definition in
      definition.sections.map { section in
        (
          section.title.isEmpty ? section.id : section.title,
          takes(Pipeline.Demand(definitions: [definition.only(section)]))
        )
      }
    }
    let byTable = tables.map { ($0.rawValue, takes(Pipeline.Demand(tables: [$0]))) }
    reports = definitions.map(\.name)
    crm = mapping.name
    self.mapping = mapping
    objects = reads.keys.sorted().map { entity in
      Object(
        entity: entity,
        fields: (reads[entity] ?? []).map {
          Field(
            name: WantedExport.column($0, of: entity, mapping)?.first ?? $0, source: $0,
            feature: WantedExport.feature(of: $0, in: entity, configuration))
        },
        isAlwaysRead: always[entity] != nil,
        sections: zip(definitions, bySection).compactMap { definition, sections in
          let titles = sections.filter { $0.1.contains(entity) }.map(\.0)
          return titles.isEmpty
            ? nil
            : (definition.name, titles, titles.count == sections.count)
        },
        tables: byTable.filter { $0.1.contains(entity) }.map(\.0),
        feature: ExportFeature(of: entity))
    }
  }

  var isSalesforce: Bool { crm == "salesforce" }

  /// Permissions of the user who exports, each with what happens without it.
  var permissions: [(name: String, why: String)] {
    guard isSalesforce else { return [] }
    let entities = Set(objects.map(\.entity))
    var list = [
      ("View All Data", "without it, records of other people are missing and nothing says so"),
      ("API Enabled", "for Data Loader and the fetch script"),
      ("Weekly Data Export", "for Setup → Data Export"),
    ]
    if !entities.isDisjoint(with: [.territoryModel, .territory]) {
      list.append(
        (
          "Manage Territories",
          "without it, territory models that are not active are missing and nothing says so"
        ))
    }
    if entities.contains(.quota) {
      list.append(
        (
          "View All Forecasts and Manage Quotas",
          "without them, quotas of other people are missing and nothing says so"
        ))
    }
    return list
  }

  /// Where the cells of a field come from in a CRM that is not Salesforce: headers, of which one is
  /// enough; nil where the mapping has none.
  func columns(_ field: String, of entity: Entity) -> [String]? {
    WantedExport.column(field, of: entity, mapping)
  }

  private static func column(
    _ field: String, of entity: Entity, _ mapping: Mapping
  ) -> [String]? {
    let ways = (mapping.sources[entity] ?? []).flatMap { source -> [Mapping.FieldSource] in
      guard let fields = source.fields else { return [Mapping.FieldSource(field)] }
      if let ways = fields.first(where: { $0.key.lowercased() == field.lowercased() })?.value {
        return ways
      }
      // A field that the project itself names is a column of its CRM.
      let isOwn = entity.field(named: field) == nil && field != "SystemModstamp"
      return isOwn || source.takesOwnNames ? [Mapping.FieldSource(field)] : []
    }
    var names: [String] = []
    for way in ways where way.constant == nil {
      let name =
        way.role == .join
        ? [way.columns.joined(separator: " + ")] : way.columns
      for name in name where !names.contains(name) { names.append(name) }
    }
    return names.isEmpty ? nil : names
  }

  /// What an organisation without a field lacks; one that the project names is there.
  private static func feature(
    of field: String, in entity: Entity, _ configuration: Configuration
  ) -> ExportFeature? {
    let feature = ExportFeature(of: field, in: entity)
    if feature == .contractValue, case .object = configuration.subscriptions?.source { return nil }
    return feature
  }

  /// What the CRM calls an entity's records, as far as its files are named after them.
  func name(of entity: Entity) -> String { files(of: entity).first ?? entity.rawValue }

  /// Patterns of the names of files that hold an entity's records.
  func files(of entity: Entity) -> [String] {
    var names: [String] = []
    for name in (mapping.sources[entity] ?? []).flatMap(\.files) where !names.contains(name) {
      names.append(name)
    }
    return names
  }
}
