import Foundation
import Records
import TestKit
import Testing

@testable import Intake

/// What `check` reads and does not keep.
@Suite("Fields whose cells are looked at and not kept")
struct CheckedFieldTests {
  private static let every = Dictionary(
    uniqueKeysWithValues: Entity.allCases.map { ($0, Set($0.fields.map(\.name))) })

  private func load(
    _ files: [String: String], fields: [Entity: Set<String>], checked: [Entity: Set<String>]
  ) throws -> Export {
    try withTemporaryFolder { folder in
      try folder.write(files: Exports.files(files))
      var request = LoadRequest(
        paths: [folder.path], mapping: try Exports.salesforce(), fields: fields, checked: checked)
      request.blockSize = 200
      return try ExportLoader.load(request)
    }
  }

  /// Rows that are wrong in every way that a cell or a record can be.
  private static let dirty = [
    "Account.csv": """
    Id,Name,ParentId,OwnerId,Industry,BillingCountry,AnnualRevenue,NumberOfEmployees,LastActivityDate,Website,DunsNumber,IsPersonAccount,CreatedDate
    \(ID.account(1)),Acme,,\(ID.user(1)),Chemcials,Germany,-5,12,2026-02-30,,,maybe,2030-01-01
    \(ID.account(2)),,\(ID.account(9)),\(ID.user(9)),Chemicals,Germny,"1,234",x,3/1/2026,https://b.example,,,2026-01-01
    \(ID.account(3)),C,\(ID.account(3)),\(ID.user(2)),Chemicals,Germany,"USD 1,234.50",-1,never,,7,1,2026-01-01
    \(ID.account(3)),Again,,,,,,,,,,,
    short row

    """,
    "Opportunity.csv": """
    Id,AccountId,Name,StageName,Amount,Probability,CloseDate,IsClosed,IsWon,OwnerId,LastActivityDate,NextStep,LastModifiedDate,RecordTypeId,SystemModstamp
    \(ID.deal(1)),\(ID.account(1)),One,Closed Won,100,150,2026-12-01,0,1,\(ID.user(1)),x,,x,0120000000000010AA,2026-11-20 10:00:00
    \(ID.deal(2)),\(ID.account(1)),Two,Talks,-7,ten,2026-12-01,0,0,\(ID.user(1)),2026-11-01,call,2026-11-20,nonsense,2026-11-20 10:00:00
    \(ID.deal(3)),,Three,Talks,x,10,2026-12-01,0,0,,,,,,2026-11-20 10:00:00

    """,
    "User.csv": "Id,Name,Email,IsActive,ManagerId\n\(ID.user(1)),Ann,a@x,0,\(ID.user(2))\n"
      + "\(ID.user(2)),Bo,b@x,1,\(ID.user(1))\n",
    "Contract.csv": """
    Id,AccountId,StartDate,EndDate,MonthlyValue__c,Status
    800000000000001AAA,\(ID.account(1)),2026-12-01,2026-01-01,-3,Activated
    800000000000002AAA,,2026-12-01,,3,Activated
    800000000000002AAA,\(ID.account(1)),2026-12-01,,4,Activated

    """,
    "Contact.csv": "Id,AccountId,Name,CreatedDate\n0030000000000010AA,\(ID.account(9)),A,x\n",
    "OpportunityLineItem.csv": """
    Id,OpportunityId,Product2Id,Quantity,UnitPrice,TotalPrice,ServiceDate
    00k000000000001AAA,\(ID.deal(1)),01t000000000001AAA,many,1,2,2026-13-01

    """,
  ]

  @Test("Every finding is that of a reading that keeps all, and every row count too")
  func likeKeepingAll() throws {
    let kept = try load(Self.dirty, fields: Self.every, checked: [:])
    let checked = try load(Self.dirty, fields: [:], checked: Self.every)
    #expect(kept.said.count > 20)
    #expect(checked.said == kept.said)
    #expect(
      checked.findings.entries.map(\.places) == kept.findings.entries.map(\.places))
    #expect(checked.counted == kept.counted)
  }

  @Test("A text is there with one witness, a number that no check needs is not")
  func whatIsLeft() throws {
    let export = try load(Self.dirty, fields: [:], checked: Self.every)
    let accounts = export.records[.account]
    #expect(accounts.texts("Website")[0] == "…")
    #expect(accounts.texts("Website").count == accounts.count)
    #expect(accounts.texts("Website")[1] == nil)
    #expect(accounts.has("Name"))
    #expect(!accounts.has("Phone"))
    #expect(!accounts.has("LastActivityDate"))
    #expect(accounts.has("AnnualRevenue"))
    #expect(!export.records[.lineItem].has("Quantity"))
    #expect(export.records[.lineItem].keys == nil)
    #expect(export.records[.opportunity].keys != nil)
  }

  @Test("What is asked for is kept though it is checked too")
  func wanted() throws {
    let export = try load(
      Self.dirty, fields: [.account: ["Name", "LastActivityDate"]], checked: Self.every)
    #expect(export.records[.account].texts("Name")[0] == "Acme")
    #expect(export.records[.account].has("LastActivityDate"))
  }

  @Test("A text that is empty in every row is known to be so")
  func emptyText() throws {
    let export = try load(
      ["Account.csv": "Id,Name,Website\n\(ID.account(1)),A,\n\(ID.account(2)),B,#N/A\n"],
      fields: [:], checked: Self.every)
    #expect(export.records[.account].texts("Website").bytes.isEmpty)
    #expect(export.records[.account].texts("Website").count == 2)
  }
}
