import Records
import TestKit
import Testing

@testable import Intake

@Suite("Checks of records")
struct RecordCheckTests {
  private let header =
    "Id,StageName,IsClosed,IsWon,Amount,Probability,CloseDate,CreatedDate,OwnerId\n"
  private let all: [Entity: Set<String>] = Dictionary(
    uniqueKeysWithValues: Entity.allCases.map { ($0, Set($0.fields.map(\.name))) })

  private func deal(
    _ number: Int, stage: String = "Talks", flags: String = "0,0", amount: String = "5",
    probability: String = "50", close: String = "2026-12-01", created: String = "2026-01-01",
    owner: String = ""
  ) -> String {
    "\(ID.deal(number)),\(stage),\(flags),\(amount),\(probability),\(close),\(created),\(owner)\n"
  }

  /// What is said of files with every field loaded, on 20 November 2026.
  private func said(_ files: [String: String]) throws -> [String] {
    try Exports.load(Exports.files(files), fields: all, asOf: Day(iso: "2026-11-20")).said
  }

  @Test("Records that were created after the as-of date are counted, and said")
  func future() throws {
    let text = header + deal(1, created: "2026-11-20") + deal(2, created: "2026-11-21")
    #expect(
      try said(["Opportunity.csv": text]) == [
        "1 × Opportunity.csv:3: notice: Opportunity.CreatedDate is after the as-of date; the "
          + "record counts as if it were there; take a later as-of date, or correct the clock of "
          + "what created it."
      ])
  }

  @Test("A contract ends no earlier than it starts")
  func contracts() throws {
    let text = """
      Id,AccountId,StartDate,EndDate,MonthlyValue__c
      800000000000001AAA,\(ID.account(1)),2026-01-01,2026-12-31,10
      800000000000002AAA,\(ID.account(1)),2026-01-01,2025-12-31,10
      800000000000003AAA,\(ID.account(1)),2026-01-01,,-10
      800000000000004AAA,,2026-01-01,2026-01-01,10

      """
    #expect(
      try said(["Contract.csv": text]) == [
        "1 × Contract.csv:5: warning: Contract.AccountId is empty, so the row belongs to no "
          + "Account; the row counts for nothing; export it again, or remove the row.",
        "1 × Contract.csv:4: notice: Contract.MonthlyValue__c is below zero; it counts as it is; "
          + "correct it in the CRM where it is no credit.",
        "1 × Contract.csv:3: notice: Contract.EndDate is before StartDate; it was kept as it is; "
          + "correct the dates in the CRM.",
      ])
  }

  @Test("Amounts below zero and probabilities beyond 0 to 100 count as they are")
  func amounts() throws {
    let text =
      header + deal(1, amount: "-5", probability: "100") + deal(2, amount: "-6", probability: "0")
      + deal(3, amount: "", probability: "100.5") + deal(4, probability: "-1")
    #expect(
      try said(["Opportunity.csv": text]) == [
        "2 × Opportunity.csv:2: notice: Opportunity.Amount is below zero; it counts as it is; "
          + "correct it in the CRM where it is no credit.",
        "2 × Opportunity.csv:4: notice: Opportunity.Probability is below 0 or above 100; it "
          + "counts as it is; correct it in the CRM, or give the column a factor with \"times\" "
          + "in the mapping file.",
      ])
  }

  @Test("A deal that is won is closed, and both agree with its stage")
  func outcomes() throws {
    let stages = """
      Id,MasterLabel,ApiName,IsClosed,IsWon
      01J000000000001EAA,Talks,Talks,0,0
      01J000000000002EAA,Signed,Signed,1,1

      """
    let text =
      header + deal(1, stage: "Talks") + deal(2, stage: "Signed", flags: "1,1")
      + deal(3, stage: "Signed", flags: "0,1") + deal(4, stage: "Talks", flags: "1,0")
      + deal(5, stage: "Other", flags: "1,0") + deal(6, stage: "Signed", flags: ",")
    #expect(
      try said(["Opportunity.csv": text, "OpportunityStage.csv": stages]) == [
        "2 × Opportunity.csv:4: notice: IsClosed and IsWon of a deal say otherwise than its "
          + "stage; IsClosed and IsWon count; correct the deal in the CRM, or the stage under "
          + "\"stages\" in the mapping file.",
        "1 × Opportunity.csv:4: notice: a deal is won and not closed; it counts as won and as "
          + "open; correct its stage in the CRM.",
      ])
  }

  @Test("Open deals of users who left are said; closed ones are history")
  func owners() throws {
    let users = """
      Id,Name,IsActive,ManagerId
      \(ID.user(1)),Ada,1,
      \(ID.user(2)),Ben,0,
      \(ID.user(3)),Cleo,1,\(ID.user(4))
      \(ID.user(4)),Dora,1,\(ID.user(3))

      """
    let text =
      header + deal(1, owner: ID.user(1)) + deal(2, owner: ID.user(2))
      + deal(3, stage: "Closed Won", flags: "1,1", owner: ID.user(2))
    #expect(
      try said(["Opportunity.csv": text, "User.csv": users]) == [
        "1 × User.csv:4: warning: by User.ManagerId a record stands above itself; the cycle is "
          + "cut at the record with the smallest Id, which stands at the top; correct ManagerId "
          + "of one of them.",
        "1 × Opportunity.csv:3: notice: an open deal belongs to a user who is not active; it "
          + "counts for that user; give it to somebody in the CRM.",
      ])
  }

  @Test("Amounts of several currencies need exchange rates")
  func currencies() throws {
    let text = """
      Id,StageName,IsClosed,IsWon,Amount,CloseDate,CurrencyIsoCode
      \(ID.deal(1)),Talks,0,0,5,2026-12-01,USD
      \(ID.deal(2)),Talks,0,0,5,2026-12-01,EUR

      """
    let rates = "IsoCode,ConversionRate,IsCorporate\nUSD,1,1\nEUR,0.9,0\n"
    #expect(
      try said(["Opportunity.csv": text]) == [
        "1 × warning: Opportunity has amounts in EUR and USD, and the export holds no exchange "
          + "rates; they were added up as if they were of one currency; export CurrencyType, and "
          + "DatedConversionRate where rates are dated."
      ])
    #expect(try said(["Opportunity.csv": text, "CurrencyType.csv": rates]) == [])
  }

  private let territories = """
    Id,Name,Territory2ModelId
    \(ID.territory(1)),North,0MA000000000001GAA
    \(ID.territory(2)),South,0MA000000000002GAA

    """

  @Test("Territory models that an export without the permission misses")
  func models() throws {
    let models = "Id,State\n0MA000000000001GAA,Active\n"
    #expect(
      try said(["Territory2.csv": territories, "Territory2Model.csv": models]) == [
        "1 × Territory2.csv:3: warning: Territory2.Territory2ModelId names no Territory2Model of "
          + "the export; the territory is in no model; export with the permission Manage "
          + "Territories, without which planned models are left out silently.",
        "1 × notice: of 1 territory model in the export none is planned; nothing was changed; "
          + "leave it where there is none; else export with the permission Manage Territories, "
          + "without which planned models are left out silently.",
      ])
  }

  @Test("One territory model is active, not two")
  func activeModels() throws {
    let models = """
      Id,State
      0MA000000000001GAA,Active
      0MA000000000002GAA,active
      0MA000000000003GAA,Planning

      """
    #expect(
      try said(["Territory2.csv": territories, "Territory2Model.csv": models]) == [
        "1 × Territory2Model.csv:2: warning: 2 territory models are in state Active, of which "
          + "there can be one; the first of them was taken; export Territory2Model again."
      ])
  }

  @Test("Only the columns that were loaded are looked at")
  func loadedOnly() throws {
    let text = header + deal(1, amount: "5", probability: "500")
    let export = try Exports.load(
      Exports.files(["Opportunity.csv": text]), asOf: Day(iso: "2026-11-20"))
    #expect(export.said == [])
  }

  @Test("Ids that differ by case alone are joined exactly, and said")
  func collisions() throws {
    let accounts = "Id,Name\n001D000000IRFma,Upper\n001D000000irfma,Lower\n001D000000irfmb,Other\n"
    #expect(
      try said(["Account.csv": accounts, "Opportunity.csv": header + deal(1)]) == [
        "1 × Account.csv:3: notice: an Account has an Id that differs from another's by case "
          + "alone; the two were told apart; join them by Ids of 18 characters in a spreadsheet, "
          + "which ignores case."
      ])
  }

  @Test("A deal of a deleted account is told from one of an account that was not exported")
  func deletedAccounts() throws {
    let accounts = "Id,IsDeleted\n\(ID.account(1)),0\n\(ID.account(2)),1\n"
    let text = """
      Id,AccountId,StageName,CloseDate,IsClosed,IsWon
      \(ID.deal(1)),\(ID.account(1)),Talks,2026-12-01,0,0
      \(ID.deal(2)),\(ID.account(2)),Talks,2026-12-01,0,0
      \(ID.deal(3)),\(ID.account(3)),Talks,2026-12-01,0,0

      """
    let files = Exports.files(["Account.csv": accounts, "Opportunity.csv": text])
    let export = try Exports.load(files, asOf: Day(iso: "2026-11-20"))
    #expect(
      export.records[.opportunity].references("AccountId") == [
        0, Reference.dangling, Reference.dangling,
      ])
    #expect(
      export.said == [
        "1 × Opportunity.csv:4: warning: Opportunity.AccountId names no Account of the export; "
          + "the deal stays in the totals without an account; export the Account too, or correct "
          + "the reference.",
        "1 × Opportunity.csv:3: warning: Opportunity.AccountId names a deleted Account; the deal "
          + "stays in the totals without an account; restore the Account in the CRM, or correct "
          + "the reference.",
      ])
  }
}

@Suite("Rows and columns that are not what they seem")
struct SeemingTests {
  @Test("A quote that a later one closes took in the rows between, and is said to have")
  func swallowed() throws {
    let rows = (2...150).map { "\(ID.account($0)),Firm,x" }.joined(separator: "\n")
    let text =
      "Id,Name,Type\n\(ID.account(1)),\"Acme,x\n\(rows)\n\(ID.account(151)),\"Zeta,y\",x\n"
    let export = try Exports.load(Exports.files(["Account.csv": text]))
    #expect(
      export.said.first { $0.contains("quoted") }
        == "1 × Account.csv:2:1: warning: the row runs over 151 lines and has 4 cells where the "
        + "header has 3: a quoted field in it was not closed, and took in the rows behind it up "
        + "to the next quote; the row was set aside with all that it took in; close the quote, "
        + "or double it where it belongs to the text.")
  }

  @Test("A column that begins with numbers and goes on with text is text")
  func mixed() throws {
    let rows = (1...250).map { "\(ID.account($0)),\($0 <= 220 ? "\($0)" : "big")\n" }.joined()
    let export = try Exports.load(
      Exports.files(["Account.csv": "Id,Size__c\n" + rows]), fields: [.account: ["Size__c"]])
    let words = export.records[.account].words("Size__c")
    #expect(words[219] == "220")
    #expect(words[220] == "big")
    #expect(
      export.said == [
        "1 × Account.csv:222:20: notice: Account.Size__c begins with numbers or dates, and goes "
          + "on with text; it was read as text; compare it as text, or mend the cells."
      ])
  }

  @Test("A repetition is expected of the source that says so, and a duplicate in any other")
  func distinctSource() throws {
    let mapping = """
      name: other
      keys: text
      entities:
        User:
          - {files: [people], fields: {Id: person, Name: person}}
          - {files: [people], distinct: true, fields: {Id: boss, Name: boss}}
        Account: {files: [firms], fields: {Id: firm}}
        Opportunity: {files: [deals], fields: {Id: deal, StageName: stage, CloseDate: closed}}
      """
    let export = try Exports.load(
      [
        "people.csv": "person,boss\nAda,Cleo\nBen,Cleo\nAda,Cleo\n", "firms.csv": "firm\nAcme\n",
        "deals.csv": "deal,stage,closed\n1,Closed Won,2026-01-01\n",
      ], mapping: try Mapping(text: mapping, file: "mapping.yaml"), fields: [.user: ["Name"]],
      asOf: Day(iso: "2026-11-20"))
    #expect(export.records[.user].ids == ["Ada", "Ben", "Cleo"])
    #expect(
      export.counted.prefix(2) == ["people.csv: 3 = 2 + 1 + 0", "people.csv: 1 = 1 + 0 + 0"])
    #expect(
      export.said == [
        "1 × people.csv:4: warning: an earlier User has the same Id; the row was set aside; "
          + "remove one of the two from the export."
      ])
  }
}
