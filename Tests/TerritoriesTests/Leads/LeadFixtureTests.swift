import BuiltIns
import Foundation
import Intake
import Metrics
import Records
import TestKit
import Testing

@testable import Territories

/// The hand-made export of leads, read, matched and routed; why each row is there is in its `why.md`.
@Suite("Leads of the fixture")
struct LeadFixtureTests {
  private struct Read {
    let export: Export
    let assignment: Assignment
    let catalogue: MetricCatalogue

    init() throws {
      let fixture = try #require(TableFixture.all.first { $0.name == "leads" })
      let text = try #require(BuiltIns.text("reports/metrics.yaml"))
      catalogue = try MetricCatalogue([.init(path: "reports/metrics.yaml", text: text)])
      var required = RequiredFields(catalogue: catalogue, settings: MetricSettings())
      required.add([.conflicts, .leads])
      let preset = try #require(BuiltIns.text("presets/salesforce.yaml"))
      var request = LoadRequest(
        paths: [fixture.export.path],
        mapping: try Mapping(text: preset, file: "presets/salesforce.yaml"),
        fields: required.fields, asOf: Day(iso: fixture.asOf))
      request.fieldsWithLeads = required.fieldsWithLeads
      export = try ExportLoader.load(request)
      assignment = Assignment(of: export.records)
    }

    func desk(
      _ settings: LeadRoutingSettings = LeadRoutingSettings(), people: [Person] = [],
      threads: Int = 1
    ) -> LeadDesk {
      LeadDesk(
        export.records, assignment, metrics: MetricSettings(), people: people, settings: settings,
        rules: { LeadTerritories(export.records, assignment, threads: threads) },
        threads: threads)
    }

    func table(_ table: StandardTable, threads: Int = 1) throws -> String {
      try LocalEngine(
        records: export.records, assignment: assignment, catalogue: catalogue,
        settings: MetricSettings(), leads: desk(threads: threads).answers, threads: threads
      ).standardTables([table], scope: .company)[0].csv()
    }
  }

  @Test(
    "Leads and C6 are as computed by hand, for any number of threads", arguments: [1, 2, 7])
  func tables(_ threads: Int) throws {
    let read = try Read()
    let expected = try #require(TableFixture.all.first { $0.name == "leads" }).expected()
    for table in [StandardTable.leads, .conflicts] {
      #expect(
        try Contract.difference(
          read.table(table, threads: threads), expected[table.rawValue] ?? "") == nil,
        "\(table)")
    }
  }
}
