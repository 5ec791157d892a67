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
  @Test("Ten rows a file give the tables computed by hand", arguments: StandardTable.built)
  func smallOrg(_ table: StandardTable) throws {
    try expect(
      table, of: "small-org", asOf: "2026-11-20", timeZone: "America/New_York",
      FiscalCalendar(startMonth: 2))
  }

  @Test("Two currencies give the tables computed by hand", arguments: StandardTable.built)
  func twoCurrencies(_ table: StandardTable) throws {
    try expect(
      table, of: "two-currencies", asOf: "2026-06-15", timeZone: nil, FiscalCalendar())
  }

  private func expect(
    _ table: StandardTable, of fixture: String, asOf: String, timeZone: String?,
    _ calendar: FiscalCalendar
  ) throws {
    let folder = Repository.fixture(fixture)
    let settings = MetricSettings(calendar: calendar)
    let catalogue = try Organisation.catalogue()
    var required = RequiredFields(catalogue: catalogue, settings: settings)
    required.add([table])
    let preset = try #require(BuiltIns.text("presets/salesforce.yaml"))
    let export = try ExportLoader.load(
      LoadRequest(
        paths: [folder.appending(path: "export").path],
        mapping: Mapping(text: preset, file: "presets/salesforce.yaml"), fields: required.fields,
        asOf: Day(iso: asOf), timeZone: timeZone))
    let engine = LocalEngine(
      records: export.records, assignment: Assignment(of: export.records), catalogue: catalogue,
      settings: settings)
    let rows = try CSVReader.rows(engine.csv(table))
    let expected = try CSVReader.rows(
      String(
        contentsOf: folder.appending(path: "expected/\(table.rawValue).csv"), encoding: .utf8))
    // More columns may follow those of the contract.
    let width = try #require(expected.first?.count)
    #expect(rows.map { Array($0.prefix(width)) } == expected)
  }
}
