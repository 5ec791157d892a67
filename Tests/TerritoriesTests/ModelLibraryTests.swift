import Foundation
import Metadata
import Records
import TestKit
import Testing

@testable import Territories

@Suite("A library holds every territory model that a project knows")
struct ModelLibraryTests {
  private func export(_ changes: [String: (String) -> String] = [:]) throws -> TerritoryExport {
    try withTemporaryFolder { folder in
      let source = Repository.fixture("territory-rules").appending(path: "export")
      for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
        let text = try String(contentsOf: source.appending(path: name), encoding: .utf8)
        let changed = changes[name.replacing(".csv", with: "")].map { $0(text) } ?? text
        try changed.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
      }
      return try TerritoryExport(folder)
    }
  }

  /// The findings by their whole sentence, without the folder.
  private func sentences(_ findings: [Finding]) -> [String] { findings.map(\.description) }

  @Test("The models of an export, in every state, with their users and rules")
  func exported() throws {
    let library = try export().library
    #expect(library.models.map(\.plan.developerName) == ["FY27", "FY28"])
    #expect(library.models.map(\.plan.state) == ["Active", "Planning"])
    #expect(library.active?.plan.name == "FY27")
    #expect(library.planned?.plan.name == "FY28")
    let active = try #require(library.active)
    #expect(active.tree.count == 17 && active.plan.rules.count == 17)
    let members = try active.members[Int(active.territory(named: "NewYork"))]
    #expect(members == [PlannedAssignment.Member(user: 1, role: "Account Executive")])
    #expect(active.associations.count { $0.isManual } == 2)
    #expect(active.exclusions.count == 1)
  }

  @Test("The territories of the active model have the same indices as in the export's assignment")
  func indices() throws {
    let export = try export()
    let active = try #require(export.library.active)
    let stated = Assignment(of: export.records)
    #expect(stated.model?.ids == active.tree.ids)
    #expect(stated.model?.priorities == active.tree.priorities)
    #expect(stated.model?.forest.parents == active.tree.forest.parents)
  }

  @Test("A model is found by developer name, label or word, else the nearest is named")
  func named() throws {
    let library = try export().library
    #expect(try library.model(named: "fy28").plan.name == "FY28")
    #expect(try library.model(named: "active").plan.name == "FY27")
    let error = #expect(throws: FindingsError.self) { try library.model(named: "FY29") }
    #expect(
      sentences(error?.findings ?? []) == [
        "error: there is no territory model \"FY29\"; nothing was computed; did you mean \"FY27\"?"
      ])
    let active = try library.model(named: "active")
    let other = #expect(throws: FindingsError.self) { try active.territory(named: "NewYrok") }
    #expect(
      sentences(other?.findings ?? []) == [
        "error: model \"FY27\" has no territory \"NewYrok\"; nothing was computed; "
          + "did you mean \"NewYork\"?"
      ])
  }

  @Test("A model without users is named with its line")
  func withoutUsers() throws {
    #expect(
      try sentences(export().library.findings).filter { $0.contains("user") } == [
        "Territory2Model.csv:3: warning: no user works in any territory of model \"FY28\"; all its "
          + "territories count as vacant; assign users to its territories, in the CRM or in the "
          + "file of planned users."
      ])
  }

  @Test("A filter with a hole and an item that none uses are named with their lines")
  func filters() throws {
    let export = try export([
      "ObjectTerritory2AssignmentRule": {
        $0.replacing("(1 AND NOT 2) OR 3", with: "(1 AND ) OR 3").replacing(",1 OR 2,", with: ",1,")
      }
    ])
    #expect(
      sentences(export.library.findings).filter { $0.contains("filter") } == [
        "ObjectTerritory2AssignmentRule.csv:12: error: the boolean filter of rule \"Names_rule\" "
          + "cannot be read: at its character 8 \")\" stands where the number of an item, NOT or "
          + "\"(\" was expected; the rule cannot be run; write one such as (1 AND 2) OR 3, with the "
          + "items numbered from 1.",
        "ObjectTerritory2AssignmentRule.csv:13: warning: the boolean filter of rule "
          + "\"Hidden_rule\" does not use item 2; the rule is run as its filter says; name every "
          + "item in the filter, or remove those that are not meant.",
      ])
    // The rule that cannot be run leaves its territory undecided.
    #expect(try export.lines("active").contains("001000000000001,Names,undecided"))
  }

  @Test(
    "A rule that names an unknown field, or compares a number with a word, is named with its line")
  func fields() throws {
    let export = try export([
      "ObjectTerritory2AssignmentRuleItem": {
        $0.replacing("Regions__c,includes", with: "Region__c,includes")
          .replacing("Score__c,lessThan,50", with: "Score__c,lessThan,fifty")
      }
    ])
    let run = RuleRun(try export.library.model(named: "active"), records: export.records)
    let file = "ObjectTerritory2AssignmentRuleItem.csv"
    #expect(
      sentences(run.findings) == [
        "\(file):16: warning: rule \"Hidden_rule\" compares the field Segment__c, which the export "
          + "of Account does not hold; the rule is run where its other items decide; other accounts "
          + "are undecided; export the field, or correct its name in the rule.",
        "\(file):9: warning: rule \"Multi_rule\" compares the field Region__c, which the export of "
          + "Account does not hold; the rule is run where its other items decide; other accounts "
          + "are undecided; did you mean \"Regions__c\"?",
        "\(file):11: warning: rule \"Quiet_rule_2\" compares the field Score__c, which holds "
          + "numbers, with something else; the rule is run where its other items decide; other "
          + "accounts are undecided; write numbers such as 500000, without signs of currency and "
          + "of thousands.",
      ])
  }

  @Test("Two active models and a circle of territories are named with their lines")
  func models() throws {
    let export = try export([
      "Territory2Model": { $0.replacing("Planning", with: "Active") },
      "Territory2": {
        $0.replacing(
          "0MI000000000001AAA,World,World,,",
          with: "0MI000000000001AAA,World,World,0MI000000000002AAA,")
      },
    ])
    let entries = export.export.findings.entries.map(\.first)
    let found = entries.filter {
      ["territory-models-active", "parent-cycle-Territory2"].contains($0.code)
    }.map { "\($0.code) \($0.at?.description ?? "")" }
    #expect(
      found == [
        "parent-cycle-Territory2 Territory2.csv:2", "territory-models-active Territory2Model.csv:2",
      ])
    #expect(export.library.active?.plan.name == "FY27")
  }

  @Test(
    "The real models of a migration toolkit load, and their rules run where accounts have the fields",
    .needsRealData("sf-territory2-xml"))
  func realModels() throws {
    let folder = try RealData.require("sf-territory2-xml")
    let export = try export()
    var counts: [String: Int] = [:]
    for part in ["tm1-transform", "tm2-export/unpackaged"] {
      let files = try MetadataFiles(folder: folder.appending(path: part), shownAs: part)
      for plan in TerritoryMetadata(reading: files).plans {
        let library = ModelLibrary(records: export.records, planned: .files(plan))
        let model = try library.model(named: "planned")
        let run = RuleRun(model, records: export.records)
        let simulated = run.simulated()
        counts[plan.developerName] = simulated.territoriesOfAccount.targets.count
        let unknown = Set(run.findings.map(\.code))
        #expect(unknown.isSubset(of: ["territory-rule-field"]))
      }
    }
    // For_Profit_Accounts takes whoever is not named a non-profit; what it inherits is London's.
    #expect(counts == ["Imported_Territory": 0, "Territory_Model_1": 0, "Territory_Model_2": 0])
  }

  @Test(
    "A planned model of a table holds what its rows say, under the parents that the export knows")
  func table() throws {
    let export = try export()
    let rows = export.records[.territory].keys?.sortedRows() ?? []
    var users = UserRecords()
    var known = PlannedAssignment.Territory(key: "NewYork", existing: rows[2])
    known.members = [PlannedAssignment.Member(user: 1, role: "AE")]
    users.plan = PlannedAssignment(
      territories: [PlannedAssignment.Territory(key: "Alps", existing: nil), known],
      accounts: [
        .init(account: 3, territory: 1, owner: .user(1)),
        .init(account: 1, territory: 0, owner: .toBeNamed),
      ])
    let library = ModelLibrary(
      records: export.records, userRecords: users, planned: .table("plans/next.csv"))
    let model = try #require(library.planned)
    #expect(model.plan.developerName == "next")
    #expect(model.tree.developerNames == ["Alps", "East", "NewYork", "World"])
    #expect(model.tree.forest.parents == [-1, 3, 1, -1])
    let simulated = RuleRun(model, records: export.records).simulated()
    #expect(Array(simulated.territoriesOfAccount[1]) == [0])
    #expect(Array(simulated.territoriesOfAccount[3]) == [2])
    #expect(simulated.cause(account: 3, territory: 2) == .table)
    #expect(model.owner(of: 2, inRole: "ae") == .user(1))
  }
}
