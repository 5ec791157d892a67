import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("Real data")
struct RealDataTests {
  @Test(
    "A genuine Data Loader export loads with nothing to say but that it has no users",
    .needsRealData("sf-dataloader"))
  func dataLoader() throws {
    let folder = try RealData.require("sf-dataloader").appending(path: "samples")
    let export = try Exports.load(
      at: folder, fields: [.account: ["Name", "ORACLE_ID__C"], .opportunity: ["Probability"]])
    #expect(
      export.counted == [
        "accountData.csv: 423 = 423 + 0 + 0", "opportunityData.csv: 38 = 38 + 0 + 0",
      ])
    #expect(
      export.said == [
        "1 × notice: records have owners, and the export holds no User; the users are those whom "
          + "records name, by their Ids; export User for their names, managers and whether they "
          + "are active."
      ])
    #expect(export.files[0].dialect.encoding.name == "Windows-1252")
    let accounts = export.records[.account]
    #expect(accounts.words("Name")[85] == "Crédito Inmobiliario Terras")
    #expect(accounts.words("Name")[373] == "Pébéo of America")
    #expect(accounts.words("ORACLE_ID__C")[0] == "4-203974")
    #expect(export.records[.user].ids == ["005x0000000fNSiAAM"])
    let deals = export.records[.opportunity]
    let amounts = deals.decimals("Amount")
    #expect(amounts.count { $0 == Exact.null } == 5)
    #expect(amounts.filter { $0 != Exact.null }.reduce(0, +) == 62_700_000_000)
    #expect(deals.references("AccountId").allSatisfy { $0 >= 0 })
    #expect(deals.flags("IsWon").count { $0 == 1 } == 8)
    #expect(deals.flags("IsClosed").count { $0 == 0 } == 30)
    #expect(export.records.asOf.description == "2006-06-16")
  }

  @Test(
    "The last change was half an hour after midnight in UTC: in New York a day earlier",
    .needsRealData("sf-dataloader"))
  func dataLoaderInNewYork() throws {
    let folder = try RealData.require("sf-dataloader").appending(path: "samples")
    let export = try Exports.load(at: folder, timeZone: "America/New_York")
    #expect(export.records.asOf.description == "2006-06-15")
  }

  private func maven(_ edit: (String) -> String = { $0 }) throws -> Export {
    let file = Repository.fixture("maven-crm").appending(path: "mapping.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    return try Exports.load(
      at: RealData.require("maven-crm"),
      mapping: Mapping(text: edit(text), file: "mapping.yaml"),
      fields: [.user: ["ManagerId"], .opportunity: ["Territory2Id"], .account: ["AnnualRevenue"]])
  }

  private let asOf =
    "1 × notice: the export says nowhere when its records were last changed; "
    + "the newest date that is no close or end date of an open record, 2017-12-31, "
    + "was taken as the as-of date; state as_of in cadastre.yaml or give --as-of."

  @Test(
    "Another CRM's export loads through a mapping file, its known dirt put right by it",
    .needsRealData("maven-crm"))
  func mavenMapped() throws {
    let export = try maven()
    let records = export.records
    #expect(records[.opportunity].count == 8_800)
    #expect(records[.account].count == 85)
    #expect(records[.user].count == 35 + 6)
    #expect(records[.territory].ids.sorted() == ["Central", "East", "West"])
    #expect(records[.product].count == 7)
    #expect(records[.lineItem].count == 8_800)
    #expect(records[.userTerritory].count == 35)
    let deals = records[.opportunity]
    #expect(deals.references("AccountId").count { $0 == Reference.null } == 1_425)
    #expect(deals.references("AccountId").allSatisfy { $0 != Reference.dangling })
    #expect(deals.references("OwnerId").allSatisfy { $0 >= 0 })
    #expect(deals.references("Territory2Id").allSatisfy { $0 >= 0 })
    #expect(records[.lineItem].references("Product2Id").allSatisfy { $0 >= 0 })
    #expect(records[.user].references("ManagerId").count { $0 >= 0 } == 35)
    #expect(deals.flags("IsWon").count { $0 == 1 } == 4_238)
    #expect(zip(deals.flags("IsClosed"), deals.flags("IsWon")).count { $0 == (1, 0) } == 2_473)
    let won = zip(deals.decimals("Amount"), deals.flags("IsWon")).filter { $1 == 1 }.map(\.0)
    #expect(won.reduce(0, +) == 10_005_534 * Exact.scale)
    #expect(records[.account].decimals("AnnualRevenue")[0] == 1_100_040_000 * Exact.scale)
    let replaced = "has a spelling that the mapping replaces; it was read as the mapping says"
    #expect(
      export.said == [
        asOf,
        "1 × accounts.csv: notice: Account.BillingCountry \(replaced); correct it in the CRM.",
        "12 × accounts.csv: notice: Account.Industry \(replaced); correct it in the CRM.",
        "1480 × sales_pipeline.csv: notice: OpportunityLineItem.Product2Id \(replaced); "
          + "correct it in the CRM.",
      ])
    #expect(export.ignored == ["data_dictionary.csv"])
    for file in export.files { #expect(file.counts.setAside == 0, "\(file.file)") }
  }

  @Test("Without the mapping's values the findings name the dirt", .needsRealData("maven-crm"))
  func mavenDirt() throws {
    let export = try maven { $0.replacing(/, values: \{[^}]*\}/, with: "") }
    let remedy = "correct it, or map the spelling under \"values\" in the mapping file."
    #expect(
      export.said == [
        "1480 × sales_pipeline.csv:3: warning: OpportunityLineItem.Product2Id names no Product2 "
          + "of the export: \"GTXPro\"; the product is kept by that Id, under the name (unknown); "
          + remedy,
        asOf,
        "1 × accounts.csv:5: notice: Account.BillingCountry \"Philipines\" looks like "
          + "\"Philippines\"; it was kept as it is; \(remedy)",
        "12 × accounts.csv:2: notice: Account.Industry \"technolgy\" looks like \"technology\"; "
          + "it was kept as it is; \(remedy)",
      ])
    #expect(
      export.places(of: "reference-dangling-OpportunityLineItem-Product2Id").prefix(3) == [
        "sales_pipeline.csv:3", "sales_pipeline.csv:13", "sales_pipeline.csv:20",
      ])
  }
}
