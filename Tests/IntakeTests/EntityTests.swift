import Records
import TestKit
import Testing

@testable import Intake

@Suite("Entities and their Ids")
struct EntityTests {
  @Test("Every field of every entity has a name of its own, and refers to a known entity")
  func fieldNames() {
    for entity in Entity.allCases {
      let names = entity.fields.map { $0.name.lowercased() }
      #expect(!names.isEmpty && Set(names).count == names.count, "\(entity)")
    }
  }

  @Test("Ids that a spreadsheet wrote in one case are repaired from their last three characters")
  func repaired() throws {
    let accounts = "Id,Name\n001x0000002xLCVAA2,Acme\n005X0000000FNSIAAM,Beta\n"
    let deals = """
      Id,AccountId,StageName,CloseDate,IsClosed,IsWon,SystemModstamp
      \(ID.deal(1)),001X0000002XLCVAA2,Talks,2026-12-01,0,0,2026-11-20
      \(ID.deal(2)),005x0000000fnsiaam,Talks,2026-12-01,0,0,2026-11-20
      \(ID.deal(3)),001x0000002xLCV,Talks,2026-12-01,0,0,2026-11-20

      """
    let export = try Exports.load(["Account.csv": accounts, "Opportunity.csv": deals])
    #expect(export.records[.account].ids == ["001x0000002xLCVAA2", "005x0000000fNSiAAM"])
    #expect(export.records[.opportunity].references("AccountId") == [0, 1, 0])
    #expect(
      export.said == [
        "1 × Account.csv:3:1: notice: Account.Id is written in one case, as spreadsheets do; "
          + "its case was restored from its last three characters; export it again, and do not "
          + "save it with a spreadsheet.",
        "2 × Opportunity.csv:2:20: notice: Opportunity.AccountId is written in one case, as "
          + "spreadsheets do; its case was restored from its last three characters; export it "
          + "again, and do not save it with a spreadsheet.",
      ])
  }

  @Test("Ids whose last characters contradict the others cannot be repaired")
  func checksum() throws {
    let accounts = "Id,Name\n001x0000002xLCVAA2,Acme\n001x0000002xLcVAA2,Beta\n"
    let deals = """
      Id,AccountId,StageName,CloseDate,IsClosed,IsWon,SystemModstamp
      \(ID.deal(1)),001x0000002xLCVAAA,Talks,2026-12-01,0,0,2026-11-20

      """
    let export = try Exports.load(["Account.csv": accounts, "Opportunity.csv": deals])
    #expect(export.records[.opportunity].references("AccountId") == [Reference.null])
    #expect(
      export.said == [
        "1 × Account.csv:3:1: warning: the last three characters of Account.Id do not fit the "
          + "case of the others; the row was set aside; export it again, and do not save it "
          + "with a spreadsheet.",
        "1 × Opportunity.csv:2:20: warning: the last three characters of Opportunity.AccountId "
          + "do not fit the case of the others; the reference was read as unknown; export it "
          + "again, and do not save it with a spreadsheet.",
      ])
  }

  @Test("The all-zero Id is nothing in columns of the organisation's own too")
  func zeroIds() throws {
    let accounts = """
      Id,Partner__c,Number__c,MasterRecordId
      \(ID.account(1)),000000000000000AAA,000000000000000,000000000000000AAA
      \(ID.account(2)),\(ID.account(1)),A1,

      """
    let export = try Exports.load(
      Exports.files(["Account.csv": accounts]),
      fields: [.account: ["Partner__c", "Number__c", "MasterRecordId"]])
    let table = export.records[.account]
    #expect(table.words("Partner__c") == ["", ID.account(1)])
    #expect(table.words("MasterRecordId") == ["", ""])
  }

  @Test("Values of a multi-select field pass whole, with what stands around them")
  func multiSelect() throws {
    let accounts = "Id,Regions__c\n\(ID.account(1)),North;South; East\n\(ID.account(2)),North;\n"
    let export = try Exports.load(
      Exports.files(["Account.csv": accounts]), fields: [.account: ["Regions__c"]])
    #expect(
      export.records[.account].words("Regions__c") == ["North;South; East", "North;"])
  }

  @Test("An activity concerns an account, a deal and so its account, or neither")
  func activities() throws {
    let tasks = """
      Id,WhatId,AccountId,ActivityDate
      00T000000000001EAA,\(ID.deal(1)),,2026-11-01
      00T000000000002EAA,\(ID.account(1)),,2026-11-02
      00T000000000003EAA,\(ID.account(1)),\(ID.account(2)),2026-11-03
      00T000000000004EAA,500000000000001AAA,,2026-11-04
      00T000000000005EAA,500000000000001AAA,\(ID.account(1)),2026-11-04
      00T000000000006EAA,,,2026-11-05

      """
    let export = try Exports.load(
      Exports.files([
        "Task.csv": tasks, "Account.csv": "Id\n\(ID.account(1))\n\(ID.account(2))\n",
      ]), fields: [.task: ["ActivityDate"]])
    let table = export.records[.task]
    #expect(table.references("WhatId") == [0, -1, -1, -1, -1, -1])
    #expect(table.references("WhatAccountId") == [-1, 0, 0, -1, -1, -1])
    #expect(table.references("AccountId") == [0, 0, 1, -1, 0, -1])
    #expect(
      export.said == [
        "1 × Task.csv:5: notice: Task.WhatId names neither an Account nor an Opportunity of the "
          + "export; the activity counts for no account and no deal; leave it where the activity "
          + "concerns a case or a campaign, else export the record too."
      ])
  }

  @Test("A person account counts once: its contact is set aside")
  func personAccounts() throws {
    let accounts = """
      Id,Name,IsPersonAccount,PersonContactId
      \(ID.account(1)),Ada,1,003000000000001AAA
      \(ID.account(2)),Acme,0,

      """
    let contacts = """
      Id,AccountId,IsPersonAccount
      003000000000001AAA,\(ID.account(1)),0
      003000000000002AAA,\(ID.account(2)),0
      003000000000003AAA,\(ID.account(1)),1

      """
    let export = try Exports.load(
      Exports.files(["Account.csv": accounts, "Contact.csv": contacts]),
      fields: [.contact: ["AccountId"]])
    #expect(export.records[.contact].ids == ["003000000000002AAA"])
    #expect(export.counted.last == "Contact.csv: 3 = 1 + 2 + 0")
    #expect(
      export.said == [
        "2 × Contact.csv:2: notice: the Contact is the other half of a person account; the row "
          + "was set aside: the person counts once, as an account; leave it as it is."
      ])
  }

  @Test("A query's parent paths stand for keys, and name owners where no User file does")
  func parentPaths() throws {
    let deals = """
      Id,Account.Id,Owner.Id,Owner.Name,owner.email,StageName,CloseDate,IsClosed,IsWon,SystemModstamp
      \(ID.deal(1)),\(ID.account(1)),\(ID.user(2)),Grace,g@example.com,Talks,2026-12-01,0,0,2026-11-20
      \(ID.deal(2)),\(ID.account(1)),\(ID.user(1)),Ada,,Talks,2026-12-01,0,0,2026-11-20
      \(ID.deal(3)),,\(ID.user(2)),,,Talks,2026-12-01,0,0,2026-11-20

      """
    let lines = """
      Id,Opportunity.Id,Product2.Id
      00k000000000001AAA,\(ID.deal(2)),01t000000000001AAA

      """
    let products = "Id,Name\n01t000000000001AAA,Rivet\n"
    let export = try Exports.load(
      Exports.files([
        "Opportunity.csv": deals, "OpportunityLineItem.csv": lines, "Product2.csv": products,
      ]))
    let table = export.records[.opportunity]
    let users = export.records[.user]
    #expect(table.references("AccountId") == [0, 0, Reference.null])
    #expect(table.named("OwnerId", in: users) == [ID.user(2), ID.user(1), ID.user(2)])
    #expect(users.words("Name") == ["Ada", "Grace"])
    #expect(users.words("Email") == ["", "g@example.com"])
    #expect(export.records[.lineItem].references("OpportunityId") == [1])
    #expect(export.records[.lineItem].references("Product2Id") == [0])
    #expect(
      export.said == [
        "1 × notice: records have owners, and the export holds no User; the users are those whom "
          + "records name; export User for their names, managers and whether they are active."
      ])
  }
}
