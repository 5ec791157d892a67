import Engines
import Metrics
import Records

extension ReportRun {
  /// Has Spark answer all that editions ask and SQL can say, in one session; what names its records
  /// one by one is answered here.
  ///
  /// - Parameters:
  ///   - jobs: the editions.
  ///   - pipeline: the export.
  ///   - catalogue: the metrics.
  ///   - console: where progress is told.
  /// - Throws: `FindingsError` where Spark fails.
  mutating func askSpark(
    _ jobs: [Job], of pipeline: Pipeline, catalogue: MetricCatalogue, console: Console
  ) throws {
    var tables: [SparkScript.TableQuestion] = []
    var queries: [Query] = []
    var asked: (tables: Set<SparkScript.TableQuestion>, queries: Set<Query>) = ([], [])
    for job in jobs {
      let plan = plan(of: job)
      for table in plan.tables {
        let question = SparkScript.TableQuestion(table, scope: plan.scope)
        if asked.tables.insert(question).inserted { tables.append(question) }
      }
      for query in plan.queries where asked.queries.insert(query).inserted {
        queries.append(query)
      }
    }
    let schema = pipeline.exportSchema(isSpark: true)
    let (engine, dialect) = (pipeline.engine, SparkDialect())
    // Files that Spark cannot read are no reason to answer here without a word.
    _ = try SparkScript(
      [], engine.plan([]), catalogue: catalogue, settings: engine.settings, schema: schema)
    tables = tables.filter { question in
      (try? TableScript(
        question.table, catalogue: catalogue, scope: question.scope, settings: engine.settings,
        schema: schema, dialect: dialect)) != nil
    }
    queries = try queries.filter { query in
      let plan = try engine.plan([query])
      return
        (try? SQLScript(
          plan, catalogue: catalogue, settings: engine.settings, schema: schema, dialect: dialect))
        != nil
    }
    guard !tables.isEmpty || !queries.isEmpty else { return }
    spark = try SparkAnswers(
      pipeline, tables: tables, queries: queries, catalogue: catalogue, console: console)
  }
}
