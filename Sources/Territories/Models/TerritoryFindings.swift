import Records

/// The sentences about territory models and their rules.
enum TerritoryFindings {
  static func noUsers(_ model: ResolvedModel) -> Finding {
    Finding(
      code: "territory-model-without-users", severity: .warning, at: model.plan.at,
      what: "no user works in any territory of model \"\(model.plan.name)\"",
      done: "all its territories count as vacant",
      suggestion: model.knowsMembers
        ? "assign users to its territories, in the CRM or in the file of planned users"
        : "name a file of planned users under territory_model: users")
  }

  static func noActiveModel(_ models: [ResolvedModel]) -> Finding {
    Finding(
      code: "territory-model-unnamed", severity: .error,
      what: "no territory model is known to be active", done: "nothing was computed",
      suggestion: models.isEmpty
        ? "export Territory2Model and Territory2"
        : "export Territory2Model with its State, or name a model: \(names(models))")
  }

  static func noPlannedModel(_ models: [ResolvedModel]) -> Finding {
    let planning = models.filter { $0.plan.state?.lowercased() == "planning" }
    return Finding(
      code: "territory-model-unnamed", severity: .error,
      what: planning.count > 1
        ? "\(planning.count) territory models are in state Planning"
        : "no territory model is planned",
      done: "nothing was computed",
      suggestion: planning.count > 1
        ? "name one of them: \(names(planning))"
        : "write territory_model: planned into cadastre.yaml, or export again with the permission "
          + "Manage Territories, without which planned models are left out silently")
  }

  static func modelUnknown(_ name: String, _ models: [ResolvedModel]) -> Finding {
    Finding(
      code: "territory-model-unnamed", severity: .error,
      what: "there is no territory model \"\(name)\"", done: "nothing was computed",
      suggestion: models.isEmpty
        ? "export Territory2Model and Territory2"
        : Suggestion.sentence(
          for: name,
          in: models.flatMap { [$0.plan.developerName, $0.plan.name] } + ["active", "planned"],
          otherwise: "the models are \(names(models))"))
  }

  static func territoryUnknown(_ name: String, _ model: ResolvedModel) -> Finding {
    Finding(
      code: "territory-unnamed", severity: .error,
      what: "model \"\(model.plan.name)\" has no territory \"\(name)\"",
      done: "nothing was computed",
      suggestion: Suggestion.sentence(
        for: name, in: model.tree.developerNames + model.tree.names,
        otherwise: "cadastre territories show \(model.plan.developerName) lists them"))
  }

  static func territoryTwice(_ name: String, _ model: ResolvedModel) -> Finding {
    Finding(
      code: "territory-unnamed", severity: .error,
      what: "model \"\(model.plan.name)\" has several territories \"\(name)\"",
      done: "nothing was computed", suggestion: "name the one that is meant by its developer name")
  }

  static func noRules(_ model: ResolvedModel, isExported: Bool) -> Finding {
    Finding(
      code: "territory-model-without-rules", severity: .error, at: model.plan.at,
      what: "model \"\(model.plan.name)\" has no active rules for accounts",
      done: "nothing was computed",
      suggestion: model.source.isOfExport && !isExported
        ? "export ObjectTerritory2AssignmentRule, ObjectTerritory2AssignmentRuleItem and "
          + "RuleTerritory2Association"
        : "add rules to the model, or plan it in a table of accounts")
  }

  static func fieldAbsent(
    _ field: String, of rule: String, known: [String], at: SourcePosition?
  ) -> Finding {
    Finding(
      code: "territory-rule-field", severity: .warning, at: at,
      what:
        "rule \"\(rule)\" compares the field \(field), which the export of Account does not hold",
      done: "the rule is run where its other items decide; other accounts are undecided",
      suggestion: Suggestion.sentence(
        for: field, in: known, otherwise: "export the field, or correct its name in the rule"))
  }

  static func valueUnread(
    _ field: String, of rule: String, kind: String, at: SourcePosition?
  ) -> Finding {
    Finding(
      code: "territory-rule-value", severity: .warning, at: at,
      what:
        "rule \"\(rule)\" compares the field \(field), which holds \(kind), with something else",
      done: "the rule is run where its other items decide; other accounts are undecided",
      suggestion: "write \(kind) such as \(example(kind))")
  }

  private static func example(_ kind: String) -> String {
    switch kind {
    case "days": "2026-11-20; days that move with the calendar are not supported"
    case "yes or no": "true or false"
    default: "500000, without signs of currency and of thousands"
    }
  }

  private static func names(_ models: [ResolvedModel]) -> String {
    Suggestion.list(models.map(\.plan.developerName))
  }
}

extension ResolvedModel {
  /// What to say where the model should say who works where, and nobody does; an archived one need
  /// not.
  public var withoutUsers: Finding? {
    let isToSay = plan.state?.lowercased() != "archived" && !plan.territories.isEmpty
    let isSilent = members.allSatisfy(\.isEmpty) && (knowsMembers || !source.isOfExport)
    return isToSay && isSilent ? TerritoryFindings.noUsers(self) : nil
  }
}

extension ResolvedModel.Source {
  /// Whether the model stands in the export, and not beside it.
  public var isOfExport: Bool {
    if case .export = self { return true }
    return false
  }
}
