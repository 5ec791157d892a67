import Expressions
import Metrics
import Records
import Settings

/// Where each part may move.
struct BalanceTargets {
  /// Sets of the problem's territories, ascending, that parts share.
  private(set) var sets: [[Int32]] = []
  /// For each part the index of its set.
  private(set) var setOfPart: [Int] = []

  /// - Parameters:
  ///   - model: the territories.
  ///   - leaves: those of the problem, by their indices in the model.
  ///   - parts: what moves as one.
  ///   - engine: knows the fields of accounts.
  ///   - records: the export.
  ///   - settings: the reach and the condition.
  /// - Throws: what is wrong with the condition.
  init(
    _ model: ResolvedModel, leaves: [Int32], parts: [BalanceParts.Part], engine: LocalEngine,
    records: RecordSet, _ settings: BalanceSettings
  ) throws(FindingsError) {
    let areas = leaves.map { leaf -> Int32 in
      switch settings.configuration.reach {
      case .parent: model.tree.forest.parents[Int(leaf)]
      case .region: model.tree.region(of: leaf)
      case .model: 0
      }
    }
    let reach = areas.map { area in (0..<Int32(leaves.count)).filter { areas[Int($0)] == area } }
    var chosen = parts.map { reach[Int($0.home)] }
    if let condition = settings.configuration.allowed {
      let isAllowed = try BalanceTargets.allowed(
        ExpressionText(condition.value, at: condition.at), model, leaves: leaves, parts: parts,
        engine: engine, records: records)
      for part in chosen.indices {
        chosen[part] = chosen[part].filter { isAllowed[Int($0)][part] }
      }
    }
    var known: [[Int32]: Int] = [:]
    for set in chosen {
      if let index = known[set] {
        setOfPart.append(index)
      } else {
        known[set] = sets.count
        setOfPart.append(sets.count)
        sets.append(set)
      }
    }
  }

  /// For each of the problem's territories and each part whether the condition lets it in.
  private static func allowed(
    _ condition: ExpressionText, _ model: ResolvedModel, leaves: [Int32],
    parts: [BalanceParts.Part], engine: LocalEngine, records: RecordSet
  ) throws(FindingsError) -> [[Bool]] {
    let count = records[.account].count
    var from = [Int32](repeating: -1, count: count)
    // An account heads one part: those of accounts that lie in several territories stay.
    for part in parts where !part.isDouble { from[Int(part.head)] = leaves[Int(part.home)] }
    var allowed: [[Bool]] = []
    do {
      let expression = try Expression(parsing: condition.text, at: condition.at)
      var outcomes: [UInt8] = []
      for leaf in leaves {
        let predicate = try Predicate(
          expression,
          resolver: MoveResolver(
            accounts: engine.resolver(of: .accounts), model: model, from: from, to: leaf),
          asOf: records.asOf)
        predicate.evaluate(rows: 0..<count, into: &outcomes)
        allowed.append(parts.map { outcomes[Int($0.head)] == 1 })
      }
    } catch {
      throw FindingsError([error.finding])
    }
    return allowed
  }
}
