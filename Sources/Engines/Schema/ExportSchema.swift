import Metrics
import Records

/// What must be known of an export before SQL over its files can be printed: which files and columns
/// it has, and the few values that decide how all rows are read.
///
/// No row of an account or deal is needed; what is taken from records are the small tables of
/// currencies and territory models.
public struct ExportSchema: Sendable {
  /// The files of one entity.
  public struct Source: Sendable {
    /// Files whose cells stand alike.
    struct Part: Sendable {
      var files: [String]
      let delimiter: Character
      let cells: [String: CellSource]
    }

    private(set) var parts: [Part] = []
    /// Whether values are of a year, of which a twelfth counts.
    public var isYearly = false
    /// Statuses whose records do not count, without regard to case.
    public var excludedStatuses: [String] = []

    public init() {}

    /// Adds a file behind all others.
    ///
    /// - Parameters:
    ///   - file: its path.
    ///   - delimiter: what stands between its cells.
    ///   - cells: where the cells of each field stand.
    public mutating func add(
      _ file: String, delimiter: Character = ",", cells: [String: CellSource]
    ) {
      if let last = parts.last, last.delimiter == delimiter, last.cells == cells {
        parts[parts.count - 1].files.append(file)
      } else {
        parts.append(Part(files: [file], delimiter: delimiter, cells: cells))
      }
    }

    /// The names of the fields that any file has.
    var fields: Set<String> { parts.reduce(into: []) { $0.formUnion($1.cells.keys) } }
  }

  /// What the name of a stage says of a deal.
  public struct StageOutcome: Sendable {
    let name: String
    let isClosed: Bool
    let isWon: Bool

    public init(name: String, isClosed: Bool, isWon: Bool) {
      self.name = name
      self.isClosed = isClosed
      self.isWon = isWon
    }
  }

  /// Which territories are the active model.
  enum ActiveModel: Sendable {
    case none
    /// The export holds one model only, or does not say.
    case all
    case id(String)
  }

  let sources: [Entity: Source]
  /// The names of all columns of files, by path.
  let headers: [String: [String]]
  /// The files with rows of another number of cells than their header, which are set aside.
  let ragged: Set<String>
  let keys: KeyForm
  let timeZone: String
  /// How dates and numbers are written.
  let forms: CellForms
  /// What the mapping says of stages, by name.
  let stageOutcomes: [StageOutcome]
  let asOf: Day
  let dealRule: Assignment.DealRule
  /// Kinds of the columns that are no known fields, by entity and name.
  private let kinds: [Entity: [String: FieldKind]]
  let corporateCurrency: String?
  let isMultiCurrency: Bool
  let hasDatedRates: Bool
  let activeModel: ActiveModel
  /// The Id of each territory of the active model, by its index.
  let territoryIDs: [String]
  let coversAccounts: Bool
  /// The territories of other models that a crosswalk says became one of the active model.
  let successors: [(old: String, new: String)]
  private let accountKeys: Keys?
  private let userKeys: Keys?
  /// What of the export SQL cannot read, in words; empty where it reads all.
  let unread: [String]
  /// Entities whose records are not in the files as SQL reads them, with the reason in words.
  let unreadEntities: [Entity: String]
  /// Records that no file of the export holds.
  let literals: [Entity: LiteralRows]
  /// So many of them may stand in a script.
  private static let mostLiterals = 20_000
  /// What the files say that users keep beside the export.
  let userRecords: UserRecordKeys
  /// The days that the export's records name, and those to which recurring revenue reaches back.
  let days: Period
  /// Of which entities other records name some that no file holds.
  let strangers: Set<Entity>

  /// - Parameters:
  ///   - records: the export as it was read.
  ///   - assignment: who holds what.
  ///   - sources: the files.
  ///   - keys: how keys look.
  ///   - forms: how dates and numbers are written.
  ///   - stages: what the mapping says of stages.
  ///   - timeZone: the zone in which an instant becomes a day.
  ///   - dealRule: where a deal without a territory of its own looks for one.
  ///   - currency: the configured currency, where the export names none.
  ///   - userRecords: what the files say that users keep beside the export.
  ///   - unread: what of the export SQL cannot read, in words: any makes printing fail.
  ///   - besides: entities whose records a file beside the export holds, whatever the export holds.
  ///   - headers: the names of all columns of files, by path, for a database that must be told.
  ///   - ragged: the files with rows of another number of cells than their header.
  public init(
    records: RecordSet, assignment: Assignment, sources: [Entity: Source],
    keys: KeyForm = .salesforce, forms: CellForms = CellForms(), stages: [StageOutcome] = [],
    timeZone: String = "UTC",
    dealRule: Assignment.DealRule = .recordOrAccount, currency: String? = nil,
    userRecords: UserRecords = UserRecords(), unread: [String] = [],
    besides: Set<Entity> = [], headers: [String: [String]] = [:],
    ragged: Set<String> = []
  ) {
    var sources = sources
    // Deleted deals stand in the files of the others.
    if records[.deletedOpportunity].count > 0 {
      sources[.deletedOpportunity] = sources[.opportunity]
    }
    self.sources = sources
    self.headers = headers
    self.ragged = ragged
    self.userRecords = UserRecordKeys(records, userRecords) { ExportSchema.key($0, keys) }
    days = ExportSchema.days(of: records)
    strangers = Set([Entity.user, .product].filter { records[$0].strangerCount > 0 })
    let elsewhere = records.tables.keys.filter { [sources] entity in
      !entity.isDerived && entity != .user
        && records[entity].count > records[entity].strangerCount
        && (sources[entity] == nil || besides.contains(entity))
    }
    var unreadEntities: [Entity: String] = [:]
    var literals: [Entity: LiteralRows] = [:]
    for entity in elsewhere {
      if records[entity].count <= ExportSchema.mostLiterals {
        literals[entity] = LiteralRows(records, entity) { ExportSchema.key($0, keys) }
      } else {
        unreadEntities[entity] = "so many records of \(entity.rawValue) beside the export"
      }
    }
    self.literals = literals
    self.unreadEntities = unreadEntities
    self.unread = unread
    self.keys = keys
    self.forms = forms
    stageOutcomes = stages.sorted { $0.name < $1.name }
    self.timeZone = timeZone
    self.dealRule = dealRule
    asOf = records.asOf
    kinds = sources.keys.reduce(into: [:]) { kinds, entity in
      kinds[entity] = records[entity].columns.mapValues(ExportSchema.kind)
    }
    corporateCurrency = records.corporateCurrency ?? currency
    isMultiCurrency = records[.currencyType].count > 0
    hasDatedRates = records[.datedRate].count > 0
    territoryIDs = assignment.model?.ids ?? []
    coversAccounts = assignment.coversAccounts
    let territories = records[.territory]
    let indices = assignment.model?.indexOfRow ?? []
    successors = zip(assignment.successors, indices).enumerated().compactMap { row, found in
      guard found.0 >= 0, found.1 < 0, let model = assignment.model else { return nil }
      return (
        ExportSchema.key(territories.id(row), keys),
        ExportSchema.key(model.ids[Int(found.0)], keys)
      )
    }
    accountKeys = records[.account].keys
    userKeys = records[.user].keys
    if let model = assignment.model {
      let models = records[.territory].references("Territory2ModelId")
      let row = model.rows.first.map { models[Int($0)] } ?? Reference.null
      activeModel =
        records[.territoryModel].count > 0 && row >= 0
        ? .id(ExportSchema.key(records[.territoryModel].id(Int(row)), keys)) : .all
    } else {
      activeModel = .none
    }
  }

  /// Whether the export has an entity.
  func has(_ entity: Entity) -> Bool {
    sources[entity] != nil || literals[entity] != nil
  }

  /// Whether there are records of an entity, in a file or because others name them.
  func holds(_ entity: Entity) -> Bool {
    has(entity) || entity == .user || strangers.contains(entity)
  }

  /// The known name of a column of an entity's files, by its name without regard to case.
  func column(_ name: String, of entity: Entity) -> (name: String, kind: FieldKind)? {
    let field = entity.field(named: name)
    // What is derived stands in no file.
    if entity.isDerived, let field { return (field.name, field.kind) }
    let wanted = (field?.name ?? name).lowercased()
    if let rows = literals[entity] {
      return rows.columns.first { $0.name.lowercased() == wanted }
    }
    guard let source = sources[entity] else { return nil }
    guard let known = source.fields.filter({ $0.lowercased() == wanted }).min() else {
      return nil
    }
    guard let kind = field?.kind ?? kinds[entity]?[known] else { return nil }
    return (known, kind)
  }

  /// The columns of an entity's files that were read, by name.
  func columns(of entity: Entity) -> [(name: String, kind: FieldKind)] {
    if let rows = literals[entity] { return rows.columns }
    return (sources[entity]?.fields.sorted() ?? []).compactMap { column($0, of: entity) }
  }

  /// The key of a territory of the active model.
  func territoryKey(_ index: Int) -> String {
    territoryIDs.indices.contains(index) ? ExportSchema.key(territoryIDs[index], keys) : ""
  }

  /// The key of an account.
  func accountKey(_ row: Int) -> String { ExportSchema.key(accountKeys?.text(row) ?? "", keys) }

  /// The key of a user.
  func userKey(_ row: Int) -> String { ExportSchema.key(userKeys?.text(row) ?? "", keys) }

  /// An Id as it is printed.
  func printed(_ key: String) -> String {
    let bytes = Array(key.utf8)
    guard keys == .salesforce, let number = SalesforceID.key(bytes.span) else { return key }
    return SalesforceID.text(number)
  }

  /// From the first to the last day of any record; at least from five years before the as-of date.
  private static func days(of records: RecordSet) -> Period {
    var (low, high) = (records.asOf.startOfMonth(adding: -61).number, records.asOf.number)
    for column in records.tables.values.flatMap(\.columns.values) {
      guard case .days(let days) = column else { continue }
      for day in days where day != Day.null { (low, high) = (min(low, day), max(high, day)) }
    }
    return Period(start: Day(number: low), end: Day(number: high).adding(days: 1))
  }

  /// An Id as it is joined.
  private static func key(_ id: String, _ keys: KeyForm) -> String {
    keys == .salesforce && id.utf8.count == 18 ? String(id.prefix(15)) : id
  }

  private static func kind(of column: Column) -> FieldKind {
    switch column {
    case .decimals: .decimal
    case .days: .datetime
    case .instants: .instant
    case .flags: .flag
    case .references, .categories: .category
    case .texts: .text
    }
  }
}
