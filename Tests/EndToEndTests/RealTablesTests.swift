import Foundation
import TestKit
import Testing

/// Every standard table of data that no one here wrote, held to DuckDB's over the same files.
@Suite("Standard tables of public data sets")
struct RealTablesTests {
  @Test(
    "A public CRM data set gives what DuckDB computes from its files",
    .needsRealData("maven-crm"), .needs(.duckdb))
  func maven() async throws {
    try await expectTables(of: "maven-crm", asOf: "2017-12-31")
  }

  @Test(
    "The subscriptions of a SaaS company give what DuckDB computes from its files",
    .needsRealData("ravenstack-saas"), .needs(.duckdb))
  func ravenstack() async throws {
    try await expectTables(of: "ravenstack-saas", asOf: "2025-01-15")
  }

  @Test(
    "HubSpot's tables of a warehouse give what DuckDB computes from them",
    .needsRealData("dbt-hubspot"), .needs(.duckdb))
  func hubspot() async throws {
    try await expectTables(of: "dbt-hubspot", asOf: "2021-02-01")
  }

  /// The fixture of a data set's name holds the project; the oracle sees the files in the shape of a
  /// Salesforce export.
  private func expectTables(of name: String, asOf: String) async throws {
    let data = try RealData.require(name)
    try await withTemporaryFolder { folder in
      let project = folder.appending(path: "project")
      let files = FileManager.default
      try files.copyItem(at: Repository.fixture(name), to: project)
      try files.createSymbolicLink(
        at: project.appending(path: "export"), withDestinationURL: data)
      try await expectOracle(
        Program.tables(project), export: data,
        ["--as-of", asOf, "--shape", Repository.oracle("shapes/\(name).sql").path])
    }
  }
}
