import BuiltIns
import Foundation
import Intake
import Metrics
import Records
import TestKit
import Testing

/// From CSV to CSV over the hand-made exports; why each row is there is in their `why.md`.
@Suite("Standard tables of the fixtures")
struct FixtureTests {
  // What is found out about leads comes from Territories, whose tests hold that fixture.
  @Test(
    "Ten rows a file give the tables computed by hand",
    arguments: TableFixture.all.filter { $0.name != "leads" })
  func fixture(_ fixture: TableFixture) throws {
    var settings = MetricSettings()
    let catalogue = try Organisation.catalogue()
    var required = RequiredFields(catalogue: catalogue, settings: settings)
    required.add(StandardTable.allCases)
    let preset = try #require(BuiltIns.text("presets/salesforce.yaml"))
    let export = try ExportLoader.load(
      LoadRequest(
        paths: [fixture.export.path],
        mapping: Mapping(text: preset, file: "presets/salesforce.yaml"), fields: required.fields,
        asOf: Day(iso: fixture.asOf), timeZone: fixture.timeZone))
    settings.calendar = .resolved(
      configured: fixture.fiscalStart.map { FiscalCalendar(startMonth: $0) },
      exported: export.organisation?.calendar)
    let engine = LocalEngine(
      records: export.records, assignment: Assignment(of: export.records), catalogue: catalogue,
      settings: settings)
    // All tables at once, which share their passes.
    let expected = try fixture.expected()
    for table in try engine.standardTables(StandardTable.allCases, scope: .company) {
      guard let expected = expected[table.name] else { continue }
      #expect(try Contract.difference(table.csv(), expected) == nil, "\(table.name)")
    }
  }
}
