import Engines
import Foundation
import Metrics
import Records
import Sample
import TestKit
import Testing

@Suite("Spark gives the figures of the local engine", .serialized)
struct SparkParityTests {
  private static let tables = TableScript.tables

  @Test(
    "A sample of 1,000 accounts on two workers: every table and every metric", .needsSpark,
    .timeLimit(.minutes(60)))
  func sample() async throws {
    try await withTemporaryFolder { folder in
      let export = try SQLSession.sample(in: folder, accounts: 1000)
      let queries = try Self.queries()
      let session = try SQLSession(
        export, asOf: "2026-11-20", timeZone: "America/New_York",
        settings: MetricSettings(calendar: FiscalCalendar(startMonth: 2)), queries: queries,
        tables: Self.tables)
      try await withSparkPeer { peer in
        try session.expectEqualOnSpark(peer, tables: Self.tables, queries)
      }
    }
  }

  /// Every built-in metric over all, those of holders by owner, and some of each fact by dimensions.
  private static func queries() throws -> [Query] {
    let catalogue = try SQLSession.catalogue()
    let names = catalogue.metrics.map(\.name)
    let whole = names.filter { catalogue.onlyBy($0).isEmpty }
    let byOwner = names.filter { catalogue.onlyBy($0).contains(.owner) }
    return [
      Query(metrics: whole), Query(metrics: byOwner, by: [.owner]),
      Query(metrics: ["won_amount", "win_rate_count", "median_days"], by: [.territorySubtree]),
      Query(metrics: ["won_amount", "open_amount", "accounts", "mrr"], by: [.ownerSubtree]),
      Query(metrics: ["mrr", "nrr_12m", "new_mrr", "churned_mrr"], by: [.month]),
      Query(metrics: ["won_amount", "created_count"], by: [.fiscalQuarter]),
      Query(metrics: ["line_amount", "buying_accounts"], by: [.product, .segment]),
      Query(metrics: ["won_amount", "open_amount"], by: [.ownerAtClose]),
      Query(metrics: ["slip_rate", "due_amount"], by: [.fiscalQuarter]),
      Query(metrics: ["activities", "accounts_touched"], by: [.type]),
      Query(
        metrics: ["won_amount"], by: [.owner, .segment], period: .fiscalYear(offset: -1),
        order: [Order("won_amount", descending: true)], limit: 3, keepsRest: true),
    ]
  }
}

extension SQLSession {
  /// The script by which Spark makes standard tables and answers queries.
  func sparkScript(_ tables: [StandardTable], _ queries: [Query]) throws -> SparkScript {
    try SparkScript(
      tables.map { SparkScript.TableQuestion($0) }, engine.plan(queries), catalogue: catalogue,
      settings: settings, schema: schema)
  }

  /// Holds Spark's standard tables and answers to the local engine's, byte by byte as CSV; all in
  /// one session.
  func expectEqualOnSpark(
    _ peer: SparkPeer, tables: [StandardTable], _ queries: [Query],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let home = try #require(SparkPeer.home)
    let script = try sparkScript(tables, queries)
    if let path = ProcessInfo.processInfo.environment["SPARK_SCRIPT"] {
      try Data(script.text.utf8).write(to: URL(filePath: path))
    }
    let cluster = SparkCluster(
      master: peer.master, home: home.path, environment: peer.environment)
    let rows = try SparkSession(cluster).run(script)
    let (made, answered) = try script.answers(rows)
    let own = try engine.standardTables(tables, scope: .company) + engine.run(queries)
    let names = tables.map(\.rawValue) + queries.map { "\($0.metrics) by \($0.by)" }
    #expect(made.count + answered.count == own.count, sourceLocation: sourceLocation)
    for (name, (left, right)) in zip(names, zip(own, made + answered)) {
      let (left, right) = (left.csv(), right.csv())
      let isEqual = left == right
      #expect(
        isEqual, "\(name): \(SQLSession.difference(right, left))", sourceLocation: sourceLocation)
    }
  }
}
