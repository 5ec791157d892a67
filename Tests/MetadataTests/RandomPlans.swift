import Records

/// Plans of every shape that files can hold, from a seed.
struct RandomPlans {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  private mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  private mutating func chance() -> Bool { below(2) == 0 }

  /// A text that a file may hold, never empty.
  private mutating func text() -> String {
    let parts = [
      "West", " ", "\n", "\r", "\r\n", "\t", "<", ">", "&", "\"", "'", "]]>", "Ω", "東京", "😀",
      "\u{85}", "\u{2028}", "a,b;c", "-->", "&amp;", "\u{FEFF}",
    ]
    return (0...below(6)).map { _ in parts[below(parts.count)] }.joined()
  }

  /// A text without white space around it, as names are.
  private mutating func name() -> String { "N\(text())." }

  private mutating func maybe() -> String? { chance() ? text() : nil }

  private mutating func element(_ depth: Int = 0) -> PlanElement {
    let isGroup = depth < 3 && chance()
    return PlanElement(
      name: "unknown\(below(4))", text: isGroup ? "" : chance() ? "" : text(),
      children: isGroup ? (0...below(3)).map { _ in element(depth + 1) } : [],
      type: isGroup || chance() ? nil : ["xsd:string", "xs:int"][below(2)],
      namespace: below(8) == 0 ? "urn:elsewhere:\(below(2))" : nil)
  }

  /// In the order in which files are written, by name.
  private mutating func others() -> [PlanElement] {
    let all = (0..<below(3)).map { _ in element() }
    return all.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
      .map(\.element)
  }

  mutating func plan() -> TerritoryPlan {
    let (territories, rules, types) = (below(12), below(8), 1 + below(3))
    var plan = TerritoryPlan(developerName: "Model_\(below(9))", name: name())
    plan.description = maybe()
    plan.state = maybe()
    plan.others = others()
    plan.types = (0..<types).map { at in
      var type = TerritoryPlan.TerritoryType(
        developerName: "T\(at)", name: name(), priority: below(100) - 5)
      type.description = maybe()
      type.others = others()
      return type
    }
    plan.rules = (0..<rules).map { rule($0) }
    plan.territories = (0..<territories).map { at in
      var territory = TerritoryPlan.Territory(developerName: "A\(at + 10)", name: name())
      territory.description = maybe()
      territory.parent = at > 0 && chance() ? "A\(below(at) + 10)" : nil
      territory.type = "T\(below(types))"
      territory.accessLevels = ["account", "case"].filter { _ in chance() }.map {
        .init(name: "\($0)AccessLevel", level: ["Read", "Edit", ""][below(3)])
      }
      territory.rules = (0..<below(rules + 1)).map { rule in
        var association = TerritoryPlan.RuleAssociation(
          rule: "R\(rule + 10)", isInherited: chance())
        association.others = others()
        return association
      }
      territory.customFields = (0..<below(3)).map { at in
        let value = maybe()
        var field = TerritoryPlan.CustomField(
          name: "F\(at)__c", value: value, type: chance() ? "xsd:string" : nil)
        field.others = others()
        return field
      }
      territory.others = others()
      return territory
    }
    return plan
  }

  private mutating func rule(_ at: Int) -> TerritoryPlan.Rule {
    let items = 1 + below(4)
    var rule = TerritoryPlan.Rule(
      developerName: "R\(at + 10)", name: name(), isActive: chance(), objectType: "Account")
    rule.items = (0..<items).map { _ in
      var item = TerritoryPlan.RuleItem(
        field: "Account.F\(below(5))", operation: RuleOperation.allCases[below(12)].rawValue,
        value: maybe())
      item.others = others()
      return item
    }
    let filter = (1...items).map { chance() ? "NOT \($0)" : "\($0)" }.joined(separator: " OR ")
    rule.booleanFilter = chance() ? filter : nil
    rule.filter =
      rule.booleanFilter.flatMap { try? RuleFilter(parsing: $0, itemCount: items) }
      ?? .all(of: items)
    rule.others = others()
    return rule
  }
}
