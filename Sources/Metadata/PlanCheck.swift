import Records

/// Holds the parts of a model against each other.
struct PlanCheck {
  /// The plan, with references spelled as what they refer to.
  private(set) var plan: TerritoryPlan
  private(set) var findings: [Finding] = []

  init(_ plan: TerritoryPlan) {
    self.plan = plan
    checkTerritories()
    checkCycles()
    checkRules()
  }

  /// Looks at the rules alone, of a plan that does not stand in files.
  init(rulesOf plan: TerritoryPlan) {
    self.plan = plan
    checkFilters()
    checkRules()
  }

  private mutating func checkFilters() {
    for rule in plan.rules {
      guard let text = rule.booleanFilter, rule.filter == nil else { continue }
      do {
        _ = try RuleFilter(parsing: text, itemCount: rule.items.count)
      } catch {
        findings.append(MetadataFindings.filter(error, of: rule.developerName, at: rule.at))
      }
    }
  }

  private mutating func checkTerritories() {
    let territories = index(plan.territories.map(\.developerName))
    let types = index(plan.types.map(\.developerName))
    let rules = index(plan.rules.map(\.developerName))
    for number in plan.territories.indices {
      var territory = plan.territories[number]
      if let parent = territory.parent {
        if let known = territories[parent.lowercased()] {
          territory.parent = known
        } else {
          add(.parentUnknown, parent, of: territory, among: territories)
        }
      }
      if let type = territory.type {
        if let known = types[type.lowercased()] {
          territory.type = known
        } else {
          add(.typeUnknown, type, of: territory, among: types)
        }
      }
      for association in territory.rules.indices {
        let name = territory.rules[association].rule
        if let known = rules[name.lowercased()] {
          territory.rules[association].rule = known
        } else {
          add(.ruleUnknown, name, of: territory, among: rules)
        }
      }
      plan.territories[number] = territory
    }
  }

  private mutating func add(
    _ kind: MetadataFindings.Unknown, _ name: String, of territory: TerritoryPlan.Territory,
    among known: [String: String]
  ) {
    findings.append(
      MetadataFindings.reference(
        kind, name, of: territory.developerName, known: known.values.sorted(), at: territory.at))
  }

  private mutating func checkCycles() {
    let parents = plan.parents
    let ranks = (0..<Int32(parents.count)).map { $0 }
    for cycle in Forest(parents: parents, ranks: ranks).cycles {
      let members = cycle.map { plan.territories[Int($0)] }
      findings.append(
        MetadataFindings.cycle(members.map(\.developerName), at: members.first?.at))
    }
  }

  private mutating func checkRules() {
    let used = Set(plan.territories.flatMap(\.rules).map { $0.rule.lowercased() })
    for rule in plan.rules {
      if rule.items.isEmpty {
        findings.append(MetadataFindings.emptyRule(rule.developerName, at: rule.at))
      }
      for item in rule.items where !item.operation.isEmpty {
        guard let operation = RuleOperation(rawValue: item.operation) else {
          findings.append(
            MetadataFindings.operation(item.operation, of: rule.developerName, at: item.at))
          continue
        }
        if !operation.isSupported {
          findings.append(MetadataFindings.distance(of: rule.developerName, at: item.at))
        }
      }
      if let filter = rule.filter {
        let unused = Set(1...max(1, rule.items.count)).subtracting(filter.items).sorted()
        if !unused.isEmpty, !rule.items.isEmpty {
          findings.append(
            MetadataFindings.unusedItems(unused, of: rule.developerName, at: rule.at))
        }
      }
      if rule.isActive, !used.contains(rule.developerName.lowercased()) {
        findings.append(MetadataFindings.unusedRule(rule.developerName, at: rule.at))
      }
    }
  }

  /// Names by their lower-case form, by which they match.
  private func index(_ names: [String]) -> [String: String] {
    Dictionary(names.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
  }
}
