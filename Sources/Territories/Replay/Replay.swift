import Records
import Settings

/// The rules of a model held against what its export says: which associations a run of the rules
/// would make again, and why the others differ.
///
/// EXPORTS: differences are stale, manual, excluded, of a field that was not exported, of an
/// operation that is not supported, or unexplained; only the last count against trust in what the
/// rules of another model would do.
public struct Replay: Sendable {
  /// What an account and a territory are, the rules held against the export.
  public enum Kind: Int, CaseIterable, Hashable, Comparable, Sendable {
    /// Rules match, and the export says so.
    case agreed
    /// A person put the account there.
    case manual
    /// A person took the account out, for good.
    case excluded
    /// The account changed, or a rule was edited, after the rules last ran.
    case stale
    /// A rule compares a field that the export does not hold.
    case fieldNotExported
    /// A rule compares with an operation that is not supported.
    case unsupported
    /// The rules say otherwise, and nothing tells why.
    case unexplained

    public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// An account and a territory on which the rules and the export do not simply agree.
  public struct Difference: Hashable, Sendable {
    public let pair: AccountTerritory
    public var kind: Kind
    /// Whether the export has the association; else the rules would make it.
    public let isExported: Bool
    /// Index in the plan of the rule that matches, does not match or cannot say; nil where the
    /// territory has none.
    public let rule: Int32?
  }

  public let model: ResolvedModel
  /// What the rules alone say, before what people did.
  public let byRules: SimulatedAssignment
  /// By account, then territory.
  public let differences: [Difference]
  /// For each territory how many accounts are in it by the rules and by the export alike.
  public let agreed: [Int]
  /// For each rule of the plan how many of those it brought.
  public let agreedByRule: [Int]
  /// Rows of accounts that are in no territory, by the rules and by the export, ascending.
  public let unassigned: [Int32]
  /// How many accounts there are.
  public let accountCount: Int
  /// How many accounts agree in all their territories, in which they have one at all.
  public let agreedAccounts: Int
  /// How many pairs that are in the export or not could not be decided and are not in it.
  public let undecidedElsewhere: Int
  /// Whether the export tells when accounts and associations changed.
  public let knowsChanges: Bool

  /// Holds a model's rules against the associations of its export.
  ///
  /// - Parameters:
  ///   - model: the model, with its associations.
  ///   - records: the export.
  ///   - combination: whether all rules of a territory have to match, or one.
  ///   - threads: how many threads to use.
  public init(
    _ model: ResolvedModel, records: RecordSet,
    combination: Configuration.RuleCombination = .all, threads: Int = 1
  ) {
    let bare = ResolvedModel(
      plan: model.plan, source: model.source, tree: model.tree, types: model.types,
      members: model.members, knowsMembers: model.knowsMembers)
    let run = RuleRun(bare, records: records, combination: combination, threads: threads)
    let byRules = run.simulated()
    let count = records[.account].count
    let parts = Parallel.chunked(count, threads: threads) { rows in
      var walker = ReplayWalker(model, byRules)
      walker.walk(rows)
      return walker
    }
    var differences = parts.flatMap(\.differences)
    let changes = ChangeDays(records, model, run.territoryRules, differences)
    var reader = RuleReader(run.rules)
    for index in differences.indices {
      let difference = differences[index]
      if difference.kind == .unexplained, changes.isStale(difference) {
        differences[index].kind = .stale
      }
      guard difference.rule == nil, difference.kind != .manual else { continue }
      differences[index] = Difference(
        pair: difference.pair, kind: differences[index].kind, isExported: difference.isExported,
        rule: run.failingRule(difference.pair, &reader))
    }
    self.model = model
    self.byRules = byRules
    self.differences = differences
    agreed = Replay.sums(parts.map(\.agreed))
    agreedByRule = Replay.sums(parts.map(\.agreedByRule))
    unassigned = parts.flatMap(\.unassigned)
    accountCount = count
    agreedAccounts = parts.reduce(0) { $0 + $1.agreedAccounts }
    undecidedElsewhere = parts.reduce(0) { $0 + $1.undecidedElsewhere }
    knowsChanges = changes.areKnown
  }

  private static func sums(_ parts: [[Int]]) -> [Int] {
    parts.dropFirst().reduce(into: parts[0]) { all, part in
      for index in all.indices { all[index] += part[index] }
    }
  }

  /// For each kind how many accounts are of it; one of several is of the last.
  public var accountsByKind: [Kind: Int] {
    var counts: [Kind: Int] = [.agreed: agreedAccounts]
    for (_, kind) in kindOfAccount { counts[kind, default: 0] += 1 }
    return counts
  }

  /// The kind of each account that differs, by account.
  public var kindOfAccount: [(account: Int32, kind: Kind)] {
    var kinds: [(account: Int32, kind: Kind)] = []
    for difference in differences {
      if let last = kinds.last, last.account == difference.pair.account {
        kinds[kinds.count - 1].kind = max(last.kind, difference.kind)
      } else {
        kinds.append((difference.pair.account, difference.kind))
      }
    }
    return kinds
  }

  /// How many accounts are in a territory by the export, by the rules or by both.
  public var assignedCount: Int { agreedAccounts + kindOfAccount.count }

  /// Of the accounts in a territory those that agree, or differ for a reason.
  public var explained: Ratio {
    let unexplained = accountsByKind[.unexplained] ?? 0
    return Ratio(Int128(assignedCount - unexplained), over: Int128(assignedCount))
  }

  /// Whether what rules say can be trusted: at most one account in a hundred is unexplained.
  public var isTrusted: Bool { (accountsByKind[.unexplained] ?? 0) * 100 <= assignedCount }

  /// What the next run of the rules would change: associations that it ends and such as it makes.
  public var nextRun: [Difference] {
    differences.filter { $0.kind == .stale || $0.kind == .unexplained }
  }
}

extension RuleRun {
  /// The first rule of a territory that does not match a record, else its first; nil where it has
  /// none.
  fileprivate func failingRule(_ pair: AccountTerritory, _ reader: inout RuleReader) -> Int32? {
    reader.move(to: Int(pair.account))
    let own = territoryRules.ofTerritory[Int(pair.territory)]
    return own.first { reader.truth(of: Int($0)) != .yes } ?? own.first
  }
}
