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
        : model.source.isOfExport
          ? "export UserTerritory2Association"
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

  private static func names(_ models: [ResolvedModel]) -> String {
    Suggestion.list(models.map(\.plan.developerName))
  }
}

extension ResolvedModel.Source {
  var isOfExport: Bool {
    if case .export = self { return true }
    return false
  }
}
