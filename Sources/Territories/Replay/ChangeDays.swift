import Records

/// When accounts and rules changed and when rules last ran, as far as the export says so.
struct ChangeDays {
  /// Whether the export says both.
  let areKnown: Bool
  private let changed: [Int32]
  /// The day of each association of the accounts that differ.
  private var dayOfPair: [AccountTerritory: Int32] = [:]
  /// The newest of an account's associations by rules.
  private var newestOfAccount: [Int32: Int32] = [:]
  /// The newest of all associations by rules: the rules ran that day.
  private var newest = Day.null
  /// For each territory the day of the newest of its rules and of those of the territories below,
  /// which decide whether it keeps an account.
  private let edited: [Int32]
  /// The day on which all rules of the model last ran, where the export says so.
  private let lastRun: Int32

  init(
    _ records: RecordSet, _ model: ResolvedModel, _ rules: TerritoryRules,
    _ differences: [Replay.Difference]
  ) {
    edited = ChangeDays.edited(records, model, rules)
    if case .export(let row) = model.source, row >= 0 {
      lastRun = records[.territoryModel].days("LastRunRulesEndDate")[Int(row)]
    } else {
      lastRun = Day.null
    }
    let indexOfRow = model.tree.indexOfRow
    let table = records[.accountTerritory]
    let fields = ["LastModifiedDate", "CreatedDate"].filter { table.has($0) }.map { table.days($0) }
    changed = records[.account].days("SystemModstamp")
    areKnown = !fields.isEmpty && records[.account].has("SystemModstamp")
    guard !fields.isEmpty else { return }
    let accounts = Set(differences.lazy.filter { $0.kind == .unexplained }.map(\.pair.account))
    let (rows, territories) = (table.references("ObjectId"), table.references("Territory2Id"))
    let causes = table.categories("AssociationCause")
    let isManual = causes.values.map { $0.lowercased().contains("manual") }
    for row in 0..<table.count where rows[row] >= 0 && territories[row] >= 0 {
      let index = indexOfRow[Int(territories[row])]
      guard index >= 0, causes.codes[row] < 0 || !isManual[Int(causes.codes[row])] else { continue }
      let day = fields.reduce(Day.null) { max($0, $1[row]) }
      newest = max(newest, day)
      guard accounts.contains(rows[row]) else { continue }
      let pair = AccountTerritory(account: rows[row], territory: index)
      dayOfPair[pair] = max(dayOfPair[pair] ?? Day.null, day)
      newestOfAccount[rows[row]] = max(newestOfAccount[rows[row]] ?? Day.null, day)
    }
  }

  private static func edited(
    _ records: RecordSet, _ model: ResolvedModel, _ rules: TerritoryRules
  ) -> [Int32] {
    let (table, items) = (records[.assignmentRule], records[.assignmentRuleItem])
    var dayOfRow = table.days("LastModifiedDate")
    let (days, owners) = (items.days("LastModifiedDate"), items.references("RuleId"))
    for item in days.indices where owners[item] >= 0 {
      dayOfRow[Int(owners[item])] = max(dayOfRow[Int(owners[item])], days[item])
    }
    var dayOfRule: [String: Int32] = [:]
    let models = table.references("Territory2ModelId")
    for (row, name) in table.developerNames.enumerated() {
      if case .export(let own) = model.source, models[row] >= 0, models[row] != own { continue }
      dayOfRule[name.lowercased()] = dayOfRow[row]
    }
    let ofTerritory = rules.ofTerritory.map { rules in
      rules.reduce(Day.null) { newest, rule in
        let name = model.plan.rules[Int(rule)].developerName.lowercased()
        return max(newest, dayOfRule[name] ?? Day.null)
      }
    }
    return ofTerritory.indices.map { territory in
      model.tree.forest.subtree(of: territory).reduce(Day.null) {
        max($0, ofTerritory[Int($1)])
      }
    }
  }

  /// Whether the rules have not run since the account changed or a rule was edited.
  ///
  /// The account changed after the day of the association, where it has none after that of its
  /// others, else after that of anyone's; a rule was edited after the model's last run, where the
  /// export does not tell it after the newest association of all.
  func isStale(_ difference: Replay.Difference) -> Bool {
    let account = difference.pair.account
    let ran = dayOfPair[difference.pair] ?? newestOfAccount[account] ?? newest
    let allRan = lastRun == Day.null ? newest : lastRun
    if allRan != Day.null, edited[Int(difference.pair.territory)] > allRan { return true }
    return areKnown && ran != Day.null && changed[Int(account)] > ran
  }
}
