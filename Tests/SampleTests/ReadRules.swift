import Testing

/// A rule as exported, evaluated by an evaluator of the tests' own.
struct ReadRule {
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

/// The rules of a model as exported, with its tree.
struct ReadModelRules {
  /// By territory the rules that decide about it, inherited ones included.
  private var used: [String: [ReadRule]] = [:]
  private let parents: [String: String]
  /// Developer names of the model's territories by Id.
  let names: [String: String]

  init(_ sample: WrittenSample, state: String) throws {
    let model = try #require(
      try sample.records("Territory2Model").first { $0["State"] == state }?["Id"])
    let territories = try sample.records("Territory2").filter { $0["Territory2ModelId"] == model }
    parents = Dictionary(
      uniqueKeysWithValues: territories.map { ($0["Id"] ?? "", $0["ParentTerritory2Id"] ?? "") })
    names = Dictionary(
      uniqueKeysWithValues: territories.map { ($0["Id"] ?? "", $0["DeveloperName"] ?? "") })
    let rules = try Self.rules(sample)
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
  }

  /// Ids of the territories that an account matches, the lowest of a branch only.
  func territories(of account: [String: String]) -> Set<String> {
    let hits = used.filter { $0.value.allSatisfy { $0.matches(account) } }.keys
    return Set(
      hits.filter { hit in !hits.contains { other in other != hit && isBelow(other, hit) } })
  }

  private static func rules(_ sample: WrittenSample) throws -> [String: [ReadRule]] {
    var items: [String: [[String: String]]] = [:]
    for row in try sample.records("ObjectTerritory2AssignmentRuleItem") {
      items[row["RuleId"] ?? "", default: []].append(row)
    }
    let filters = Dictionary(
      uniqueKeysWithValues: try sample.records("ObjectTerritory2AssignmentRule")
        .map { ($0["Id"] ?? "", $0["BooleanFilter"] ?? "") })
    var rules: [String: [ReadRule]] = [:]
    for row in try sample.records("RuleTerritory2Association") {
      let (rule, territory) = (row["RuleId"] ?? "", row["TerritoryId"] ?? "")
      rules[territory, default: []].append(
        ReadRule(
          isInherited: row["IsInherited"] == "1",
          filter: filters[rule] ?? "",
          items: items[rule, default: []].sorted {
            Int($0["SortOrder"] ?? "") ?? 0 < Int($1["SortOrder"] ?? "") ?? 0
          }))
    }
    return rules
  }

  private func isBelow(_ low: String, _ high: String) -> Bool {
    var at = parents[low]
    while let territory = at, territory != nobody {
      if territory == high { return true }
      at = parents[territory]
    }
    return false
  }
}
