import Records

/// A standard table: the queries it needs, and how their answers become its rows.
protocol StandardTableMaker: Sendable {
  /// The queries, of metrics in the built-in catalogue.
  func queries(_ scope: Scope) -> [Query]
  /// The table; `answers` are those of `queries`, in their order.
  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable
}

extension StandardTable {
  /// What makes the table.
  var maker: any StandardTableMaker {
    switch self {
    case .territories: TerritoriesTable()
    case .winRates: WinRatesTable()
    case .families: FamiliesTable()
    case .unassignedAccounts: UnassignedAccountsTable()
    case .owners: OwnersTable()
    case .recurringRevenue: RecurringRevenueTable()
    case .salesCycles: SalesCyclesTable()
    case .conflicts: ConflictsTable()
    case .splitFamilies: SplitFamiliesTable()
    case .neglectedAccounts: NeglectedAccountsTable()
    case .balance: BalanceTable()
    case .penetration: PenetrationTable()
    case .concentration: ConcentrationTable()
    case .repFit: RepFitTable()
    case .accountValues: AccountValuesTable()
    case .pipelineMovement: PipelineMovementTable()
    case .leads: LeadsTable()
    }
  }
}

extension LocalEngine {
  public func standardTables(
    _ tables: [StandardTable], scope: Scope
  ) throws(FindingsError) -> [MetricTable] {
    if tables.contains(.pipelineMovement) {
      _ = try ledger.settings.movement.days(asOf: ledger.records.asOf)
    }
    let makers = tables.map(\.maker)
    let queries = makers.map { $0.queries(scope) }
    var rest = try answers(queries.flatMap { $0 }, for: scope)[...]
    let answersOfTables = queries.map { queries in
      defer { rest = rest.dropFirst(queries.count) }
      return Array(rest.prefix(queries.count))
    }
    // What reads most rows and figures is begun first, so that no thread waits for it in the end.
    let work = zip(tables, answersOfTables).map { table, answers in
      let rows = table.takes(ledger.settings).fields.map { ledger.records[$0.entity].count }
      return (rows.max() ?? 0)
        + answers.reduce(0) { $0 + $1.space.count * $1.plan.query.metrics.count }
    }
    let order = tables.indices.sorted { (work[$1], $0) < (work[$0], $1) }
    let inOrder = Parallel.each(order, threads: ledger.threads) { index in
      makers[index].table(answersOfTables[index], self, scope)
    }
    let made = zip(order, inOrder).sorted { $0.0 < $1.0 }.map(\.1)
    // What a table computed itself may have met an error in the configuration.
    if let error = findings.entries.first(where: { $0.first.severity == .error }) {
      throw FindingsError([error.first])
    }
    return made
  }
}

extension LocalEngine {
  /// The answers to what the tables of a scope are made from: what is asked of the company for the
  /// sake of a part is the same for every part, and made once.
  func answers(_ queries: [Query], for scope: Scope) throws(FindingsError) -> [Answer] {
    func isShared(_ query: Query) -> Bool { query.scope == .company && scope != .company }
    var own = try answers(queries.filter { !isShared($0) })[...]
    var all: [Answer] = []
    for query in queries {
      all.append(isShared(query) ? try sharedAnswer(query) : own.removeFirst())
    }
    return all
  }

  /// The answer to a query that is asked again and again, made once.
  private func sharedAnswer(_ query: Query) throws(FindingsError) -> Answer {
    let made = shared.value(for: query) { () -> Result<[Answer], FindingsError> in
      do throws(FindingsError) {
        return .success(try answers([query]))
      } catch {
        return .failure(error)
      }
    }
    return try made.get()[0]
  }
}

/// Puts the columns of a standard table together.
struct TableColumns {
  private let catalogue: MetricCatalogue
  private(set) var columns: [MetricColumn] = []

  init(_ catalogue: MetricCatalogue) {
    self.catalogue = catalogue
  }

  mutating func append(_ column: MetricColumn) { columns.append(column) }

  /// Texts, with what people read in place of some of them.
  mutating func text(
    _ name: String, _ title: String, _ cells: [String?], labels: [String: String] = [:]
  ) {
    text(name, title, TextCells(cells))
    columns[columns.count - 1].labels = labels
  }

  mutating func text(_ name: String, _ title: String, _ cells: TextCells) {
    columns.append(MetricColumn(name: name, title: title, unit: .text, cells: .text(cells)))
  }

  mutating func id(_ name: String, _ title: String, _ entity: Entity, _ cells: TextCells) {
    columns.append(MetricColumn(name: name, title: title, unit: .id(entity), cells: .text(cells)))
  }

  mutating func id(_ name: String, _ title: String, _ entity: Entity, _ cells: [String?]) {
    id(name, title, entity, TextCells(cells))
  }

  mutating func count(_ name: String, _ title: String, _ cells: [Int128?], _ definition: String) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .count, cells: .integers(cells), definition: definition))
  }

  mutating func days(_ name: String, _ title: String, _ cells: [Int128?], _ definition: String) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .days, cells: .integers(cells), definition: definition))
  }

  mutating func money(_ name: String, _ title: String, _ cells: [Int128?], _ definition: String) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .money, cells: .money(cells), definition: definition))
  }

  mutating func money(
    _ name: String, _ title: String, _ cells: NumberCells, _ definition: String
  ) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .money, cells: .money(cells), definition: definition))
  }

  /// Quotients, where it is known each with the number of rows behind it.
  mutating func rate(
    _ name: String, _ title: String, _ cells: [Ratio], n: [Int128]? = nil, _ definition: String
  ) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .rate, cells: .ratios(cells), definition: definition,
        n: n))
  }

  /// Rates that are whole millionths; `NumberCells.null` where undefined.
  mutating func millionths(
    _ name: String, _ title: String, _ cells: [Int64], _ definition: String
  ) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .rate, cells: .millionths(NumberCells(narrow: cells)),
        definition: definition))
  }

  /// Figures whose unit differs from row to row.
  mutating func mixed(
    _ name: String, _ title: String, _ cells: [(value: Ratio, unit: Unit)], _ definition: String
  ) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .number, cells: .ratios(cells.map(\.value)),
        definition: definition, rowUnits: cells.map(\.unit)))
  }

  /// A metric of an answer at some groups.
  ///
  /// - Parameters:
  ///   - name: the column's name.
  ///   - metric: the metric's name in the catalogue.
  ///   - answer: where its figures are.
  ///   - groups: the group of each row.
  ///   - title: a heading other than the metric's.
  mutating func metric(
    _ name: String, _ metric: String, of answer: Answer, at groups: [Int], title: String? = nil
  ) {
    guard let definition = catalogue[metric] else { return }
    let rows = answer.rowsBehind(metric)
    columns.append(
      MetricColumn(
        name: name, title: title ?? definition.title, unit: definition.unit,
        cells: answer.cells(metric, at: groups),
        definition: definition.definition, n: rows.map { rows in groups.map { rows[$0] } }))
  }
}
