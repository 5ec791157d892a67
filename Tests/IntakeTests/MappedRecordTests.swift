import Records
import TestKit
import Testing

@testable import Intake

@Suite("Records through a mapping file")
struct MappedRecordTests {
  private let files = [
    "firms.csv": """
    firm,sector,revenue,parent,Size__c,area,head
    Acme,retial,1100.0412345,,5,7.5,Ada
    Beta,retail,n/a,Acme,6,8,Ben

    """,
    "team_oslo.csv": "agent,boss,office\nAda,Cleo,Oslo\nBen,Cleo,Oslo\n",
    "team_rome.csv": "agent,boss,office\nDora,Enzo,Rome\n",
    "deals.csv": """
    deal,firm,agent,stage,closed,price
    1,Acme,Ada,Won,3/1/2017,10
    2,Beta,Dora,Open,31/1/2017,20
    3,Beta,Finn,Open,12/31/2017,30

    """,
  ]

  private let mapping = """
    name: other
    dates: month/day/year
    stages: {Won: won, Open: open}
    entities:
      User:
        - {files: ["team_*"], fields: {Id: agent, Name: agent, ManagerId: boss}}
        - {files: ["team_*"], distinct: true, fields: {Id: boss, Name: boss}}
      Territory2: {files: ["team_*"], distinct: true, fields: {Id: office, Name: office}}
      Account:
        files: [firms]
        fields:
          Id: firm
          Name: firm
          ParentId: parent
          Industry: {column: sector, values: {retial: retail}}
          AnnualRevenue: {column: revenue, times: 1000000, values: {n/a: ""}}
          Type: {constant: Customer}
          Area__c: area
      Opportunity:
        files: [deals]
        fields:
          Id: deal
          AccountId: firm
          OwnerId: agent
          Territory2Id: {column: agent, lookup: {file: "team_*", match: agent, take: office}}
          StageName: stage
          CloseDate: closed
          Amount: price
    """

  private func load() throws -> Export {
    try Exports.load(
      files, mapping: try Mapping(text: mapping, file: "mapping.yaml"),
      fields: [
        .account: ["Name", "AnnualRevenue", "Type", "Area__c", "Size__c"], .user: ["ManagerId"],
        .opportunity: ["Territory2Id", "Amount"],
      ], asOf: Day(iso: "2018-01-01"))
  }

  @Test("Columns, constants, values and factors become fields")
  func fields() throws {
    let accounts = try load().records[.account]
    #expect(accounts.ids == ["Acme", "Beta"])
    #expect(accounts.references("ParentId") == [Reference.null, 0])
    #expect(accounts.words("Industry") == ["retail", "retail"])
    // 1,100.0412345 millions: the factor comes before the rounding.
    #expect(accounts.decimals("AnnualRevenue") == [11_000_412_345_000, Exact.null])
    #expect(accounts.words("Type") == ["Customer", "Customer"])
  }

  @Test("A custom field is reached by its own name, or by the one that the mapping gives it")
  func customFields() throws {
    let accounts = try load().records[.account]
    #expect(accounts.decimals("Size__c") == [50_000, 60_000])
    #expect(accounts.decimals("Area__c") == [75_000, 80_000])
  }

  @Test("Each distinct text of a column is a record, and its repetitions are no rows")
  func distinct() throws {
    let export = try load()
    #expect(export.records[.user].ids == ["Ada", "Ben", "Dora", "Cleo", "Enzo", "Finn"])
    // Finn has a deal and stands in no list.
    #expect(export.records[.user].strangerCount == 1)
    #expect(export.records[.territory].ids == ["Oslo", "Rome"])
    let users = export.records[.user]
    #expect(
      users.named("ManagerId", in: users).filter { $0 != "null" } == ["Cleo", "Cleo", "Enzo"])
    for entity in [Entity.user, .territory] {
      let counts = export.files.filter { $0.entity == entity }.map(\.counts)
      let table = export.records[entity]
      #expect(counts.reduce(0) { $0 + $1.used } == table.count - table.strangerCount)
      #expect(counts.allSatisfy { $0.setAside == 0 && $0.read >= 0 })
    }
  }

  @Test("A lookup takes its value from another file; what is not there is unknown")
  func lookup() throws {
    let export = try load()
    let deals = export.records[.opportunity]
    #expect(deals.named("Territory2Id", in: export.records[.territory]) == ["Oslo", "null"])
  }

  @Test("The findings name what the mapping replaced, and what it did not")
  func findings() throws {
    let export = try load()
    #expect(
      export.said == [
        "1 × deals.csv:3:18: warning: Opportunity.CloseDate is a date in another order than "
          + "month/day/year; the row was set aside; correct it, or state export_format: "
          + "{dates: ORDER} in cadastre.yaml, ORDER being month/day/year, day/month/year or "
          + "year/month/day.",
        "1 × deals.csv:4: warning: Opportunity.OwnerId names no User of the export; "
          + "the user is kept by that Id, under the name (unknown); export the User too, or "
          + "correct the reference.",
        "1 × firms.csv: notice: Account.AnnualRevenue has a spelling that the mapping replaces; "
          + "it was read as the mapping says; correct it in the CRM.",
        "1 × firms.csv: notice: Account.Industry has a spelling that the mapping replaces; "
          + "it was read as the mapping says; correct it in the CRM.",
      ])
    #expect(export.ignored == [])
  }
}
