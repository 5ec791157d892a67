import Records

extension RuleRun {
  /// What of the rules cannot be run over the records: fields that they do not hold, and values that
  /// a field cannot have; in the order of rules and items, each once.
  public var findings: [Finding] {
    var found: [Finding] = []
    for (number, rule) in model.plan.rules.enumerated() where territoryRules.isUsed[number] {
      for item in rule.items {
        guard let finding = finding(item, of: rule), !found.contains(finding) else { continue }
        found.append(finding)
      }
    }
    return found
  }

  private func finding(
    _ item: TerritoryPlan.RuleItem, of rule: TerritoryPlan.Rule
  ) -> Finding? {
    // Operations were looked at where the model was read.
    guard let operation = RuleOperation(rawValue: item.operation), operation.isSupported else {
      return nil
    }
    let field = RuleFields.plain(item.field)
    let at = item.at ?? rule.at
    guard let name = fields.column(item.field), let column = fields.table.columns[name] else {
      let known = Set(fields.table.columns.keys).union(fields.table.entity.fields.map(\.name))
      return TerritoryFindings.fieldAbsent(
        field, of: rule.developerName,
        known: known.filter { $0.lowercased() != field.lowercased() }.sorted(), at: at)
    }
    let test = ItemTest(operation, item.value)
    let form = RuleSource.form(
      of: test, column, fields.table.entity.field(named: name), fields.records)
    guard !RuleSource.understands(test, column, as: form) else { return nil }
    let kind =
      switch column {
      case .days, .instants: "days"
      case .flags: "yes or no"
      default: "numbers"
      }
    return TerritoryFindings.valueUnread(field, of: rule.developerName, kind: kind, at: at)
  }
}
