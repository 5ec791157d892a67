import Records

extension ResolvedModel {
  /// The territory of a developer name, name or Id.
  ///
  /// - Returns: its index.
  /// - Throws: `FindingsError` with the one probably meant, where there is none of the name, or
  ///   several.
  public func territory(named name: String) throws(FindingsError) -> Int32 {
    for names in [tree.developerNames, tree.ids, tree.names] {
      let found = names.indices.filter { TerritoryPlan.matches(names[$0], name) }
      if found.count > 1 { throw FindingsError([TerritoryFindings.territoryTwice(name, self)]) }
      if let index = found.first { return Int32(index) }
    }
    throw FindingsError([TerritoryFindings.territoryUnknown(name, self)])
  }

  /// What to say where the model has no rules that could be run; nil where it has.
  public func noRules(in records: RecordSet) -> Finding? {
    guard !plan.rules.contains(where: TerritoryRules.runs) else { return nil }
    return TerritoryFindings.noRules(self, isExported: records.has(.assignmentRule))
  }
}
