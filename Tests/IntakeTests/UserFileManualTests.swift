import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("The manual of the files beside the export")
struct UserFileManualTests {
  /// The blocks of a language in a page of the manual.
  private func blocks(_ language: String, in page: String) throws -> [String] {
    try String(contentsOf: Repository.root.appending(path: "docs/\(page)"), encoding: .utf8)
      .components(separatedBy: "```\(language)\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
  }

  @Test("Every example of docs/files.md has just the columns that its file may have")
  func columns() throws {
    let kinds: [UserFileKind] = [
      .quotas, .people, .plan, .plannedUsers, .holdOuts, .subscriptions, .activities, .costs,
      .holidays, .crosswalk, .conflicts, .namedAccounts,
    ]
    let examples = try blocks("csv", in: "files.md")
    #expect(examples.count == kinds.count)
    try withTemporaryFolder { folder in
      for (kind, example) in zip(kinds, examples) {
        try folder.write(files: ["file.csv": example])
        let sheet = try Sheet.read(
          folder.appending(path: "file.csv").path, named: "file.csv", sheet: nil)
        let table = try UserTable(sheet, as: kind)
        #expect(table.findings.isEmpty, "\(kind)")
        #expect(
          Set(sheet.headings.map(\.text)) == Set(kind.columns.map(\.name)), "\(kind)")
      }
    }
  }

  @Test("The examples of quotas, people, costs, holidays and changed keys are read as they stand")
  func values() throws {
    let examples = try blocks("csv", in: "files.md")
    let export = try UserFiles.read(
      "quotas: q.csv\npeople: p.csv\ncosts: c.csv\nholidays: h.csv\ncrosswalk: x.csv\n",
      [
        "q.csv": examples[0], "p.csv": examples[1], "c.csv": examples[7], "h.csv": examples[8],
        "x.csv": examples[9],
      ])
    #expect(export.userFileErrors.isEmpty)
    // The territory's newer row, two months, and twelve parts of a year.
    #expect(export.quotas.count == 15)
    #expect(export.quotas.first == "\(ID.territory(1)) 2026-11-01 450000.00 Bookings USD")
    #expect(export.quotas.last == "\(ID.user(2)) 2027-01-01 40000.00 Bookings -")
    #expect(export.userRecords.people.map(\.absences.count) == [2, 0])
    #expect(export.userRecords.costs.count == 3)
    #expect(export.userRecords.crosswalk.current("Norden") == "Region_North")
  }
}
