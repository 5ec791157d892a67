import Records
import Testing

@testable import Intake

@Suite("Deleted deals")
struct DeletedDealTests {
  private let files = [
    "Account.csv": "Id\n\(ID.account(1))\n",
    "Opportunity.csv": """
    Id,IsDeleted,AccountId,Amount,StageName,CloseDate,IsClosed,IsWon,SystemModstamp
    \(ID.deal(1)),0,\(ID.account(1)),10,Talks,2026-12-01,0,0,2026-11-20
    \(ID.deal(2)),1,\(ID.account(1)),20.5,Closed Won,2026-12-01,,,2026-11-10 09:00:00
    \(ID.deal(3)),1,\(ID.account(9)),x,Talks,2026-12-01,0,0,2026-11-11
    \(ID.deal(4)),true,,30,Talks,2026-12-02,0,0,2026-11-25

    """,
    "OpportunityHistory.csv": """
    Id,OpportunityId,StageName,CreatedDate
    008000000000001AAA,\(ID.deal(1)),Talks,2026-01-01 12:00:00
    008000000000002AAA,\(ID.deal(2)),Talks,2026-01-01 12:00:00
    008000000000003AAA,\(ID.deal(4)),Talks,2026-01-01 12:00:00

    """,
  ]
  private let history: Set<String> = ["Id", "OpportunityId", "DeletedOpportunityId", "StageName"]

  @Test("They are records of their own where they are asked for, and nowhere else")
  func read() throws {
    let export = try Exports.load(
      Exports.files(files),
      fields: [
        .deletedOpportunity: ["Id", "AccountId", "Amount", "IsClosed", "IsWon", "SystemModstamp"],
        .opportunityHistory: history,
      ])
    let deleted = export.records[.deletedOpportunity]
    // The amount of the third cannot be read: its row is set aside, without a word.
    #expect(deleted.ids == [ID.deal(2), ID.deal(4)])
    #expect(deleted.references("AccountId") == [0, Reference.null])
    #expect(deleted.decimals("Amount") == [205_000, 300_000])
    #expect(deleted.flags("IsClosed") == [1, 0])
    #expect(deleted.flags("IsWon") == [1, 0])
    #expect(
      deleted.days("SystemModstamp").map { Day(number: $0).description } == [
        "2026-11-10", "2026-11-25",
      ])
    #expect(export.records[.opportunity].ids == [ID.deal(1)])
    let rows = export.records[.opportunityHistory]
    #expect(rows.references("OpportunityId") == [0, Reference.dangling, Reference.dangling])
    #expect(rows.references("DeletedOpportunityId") == [Reference.dangling, 0, 1])
    #expect(!export.said.contains { $0.contains("OpportunityHistory") })
    #expect(!export.said.contains { $0.contains("DeletedOpportunity") })
    // Its own stamp is newer than that of any record that counts.
    #expect(export.records.asOf.description == "2026-11-20")
  }

  @Test("Where nobody asks for them a history of theirs names deleted deals")
  func unread() throws {
    let export = try Exports.load(
      Exports.files(files), fields: [.opportunityHistory: history])
    #expect(!export.records.has(.deletedOpportunity))
    #expect(
      export.said.contains { $0.contains("OpportunityHistory.OpportunityId names a deleted") })
    #expect(export.counted.contains("Opportunity.csv: 4 = 1 + 0 + 3"))
  }
}
