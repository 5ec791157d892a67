import Foundation
import Records
import TestKit
import Testing

@testable import Intake

@Suite("The manual of mapping files")
struct MappingManualTests {
  @Test("The mapping that docs/mapping.md shows reads the files that it describes")
  func example() throws {
    let manual = try String(
      contentsOf: Repository.root.appending(path: "docs/mapping.md"), encoding: .utf8)
    // The second block of YAML: the first only names the mapping.
    let blocks = manual.components(separatedBy: "```yaml\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
    let mapping = try Mapping(text: try #require(blocks.last), file: "docs/mapping.md")
    try withTemporaryFolder { folder in
      try folder.write(files: [
        "customers.csv": """
        customer,parent_company,branch,staff,country,sales_rep
        Acme,,chemcials,120,Germany,Ann
        Acme Nord,Acme,chemicals,30,Denmark,Bo

        """,
        "chances.csv": """
        no,customer,sales_rep,state,opened,decided,worth
        1,Acme,Ann,won,01/02/2026,15/03/2026,12.5
        2,Acme Nord,Bo,open,03/04/2026,30/06/2026,7

        """,
        "reps.csv": "sales_rep,boss,region\nAnn,,South\nBo,Ann,North\nCy,Ann,North\n",
      ])
      let records = try ExportLoader.load(
        LoadRequest(
          paths: [folder.path], mapping: mapping,
          fields: [
            .account: ["Industry", "NumberOfEmployees"], .opportunity: ["Territory2Id"],
            .user: ["ManagerId"],
          ])
      ).records
      #expect(records.asOf.description == "2026-04-03")
      #expect(records[.account].references("ParentId") == [Reference.null, 0])
      #expect(records[.account].categories("Industry").values == ["chemicals"])
      #expect(records[.territory].count == 2)
      #expect(records[.user].references("ManagerId") == [Reference.null, 0, 0])
      let deals = records[.opportunity]
      #expect(deals.decimals("Amount") == [125_000_000, 70_000_000])
      #expect(deals.references("Territory2Id") == [0, 1])
      #expect(deals.flags("IsWon") == [1, 0])
      #expect(
        deals.days("CloseDate").map { Day(number: $0).description } == ["2026-03-15", "2026-06-30"])
    }
  }
}
