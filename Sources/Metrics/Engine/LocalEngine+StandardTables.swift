import Records

/// A standard table: the queries it needs, and how their answers become its rows.
protocol StandardTableMaker {
  /// The queries, of metrics in the built-in catalogue.
  func queries(_ scope: Scope) -> [Query]
  /// The table; `answers` are those of `queries`, in their order.
  func table(_ answers: [Answer], _ engine: LocalEngine, _ scope: Scope) -> MetricTable
}

extension StandardTable {
  /// What makes the table, nil where it is not built yet.
  var maker: (any StandardTableMaker)? {
    switch self {
    case .territories: TerritoriesTable()
    case .winRates: WinRatesTable()
    case .families: FamiliesTable()
    case .unassignedAccounts: UnassignedAccountsTable()
    case .owners: OwnersTable()
    case .recurringRevenue: RecurringRevenueTable()
    case .salesCycles, .conflicts, .splitFamilies, .neglectedAccounts,
      .balance, .penetration, .pipelineMovement, .concentration, .accountValues, .repFit, .leads:
      nil
    }
  }
}

extension LocalEngine {
  public func standardTables(
    _ tables: [StandardTable], scope: Scope
  ) throws(FindingsError) -> [MetricTable] {
    let refused = tables.filter { $0.maker == nil }.map { table in
      Finding(
        code: "not-built-yet", severity: .error,
        what: "table \"\(table.rawValue)\" is not built yet", done: "no table was made",
        suggestion: "ask for "
          + Suggestion.list(StandardTable.built.map(\.rawValue), conjunction: "or"))
    }
    guard refused.isEmpty else { throw FindingsError(refused) }
    let makers = tables.compactMap(\.maker)
    let queries = makers.map { $0.queries(scope) }
    var rest = try answers(queries.flatMap { $0 })[...]
    var made: [MetricTable] = []
    for (maker, queries) in zip(makers, queries) {
      made.append(maker.table(Array(rest.prefix(queries.count)), self, scope))
      rest = rest.dropFirst(queries.count)
    }
    return made
  }
}

/// Puts the columns of a standard table together.
struct TableColumns {
  private let catalogue: MetricCatalogue
  private(set) var columns: [MetricColumn] = []

  init(_ catalogue: MetricCatalogue) {
    self.catalogue = catalogue
  }

  mutating func text(_ name: String, _ title: String, _ cells: [String?]) {
    columns.append(MetricColumn(name: name, title: title, unit: .text, cells: .text(cells)))
  }

  mutating func id(_ name: String, _ title: String, _ entity: Entity, _ cells: [String?]) {
    columns.append(MetricColumn(name: name, title: title, unit: .id(entity), cells: .text(cells)))
  }

  mutating func count(_ name: String, _ title: String, _ cells: [Int128?], _ definition: String) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .count, cells: .integers(cells), definition: definition))
  }

  mutating func money(_ name: String, _ title: String, _ cells: [Int128?], _ definition: String) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .money, cells: .money(cells), definition: definition))
  }

  /// Quotients, each with the rows behind it.
  mutating func rate(
    _ name: String, _ title: String, _ cells: [Ratio], n: [Int128], _ definition: String
  ) {
    columns.append(
      MetricColumn(
        name: name, title: title, unit: .rate, cells: .ratios(cells), definition: definition,
        n: n))
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
