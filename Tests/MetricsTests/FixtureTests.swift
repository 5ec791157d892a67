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
  @Test("Ten rows a file give the tables computed by hand")
  func smallOrg() throws {
    try expectTables(
      of: "small-org", asOf: "2026-11-20", timeZone: "America/New_York",
      FiscalCalendar(startMonth: 2))
  }

  @Test("Two currencies give the tables computed by hand")
  func twoCurrencies() throws {
    try expectTables(of: "two-currencies", asOf: "2026-06-15", timeZone: nil, FiscalCalendar())
  }

  @Test(
    "Exports made for one table give it as computed by hand",
    arguments: [StandardTable.accountValues, .repFit])
  func single(table: StandardTable) throws {
    try expectTables(
      of: table.rawValue, asOf: "2026-06-15", timeZone: nil, FiscalCalendar(), [table])
  }

  private func expectTables(
    of fixture: String, asOf: String, timeZone: String?, _ calendar: FiscalCalendar,
    _ tables: [StandardTable] = StandardTable.built
  ) throws {
    let folder = Repository.fixture(fixture)
    let settings = MetricSettings(calendar: calendar)
    let catalogue = try Organisation.catalogue()
    var required = RequiredFields(catalogue: catalogue, settings: settings)
    required.add(StandardTable.built)
    let preset = try #require(BuiltIns.text("presets/salesforce.yaml"))
    let export = try ExportLoader.load(
      LoadRequest(
        paths: [folder.appending(path: "export").path],
        mapping: Mapping(text: preset, file: "presets/salesforce.yaml"), fields: required.fields,
        asOf: Day(iso: asOf), timeZone: timeZone))
    let engine = LocalEngine(
      records: export.records, assignment: Assignment(of: export.records), catalogue: catalogue,
      settings: settings)
    // All tables at once, which share their passes.
    for table in try engine.standardTables(tables, scope: .company) {
      let expected = try CSVReader.rows(
        String(contentsOf: folder.appending(path: "expected/\(table.name).csv"), encoding: .utf8))
      // More columns may follow those of the contract.
      let width = try #require(expected.first?.count)
      let rows = try CSVReader.rows(table.csv())
      #expect(rows.map { Array($0.prefix(width)) } == expected, "\(table.name)")
    }
  }
}
