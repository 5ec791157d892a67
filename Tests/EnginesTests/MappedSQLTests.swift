import BuiltIns
import Engines
import Foundation
import Intake
import Metrics
import Records
import TestKit
import Testing

@Suite("Exports of other CRMs as SQL", .serialized)
struct MappedSQLTests {
  private func mapping(_ name: String) throws -> Mapping {
    let file = Repository.fixture(name).appending(path: "mapping.yaml")
    guard FileManager.default.fileExists(atPath: file.path) else {
      let preset = name == "dbt-hubspot" ? "hubspot" : name
      return try Mapping(
        text: #require(BuiltIns.text("presets/\(preset).yaml")), file: "presets/\(preset).yaml")
    }
    return try Mapping(
      text: String(contentsOf: file, encoding: .utf8), file: "mapping.yaml")
  }

  private static let queries = [
    Query(metrics: ["won_amount", "open_amount", "won_count", "accounts"], by: [.owner]),
    Query(metrics: ["won_amount", "median_days"], by: [.country]),
    Query(metrics: ["won_amount", "closed_count"], by: [.month]),
    Query(metrics: ["annual_revenue", "accounts"], by: [.industry]),
    Query(metrics: ["products_sold", "line_amount"], by: [.product]),
    Query(metrics: ["mrr", "customers_churned", "new_mrr"], by: [.month]),
    Query(metrics: ["created_count", "open_count"], by: [.stage]),
  ]

  private func expectEqual(_ name: String, _ folder: URL, asOf: String, zone: String) async throws {
    let session = try SQLSession(
      folder, asOf: asOf, timeZone: zone, mapping: mapping(name), queries: Self.queries,
      tables: TableScript.tables)
    try await session.expectEqual(tables: TableScript.tables)
    try await session.expectEqual(Self.queries)
  }

  @Test(
    "Public data of other CRMs: names for keys, American dates, millions, lookups",
    .needs(.duckdb), .needsRealData("maven-crm"), .needsRealData("ravenstack-saas"),
    .needsRealData("dbt-hubspot"),
    arguments: [
      ("maven-crm", "2017-12-31"), ("ravenstack-saas", "2025-01-15"), ("dbt-hubspot", "2021-02-01"),
    ])
  func realData(name: String, asOf: String) async throws {
    try await expectEqual(name, RealData.require(name), asOf: asOf, zone: "UTC")
  }

  @Test(
    "Small exports of the CRMs that have presets", .needs(.duckdb),
    arguments: ["hubspot", "dynamics365", "pipedrive", "zoho"])
  func presets(name: String) async throws {
    try await expectEqual(
      name, Repository.fixture(name).appending(path: "export"), asOf: "2026-11-20",
      zone: "Europe/Zurich")
  }
}
