import Foundation
import Records
import Settings
import TestKit
import Testing

@testable import Intake

@Suite("Conflicts that are accepted, and planned users held against the planned model")
struct ConflictFileTests {
  private static let lead = "00Q000000000001EAA"

  private func read(_ rows: String) throws -> Export {
    try UserFiles.read(
      "accepted_conflicts: c.csv",
      [
        "c.csv": "kind,OpportunityId,AccountId,LeadId,until,reason\n\(rows)\n",
        "export/Lead.csv": "Id,Company,Status\n\(Self.lead),Delta,Open\n",
      ])
  }

  @Test("Each kind names its record, with a day and a reason")
  func records() throws {
    let export = try read(
      """
      C1,\(ID.deal(1)),\(ID.account(2)),,2027-03-31,renewal
      c3,,\(ID.account(2)),,,
      C6,,,\(Self.lead),,
      C7,,\(ID.account(1)),,,
      C7,\(ID.deal(1)),\(ID.account(1)),,,
      """)
    #expect(export.userFileErrors.map(\.description) == [])
    #expect(
      export.userRecords.acceptedConflicts == [
        AcceptedConflict(
          kind: .ownerOutside, record: .deal(0), until: Day(iso: "2027-03-31"), reason: "renewal"),
        AcceptedConflict(
          kind: .accountOwnerOutside, record: .account(1), until: nil, reason: nil),
        AcceptedConflict(kind: .leadElsewhere, record: .lead(0), until: nil, reason: nil),
        AcceptedConflict(kind: .inactiveOwner, record: .account(0), until: nil, reason: nil),
        AcceptedConflict(kind: .inactiveOwner, record: .deal(0), until: nil, reason: nil),
      ])
    #expect(export.countedUserFiles == ["c.csv as conflicts: 5 = 5 + 0"])
  }

  @Test("It is accepted up to its last day, or for good")
  func until() throws {
    let conflict = AcceptedConflict(
      kind: .dealElsewhere, record: .deal(0), until: Day(iso: "2026-11-20"), reason: nil)
    #expect(conflict.holds(on: try #require(Day(iso: "2026-11-20"))))
    #expect(!conflict.holds(on: try #require(Day(iso: "2026-11-21"))))
    let forGood = AcceptedConflict(kind: .dealElsewhere, record: .deal(0), until: nil, reason: nil)
    #expect(forGood.holds(on: try #require(Day(iso: "2099-01-01"))))
  }

  @Test("What is wrong is named with its cell")
  func mistakes() throws {
    let export = try read(
      """
      C8,\(ID.deal(1)),,,,
      C1,,\(ID.account(1)),,,
      C2,\(ID.deal(7)),,,,
      C4,,\(ID.account(7)),,,
      C6,,,00Q000000000009EAA,,
      C5,,\(ID.account(1)),,soon,
      C3,,\(ID.account(1)),,,
      C3,,\(ID.account(1)),,,again
      ,,,,2027-01-01,
      """)
    let done = "the row was set aside and no report is made"
    #expect(
      export.userFileErrors.map(\.description) == [
        "c.csv:2:1: error: \"kind\" has a word that has no meaning here; \(done); "
          + "did you mean \"c1\"?",
        "c.csv:3: error: a conflict of kind C1 is about OpportunityId; \(done); write its Id.",
        "c.csv:4:4: error: \"OpportunityId\" names no deal of the export; \(done); "
          + "write its Id, or remove the row.",
        "c.csv:5:5: error: \"AccountId\" names no account of the export; \(done); "
          + "write the Id of the account, or its old and new one in the crosswalk.",
        "c.csv:6:6: error: \"LeadId\" names no lead of the export; \(done); "
          + "write its Id, or remove the row.",
        "c.csv:7:25: error: \"until\" is no date; \(done); write it as 2026-11-20.",
        "c.csv:9:1: error: an earlier row accepts the same conflict; \(done); keep one of them.",
        "c.csv:10: error: the cell of \"kind\" is empty; \(done); fill it in, or remove the row.",
      ])
    #expect(export.countedUserFiles == ["c.csv as conflicts: 9 = 1 + 8"])
  }

  @Test("A planned user's territory that the planned model does not hold is an error with its cell")
  func plannedUsers() throws {
    let files = [
      "users.csv": """
      territory,user,role
      Region_New,ann@acme.example,AE
      region new,bo@acme.example,AE
      Region_Nwe,bo@acme.example,AE
      Elsewhere,somebody-else@elsewhere.test,AE

      """
    ]
    try withTemporaryFolder { folder in
      try folder.write(files: UserFiles.export.merging(files) { $1 })
      let request = UserFilesRequest(
        folder: folder,
        configuration: try Configuration(
          text: "territory_model: {planned: metadata, users: users.csv}\n"),
        plannedTerritories: ["Region_New", "Region New"])
      var export = try Exports.load(
        at: folder.appending(path: "export"), fields: request.fields)
      try export.read(request)
      #expect(
        export.userFileErrors.map(\.description) == [
          "users.csv:4:1: error: \"territory\" names no territory of the planned model; the row was "
            + "set aside and no report is made; did you mean \"Region_New\"?",
          "users.csv:5:11: error: \"user\" names no user of the export; the row was set aside and no "
            + "report is made; write the Id or e-mail of a user.",
        ])
      #expect(export.userRecords.plan?.territories.map(\.key) == ["region new", "Region_New"])
    }
  }
}
