import Metrics
import Records

/// Puts the SELECT of a standard table together from the answers of its queries.
final class TablePrinter {
  let relations: Relations
  private let catalogue: MetricCatalogue
  private var answers: [(sql: QuerySQL, answer: QueryPlan.Answer)] = []
  private(set) var columns: [TableColumn] = []
  private(set) var cells: [String] = []

  /// What the table shows.
  let scope: Scope

  init(_ relations: Relations, _ catalogue: MetricCatalogue, _ scope: Scope) {
    self.relations = relations
    self.catalogue = catalogue
    self.scope = scope
  }

  var dialect: any Dialect { relations.dialect }
  var schema: ExportSchema { relations.schema }
  var settings: MetricSettings { relations.settings }

  func add(_ sql: QuerySQL, _ answer: QueryPlan.Answer) { answers.append((sql, answer)) }

  /// What prints a table, nil where nothing does.
  static func select(of table: StandardTable) -> ((TablePrinter) throws -> String)? {
    switch table {
    case .salesCycles: { try $0.salesCycles() }
    case .winRates: { try $0.winRates() }
    case .families: { try $0.families() }
    case .unassignedAccounts: { try $0.unassignedAccounts() }
    case .territories: { try $0.territories() }
    case .owners: { try $0.owners() }
    case .splitFamilies: { try $0.splitFamilies() }
    case .penetration: { try $0.penetration() }
    case .concentration: { try $0.concentration() }
    case .neglectedAccounts: { try $0.neglectedAccounts() }
    case .conflicts: { try $0.conflicts() }
    case .balance: { try $0.balance() }
    case .repFit: { try $0.repFit() }
    case .recurringRevenue: { try $0.recurringRevenue() }
    case .pipelineMovement: { try $0.pipelineMovement() }
    case .accountValues: { try $0.accountValues() }
    default: nil
    }
  }

  /// The SELECT with the answers in front of it.
  func whole(_ select: String) -> String {
    guard !answers.isEmpty else { return select }
    let parts = answers.enumerated().map { index, answer in
      "answer_\(index) AS (\n\(relations.indented(answer.sql.select, by: 2))\n)"
    }
    // A table with relations of its own goes on with a comma.
    return "WITH " + parts.joined(separator: ", ") + (select.hasPrefix(",") ? "" : "\n") + select
  }

  // MARK: Columns

  func add(_ name: String, _ kind: TableColumn.Kind, _ sql: String...) {
    columns.append(TableColumn(name: name, kind: kind))
    cells += sql
  }

  /// A metric of an answer; a row that the answer lacks has figures over no rows.
  func metric(_ name: String, _ metric: String, of index: Int, alias: String? = nil) {
    let (sql, answer) = answers[index]
    let row = alias ?? "answer_\(index)"
    var figures: [TableColumn.MeasureFigure] = []
    for (measure, _) in catalogue.measures(of: metric) {
      guard let place = answer.measures.firstIndex(where: { $0.name == measure }) else { continue }
      let source = answer.measures[place]
      let rows = "\(row).\(dialect.identifier(QuerySQL.rowsName(source)))"
      let figure = "\(row).\(dialect.identifier(source.name))"
      var (above, below) = ("coalesce(\(figure), 0)", "1")
      switch source.measure.aggregate {
      case .count: above = "coalesce(\(rows), 0)"
      case .sum, .countDistinct: break
      case .mean: below = "coalesce(\(row).\(dialect.identifier(source.name + "_known")), 0)"
      case .median, .p90, .max, .min: above = figure
      }
      if source.measure.isUndefinedWithoutRows {
        above = "CASE WHEN \(rows) > 0 THEN \(figure) END"
      }
      cells += [above, below]
      figures.append(
        TableColumn.MeasureFigure(name: measure, denominator: sql.denominators[place]))
    }
    let behind = catalogue.measureBehind(metric).flatMap { measure in
      answer.measures.first { $0.name == measure }
    }
    if let behind {
      cells.append("coalesce(\(row).\(dialect.identifier(QuerySQL.rowsName(behind))), 0)")
    }
    columns.append(
      TableColumn(name: name, kind: .metric(metric, figures, isCounted: behind != nil)))
  }

  /// The cells as they stand behind SELECT, each by a name of its own.
  var list: String {
    cells.enumerated().map { "\($1) AS c\($0)" }.joined(separator: ",\n  ")
  }

  /// Takes the cells so far away, for a further SELECT of the same columns.
  func nextPart() {
    cells = []
    columns = []
  }
}
