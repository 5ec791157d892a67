import BuiltIns
import Foundation
import Intake
import Metrics
import Records
import Reports
import Settings
import Territories

/// An export turned into an engine that answers questions about it.
struct Pipeline {
  let project: Project
  let export: Export
  /// How the export was read, to look for rows again that reading set aside.
  let request: LoadRequest
  let engine: LocalEngine
  /// What the configuration and the command say about figures.
  let settings: MetricSettings
  /// What all editions of a report have in common, without the findings of figures not yet made.
  private(set) var context: ReportContext
  let assignment: Assignment
  /// What is found out about leads; nil where the export holds none.
  let leads: LeadDesk?
  /// The entities that are read where the export has them.
  let asked: Set<Entity>
  /// The planned territory model in metadata files, where something asks for it.
  let planned: PlannedMetadata?

  /// Everything that was found in the export and while figures were made from it.
  var findings: FindingLog {
    var all = export.findings
    all.merge(engine.findings)
    return all
  }

  /// What a command is about to ask, so that Intake loads just the columns for it.
  struct Demand {
    var tables: [StandardTable] = []
    var definitions: [ReportDefinition] = []
    var queries: [Query] = []
    var listings: [Listing] = []
    var details: [DetailTable] = []
    /// Between which days the pipeline is followed, where a command states it.
    var movement = MovementRequest()
    /// Fields that are no part of a figure, by entity.
    var fields: [Entity: Set<String>] = [:]
    /// Whether the command shows a family of accounts.
    var hasFamily = false
    /// Whether the command is about territory models, whose rules decide what more is read.
    var isAboutModels = false
    /// Whether the cells of every known field are looked at, and no report is made, as by `check`.
    var isCheck = false

    /// The demand with the tables, queries, listings and fields of another.
    func adding(_ other: Demand) -> Demand {
      var sum = self
      sum.tables += other.tables
      sum.queries += other.queries
      sum.listings += other.listings
      sum.details += other.details
      sum.fields.merge(other.fields) { $0.union($1) }
      return sum
    }
  }

  /// Reads the project's export.
  ///
  /// - Throws: `FindingsError` where nothing can be computed.
  init(
    _ project: Project, catalogue: MetricCatalogue, demand: Demand, options: CommonOptions,
    console: Console
  ) throws {
    let configuration = project.configuration
    let threads = ProcessInfo.processInfo.activeProcessorCount
    console.step("Reading the export")
    // Its territories are what the planned users are held against.
    planned =
      demand.isCheck || demand.isAboutModels || configuration.plannedModel?.users != nil
      ? PlannedMetadata(of: project) : nil
    let userFiles = UserFilesRequest(
      folder: project.folder, configuration: configuration,
      plannedTerritories: planned?.plan?.territories.flatMap { [$0.developerName, $0.name] })
    let required = Pipeline.required(
      demand, catalogue, Pipeline.settings(MetricSettings(configuration), demand))
    let fields = required.fields.merging(userFiles.fields) { $0.union($1) }
      .merging(demand.fields) { $0.union($1) }
      .merging(demand.definitions.isEmpty ? [:] : ManagementLine.fields) { $0.union($1) }
    var request = LoadRequest(
      paths: try project.exportPaths(),
      mapping: project.mapping.reading(configuration.subscriptions),
      fields: fields, checked: demand.isCheck ? Pipeline.everyField : [:],
      asOf: Pipeline.asOf(options, configuration), timeZone: configuration.timeZone,
      forms: configuration.exportFormat.cells, dialect: Pipeline.stated(configuration),
      threads: threads)
    request.fieldsWithLeads = required.fieldsWithLeads
    // Reports say how old the data are, and `check` whether they got older.
    request.findsNewestDay = demand.isCheck || !demand.definitions.isEmpty
    if demand.isAboutModels {
      request.fields[.account, default: []].formUnion(
        try TerritoryPipeline.ruleFields(request, project, planned))
    }
    self.request = request
    asked = Set(
      ExportLoader.reads(request.fields.merging(required.fieldsWithLeads) { $0.union($1) }).keys)
    var export = try project.namingFiles { try ExportLoader.load(request) }
    try export.read(userFiles)
    // `check` shows every finding; figures without the refused rows would be wrong.
    if !demand.isCheck { try export.refuseUserFileErrors() }
    if required.asksAtClose, !demand.isCheck {
      export.userRecords.lastHolders =
        try ProjectHistory(of: project)?.lastHolders(before: export.records.asOf) ?? [:]
    }
    for file in export.files {
      console.debug(
        "\(file.file) as \(file.entity.rawValue): \(file.counts.read) rows read, "
          + "\(file.counts.used) used, \(file.counts.setAside) set aside, "
          + "\(file.counts.deleted) deleted; \(file.dialect.description)")
    }
    console.debug("as of \(export.records.asOf), \(threads) threads")
    let currency = try Pipeline.currency(of: export.records, configuration)
    let settings = Pipeline.settings(
      MetricSettings(
        configuration, calendar: export.organisation?.calendar, currency: currency), demand)
    let assignment = Assignment(
      of: export.records, dealRule: configuration.opportunityTerritory,
      crosswalk: export.userRecords.crosswalk, threads: threads)
    self.project = project
    self.export = export
    self.settings = settings
    self.assignment = assignment
    leads = LeadRouting.desk(
      export, assignment, settings, configuration, threads: threads)
    engine = LocalEngine(
      records: export.records, assignment: assignment, catalogue: catalogue, settings: settings,
      userRecords: export.userRecords,
      leads: leads?.answers,
      threads: threads)
    var context = ReportContext(
      organisation: configuration.organisation ?? export.organisation?.name ?? "The company",
      // ISO 4217's code for "no currency": amounts stand without a symbol.
      formatter: ValueFormatter(
        locale: ReportLocale(rawValue: configuration.locale) ?? .enUS,
        currency: currency ?? "XXX"),
      calendar: settings.calendar, asOf: export.records.asOf, exportDay: export.newestDay,
      timeZone: configuration.timeZone ?? export.organisation?.timeZone ?? "UTC",
      valueField: settings.valueField, crmURL: configuration.crmURL, model: assignment.model,
      findings: export.findings, run: Cadastre.madeBy,
      readiness: ReadinessCheck(
        records: export.records, assignment: assignment, catalogue: catalogue, settings: settings,
        mapping: project.mapping.name == "salesforce" ? nil : project.mappingName),
      catalogue: catalogue)
    context.classes = Pipeline.classes(settings)
    context.classification = configuration.classification
    context.movement = try? settings.movement.days(asOf: export.records.asOf)
    if !demand.definitions.isEmpty {
      context.line = engine.managementLine
      context.balanced = engine.balancedTerritories().map {
        EditionScope.Member(id: $0.id, name: $0.name)
      }
    }
    context.peopleMetrics =
      PeopleMetrics(rawValue: configuration.peopleMetrics.rawValue) ?? .managementLine
    self.context = context
  }

  /// Which deals count as bookings, in words.
  private static func classes(_ settings: MetricSettings) -> String {
    let from = settings.bookingsFrom.map { " from stage \($0) on" } ?? ""
    guard let bookings = settings.bookings else { return "every deal" + from }
    return "deals of class " + Suggestion.list(bookings, conjunction: "and") + from
  }

  /// The built-in metrics and those of the project's own files.
  static func catalogue(of project: Project) throws -> MetricCatalogue {
    let builtIn = "reports/metrics.yaml"
    var sources = [MetricCatalogue.Source(path: builtIn, text: BuiltIns.text(builtIn) ?? "")]
    for path in project.configuration.metrics {
      let file = URL(filePath: path.value, relativeTo: project.folder)
      sources.append(
        MetricCatalogue.Source(
          path: path.value, text: try Project.text(of: file, named: path.value)))
    }
    return try MetricCatalogue(sources)
  }

  /// Settings with what a command states itself.
  private static func settings(_ settings: MetricSettings, _ demand: Demand) -> MetricSettings {
    var settings = settings
    settings.movement.days = demand.movement.days
    settings.movement.window = demand.movement.window
    settings.movement.editions = demand.movement.editions
    return settings
  }

  /// The fields that a demand takes, by entity; bare: without what every computation takes.
  static func fields(
    _ demand: Demand, _ catalogue: MetricCatalogue, _ settings: MetricSettings,
    isBare: Bool = false
  ) -> [Entity: Set<String>] {
    required(demand, catalogue, settings, isBare: isBare).all
  }

  /// The fields that a demand takes.
  static func required(
    _ demand: Demand, _ catalogue: MetricCatalogue, _ settings: MetricSettings,
    isBare: Bool = false
  ) -> RequiredFields {
    var required = RequiredFields(catalogue: catalogue, settings: settings, isBare: isBare)
    required.add(demand.tables)
    required.add(demand.queries)
    required.add(demand.listings)
    required.add(demand.details)
    let blank = ReportContext(
      organisation: "", formatter: ValueFormatter(), calendar: settings.calendar,
      asOf: Day(number: 0))
    if demand.hasFamily { required.addFamilyTree() }
    for definition in demand.definitions {
      // What a definition asks for does not depend on the edition.
      let plan = ReportPlan(
        definition, for: .company(named: "", model: nil), in: blank)
      required.add(plan.queries)
      required.add(demand.isCheck ? plan.listings.map(unnamed) : plan.listings)
      required.add(plan.tables)
      required.add(plan.details)
      if plan.showsLacks { required.add(StandardTable.allCases) }
      if !plan.families.isEmpty { required.addFamilyTree() }
    }
    return required
  }

  private static var everyField: [Entity: Set<String>] {
    Dictionary(
      uniqueKeysWithValues: Entity.exported.map { entity in
        // Deleted deals are not looked at, so nothing refers to them.
        let fields = entity.fields.filter { $0.kind != .reference(.deletedOpportunity) }
        return (entity, Set(fields.map(\.name)))
      })
  }

  /// A listing without the texts of its own records, which nobody reads where it is not shown; names
  /// of deals are the largest column of most exports.
  private static func unnamed(_ listing: Listing) -> Listing {
    var listing = listing
    listing.columns.removeAll { listing.fact.entity.field(named: $0)?.kind == .text }
    return listing
  }

  /// What the configuration states about the bytes of the export's files.
  static func stated(_ configuration: Configuration) -> Dialect.Stated {
    let encoding = configuration.exportFormat.encoding
    return Dialect.Stated(
      encoding: encoding?.value, encodingAt: encoding?.at,
      delimiter: configuration.exportFormat.delimiter)
  }

  /// The day that the option or the configuration states, nil where the export decides.
  private static func asOf(_ options: CommonOptions, _ configuration: Configuration) -> Day? {
    let chosen: Configuration.AsOf =
      switch options.asOf {
      case nil: configuration.asOf
      case "export": .export
      case "today": .today
      case .some(let text): Day(iso: text).map { .day($0) } ?? configuration.asOf
      }
    switch chosen {
    case .export: return nil
    case .day(let day): return day
    case .today: return today(configuration)
    }
  }

  /// The day of the clock in the organisation's time zone.
  static func today(_ configuration: Configuration) -> Day {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = configuration.timeZone.flatMap(TimeZone.init(identifier:)) ?? .current
    let now = calendar.dateComponents([.year, .month, .day], from: Date())
    return Day(year: now.year ?? 1970, month: now.month ?? 1, day: now.day ?? 1) ?? Day(number: 0)
  }

  /// The currency of every figure: the export's corporate one, else the configured one.
  ///
  /// - Throws: `FindingsError` where they differ: figures would carry the wrong symbol.
  private static func currency(
    of records: RecordSet, _ configuration: Configuration
  ) throws -> String? {
    guard let corporate = records.corporateCurrency else { return configuration.currency }
    guard let configured = configuration.currency, configured != corporate else {
      return corporate
    }
    throw FindingsError([
      Finding(
        code: "currency-differs", severity: .error, at: SourcePosition(file: "cadastre.yaml"),
        what: "the configured currency is \(configured), the corporate currency of the export "
          + "\(corporate)",
        done: "nothing was computed", suggestion: "write currency: \(corporate), or leave it out")
    ])
  }
}
