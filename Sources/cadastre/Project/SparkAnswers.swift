import Engines
import Foundation
import Metrics
import Records
import Settings

/// What Spark answers, all of it in one session; what only this machine can say it says.
///
/// Leads, and the conflicts of leads, rest on matching names and addresses, which is done here.
struct SparkAnswers: Sendable {
  private let engine: LocalEngine
  private let tables: [SparkScript.TableQuestion: MetricTable]
  private let queries: [Query: MetricTable]

  /// Asks Spark.
  ///
  /// - Parameters:
  ///   - pipeline: the export.
  ///   - tables: the standard tables that will be wanted.
  ///   - queries: the queries that will be.
  ///   - catalogue: the metrics.
  ///   - console: where progress is told.
  /// - Throws: `FindingsError` where something cannot be asked, or Spark fails.
  init(
    _ pipeline: Pipeline, tables: [SparkScript.TableQuestion] = [], queries: [Query] = [],
    catalogue: MetricCatalogue, console: Console
  ) throws {
    let engine = pipeline.engine
    self.engine = engine
    let asked = tables.filter { TableScript.tables.contains($0.table) }
    let script = try SparkScript(
      asked, engine.plan(queries), catalogue: catalogue, settings: engine.settings,
      schema: pipeline.exportSchema(isSpark: true))
    let cluster = try pipeline.project.sparkCluster()
    console.begin(steps: script.stepCount + 1)
    console.step("Starting Spark")
    let rows = try SparkSession(cluster).run(script) { console.step("Spark: \($0)") }
    let made = try script.answers(rows)
    var byTable: [SparkScript.TableQuestion: MetricTable] = [:]
    for (question, table) in zip(asked, made.tables) {
      let own = try engine.standardTables([question.table], scope: question.scope)
      byTable[question] = table.dressed(as: own[0])
    }
    self.tables = byTable
    self.queries = Dictionary(zip(queries, made.queries), uniquingKeysWith: { first, _ in first })
  }

  /// Standard tables, in the order asked.
  func tables(_ wanted: [StandardTable], scope: Scope) throws -> [MetricTable] {
    try wanted.map { table in
      try tables[SparkScript.TableQuestion(table, scope: scope)]
        ?? engine.standardTables([table], scope: scope)[0]
    }
  }

  /// Answers, in the order asked.
  func answers(_ wanted: [Query]) throws -> [MetricTable] {
    try wanted.map { try queries[$0] ?? engine.run([$0])[0] }
  }
}

extension Project {
  /// Where Spark is.
  ///
  /// - Throws: `FindingsError` where nothing says so.
  func sparkCluster() throws -> SparkCluster {
    let spark = configuration.spark ?? Configuration.Spark()
    let environment = ProcessInfo.processInfo.environment
    let home: String
    switch spark.home.value {
    case .path(let path): home = URL(filePath: path, relativeTo: folder).standardizedFileURL.path
    case .environment(let name):
      guard let path = environment[name], !path.isEmpty else {
        throw FindingsError([
          Finding(
            code: "spark-missing", severity: .error, at: spark.home.at,
            what: "the environment has no variable \(name), or an empty one",
            done: "nothing was computed",
            suggestion: "set it to the folder of Spark 4.1 or newer, or write spark_home")
        ])
      }
      home = path
    }
    return SparkCluster(
      master: spark.master.value, home: home, scratch: spark.scratch?.value,
      environment: environment)
  }
}
