import Foundation
import Testing

@testable import Sample

/// The exported rules, evaluated over the exported accounts by an evaluator of the tests' own.
@Suite struct SampleRuleTests {
  private struct Rule {
    let isInherited: Bool
    let filter: String
    let items: [[String: String]]

    func matches(_ account: [String: String]) -> Bool {
      let values = items.map { item in
        let field = (item["Field"] ?? "").replacingOccurrences(of: "Account.", with: "")
        let (have, want) = (account[field] ?? "", item["Value"] ?? "")
        switch item["Operation"] {
        case "equals":
          return want.lowercased().split(separator: ",").contains { $0 == have.lowercased() }
        case "greaterOrEqual": return Int(have).map { $0 >= Int(want) ?? 0 } ?? false
        case "lessThan": return Int(have).map { $0 < Int(want) ?? 0 } ?? false
        default: return false
        }
      }
      if filter.isEmpty { return values.allSatisfy { $0 } }
      var tokens = filter.replacingOccurrences(of: "(", with: "( ")
        .replacingOccurrences(of: ")", with: " )").split(separator: " ").map(String.init)[...]
      return Self.alternatives(&tokens, values)
    }

    private static func alternatives(_ tokens: inout ArraySlice<String>, _ values: [Bool]) -> Bool {
      var result = conjunction(&tokens, values)
      while tokens.first == "OR" {
        tokens.removeFirst()
        let next = conjunction(&tokens, values)
        result = result || next
      }
      return result
    }

    private static func conjunction(_ tokens: inout ArraySlice<String>, _ values: [Bool]) -> Bool {
      var result = term(&tokens, values)
      while tokens.first == "AND" {
        tokens.removeFirst()
        let next = term(&tokens, values)
        result = result && next
      }
      return result
    }

    private static func term(_ tokens: inout ArraySlice<String>, _ values: [Bool]) -> Bool {
      let token = tokens.removeFirst()
      guard token == "(" else { return Int(token).map { values[$0 - 1] } ?? false }
      let result = alternatives(&tokens, values)
      tokens.removeFirst()
      return result
    }
  }

  @Test(
    "A model cut fine, by size of account too, assigns as its rules say", arguments: [20, 140, 400])
  func fineCut(leaves: Int) throws {
    let places = Places.shared
    let model = SampleTerritoryModel(
      name: "Fine", developerName: "Fine", number: 3, leaves: leaves, strategicFloor: 10_000,
      places: places)
    var rules: [Int: [Rule]] = [:]
    for rule in model.rules {
      let made = Rule(
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
    let model = try #require(
      try sample.records("Territory2Model").first { $0["State"] == "Active" }?["Id"])
    let parents = Dictionary(
      uniqueKeysWithValues: try sample.records("Territory2")
        .filter { $0["Territory2ModelId"] == model }
        .map { ($0["Id"] ?? "", $0["ParentTerritory2Id"] ?? "") })
    let rules = try self.rules(sample)
    var used: [String: [Rule]] = [:]
    for territory in parents.keys {
      var at = territory
      while at != nobody, let parent = parents[at] {
        used[territory, default: []] += rules[at, default: []].filter {
          at == territory || $0.isInherited
        }
        at = parent
      }
    }
    used = used.filter { !$0.value.isEmpty }
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
      let hits = used.filter { $0.value.allSatisfy { $0.matches(account) } }.keys
      let lowest = hits.filter { hit in
        !hits.contains { other in other != hit && isBelow(other, hit, parents) }
      }
      if Set(lowest) != exported[id, default: []] { differ.insert(id) }
    }
    #expect(differ == exceptions)
    #expect(!exceptions.isEmpty)
  }

  private func rules(_ sample: WrittenSample) throws -> [String: [Rule]] {
    var items: [String: [[String: String]]] = [:]
    for row in try sample.records("ObjectTerritory2AssignmentRuleItem") {
      items[row["RuleId"] ?? "", default: []].append(row)
    }
    let filters = Dictionary(
      uniqueKeysWithValues: try sample.records("ObjectTerritory2AssignmentRule")
        .map { ($0["Id"] ?? "", $0["BooleanFilter"] ?? "") })
    var rules: [String: [Rule]] = [:]
    for row in try sample.records("RuleTerritory2Association") {
      let (rule, territory) = (row["RuleId"] ?? "", row["TerritoryId"] ?? "")
      rules[territory, default: []].append(
        Rule(
          isInherited: row["IsInherited"] == "1",
          filter: filters[rule] ?? "",
          items: items[rule, default: []].sorted {
            Int($0["SortOrder"] ?? "") ?? 0 < Int($1["SortOrder"] ?? "") ?? 0
          }))
    }
    return rules
  }

  private func isBelow(_ low: String, _ high: String, _ parents: [String: String]) -> Bool {
    var at = parents[low]
    while let territory = at, territory != nobody {
      if territory == high { return true }
      at = parents[territory]
    }
    return false
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
