import Records
import Settings

/// A run of a model's rules over the accounts of an export.
///
/// EXPORTS, "Assignment rules": an account belongs to a territory that has at least one active rule
/// and all of whose active rules, its own and inherited, match it (or any of them, where so
/// configured); of territories on one branch only the lowest keeps it; then manual associations are
/// added and exclusions taken out. What cannot be known is neither: a rule on a field that was not
/// exported decides where its other items do.
public struct RuleRun: Sendable {
  public let model: ResolvedModel
  public let combination: Configuration.RuleCombination
  let fields: RuleFields
  let territoryRules: TerritoryRules
  let rules: CompiledRules
  let index: RuleIndex
  /// For each rule by which territories are looked for, these territories.
  let territoriesOfRule: [[Int32]]
  let threads: Int

  /// - Parameters:
  ///   - model: the model; of one that stands in a table the table decides and nothing is run.
  ///   - records: the export.
  ///   - combination: whether all rules of a territory have to match, or one.
  ///   - threads: how many threads to use; what comes out does not depend on it.
  public init(
    _ model: ResolvedModel, records: RecordSet,
    combination: Configuration.RuleCombination = .all, threads: Int = 1
  ) {
    self.init(
      model, fields: RuleFields(records[.account], records: records), combination: combination,
      threads: threads)
  }

  /// A run over records that are no accounts, such as leads, which have neither associations nor
  /// exclusions.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - table: the records.
  ///   - names: by the field of an account the column that stands for it; a rule that compares
  ///     another field is undecided.
  ///   - records: what references of the table refer to.
  ///   - combination: whether all rules of a territory have to match, or one.
  ///   - threads: how many threads to use.
  public init(
    _ model: ResolvedModel, over table: Table, names: [String: String], records: RecordSet,
    combination: Configuration.RuleCombination = .all, threads: Int = 1
  ) {
    let bare = ResolvedModel(
      plan: model.plan, source: model.source, tree: model.tree, types: model.types,
      members: model.members, knowsMembers: model.knowsMembers)
    self.init(
      bare, fields: RuleFields(table, records: records, names: names), combination: combination,
      threads: threads)
  }

  private init(
    _ model: ResolvedModel, fields: RuleFields, combination: Configuration.RuleCombination,
    threads: Int
  ) {
    let territoryRules = TerritoryRules(model.plan, model.tree)
    let rules = CompiledRules(
      model.plan, isUsed: territoryRules.isUsed, fields: fields, threads: threads)
    let anchors = RuleAnchors(rules, threads: threads)
    let anchorOfRule = territoryRules.isUsed.indices.map { rule in
      territoryRules.isUsed[rule] ? anchors.anchor(ofRule: rule) : nil
    }
    var territoriesOfRule = [[Int32]](repeating: [], count: model.plan.rules.count)
    for (territory, own) in territoryRules.ofTerritory.enumerated() {
      func rows(_ rule: Int32) -> Int { anchorOfRule[Int(rule)]?.rows ?? Int.max }
      // Where all must match, the rarest leads to the territory.
      let leading = combination == .any ? own : own.min { rows($0) < rows($1) }.map { [$0] } ?? []
      for rule in leading { territoriesOfRule[Int(rule)].append(Int32(territory)) }
    }
    self.model = model
    self.combination = combination
    self.fields = fields
    self.territoryRules = territoryRules
    self.rules = rules
    self.territoriesOfRule = territoriesOfRule
    self.threads = threads
    index = RuleIndex(
      territoriesOfRule.indices.filter { !territoriesOfRule[$0].isEmpty }
        .map { (Int32($0), anchorOfRule[$0]) }, of: rules)
  }

  /// Which records each territory would hold, and why.
  public func simulated() -> SimulatedAssignment {
    if case .table = model.source { return stated() }
    let parts = Parallel.chunked(fields.table.count, threads: threads) { rows in
      var walker = RuleWalker(self)
      walker.walk(rows)
      return walker.found
    }
    let count = fields.table.count
    var starts: [Int32] = [0]
    starts.reserveCapacity(count + 1)
    for part in parts {
      let start = starts[starts.count - 1]
      for end in part.ends { starts.append(start + end) }
    }
    return SimulatedAssignment(
      model: model,
      territoriesOfAccount: Adjacency(
        starts: starts, targets: RuleRun.joined(parts.map(\.territories))),
      causes: RuleRun.joined(parts.map(\.causes)),
      undecided: RuleRun.joined(parts.map(\.undecided)), run: self)
  }

  /// The field of an account that an item of a rule names: `Account.BillingState` is `BillingState`.
  public static func field(_ written: String) -> String { RuleFields.plain(written) }

  private static func joined<Element>(_ parts: [[Element]]) -> [Element] {
    parts.count == 1 ? parts[0] : Array(parts.joined())
  }

  /// The assignment of a table.
  private func stated() -> SimulatedAssignment {
    let territories = Adjacency(
      sources: fields.table.count,
      pairs: model.assigned.map { (source: $0.account, target: Int32($0.territory)) })
    return SimulatedAssignment(
      model: model, territoriesOfAccount: territories,
      causes: [AssignmentCause](repeating: .table, count: territories.targets.count),
      undecided: [], run: self)
  }
}
