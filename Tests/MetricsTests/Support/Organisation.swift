import BuiltIns
import Metrics
import Records
import Testing

/// A small organisation written by hand: records are added by name and refer to each other by name.
struct Organisation {
  private var rows: [Entity: [[String: Cell]]] = [:]
  var asOf = Organisation.day("2026-11-20")
  var settings = MetricSettings()
  var dealRule = Assignment.DealRule.recordOrAccount
  var costs: [Cost] = []

  enum Cell {
    case text(String)
    case number(Int64)
    case day(String)
    /// An instant of UTC to the minute, such as `2026-03-21 02:00`; its day is New York's in winter.
    case instant(String)
    case flag(Bool)
    /// An Id of another record; one that no record has dangles.
    case id(String)
  }

  static func day(_ text: String) -> Day { Day(iso: text) ?? Day(number: 0) }

  /// Seconds since 1970 of an instant such as `2026-03-21 02:00`.
  private static func seconds(_ text: String) -> Int64 {
    let time = text.suffix(5).split(separator: ":").compactMap { Int64($0) }
    return Int64(day(String(text.prefix(10))).number) * 86_400 + time[0] * 3_600 + time[1] * 60
  }

  /// Adds a record, whose Id is its name unless one is given; numbers are in parts of a column.
  mutating func add(_ entity: Entity, _ id: String, _ cells: [String: Cell] = [:]) {
    var cells = cells
    cells["Id"] = .id(id)
    if cells["Name"] == nil, entity.field(named: "Name") != nil { cells["Name"] = .text(id) }
    rows[entity, default: []].append(cells)
  }

  mutating func account(
    _ id: String, parent: String? = nil, owner: String? = nil, in territories: [String] = [],
    revenue: Int64? = nil, employees: Int64? = nil, country: String? = nil
  ) {
    var cells: [String: Cell] = [:]
    if let parent { cells["ParentId"] = .id(parent) }
    if let owner { cells["OwnerId"] = .id(owner) }
    if let revenue { cells["AnnualRevenue"] = .number(revenue * 10_000) }
    if let employees { cells["NumberOfEmployees"] = .number(employees * 10_000) }
    if let country { cells["BillingCountry"] = .text(country) }
    add(.account, id, cells)
    for territory in territories {
      add(
        .accountTerritory, "\(id)-\(territory)",
        ["ObjectId": .id(id), "Territory2Id": .id(territory)])
    }
  }

  enum Outcome { case won, lost, open }

  mutating func deal(
    _ id: String, _ outcome: Outcome, amount: Int64?, close: String, account: String? = nil,
    owner: String? = nil, territory: String? = nil, created: String? = nil,
    probability: Int64? = nil, currency: String? = nil, type: String? = nil,
    lossReason: String? = nil
  ) {
    var cells: [String: Cell] = [
      "StageName": .text("\(outcome)"), "IsClosed": .flag(outcome != .open),
      "IsWon": .flag(outcome == .won), "CloseDate": .day(close),
    ]
    if let amount { cells["Amount"] = .number(amount * 10_000) }
    if let account { cells["AccountId"] = .id(account) }
    if let owner { cells["OwnerId"] = .id(owner) }
    if let territory { cells["Territory2Id"] = .id(territory) }
    if let created { cells["CreatedDate"] = .day(created) }
    if let probability { cells["Probability"] = .number(probability * 10_000) }
    if let currency { cells["CurrencyIsoCode"] = .text(currency) }
    if let type { cells["Type"] = .text(type) }
    if let lossReason { cells["LossReason"] = .text(lossReason) }
    add(.opportunity, id, cells)
  }

  mutating func territory(_ id: String, parent: String? = nil, users: [String] = []) {
    add(.territory, id, parent.map { ["ParentTerritory2Id": .id($0)] } ?? [:])
    for user in users {
      add(.userTerritory, "\(user)-\(id)", ["UserId": .id(user), "Territory2Id": .id(id)])
    }
  }

  /// Reverses the rows of every table.
  mutating func reverse() { rows = rows.mapValues { $0.reversed() } }

  /// The records as Intake would hand them over.
  var records: RecordSet {
    var index: [Entity: [String: Int32]] = [:]
    for (entity, rows) in rows {
      for (row, cells) in rows.enumerated() {
        if case .id(let id) = cells["Id"] { index[entity, default: [:]][id] = Int32(row) }
      }
    }
    var tables: [Entity: Table] = [:]
    for (entity, rows) in rows { tables[entity] = table(entity, rows, index) }
    return RecordSet(tables: tables, asOf: asOf)
  }

  func engine(
    userRecords: UserRecords = UserRecords(), threads: Int = 2
  ) throws -> LocalEngine {
    let records = records
    var userRecords = userRecords
    userRecords.costs += costs
    return LocalEngine(
      records: records, assignment: Assignment(of: records, dealRule: dealRule),
      catalogue: try Organisation.catalogue(), settings: settings, userRecords: userRecords,
      threads: threads)
  }

  static func catalogue(adding yaml: String? = nil) throws -> MetricCatalogue {
    let builtIn = try #require(BuiltIns.text("reports/metrics.yaml"))
    return try MetricCatalogue(
      [MetricCatalogue.Source(path: "reports/metrics.yaml", text: builtIn)]
        + (yaml.map { [MetricCatalogue.Source(path: "metrics.yaml", text: $0)] } ?? []))
  }

  private func table(
    _ entity: Entity, _ rows: [[String: Cell]], _ index: [Entity: [String: Int32]]
  ) -> Table {
    var ids = Texts()
    var sources = RowSources()
    sources.files = ["\(entity.rawValue).csv"]
    for (row, cells) in rows.enumerated() {
      if case .id(let id) = cells["Id"] { ids.append(Array(id.utf8)) }
      sources.append(row: row, file: 0, line: row + 2)
    }
    var columns: [String: Column] = [:]
    for name in Set(rows.flatMap(\.keys)).subtracting(["Id"]) {
      columns[name] = column(name, of: entity, rows.map { $0[name] }, index)
    }
    return Table(
      entity: entity, count: rows.count, keys: .text(ids), columns: columns, sources: sources)
  }

  private func column(
    _ name: String, of entity: Entity, _ cells: [Cell?], _ index: [Entity: [String: Int32]]
  ) -> Column {
    let isNumber = cells.contains { if case .number = $0 { true } else { false } }
    switch entity.field(named: name)?.kind ?? (isNumber ? .decimal : .category) {
    case .reference(let target):
      return .references(
        cells.map { cell in
          guard case .id(let id) = cell else { return Reference.null }
          return index[target]?[id] ?? Reference.dangling
        })
    case .decimal, .rate:
      return .decimals(
        cells.map { if case .number(let value) = $0 { value } else { Exact.null } })
    case .date, .datetime:
      return .days(
        cells.map { if case .day(let day) = $0 { Organisation.day(day).number } else { Day.null } })
    case .instant:
      let seconds = cells.map { cell -> Int64 in
        if case .instant(let text) = cell { Organisation.seconds(text) } else { Instants.null }
      }
      return .instants(
        Instants(
          seconds: seconds,
          days: seconds.map { $0 == Instants.null ? Day.null : Int32(($0 - 18_000) / 86_400) }))
    case .flag:
      return .flags(cells.map { if case .flag(let flag) = $0 { flag ? 1 : 0 } else { 2 } })
    case .text:
      var texts = Texts()
      for cell in cells {
        if case .text(let text) = cell { texts.append(Array(text.utf8)) } else { texts.append([]) }
      }
      return .texts(texts)
    case .category, .id:
      var values: [String] = []
      let codes = cells.map { cell -> Int32 in
        guard case .text(let text) = cell else { return Categories.null }
        if let code = values.firstIndex(of: text) { return Int32(code) }
        values.append(text)
        return Int32(values.count - 1)
      }
      return .categories(Categories(codes: codes, values: values))
    }
  }
}

extension LocalEngine {
  /// The standard table as CSV.
  func csv(_ table: StandardTable, scope: Scope = .company) throws -> String {
    try standardTables([table], scope: scope)[0].csv()
  }

  /// One figure of the whole, as data formats print it.
  func figure(
    _ metric: String, _ period: PeriodSpec = .always, filter: String? = nil,
    scope: Scope = .company
  ) throws -> String {
    try run([
      Query(
        metrics: [metric], filter: filter.map { ExpressionText($0) }, period: period,
        scope: scope)
    ])[0].dataText(row: 0, column: 0)
  }
}
