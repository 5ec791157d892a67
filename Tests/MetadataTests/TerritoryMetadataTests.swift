import Metadata
import Records
import TestKit
import Testing

@Suite("Territory models from metadata files")
struct TerritoryMetadataTests {
  @Test("A model with its territories, rules and types is read whole")
  func whole() throws {
    let metadata = Written.read()
    #expect(metadata.said == [])
    let plan = try #require(metadata.plan())
    #expect(plan.developerName == "FY27")
    #expect(plan.name == "Fiscal 27")
    #expect(plan.territories.map(\.developerName) == ["Oregon", "West"])
    #expect(plan.territories.map(\.parent) == ["West", nil])
    #expect(plan.parents == [1, -1])
    #expect(
      plan.territories[0].rules
        == [TerritoryPlan.RuleAssociation(rule: "Oregon", isInherited: true)])
    #expect(plan.types.map(\.priority) == [2])
    let rule = try #require(plan.rules.first)
    #expect(rule.isActive)
    #expect(rule.objectType == "Account")
    #expect(rule.filter == .all([.item(1)]))
    #expect(rule.items.map(\.value) == ["OR,Oregon"])
    #expect(rule.items[0].at?.description == "territory2Models/FY27/rules/Oregon.territory2Rule:4")
    #expect(metadata.files.count == 5)
  }

  @Test("Files of a DX project end in -meta.xml and lie as deep as its packages")
  func projectLayout() throws {
    let base = "force-app/main/default/"
    let metadata = TerritoryMetadata(
      reading: Written.files(
        [
          base + "territory2Models/FY27/FY27.territory2Model-meta.xml": Written.file(
            "Territory2Model", "<name>Fiscal 27</name>"),
          base + "territory2Models/FY27/territories/West.territory2-meta.xml":
            Written.territory("West"),
          base + "territory2Types/Region.territory2Type-meta.xml": Written.file(
            "Territory2Type", "<name>Region</name><priority>1</priority>"),
          base + "objects/Account/Account.object-meta.xml": "not read",
          "README.md": "not read",
        ], root: "sales"))
    #expect(metadata.said == [])
    #expect(metadata.plan(named: "fy27")?.territories.map(\.name) == ["West"])
    #expect(metadata.plan(named: "Fiscal 27")?.developerName == "FY27")
    #expect(metadata.plan(named: "FY28") == nil)
    #expect(
      metadata.files.first
        == "sales/force-app/main/default/territory2Models/FY27/FY27.territory2Model-meta.xml")
  }

  @Test("What a round trip needs is kept: access levels, custom fields and unknown elements")
  func kept() throws {
    let more = """
      <accountAccessLevel>Edit</accountAccessLevel>
      <opportunityAccessLevel>None</opportunityAccessLevel>
      <customFields><name>Cost__c</name><value xmlns:xsd="http://www.w3.org/2001/XMLSchema" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xsd:string"> 7 </value>\
      </customFields>
      <customFields><name>Note__c</name></customFields>
      <colour><shade>dark &amp; light</shade></colour>
      """
    let metadata = Written.read([Written.path("West"): Written.territory("West", more: more)])
    let west = try #require(metadata.plan()?.territories.last)
    #expect(
      west.accessLevels == [
        TerritoryPlan.AccessLevel(name: "accountAccessLevel", level: "Edit"),
        TerritoryPlan.AccessLevel(name: "opportunityAccessLevel", level: "None"),
      ])
    #expect(
      west.customFields == [
        TerritoryPlan.CustomField(name: "Cost__c", value: " 7 ", type: "xsd:string"),
        TerritoryPlan.CustomField(name: "Note__c", value: nil, type: nil),
      ])
    #expect(
      west.others == [
        PlanElement(
          name: "colour", text: "", children: [PlanElement(name: "shade", text: "dark & light")])
      ])
    #expect(
      metadata.said == [
        "territory2Models/FY27/territories/West.territory2:7: notice: <colour> in <Territory2> is "
          + "not known; it was not interpreted; look whether it matters to who holds what."
      ])
  }

  @Test("References match without regard to case, and may name their model before them")
  func spelling() throws {
    let metadata = Written.read([
      Written.path("Oregon"): Written.territory(
        "Oregon", under: "FY27.WEST", type: "region", more: Written.uses("oregon"))
    ])
    #expect(metadata.said == [])
    let oregon = try #require(metadata.plan()?.territories.first)
    #expect(oregon.parent == "West")
    #expect(oregon.type == "Region")
    #expect(oregon.rules.map(\.rule) == ["Oregon"])
  }

  @Test("A folder, a model's own folder and a link to it give the same model")
  func folders() throws {
    try withTemporaryFolder { folder in
      try folder.write(files: [
        "metadata/territory2Models/FY27/FY27.territory2Model": Written.file(
          "Territory2Model", "<name>Fiscal 27</name>"),
        "metadata/territory2Models/FY27/territories/West.territory2": Written.territory("West"),
        "metadata/territory2Models/FY28/FY28.territory2Model": Written.file(
          "Territory2Model", "<name>Fiscal 28</name>"),
        "metadata/territory2Types/Region.territory2Type": Written.file(
          "Territory2Type", "<name>Region</name><priority>1</priority>"),
      ])
      let whole = TerritoryMetadata(
        reading: try MetadataFiles(folder: folder.appending(path: "metadata"), shownAs: "metadata"))
      #expect(whole.said == [])
      #expect(whole.plans.map(\.developerName) == ["FY27", "FY28"])
      #expect(whole.plan() == nil)
      let path = "metadata/territory2Models/FY27"
      let own = TerritoryMetadata(
        reading: try MetadataFiles(folder: folder.appending(path: path), shownAs: path))
      #expect(own.said == [])
      #expect(own.plan() == whole.plan(named: "FY27"))
      #expect(
        own.files == [
          "metadata/territory2Models/FY27/FY27.territory2Model",
          "metadata/territory2Models/FY27/territories/West.territory2",
          "metadata/territory2Types/Region.territory2Type",
        ])
      #expect(throws: (any Error).self) {
        try MetadataFiles(folder: folder.appending(path: "none"), shownAs: "none")
      }
    }
  }

  @Test(
    "The real models of the Salesforce field load with one error, which is in them",
    .needsRealData("sf-territory2-xml"))
  func real() throws {
    let root = try RealData.require("sf-territory2-xml")
    let metadata = TerritoryMetadata(reading: try MetadataFiles(folder: root, shownAs: "real"))
    #expect(
      metadata.plans.map(\.developerName)
        == ["Imported_Territory", "Territory_Model_1", "Territory_Model_2"])
    #expect(metadata.plans.map(\.territories.count).reduce(0, +) == 28)
    #expect(metadata.plans.map(\.rules.count).reduce(0, +) == 13)
    // One of the authors' examples names a rule that they left out.
    #expect(
      metadata.said.filter { $0.contains(": error: ") } == [
        "real/tm1-transform/territory2Models/Imported_Territory/territories/RULE_EXAMPLE.territory2"
          + ":2: error: territory \"RULE_EXAMPLE\" uses rule \"Rule_That_Applies_to_Children\", "
          + "which its model does not have; the territory was read without it; correct <ruleName>, "
          + "or add the rule."
      ])
    let eastern = metadata.plans[0].rules.first { $0.developerName == "Eastern_Accounts" }
    #expect(eastern?.filter == .any([.all([.item(1), .item(2)]), .item(3)]))
  }
}
