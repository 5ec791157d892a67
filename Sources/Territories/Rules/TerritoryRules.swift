import Records

/// The active rules of a model's territories: their own and those that they inherit.
struct TerritoryRules: Sendable {
  /// For each territory its rules as indices of the plan: its own first, then those of the nearest
  /// territory above, each once.
  let ofTerritory: [[Int32]]
  /// For each rule of the plan whether it runs for any territory.
  let isUsed: [Bool]

  /// - Parameters:
  ///   - plan: the model.
  ///   - tree: its territories.
  init(_ plan: TerritoryPlan, _ tree: TerritoryModel) {
    let indexes = Dictionary(
      plan.rules.enumerated().map { ($1.developerName.lowercased(), Int32($0)) },
      uniquingKeysWith: { first, _ in first })
    var own = [[Int32]](repeating: [], count: tree.count)
    var handedDown = own
    for (index, territory) in plan.territories.enumerated() {
      for association in territory.rules {
        guard let rule = indexes[association.rule.lowercased()],
          TerritoryRules.runs(plan.rules[Int(rule)])
        else { continue }
        if !own[index].contains(rule) { own[index].append(rule) }
        if association.isInherited, !handedDown[index].contains(rule) {
          handedDown[index].append(rule)
        }
      }
    }
    var isUsed = [Bool](repeating: false, count: plan.rules.count)
    for territory in tree.forest.order {
      let parent = tree.forest.parents[Int(territory)]
      guard parent >= 0 else { continue }
      for rule in handedDown[Int(parent)] {
        if !own[Int(territory)].contains(rule) { own[Int(territory)].append(rule) }
        if !handedDown[Int(territory)].contains(rule) { handedDown[Int(territory)].append(rule) }
      }
    }
    for rule in own.joined() { isUsed[Int(rule)] = true }
    ofTerritory = own
    self.isUsed = isUsed
  }

  /// Whether a rule runs over accounts at all.
  static func runs(_ rule: TerritoryPlan.Rule) -> Bool {
    rule.isActive && rule.objectType.lowercased() == "account"
  }
}
