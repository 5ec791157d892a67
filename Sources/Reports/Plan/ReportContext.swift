import Metrics
import Records

/// What all editions of a run have in common.
public struct ReportContext: Sendable {
  /// Name of the organisation.
  public var organisation: String
  public var formatter: ValueFormatter
  public var calendar: FiscalCalendar
  /// The day whose knowledge the reports show.
  public var asOf: Day
  /// The day the export was taken, nil where it is not known.
  public var exportDay: Day?
  /// Name of the time zone in which datetimes became days.
  public var timeZone: String
  /// Field that holds the value of a deal.
  public var valueField: String
  /// Address of the CRM; without it names are not linked.
  public var crmURL: String?
  /// The territories; nil where the export has none.
  public var model: TerritoryModel?
  /// What was wrong with the data.
  public var findings: FindingLog
  /// What made the report, such as "cadastre 0.1".
  public var run: String
  /// Sentences for every footer, such as how many deals are credited to their present owner.
  public var notes: [String]
  /// Which deals count as bookings, in words.
  public var classes = "every deal"
  /// Between the ends of which days the pipeline is followed; nil where that is not known.
  public var movement: MovementRequest.Days?
  /// Who may read the reports, such as "Confidential"; nil: nothing is said.
  public var classification: String?
  /// What can be made from the export; nil: everything is taken to be there.
  public var readiness: ReadinessCheck?
  /// The metrics, which say along what figures add up; nil: amounts and counts do, all else not.
  public var catalogue: MetricCatalogue?

  public init(
    organisation: String, formatter: ValueFormatter, calendar: FiscalCalendar, asOf: Day,
    exportDay: Day? = nil, timeZone: String = "UTC", valueField: String = "Amount",
    crmURL: String? = nil, model: TerritoryModel? = nil, findings: FindingLog = FindingLog(),
    run: String = "cadastre", notes: [String] = [], readiness: ReadinessCheck? = nil,
    catalogue: MetricCatalogue? = nil
  ) {
    self.organisation = organisation
    self.formatter = formatter
    self.calendar = calendar
    self.asOf = asOf
    self.exportDay = exportDay
    self.timeZone = timeZone
    self.valueField = valueField
    self.crmURL = crmURL
    self.model = model
    self.findings = findings
    self.run = run
    self.notes = notes
    self.readiness = readiness
    self.catalogue = catalogue
  }

  /// The page of a record in the CRM, nil where there is none to link to.
  func link(_ id: String?) -> RecordLink? {
    guard let crmURL, let id else { return nil }
    return RecordLink(base: crmURL, id: id)
  }

  /// The counts of findings, errors first.
  var quality: [ReportDocument.QualityCount] {
    findings.entries.map { entry in
      ReportDocument.QualityCount(
        code: entry.first.code, severity: entry.first.severity.rawValue,
        text: FindingsPage.sentence(entry.first.what),
        count: formatter.count(Int128(entry.count)))
    }
  }
}

/// One edition to make: a scope with its name and its place among the others.
public struct EditionScope: Hashable, Sendable {
  public let kind: ReportDocument.Edition.Kind
  /// What every query of the edition is limited to.
  public let scope: Scope
  /// Id of the territory; empty for the company.
  public let id: String
  public let name: String
  /// Names and Ids of the scopes above, the outermost first.
  public let path: [Member]
  /// Names and Ids of the scopes directly below, by name.
  public let parts: [Member]

  /// A territory by its Id and name.
  public struct Member: Hashable, Sendable {
    public let id: String
    public let name: String

    public init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  public init(
    kind: ReportDocument.Edition.Kind, scope: Scope, id: String, name: String,
    path: [Member] = [], parts: [Member] = []
  ) {
    self.kind = kind
    self.scope = scope
    self.id = id
    self.name = name
    self.path = path
    self.parts = parts
  }

  /// The editions of a kind, in the order of the tree.
  ///
  /// There are none of territories where the export has none; `whyNone` says so.
  public static func all(
    of kind: ReportDocument.Edition.Kind, company: String, model: TerritoryModel?
  ) -> [EditionScope] {
    switch kind {
    case .company: [EditionScope.company(named: company, model: model)]
    case .territory: model.map(territories) ?? []
    case .region, .manager, .family: []
    }
  }

  /// One edition of every shape that a report has among kinds: the company's, that of a territory
  /// with others below it, and that of one without; what a section asks depends on nothing else.
  public static func shapes(
    of kinds: [ReportDocument.Edition.Kind], company: String, model: TerritoryModel?
  ) -> [EditionScope] {
    var shapes: [EditionScope] = []
    if kinds.contains(.company) || model == nil {
      shapes += all(of: .company, company: company, model: model)
    }
    guard kinds.contains(.territory) else { return shapes }
    let territories = all(of: .territory, company: company, model: model)
    return shapes
      + [territories.first { !$0.parts.isEmpty }, territories.first { $0.parts.isEmpty }]
      .compactMap { $0 }
  }

  /// Why there are no editions of a kind, as a sentence.
  public static func whyNone(of kind: ReportDocument.Edition.Kind) -> String {
    switch kind {
    case .territory:
      "This export holds no territories of an active model (Territory2), so there is no edition by "
        + "territory."
    case .region, .manager, .family: "Editions by \(kind.rawValue) are made by a later version."
    case .company: "There is nothing to report on."
    }
  }

  /// The edition of the whole company.
  public static func company(named name: String, model: TerritoryModel?) -> EditionScope {
    let roots = model.map { model in
      (0..<model.count).filter { model.forest.parents[$0] < 0 }
    }
    return EditionScope(
      kind: .company, scope: .company, id: "", name: name,
      parts: model.map { members(roots ?? [], of: $0) } ?? [])
  }

  /// The editions of all territories, each after the one above it, siblings by name.
  public static func territories(of model: TerritoryModel) -> [EditionScope] {
    var children: [[Int]] = Array(repeating: [], count: model.count)
    var stack: [Int] = []
    for index in 0..<model.count {
      let parent = Int(model.forest.parents[index])
      if parent < 0 { stack.append(index) } else { children[parent].append(index) }
    }
    func sorted(_ indices: [Int]) -> [Int] {
      indices.sorted { (model.names[$0], model.ids[$0]) < (model.names[$1], model.ids[$1]) }
    }
    stack = sorted(stack).reversed()
    var editions: [EditionScope] = []
    while let index = stack.popLast() {
      let below = sorted(children[index])
      var path: [Int] = []
      var above = Int(model.forest.parents[index])
      while above >= 0 {
        path.append(above)
        above = Int(model.forest.parents[above])
      }
      editions.append(
        EditionScope(
          kind: .territory, scope: .territory(index), id: model.ids[index],
          name: model.names[index],
          path: path.reversed().map { Member(id: model.ids[$0], name: model.names[$0]) },
          parts: members(below, of: model)))
      stack += below.reversed()
    }
    return editions
  }

  private static func members(_ indices: [Int], of model: TerritoryModel) -> [Member] {
    indices.map { Member(id: model.ids[$0], name: model.names[$0]) }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }
}
