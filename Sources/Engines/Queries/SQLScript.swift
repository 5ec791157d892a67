import Expressions
import Metrics
import Records

/// Queries of a plan as SQL: what defines the rows they read, and a SELECT for each.
public struct SQLScript: Sendable {
  /// A statement with the comment that stands above it.
  public struct Statement: Sendable {
    public let comment: String
    public let sql: String
    /// What the statement defines; empty where it defines nothing.
    public var name = ""
  }

  /// What must run first, once a session, in this order.
  public private(set) var definitions: [Statement]
  /// One SELECT a query of the plan, in their order.
  public let queries: [Statement]
  private let plan: QueryPlan
  private let results: [QuerySQL]
  private let schema: ExportSchema
  private let settings: MetricSettings

  /// Prints a plan.
  ///
  /// - Parameters:
  ///   - plan: the queries.
  ///   - catalogue: their metrics.
  ///   - settings: what the configuration says about figures.
  ///   - schema: the files that hold the rows.
  ///   - dialect: the flavour of SQL.
  /// - Throws: a finding that names what SQL cannot say.
  public init(
    _ plan: QueryPlan, catalogue: MetricCatalogue, settings: MetricSettings,
    schema: ExportSchema, dialect: any Dialect = DuckDBDialect()
  ) throws {
    let relations = Relations(dialect: dialect, schema: schema, settings: settings)
    try self.init(plan, catalogue: catalogue, relations: relations)
    try relations.complete()
    definitions = SQLScript.session(dialect, schema, relations)
  }

  /// Prints a plan over relations that others read too; who asks completes them, and says what
  /// defines them.
  init(_ plan: QueryPlan, catalogue: MetricCatalogue, relations: Relations) throws {
    if let what = relations.schema.unread.first { throw NotPrinted.finding(what) }
    var results: [QuerySQL] = []
    for answer in plan.answers {
      results.append(
        try QuerySQL(answer, of: plan, catalogue: catalogue, relations: relations))
    }
    self.plan = plan
    self.results = results
    schema = relations.schema
    settings = relations.settings
    definitions = []
    queries = zip(plan.answers, results).map { answer, result in
      Statement(comment: SQLScript.comment(answer.query, catalogue), sql: result.select)
    }
  }

  /// How many columns the SELECT of each query has.
  var widths: [Int] { results.map(\.columns.count) }

  /// The whole script, for people and for a program that runs it.
  public var text: String { SQLScript.text(definitions + queries) }

  /// The statements that a session begins with, and those that define what queries read.
  static func session(
    _ dialect: any Dialect, _ schema: ExportSchema, _ relations: Relations
  ) -> [Statement] {
    let functions = dialect.functions(
      keys: schema.keys, timeZone: schema.timeZone, forms: schema.forms)
    return (dialect.preamble + functions).enumerated().map { index, sql in
      Statement(
        comment: index == 0 ? "The session, and how cells become values." : "", sql: sql)
    } + relations.statements
  }

  /// Statements with their comments.
  static func text(_ statements: [Statement]) -> String {
    statements.map { statement in
      let lines = statement.comment.split(separator: "\n").map { "-- \($0)\n" }
      return lines.joined() + statement.sql + ";\n"
    }.joined(separator: "\n")
  }

  /// The answer of a query from the rows that its SELECT gave.
  ///
  /// - Parameters:
  ///   - rows: each cell as text, nil for null.
  ///   - index: the query's place in the plan.
  ///   - catalogue: the metrics.
  /// - Returns: the same table as the local engine's.
  /// - Throws: a finding where a cell is not what it must be.
  public func table(
    _ rows: [[String?]], of index: Int, catalogue: MetricCatalogue
  ) throws -> MetricTable {
    try PrintedAnswer(
      plan.answers[index], results[index], rows, schema: schema, settings: settings,
      period: plan.spaces[plan.answers[index].space].period, catalogue: catalogue
    ).table()
  }

  private static func comment(_ query: Query, _ catalogue: MetricCatalogue) -> String {
    query.metrics.map { name in
      "\(name): \(catalogue[name]?.definition.split(separator: "\n").joined(separator: " ") ?? "")"
    }.joined(separator: "\n")
  }
}

extension Relations {
  /// Defines all that the queries printed so far read.
  func complete() throws {
    noteSources()
    while !later.isEmpty {
      let next = later
      later = []
      for define in next { try define(self) }
    }
  }

  /// Notes the derived fields from which noted ones are made.
  private func noteSources() {
    noteNeglect()
    if readsHolders {
      for name in ["value", "isbooking"] { note(name, of: .opportunity) }
    }
    if ["valuescore", "istopdecile", "repflag"].contains(where: { reads($0, of: .account) }) {
      noteAccountValues()
    }
    if reads("segment", of: .account), settings.segmentField.lowercased() == "annualrevenue" {
      note("revenue", of: .account)
    }
  }

  /// Notes what the coverage policy reads.
  private func noteNeglect() {
    guard reads("isneglected", of: .account) else { return }
    note("lastactivity", of: .account)
    for rule in settings.coverage.neglectRules {
      let expression = try? Expression(parsing: rule.condition.text, at: rule.condition.at)
      for path in expression?.fields ?? [] where path.count == 1 {
        note(path[0], of: .account)
      }
    }
  }
}
