import Records

/// The territory models of an export as plans: what metadata files would say of them.
///
/// Territories are in the order of Ids, as in an assignment of the export; rules and types in that
/// of developer names.
struct ExportedPlans {
  private let records: RecordSet
  private let types: [TerritoryPlan.TerritoryType]
  /// Developer name of the type at each row.
  private let typeNames: [String]
  private let ruleNames: [String]
  private let itemsOfRule: Adjacency
  private let territoriesOfRule: [[(territory: Int32, isInherited: Bool)]]

  init(_ records: RecordSet) {
    self.records = records
    typeNames = records[.territoryType].developerNames
    types = ExportedPlans.types(records[.territoryType], typeNames)
    ruleNames = records[.assignmentRule].developerNames
    let items = records[.assignmentRuleItem]
    itemsOfRule = Adjacency(
      sources: records[.assignmentRule].count,
      pairs: items.references("RuleId").enumerated().map { (source: $1, target: Int32($0)) })
    let joined = records[.ruleTerritory]
    let (rules, territories) = (joined.references("RuleId"), joined.references("TerritoryId"))
    let isInherited = joined.flags("IsInherited")
    var territoriesOfRule = [[(territory: Int32, isInherited: Bool)]](
      repeating: [], count: records[.assignmentRule].count)
    for row in 0..<joined.count where rules[row] >= 0 && territories[row] >= 0 {
      territoriesOfRule[Int(rules[row])].append((territories[row], isInherited[row] == 1))
    }
    self.territoriesOfRule = territoriesOfRule
  }

  /// A model as a plan, and the row of each of its territories.
  ///
  /// - Parameter model: its row, -1 for all territories of an export without models.
  /// - Returns: the plan, and the rows in the order of its territories.
  func plan(ofModel model: Int32) -> (plan: TerritoryPlan, territories: [Int32]) {
    let models = records[.territoryModel]
    let name = model < 0 ? "Territories" : models.name(Int(model))
    var plan = TerritoryPlan(
      developerName: model < 0 ? name : models.text("DeveloperName", Int(model)) ?? name,
      name: name)
    plan.state =
      model < 0 ? "Active" : models.categories("State")[Int(model)]
    plan.at = model < 0 ? nil : models.sources.position(of: Int(model))
    plan.types = types
    let territories = self.territories(ofModel: model)
    plan.rules = rules(ofModel: model, territories)
    plan.territories = self.territories(territories)
    return (plan, territories)
  }

  /// Rows of a model's territories, by Id.
  private func territories(ofModel model: Int32) -> [Int32] {
    let table = records[.territory]
    let modelOf = table.references("Territory2ModelId")
    let rows = table.keys?.sortedRows() ?? (0..<Int32(table.count)).map { $0 }
    return rows.filter { model < 0 || modelOf[Int($0)] == model }
  }

  private func territories(_ rows: [Int32]) -> [TerritoryPlan.Territory] {
    let table = records[.territory]
    let names = table.developerNames
    let parents = table.references("ParentTerritory2Id")
    let types = table.references("Territory2TypeId")
    let known = Set(rows)
    var rulesOf: [Int32: [TerritoryPlan.RuleAssociation]] = [:]
    for (rule, territories) in territoriesOfRule.enumerated() {
      for (territory, isInherited) in territories {
        rulesOf[territory, default: []].append(
          TerritoryPlan.RuleAssociation(rule: ruleNames[rule], isInherited: isInherited))
      }
    }
    return rows.map { row in
      var territory = TerritoryPlan.Territory(
        developerName: names[Int(row)], name: table.name(Int(row)))
      let parent = parents[Int(row)]
      territory.parent = known.contains(parent) ? names[Int(parent)] : nil
      let type = types[Int(row)]
      territory.type = type < 0 ? nil : typeNames[Int(type)]
      territory.description = table.text("Description", Int(row))
      territory.rules = (rulesOf[row] ?? []).sorted {
        $0.rule.utf8.lexicographicallyPrecedes($1.rule.utf8)
      }
      territory.at = table.sources.position(of: Int(row))
      return territory
    }
  }

  private func rules(ofModel model: Int32, _ territories: [Int32]) -> [TerritoryPlan.Rule] {
    let table = records[.assignmentRule]
    let known = Set(territories)
    let modelOf = table.references("Territory2ModelId")
    return (0..<table.count).filter { row in
      if model < 0 { return true }
      // Where rules do not say of which model they are, their territories do.
      return modelOf[row] < 0
        ? territoriesOfRule[row].contains { known.contains($0.territory) } : modelOf[row] == model
    }.map(rule).sorted { $0.developerName.utf8.lexicographicallyPrecedes($1.developerName.utf8) }
  }

  private func rule(_ row: Int) -> TerritoryPlan.Rule {
    let table = records[.assignmentRule]
    let items = self.items(ofRule: row)
    let written = table.text("BooleanFilter", row).flatMap {
      ItemTest.trimmed($0).isEmpty ? nil : $0
    }
    var rule = TerritoryPlan.Rule(
      developerName: ruleNames[row],
      name: table.text("MasterLabel", row) ?? ruleNames[row],
      // An export without the field holds what runs.
      isActive: table.flags("IsActive")[row] != 0,
      objectType: table.text("ObjectType", row) ?? "Account", booleanFilter: written,
      items: items)
    rule.at = table.sources.position(of: row)
    rule.filter =
      written.map { try? RuleFilter(parsing: $0, itemCount: items.count) }
      ?? .all(of: items.count)
    return rule
  }

  /// In the order of SortOrder, by which the filter numbers them.
  private func items(ofRule rule: Int) -> [TerritoryPlan.RuleItem] {
    let table = records[.assignmentRuleItem]
    let order = table.decimals("SortOrder")
    return itemsOfRule[rule].sorted { (order[Int($0)], $0) < (order[Int($1)], $1) }.map { row in
      TerritoryPlan.RuleItem(
        field: table.text("Field", Int(row)) ?? "",
        operation: table.text("Operation", Int(row)) ?? "", value: table.text("Value", Int(row)),
        at: table.sources.position(of: Int(row)))
    }
  }

  private static func types(
    _ table: Table, _ names: [String]
  ) -> [TerritoryPlan.TerritoryType] {
    let priorities = table.decimals("Priority")
    return (0..<table.count).map { row in
      var type = TerritoryPlan.TerritoryType(
        developerName: names[row], name: table.text("MasterLabel", row) ?? names[row],
        priority: priorities[row] == Exact.null ? nil : Int(priorities[row] / Exact.scale))
      type.at = table.sources.position(of: row)
      return type
    }.sorted { $0.developerName.utf8.lexicographicallyPrecedes($1.developerName.utf8) }
  }
}

extension Table {
  /// The text of a cell, whether the column repeats its texts or not; nil where it has none.
  func text(_ field: String, _ row: Int) -> String? {
    switch columns[field] {
    case .texts(let texts): texts[row]
    case .categories(let categories): categories[row]
    default: nil
    }
  }

  /// The developer name of each row; the Id where it has none, or one that an earlier row has in
  /// the same model.
  var developerNames: [String] {
    let models = references("Territory2ModelId")
    var seen: Set<String> = []
    return (0..<count).map { row in
      guard let name = text("DeveloperName", row),
        seen.insert("\(models[row]) \(name.lowercased())").inserted
      else { return id(row) }
      return name
    }
  }
}
