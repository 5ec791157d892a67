import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Records of a Salesforce export")
struct RecordTests {
  @Test("Deleted records are out, in every form of yes, and counted")
  func deleted() throws {
    let text = """
      Id,Name,IsDeleted
      \(ID.account(1)),Acme,0
      \(ID.account(2)),Gone,1
      \(ID.account(3)),Gone too,TRUE
      \(ID.account(4)),Here,

      """
    let export = try Exports.load(
      Exports.files(["Account.csv": text]), fields: [.account: ["Name"]])
    #expect(export.records[.account].words("Name") == ["Acme", "Here"])
    #expect(export.counted[0] == "Account.csv: 4 = 2 + 0 + 2")
    #expect(export.said == [])
  }

  @Test("A deal of a merged account belongs to the account it became, over several merges")
  func merged() throws {
    let accounts = """
      Id,IsDeleted,MasterRecordId,ParentId
      \(ID.account(1)),1,\(ID.account(2)),
      \(ID.account(2)),1,\(ID.account(3)),
      \(ID.account(3)),0,000000000000000AAA,000000000000000AAA
      \(ID.account(4)),0,,\(ID.account(1))

      """
    let deals = """
      Id,AccountId,StageName,CloseDate,IsClosed,IsWon,SystemModstamp
      \(ID.deal(1)),\(ID.account(1)),Talks,2026-12-01,0,0,2026-11-20
      \(ID.deal(2)),\(ID.account(2)),Talks,2026-12-01,0,0,2026-11-20

      """
    let export = try Exports.load(["Account.csv": accounts, "Opportunity.csv": deals])
    let table = export.records[.account]
    #expect(
      export.records[.opportunity].named("AccountId", in: table) == [
        ID.account(3), ID.account(3),
      ])
    #expect(table.named("ParentId", in: table) == ["null", ID.account(3)])
    #expect(export.said == [])
  }

  @Test("Ids of 15 and of 18 characters are one record, and case tells two apart")
  func idForms() throws {
    let accounts = "Id,Name\n001D000000IRFmaIAH,Upper\n001D000000irfma,Lower\n"
    let deals = """
      Id,AccountId,StageName,CloseDate,IsClosed,IsWon,SystemModstamp
      \(ID.deal(1)),001D000000IRFma,Talks,2026-12-01,0,0,2026-11-20
      \(ID.deal(2)),001D000000irfmaIAA,Talks,2026-12-01,0,0,2026-11-20

      """
    let export = try Exports.load(
      ["Account.csv": accounts, "Opportunity.csv": deals], fields: [.account: ["Name"]])
    #expect(export.records[.opportunity].references("AccountId") == [0, 1])
    #expect(export.records[.account].ids == ["001D000000IRFmaIAH", "001D000000irfmaIAA"])
    #expect(
      export.said == [
        "1 × Account.csv:3: notice: an Account has an Id that differs from another's by case "
          + "alone; the two were told apart; join them by Ids of 18 characters in a spreadsheet, "
          + "which ignores case."
      ])
  }

  @Test("An account may name a parent that stands below it, or itself")
  func selfReferences() throws {
    let accounts = """
      Id,ParentId
      \(ID.account(1)),\(ID.account(3))
      \(ID.account(2)),\(ID.account(2))
      \(ID.account(3)),

      """
    let export = try Exports.load(Exports.files(["Account.csv": accounts]))
    #expect(export.records[.account].references("ParentId") == [2, 1, Reference.null])
    #expect(export.said == [])
  }

  @Test("The all-zero Id, an empty cell and #N/A are nothing, in every kind of column")
  func nulls() throws {
    let deals = """
      Id,AccountId,OwnerId,StageName,Amount,CloseDate,CreatedDate,IsClosed,IsWon,Name,SystemModstamp
      \(ID.deal(1)),000000000000000AAA,000000000000000,#N/A,#N/A,#N/A,#N/A,0,#N/A,#N/A,2026-11-20
      \(ID.deal(2)),#N/A,,"","","","",0,0,"","2026-11-20"
      \(ID.deal(3)),,"#N/A","#N/A","#N/A","#N/A","#N/A",0,0,"#N/A",2026-11-20

      """
    let export = try Exports.load(
      Exports.files(["Opportunity.csv": deals]), fields: [.opportunity: ["Name"]])
    let table = export.records[.opportunity]
    #expect(table.references("AccountId") == [-1, -1, -1])
    #expect(table.words("StageName") == ["", "", ""])
    #expect(table.decimals("Amount") == [Exact.null, Exact.null, Exact.null])
    #expect(table.dates("CloseDate") == ["", "", ""])
    #expect(table.dates("CreatedDate") == ["", "", ""])
    #expect(table.flags("IsWon") == [0, 0, 0])
    #expect(table.words("Name") == ["", "", ""])
    #expect(!export.records.has(.user))
  }

  @Test("Without a User file the users are those whom records name, in the order of their Ids")
  func usersFromOwners() throws {
    let accounts = "Id,OwnerId\n\(ID.account(1)),\(ID.user(7))\n"
    let deals = """
      Id,OwnerId,StageName,CloseDate,IsClosed,IsWon,SystemModstamp
      \(ID.deal(1)),\(ID.user(9)),Talks,2026-12-01,0,0,2026-11-20
      \(ID.deal(2)),\(ID.user(3)),Talks,2026-12-01,0,0,2026-11-20
      \(ID.deal(3)),\(ID.user(7).prefix(15)),Talks,2026-12-01,0,0,2026-11-20
      \(ID.deal(4)),,Talks,2026-12-01,0,0,2026-11-20

      """
    let export = try Exports.load(["Account.csv": accounts, "Opportunity.csv": deals])
    let users = export.records[.user]
    #expect(users.ids == [ID.user(3), ID.user(7), ID.user(9)])
    #expect(users.name(0) == ID.user(3))
    #expect(
      export.records[.opportunity].named("OwnerId", in: users) == [
        ID.user(9), ID.user(3), ID.user(7), "null",
      ])
    #expect(export.records[.account].named("OwnerId", in: users) == [ID.user(7)])
    #expect(
      export.said == [
        "1 × notice: records have owners, and the export holds no User; the users are those whom "
          + "records name, by their Ids; export User for their names, managers and whether they are active."
      ])
  }

  @Test("A field reaches its column without regard to the case of the header")
  func headerCase() throws {
    let accounts = "ID,NAME,billingcountry\n\(ID.account(1)),Acme,NO\n"
    let export = try Exports.load(
      Exports.files(["ACCOUNT.CSV": accounts]).filter { $0.key != "Account.csv" },
      fields: [.account: ["name"]])
    #expect(export.records[.account].words("Name") == ["Acme"])
    #expect(export.records[.account].words("BillingCountry") == ["NO"])
  }

  @Test("Only the columns that someone needs are read")
  func onlyNeeded() throws {
    let accounts = "Id,Name,Industry,AnnualRevenue\n\(ID.account(1)),Acme,Retail,oops\n"
    let export = try Exports.load(Exports.files(["Account.csv": accounts]))
    #expect(export.records[.account].columns.keys.sorted() == ["Industry"])
    #expect(export.said == [])
  }

  @Test("A custom field is read by its own name, as what its first cells look like")
  func customFields() throws {
    let accounts = """
      Id,Score__c,Region__c,Zip__c,Since__c,Seen__c,Part__c,Empty__c
      \(ID.account(1)),1.5,North,00123,2026-01-02,2026-01-02T03:04:05Z,12-34,
      \(ID.account(2)),#N/A,#N/A,94105,#N/A,2026-01-03 04:00:00,99,
      \(ID.account(3)),-2,South,,,,,

      """
    let export = try Exports.load(
      Exports.files(["Account.csv": accounts]),
      fields: [
        .account: [
          "score__C", "Region__c", "Zip__c", "Since__c", "Seen__c", "Part__c", "Empty__c",
          "Absent__c",
        ]
      ])
    let table = export.records[.account]
    #expect(table.decimals("score__C") == [15_000, Exact.null, -20_000])
    #expect(table.words("Region__c") == ["North", "", "South"])
    #expect(table.words("Zip__c") == ["00123", "94105", ""])
    #expect(table.dates("Since__c") == ["2026-01-02", "", ""])
    #expect(table.dates("Seen__c") == ["2026-01-02", "2026-01-03", ""])
    #expect(table.words("Part__c") == ["12-34", "99", ""])
    #expect(table.words("Empty__c") == ["", "", ""])
    #expect(!table.has("Absent__c"))
    #expect(export.said == [])
  }

  @Test("Codes of repeating text are in the order of first appearance among the rows that stay")
  func categoryCodes() throws {
    let accounts = """
      Id,BillingCountry
      \(ID.account(1)),Norway
      \(ID.account(2)),Kenya
      bad,Chile
      \(ID.account(3)),Norway
      \(ID.account(4)),

      """
    let export = try Exports.load(Exports.files(["Account.csv": accounts]))
    let countries = export.records[.account].categories("BillingCountry")
    #expect(countries.codes == [0, 1, 0, -1])
    #expect(countries.values == ["Norway", "Kenya"])
  }

  @Test("The export describes its organisation")
  func organisation() throws {
    let text = """
      Id,Name,FiscalYearStartMonth,UsesStartDateAsFiscalYearName,TimeZoneSidKey
      00D000000000001AAA,Nordlys AS,4,1,Europe/Oslo

      """
    let export = try Exports.load(Exports.files(["Organization.csv": text]))
    let organisation = try #require(export.organisation)
    #expect(organisation.name == "Nordlys AS")
    #expect(organisation.timeZone == "Europe/Oslo")
    #expect(
      organisation.calendar == FiscalCalendar(startMonth: 4, namedBy: .startingYear))
    #expect(try Exports.load(Exports.files([:])).organisation == nil)
  }

  @Test("Files that nothing reads are listed, not read")
  func ignored() throws {
    let export = try Exports.load(
      Exports.files(["Campaign.csv": "\"never closed", "readme.txt": "", "sub/Note.csv": ""]))
    #expect(export.ignored == ["readme.txt", "Campaign.csv", "sub/Note.csv"])
    #expect(export.said == [])
  }
}

@Suite("Whether a deal is closed and won")
struct OutcomeTests {
  private let deals = """
    Id,StageName,CloseDate,SystemModstamp
    \(ID.deal(1)),Signed,2026-01-01,2026-11-20
    \(ID.deal(2)),dropped,2026-01-01,2026-11-20
    \(ID.deal(3)),Talks,2026-01-01,2026-11-20
    \(ID.deal(4)),Closed Won,2026-01-01,2026-11-20
    \(ID.deal(5)),Closed Lost,2026-01-01,2026-11-20

    """

  @Test("The export's own list of stages says it, by label and API name, without regard to case")
  func stages() throws {
    let stages = """
      Id,MasterLabel,ApiName,IsClosed,IsWon
      01J000000000001AAA,Unterschrieben,Signed,true,true
      01J000000000002AAA,Dropped,Verloren,true,false
      01J000000000003AAA,Talks,Talks,false,false
      01J000000000004AAA,Closed Won,Closed Won,false,false

      """
    let export = try Exports.load(
      Exports.files(["OpportunityStage.csv": stages, "Opportunity.csv": deals]))
    let table = export.records[.opportunity]
    // An organisation that calls an open stage "Closed Won" is believed.
    #expect(table.flags("IsClosed") == [1, 1, 0, 0, 1])
    #expect(table.flags("IsWon") == [1, 0, 0, 0, 0])
    #expect(export.said == [])
  }

  @Test("Else the mapping's stages say it, else Salesforce's own names")
  func mappingStages() throws {
    var mapping = try Exports.salesforce()
    mapping.outcomes = ["signed": .won, "Dropped": .lost, "Talks": .open]
    let export = try Exports.load(
      Exports.files(["Opportunity.csv": deals]), mapping: mapping)
    let table = export.records[.opportunity]
    #expect(table.flags("IsClosed") == [1, 1, 0, 1, 1])
    #expect(table.flags("IsWon") == [1, 0, 0, 1, 0])
    #expect(export.said == [])
  }

  @Test("What a deal says of itself counts before its stage")
  func ownFlags() throws {
    let text = """
      Id,StageName,CloseDate,IsClosed,IsWon,SystemModstamp
      \(ID.deal(1)),Closed Won,2026-01-01,0,0,2026-11-20
      \(ID.deal(2)),Closed Won,2026-01-01,1,,2026-11-20
      \(ID.deal(3)),Closed Lost,2026-01-01,,0,2026-11-20

      """
    let export = try Exports.load(Exports.files(["Opportunity.csv": text]))
    #expect(export.records[.opportunity].flags("IsClosed") == [0, 1, 1])
    #expect(export.records[.opportunity].flags("IsWon") == [0, 1, 0])
  }
}
