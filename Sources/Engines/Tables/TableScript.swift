import Metrics
import Records

/// A standard table as SQL: one SELECT of keys, texts and exact whole numbers, of which the table is
/// made afterwards in one place for all engines.
public struct TableScript: Sendable {
  /// The standard tables that SQL can say.
  public static let tables: [StandardTable] = StandardTable.allCases.filter {
    TablePrinter.select(of: $0) != nil
  }

  public let table: StandardTable
  /// What must run first, once a session, in this order.
  public private(set) var definitions: [SQLScript.Statement]
  /// The SELECT that gives the table's rows, in their order.
  public let query: SQLScript.Statement
  private let columns: [TableColumn]
  private let catalogue: MetricCatalogue
  private let schema: ExportSchema

  /// Prints a standard table.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - catalogue: the built-in metrics.
  ///   - scope: what the table shows.
  ///   - settings: what the configuration says about figures.
  ///   - schema: the files that hold the rows.
  ///   - dialect: the flavour of SQL.
  /// - Throws: `FindingsError` that names what SQL cannot say.
  public init(
    _ table: StandardTable, catalogue: MetricCatalogue, scope: Scope = .company,
    settings: MetricSettings, schema: ExportSchema, dialect: any Dialect = DuckDBDialect()
  ) throws {
    let relations = Relations(dialect: dialect, schema: schema, settings: settings)
    try self.init(table, catalogue: catalogue, scope: scope, relations: relations)
    try relations.complete()
    definitions = SQLScript.session(dialect, schema, relations)
  }

  /// Prints a standard table over relations that others read too; who asks completes them, and says
  /// what defines them.
  init(
    _ table: StandardTable, catalogue: MetricCatalogue, scope: Scope, relations: Relations
  ) throws {
    guard let print = TablePrinter.select(of: table) else {
      throw NotPrinted.finding("the table \(table.rawValue)")
    }
    let schema = relations.schema
    if let what = schema.unread.first { throw NotPrinted.finding(what) }
    guard table != .pipelineMovement || scope == .company else {
      throw NotPrinted.finding("the table \(table.rawValue) of a territory or a family")
    }
    let plan = try table.plan(
      scope: scope, catalogue: catalogue, asOf: schema.asOf, calendar: relations.settings.calendar)
    let printer = TablePrinter(relations, catalogue, scope)
    for answer in plan.answers {
      printer.add(
        try QuerySQL(answer, of: plan, catalogue: catalogue, relations: relations), answer)
    }
    let select = try print(printer)
    self.table = table
    self.catalogue = catalogue
    self.schema = schema
    columns = printer.columns
    definitions = []
    let sql = printer.whole(select)
    query = SQLScript.Statement(
      comment: "The table \(table.rawValue). Grain: one row per \(table.grain).", sql: sql)
  }

  /// How many columns the SELECT has.
  var width: Int { columns.reduce(0) { $0 + $1.width } }

  /// The whole script, for people and for a program that runs it.
  public var text: String { SQLScript.text(definitions + [query]) }

  /// The table from the rows that its SELECT gave.
  ///
  /// - Parameter rows: each cell as text, nil for null.
  /// - Returns: the same columns as the local engine's.
  /// - Throws: `FindingsError` where a cell is not what it must be.
  public func table(_ rows: [[String?]]) throws -> MetricTable {
    var start = 0
    var made: [MetricColumn] = []
    for column in columns {
      let width = column.width
      guard rows.allSatisfy({ $0.count >= start + width }) else { throw PrintedAnswer.damaged }
      let cells = rows.map { Array($0[start..<start + width]) }
      made.append(try column.column(cells, schema: schema, catalogue: catalogue))
      start += width
    }
    return MetricTable(name: table.rawValue, grain: table.grain, columns: made)
  }
}
