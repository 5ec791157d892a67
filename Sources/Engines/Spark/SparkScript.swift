import Metrics
import Records

/// Questions of one run as one script of one session.
///
/// Each result stands between a line that says that it begins and one that says that it ends; its
/// rows are one JSON object a line. Whatever lacks its end is no result.
public struct SparkScript: Sendable {
  /// A SELECT with the name under which its rows are found.
  struct Result: Sendable {
    let name: String
    let statement: SQLScript.Statement
    /// How many columns it has.
    let width: Int
  }

  /// A standard table of a scope.
  public struct TableQuestion: Hashable, Sendable {
    public let table: StandardTable
    public let scope: Scope

    public init(_ table: StandardTable, scope: Scope = .company) {
      self.table = table
      self.scope = scope
    }
  }

  let results: [Result]
  /// What the session begins with.
  private let preamble: [SQLScript.Statement]
  /// Files and relations, each relation behind the files that it reads first.
  private let definitions: [SQLScript.Statement]
  private let tables: [TableScript]
  private let queries: SQLScript
  private let catalogue: MetricCatalogue

  /// Prints questions.
  ///
  /// - Parameters:
  ///   - asked: standard tables.
  ///   - plan: the plan of any queries; it may be without one.
  ///   - catalogue: the metrics.
  ///   - settings: what the configuration says about figures.
  ///   - schema: the files that hold the rows, where Spark finds them.
  /// - Throws: `FindingsError` that names what SQL cannot say.
  public init(
    _ asked: [TableQuestion], _ plan: QueryPlan, catalogue: MetricCatalogue,
    settings: MetricSettings, schema: ExportSchema
  ) throws {
    let dialect = SparkDialect()
    let relations = Relations(dialect: dialect, schema: schema, settings: settings)
    let tables = try asked.map {
      try TableScript(
        $0.table, catalogue: catalogue, scope: $0.scope, relations: relations)
    }
    let queries = try SQLScript(plan, catalogue: catalogue, relations: relations)
    try relations.complete()
    definitions = relations.statements
    preamble = SQLScript.session(dialect, schema, relations).dropLast(definitions.count)
    self.tables = tables
    self.queries = queries
    self.catalogue = catalogue
    let ofTables = tables.enumerated().map { number, table in
      Result(
        name: "table \(number + 1) \(table.table.rawValue)", statement: table.query,
        width: table.width)
    }
    let ofQueries = zip(queries.queries, queries.widths).enumerated().map { number, query in
      Result(name: "query \(number + 1)", statement: query.0, width: query.1)
    }
    results = ofTables + ofQueries
  }

  /// How many steps a run of the script has.
  public var stepCount: Int { definitions.count { !$0.name.isEmpty } + results.count }

  /// The whole script, for people and for Spark.
  public var text: String {
    var defined = [SQLScript.text(preamble)]
    // A file that is not there is found where it gets its name: that is part of the next step.
    var files: [SQLScript.Statement] = []
    for statement in definitions {
      files.append(statement)
      guard !statement.name.isEmpty else { continue }
      defined.append(
        SparkScript.line("step", statement.name) + "\n" + SQLScript.text(files))
      files = []
    }
    return (defined + results.map(SparkScript.text)).joined(separator: "\n") + "\n" + removal
  }

  /// Storage that all workers share is not emptied by the end of a session.
  private var removal: String {
    definitions.filter { !$0.name.isEmpty }.reversed().map {
      "DROP TABLE IF EXISTS \(SparkDialect().identifier($0.name));\n"
    }.joined()
  }

  private static func text(_ result: Result) -> String {
    let columns = (0..<result.width).map { "c\($0)" }
    let cells = columns.map { "'\($0)', CAST(\($0) AS STRING)" }.joined(separator: ", ")
    let comment = result.statement.comment.split(separator: "\n").map { "-- \($0)\n" }.joined()
    return """
      \(comment)\(line("begin", result.name))
      SELECT to_json(named_struct(\(cells))) FROM (
      \(result.statement.sql)
      ) AS answer(\(columns.joined(separator: ", ")));
      \(line("end", result.name))

      """
  }

  /// A statement that prints a line of its own.
  private static func line(_ key: String, _ value: String) -> String {
    "SELECT '{\"\(key)\":\"\(value)\"}';"
  }

  /// The answers, from the rows of each result.
  ///
  /// - Parameter rows: the rows by result, in the order of the script.
  /// - Returns: the standard tables and the queries' answers, each in the order asked.
  /// - Throws: `FindingsError` where a cell is not what it must be.
  public func answers(
    _ rows: [[[String?]]]
  ) throws -> (tables: [MetricTable], queries: [MetricTable]) {
    guard rows.count == results.count else { throw PrintedAnswer.damaged }
    let made = try zip(tables, rows).map { try $0.table($1) }
    let answered = try rows.dropFirst(tables.count).enumerated().map { index, rows in
      try queries.table(rows, of: index, catalogue: catalogue)
    }
    return (made, answered)
  }
}
