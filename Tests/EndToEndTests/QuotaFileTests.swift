import Foundation
import TestKit
import Testing

@Suite("Quotas in a workbook beside the export")
struct QuotaWorkbookTests {
  @Test(
    "An export without quotas and a workbook with them give the tables of an export with quotas",
    arguments: ["openpyxl.xlsx", "xlsxwriter-1904.xlsx#Quotas"])
  func tables(_ workbook: String) async throws {
    let fixture = Repository.fixture("small-org")
    try await withTemporaryFolder { folder in
      let export = folder.appending(path: "export")
      try FileManager.default.copyItem(at: fixture.appending(path: "export"), to: export)
      try FileManager.default.removeItem(at: export.appending(path: "ForecastingQuota.csv"))
      let file = Repository.fixture("quota-files").appending(path: workbook).path
      try folder.write(files: [
        "cadastre.yaml": """
        export: export
        as_of: 2026-11-20
        time_zone: America/New_York
        fiscal_year: {starts: february, named_by: ending_year}
        quotas: "\(file)"

        """
      ])
      let tables = try await Program.tables(folder)
      for table in ["territories", "owners"] {
        let expected = try CSVReader.rows(fixture.text("expected/\(table).csv"))
        let width = try #require(expected.first?.count)
        let rows = try CSVReader.rows(try #require(tables[table]))
        #expect(rows.map { Array($0.prefix(width)) } == expected, "\(table)")
      }
    }
  }
}
