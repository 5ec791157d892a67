import Records

/// Sentences about what keeps territories from being balanced.
enum BalanceFindings {
  static func nothingToCompare(_ model: ResolvedModel) -> Finding {
    Finding(
      code: "balance-nothing-to-compare", severity: .error, at: model.plan.at,
      what: "model \"\(model.plan.name)\" has fewer than two territories of one type with none "
        + "below them",
      done: "nothing was balanced",
      suggestion: "choose a model with territories side by side, or leave fewer out as catch-all")
  }
}
