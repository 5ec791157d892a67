import Foundation
import Testing

@testable import Sample

/// The exported rules, evaluated over the exported accounts by an evaluator of the tests' own.
@Suite struct SampleRuleTests {
  @Test(
    "A model cut fine, by size of account too, assigns as its rules say", arguments: [20, 140, 400])
  func fineCut(leaves: Int) throws {
    let places = Places.shared
    let model = SampleTerritoryModel(
      name: "Fine", developerName: "Fine", number: 3, leaves: leaves, strategicFloor: 10_000,
      places: places)
    var rules: [Int: [ReadRule]] = [:]
    for rule in model.rules {
      let made = ReadRule(
        isInherited: rule.isInherited, filter: rule.filter,
        items: rule.items.map {
          ["Field": $0.field, "Operation": $0.operation, "Value": $0.value]
        })
      rules[rule.territory, default: []].append(made)
      guard rule.isInherited else { continue }
      for (index, territory) in model.territories.enumerated()
      where territory.parent == rule.territory {
        rules[index, default: []].append(made)
      }
    }
    for (index, atom) in places.atoms.enumerated() {
      let country = places.countries[atom.country]
      for employees in [nil, 10, 100, 300, 1_000, 20_000] as [Int?] {
        for state in [atom.state, nil] {
          let account = [
            "BillingCountry": country.name, "BillingState": state ?? "",
            "NumberOfEmployees": employees.map { String($0) } ?? "",
          ]
          let hits = rules.filter { $0.value.allSatisfy { $0.matches(account) } }.keys
          let lowest = hits.filter { hit in
            !hits.contains { model.territories[$0].parent == hit }
          }
          let (land, strategic) = model.assign(
            country: country, atom: atom.state != nil && state == nil ? nil : index,
            employees: employees, places: places)
          #expect(
            Set(lowest) == Set([land, strategic].compactMap { $0 }),
            "\(account) of \(leaves) leaves")
        }
      }
    }
    #expect(abs(model.territories.filter(\.isLeaf).count - 3 - leaves) <= leaves / 10 + 1)
    #expect(Set(model.territories.map(\.developerName)).count == model.territories.count)
  }

  @Test("The rules give the exported associations, but for the exceptions that were planted")
  func replay() throws {
    let sample = try WrittenSample(SampleOptions(accounts: 1_500, seed: 7))
    let rules = try ReadModelRules(sample, state: "Active")
    var exported: [String: Set<String>] = [:]
    for row in try sample.records("ObjectTerritory2Association")
    where row["AssociationCause"] == "Territory2AssignmentRule" {
      exported[row["ObjectId"] ?? "", default: []].insert(row["Territory2Id"] ?? "")
    }
    let exceptions = Set(
      try sample.planted("stale_association") + sample.planted("excluded_account"))
    var differ: Set<String> = []
    for account in try sample.records("Account") where account["IsDeleted"] == "0" {
      let id = account["Id"] ?? ""
      if rules.territories(of: account) != exported[id, default: []] { differ.insert(id) }
    }
    #expect(differ == exceptions)
    #expect(!exceptions.isEmpty)
  }

  @Test("The planned model has territories, rules and users of its own, and takes no accounts yet")
  func planned() throws {
    let sample = try WrittenSample(SampleOptions(accounts: 500))
    let models = try sample.records("Territory2Model")
    #expect(models.map { $0["State"] } == ["Active", "Planning"])
    let planned = models.last?["Id"]
    let own = Set(
      try sample.records("Territory2").filter { $0["Territory2ModelId"] == planned }
        .compactMap { $0["Id"] })
    #expect(own.count > 15)
    #expect(
      try sample.records("UserTerritory2Association")
        .contains { own.contains($0["Territory2Id"] ?? "") })
    #expect(
      try sample.records("RuleTerritory2Association").contains {
        own.contains($0["TerritoryId"] ?? "")
      })
    #expect(
      try !sample.records("ObjectTerritory2Association")
        .contains { own.contains($0["Territory2Id"] ?? "") })
  }
}
