import BuiltIns
import Foundation
import Intake
import Records
import TestKit
import Testing

@Suite("The history of deals")
struct HistoryTests {
  /// Loads one deal with a history; `fields` are those asked of the history, nil for none.
  private func load(_ history: String, asking fields: Set<String>?) throws -> Export {
    try withTemporaryFolder { folder in
      try folder.write(files: [
        "Account.csv": "Id,Name\n0015e00000A0001AAB,Acme\n",
        "Opportunity.csv": """
        Id,AccountId,StageName,Amount,CloseDate,IsClosed,IsWon,SystemModstamp
        0065e00000O0001AAB,0015e00000A0001AAB,Closed Won,5,2026-03-15,1,1,2026-05-01 12:00:00

        """,
        "OpportunityHistory.csv": history,
      ])
      let preset = try #require(BuiltIns.text("presets/salesforce.yaml"))
      return try ExportLoader.load(
        LoadRequest(
          paths: [folder.path],
          mapping: Mapping(text: preset, file: "presets/salesforce.yaml"),
          fields: fields.map { [.opportunityHistory: $0] } ?? [:],
          timeZone: "America/New_York"))
    }
  }

  private static let all: Set<String> = ["Id", "OpportunityId", "StageName", "CreatedDate"]

  @Test("Rows of one day keep their time, and each the day it falls on where the company is")
  func instants() throws {
    let export = try load(
      """
      Id,OpportunityId,StageName,CreatedDate,IsDeleted
      0085e00000H0001AAB,0065e00000O0001AAB,Proposal,2026-03-21T03:59:59.000Z,0
      0085e00000H0002AAB,0065e00000O0001AAB,Closed Won,2026-03-21 04:00:00,0
      0085e00000H0003AAB,0065e00000O0001AAB,Closed Won,2026-03-21T06:00:01+02:00,0
      0085e00000H0004AAB,0065e00000O0001AAB,Closed Won,2026-03-21,0
      0085e00000H0005AAB,0065e00000O0001AAB,Closed Won,,0
      0085e00000H0006AAB,0065e00000O0001AAB,Closed Won,2026-03-22 12:00:00,1

      """, asking: Self.all)
    let history = export.records[.opportunityHistory]
    // 2026-03-21 is day 20,533; New York is 4 hours behind from 8 March.
    let midnight: Int64 = 20_533 * 86_400
    let instants = history.instants("CreatedDate")
    #expect(
      instants.seconds == [
        midnight + 14_399, midnight + 14_400, midnight + 14_401, midnight, Instants.null,
      ])
    #expect(instants.days == [20_532, 20_533, 20_533, 20_533, Day.null])
    #expect(history.references("OpportunityId") == [0, 0, 0, 0, 0])
    #expect(history.categories("StageName").values == ["Proposal", "Closed Won"])
    #expect(export.files.last?.counts.deleted == 1)
  }

  @Test("A row with an earlier one's Id or without a readable time is set aside, and said so")
  func setAside() throws {
    let export = try load(
      """
      Id,OpportunityId,StageName,CreatedDate
      0085e00000H0001AAB,0065e00000O0001AAB,Proposal,2026-03-01 12:00:00
      0085e00000H0001AAB,0065e00000O0001AAB,Closed Won,2026-03-02 12:00:00
      0085e00000H0002AAB,0065e00000O0001AAB,Closed Won,yesterday
      0085e00000H0003AAB,0065e00000O0009AAB,Closed Won,2026-03-03 12:00:00

      """, asking: Self.all)
    let history = export.records[.opportunityHistory]
    #expect(history.instants("CreatedDate").days == [20_513, 20_515])
    #expect(history.references("OpportunityId") == [0, Reference.dangling])
    #expect(export.files.last?.counts.setAside == 2)
    #expect(
      export.findings.entries.map(\.first.description) == [
        "OpportunityHistory.csv:4:50: warning: OpportunityHistory.CreatedDate is no date;"
          + " the row was set aside; mend the cell.",
        "OpportunityHistory.csv:3: warning: an earlier OpportunityHistory has the same Id;"
          + " the row was set aside; remove one of the two from the export.",
        "OpportunityHistory.csv:5: warning: OpportunityHistory.OpportunityId names no Opportunity"
          + " of the export; the row closes no deal; export the Opportunity too, or correct the"
          + " reference.",
      ])
  }

  @Test("A history that nobody asks for is not read, and the as-of date is the same")
  func optional() throws {
    let text = """
      Id,OpportunityId,StageName,CreatedDate,SystemModstamp
      0085e00000H0001AAB,0065e00000O0001AAB,Closed Won,2026-07-01 12:00:00,2026-07-01 12:00:00

      """
    let without = try load(text, asking: nil)
    #expect(!without.records.has(.opportunityHistory))
    #expect(without.ignored.isEmpty)
    let with = try load(text, asking: Self.all)
    #expect(with.records[.opportunityHistory].count == 1)
    #expect(without.records.asOf == with.records.asOf)
    #expect(with.records.asOf == Day(iso: "2026-05-01"))
  }

  @Test("The newest change is looked for where nobody states the day, or somebody asks for it")
  func newestChange() throws {
    for (asOf, finds, newest) in [
      (nil, false, "2026-05-01"), ("2026-06-30", true, "2026-05-01"), ("2026-06-30", false, nil),
    ] as [(String?, Bool, String?)] {
      try withTemporaryFolder { folder in
        try folder.write(files: [
          "Account.csv": """
          Id,Name,SystemModstamp
          0015e00000A0001AAB,Acme,2026-05-01 12:00:00

          """
        ])
        let preset = try #require(BuiltIns.text("presets/salesforce.yaml"))
        var request = LoadRequest(
          paths: [folder.path],
          mapping: try Mapping(text: preset, file: "presets/salesforce.yaml"), fields: [:],
          asOf: asOf.flatMap { Day(iso: $0) })
        request.findsNewestDay = finds
        let export = try ExportLoader.load(request)
        #expect(export.newestDay == newest.flatMap { Day(iso: $0) })
        #expect(export.records.asOf == Day(iso: asOf ?? "2026-05-01"))
      }
    }
  }
}
