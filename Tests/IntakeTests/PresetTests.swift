import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Presets of CRMs")
struct PresetTests {
  /// The figures of a fixture as its why.md computes them: outcome to number of deals and amount.
  struct Expectation: Sendable, CustomTestStringConvertible {
    let crm: String
    let won: [String]
    let lost: [String]
    let open: [String]
    /// The account of each deal, in the order of the file.
    let accounts: [String]
    /// The owner of each deal.
    let owners: [String]
    /// The close date of each deal.
    let closes: [String]
    /// The territory of each account.
    var territories: [String] = []
    var testDescription: String { crm }
  }

  static let expectations = [
    Expectation(
      crm: "hubspot", won: ["2", "42500.50"], lost: ["1", "12000.00"], open: ["3", "3700.00"],
      accounts: ["9001", "9002", "9003", "9002", "9003", "null"],
      owners: ["Ann Lee", "Ann Lee", "Bo Holm", "Ann Lee", "Bo Holm", "null"],
      closes: [
        "2026-03-31", "2026-05-02", "2026-06-30", "2026-12-15", "2027-02-28", "2027-01-31",
      ]),
    Expectation(
      crm: "pipedrive", won: ["2", "10000.75"], lost: ["1", "4000.00"], open: ["2", "5600.25"],
      accounts: ["11", "12", "12", "dangling", "11"], owners: ["3", "4", "4", "3", "3"],
      closes: ["2026-03-03", "2026-04-12", "2026-12-31", "", "2026-09-01"]),
    Expectation(
      crm: "dynamics365", won: ["1", "7500.00"], lost: ["1", "600.00"], open: ["2", "1500.50"],
      accounts: [account(1), account(2), account(2), account(1)],
      owners: [user(1), user(2), user(2), user(1)],
      closes: ["2026-03-15", "2026-04-20", "2026-12-20", "2027-01-20"],
      territories: ["Norway", "Norway"]),
    Expectation(
      crm: "zoho", won: ["1", "20000.00"], lost: ["2", "4000.00"], open: ["1", "333.30"],
      accounts: ["zcrm_100", "zcrm_101", "zcrm_101", "zcrm_100"],
      owners: ["zcrm_1", "zcrm_2", "zcrm_2", "zcrm_1"],
      closes: ["2026-02-10", "2026-03-10", "2026-03-20", "2027-01-10"],
      territories: ["South", "North"]),
  ]

  private static func account(_ number: Int) -> String {
    "a1f0c9d2-0000-4000-8000-00000000000\(number)"
  }

  private static func user(_ number: Int) -> String {
    "b1f0c9d2-0000-4000-8000-00000000000\(number)"
  }

  @Test(
    "An export is recognised, and its deals are won, lost and open as computed by hand",
    arguments: expectations)
  func figures(_ expected: Expectation) throws {
    let folder = Repository.fixture(expected.crm).appending(path: "export")
    let recognised = try Recognition(
      of: try ExportFiles(at: [folder.path]).sampled().files, presets: try Presets.all(),
      synonyms: try Presets.synonyms())
    #expect(recognised.preset == expected.crm)
    #expect(recognised.unread == [])
    let export = try ExportLoader.load(
      LoadRequest(
        paths: [folder.path], mapping: recognised.mapping,
        fields: [
          .opportunity: ["Amount", "OwnerId"], .territory: ["Name"], .account: ["Name"],
        ]))
    let records = export.records
    #expect(records.asOf.description == "2026-11-20")
    #expect(export.files.allSatisfy { $0.counts.setAside == 0 })
    let deals = records[.opportunity]
    #expect(sum(deals) { $0 == 1 && $1 == 1 } == expected.won)
    #expect(sum(deals) { $0 == 1 && $1 == 0 } == expected.lost)
    #expect(sum(deals) { $0 == 0 && $1 == 0 } == expected.open)
    #expect(deals.named("AccountId", in: records[.account]) == expected.accounts)
    #expect(deals.named("OwnerId", in: records[.user]) == expected.owners)
    #expect(deals.dates("CloseDate") == expected.closes)
    // The second account of each is a child of the first; Pipedrive keeps no parents.
    let parents = records[.account].references("ParentId")
    #expect(parents[1] == (expected.crm == "pipedrive" ? Reference.null : 0))
    let places = records[.accountTerritory]
    #expect(
      places.references("Territory2Id").map { records[.territory].words("Name")[Int($0)] }
        == expected.territories)
  }

  /// Number of deals whose IsClosed and IsWon fit, and their amount with two places.
  private func sum(_ deals: Table, _ fits: (UInt8, UInt8) -> Bool) -> [String] {
    let (closed, won) = (deals.flags("IsClosed"), deals.flags("IsWon"))
    let amounts = deals.decimals("Amount")
    let rows = (0..<deals.count).filter { fits(closed[$0], won[$0]) }
    let total = rows.map { amounts[$0] }.filter { $0 != Exact.null }.reduce(0, +) / 100
    let cents = total % 100
    return ["\(rows.count)", "\(total / 100).\(cents < 10 ? "0" : "")\(cents)"]
  }

  @Test("An export of Pipedrive's API has the same figures as one of the app")
  func pipedriveAPI() throws {
    let export = try Exports.load(
      [
        "organizations.csv": "id,name,owner_id\n11,Cedar AG,3\n",
        "users.csv": "id,name\n3,Ann Lee\n",
        "deals.csv": """
        id,title,org_id,owner_id,stage_id,status,value,expected_close_date,won_time,lost_time,add_time
        71,Cedar start,11,3,5,won,9000,2026-02-28,2026-03-03 11:20:00,,2026-01-04 09:00:00

        """,
      ], mapping: try Presets.named("pipedrive"),
      fields: [.opportunity: ["Amount", "OwnerId"], .user: ["Name"]])
    let deals = export.records[.opportunity]
    #expect(deals.flags("IsWon") == [1])
    #expect(deals.dates("CloseDate") == ["2026-03-03"])
    #expect(deals.named("AccountId", in: export.records[.account]) == ["11"])
    #expect(deals.named("OwnerId", in: export.records[.user]) == ["3"])
  }

  @Test("A view of Dynamics 365 names accounts, whose Ids are looked up")
  func dynamicsView() throws {
    let export = try Exports.load(
      [
        "All Accounts.csv": "(Do Not Modify) Account,Account Name,Owner\nA-1,Fjord,Ida Vik\n",
        "All Opportunities.csv": """
        (Do Not Modify) Opportunity,Topic,Account,Owner,Status,Status Reason,Est. Revenue,\
        Actual Revenue,Est. Close Date,Actual Close Date,Created On
        O-1,Stores,Fjord,Ida Vik,Won,Won,8000,7500,2026-03-01,2026-03-15,2026-01-15
        O-2,Carts,Fjord,Ida Vik,Open,In Progress,600,,2026-12-01,,2026-01-15

        """,
      ], mapping: try Presets.named("dynamics365"), fields: [.opportunity: ["Amount", "OwnerId"]])
    let deals = export.records[.opportunity]
    #expect(deals.decimals("Amount") == [75_000_000, 6_000_000])
    #expect(deals.dates("CloseDate") == ["2026-03-15", "2026-12-01"])
    #expect(deals.flags("IsWon") == [1, 0])
    #expect(deals.named("AccountId", in: export.records[.account]) == ["A-1", "A-1"])
    #expect(deals.named("OwnerId", in: export.records[.user]) == ["Ida Vik", "Ida Vik"])
  }

  @Test("HubSpot's owners have first and last names, its stages a table of their own")
  func hubspotTables() throws {
    let export = try Exports.load(
      [
        "owners.csv":
          "owner_id,first_name,last_name,email\n7,Ann,Lee,a@x.example\n8,,Holm,b@x.example\n",
        "companies.csv": "id,property_name,property_createdate\n1,Aster,2026-01-01 9:00:00\n",
        "deal_pipeline_stages.csv": """
        stage_id,label,is_closed,closed_won
        s1,Signed,TRUE,TRUE
        s2,Gone,TRUE,FALSE

        """,
        "deal_company.csv": "deal_id,company_id\n5,1\n",
        "deals.csv": """
        deal_id,deal_pipeline_stage_id,owner_id,property_amount,property_closedate,is_deleted
        5,s1,7,100,2026-02-01,false
        6,s2,8,50,2026-02-02,false
        7,s2,8,50,2026-02-02,true

        """,
      ], mapping: try Presets.named("hubspot"),
      fields: [.opportunity: ["Amount", "OwnerId", "StageName"], .user: ["Name"]])
    #expect(export.records[.user].words("Name") == ["Ann Lee", "Holm"])
    let deals = export.records[.opportunity]
    #expect(deals.words("StageName") == ["Signed", "Gone"])
    #expect(deals.flags("IsWon") == [1, 0])
    #expect(deals.named("AccountId", in: export.records[.account]) == ["1", "null"])
  }

  @Test("A report of Salesforce has labels for headers")
  func salesforceReport() throws {
    let export = try Exports.load(
      [
        "Opportunity.csv": """
        Opportunity ID,Opportunity Name,Account ID,Stage,Amount Currency,Amount,Close Date,Created Date,Closed,Won
        \(ID.deal(1).prefix(15)),Big,\(ID.account(1).prefix(15)),Closed Won,EUR,10,2026-02-01,2026-01-01,1,1

        """,
        "Account.csv": """
        Account ID,Account Name,Annual Revenue,Employees,Billing Country
        \(ID.account(1)),Acme,5,7,Norway

        """,
      ],
      fields: [
        .opportunity: ["Amount", "CurrencyIsoCode", "Name"],
        .account: ["Name", "AnnualRevenue", "NumberOfEmployees", "BillingCountry"],
      ])
    let (deals, accounts) = (export.records[.opportunity], export.records[.account])
    #expect(deals.words("Name") == ["Big"])
    #expect(deals.words("CurrencyIsoCode") == ["EUR"])
    #expect(deals.references("AccountId") == [0])
    #expect(accounts.decimals("NumberOfEmployees") == [70_000])
    #expect(accounts.words("BillingCountry") == ["Norway"])
  }
}

/// The presets of the repository.
enum Presets {
  static func named(_ name: String) throws -> Mapping {
    let path = "presets/\(name).yaml"
    return try Mapping(
      text: String(contentsOf: Repository.root.appending(path: path), encoding: .utf8), file: path)
  }

  static func all() throws -> [Mapping] {
    try ["dynamics365", "hubspot", "pipedrive", "salesforce", "zoho"].map(named)
  }

  static func synonyms() throws -> Synonyms {
    let path = "presets/synonyms.yaml"
    return try Synonyms(
      text: String(contentsOf: Repository.root.appending(path: path), encoding: .utf8), file: path)
  }
}
