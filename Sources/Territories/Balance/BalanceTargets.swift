import Expressions
import Metrics
import Records
import Settings

/// Where each family may move.
struct BalanceTargets {
  /// Sets of the problem's territories, ascending, that families share.
  private(set) var sets: [[Int32]] = []
  /// For each family the index of its set.
  private(set) var setOfFamily: [Int] = []

  /// - Parameters:
  ///   - model: the territories.
  ///   - leaves: those of the problem, by their indices in the model.
  ///   - roots: the ultimate parent of each family.
  ///   - homes: the problem's territory of each family, -1 where it lies in several.
  ///   - engine: knows the fields of accounts.
  ///   - records: the export.
  ///   - settings: the reach and the condition.
  /// - Throws: what is wrong with the condition.
  init(
    _ model: ResolvedModel, leaves: [Int32], roots: [Int32], homes: [Int32], engine: LocalEngine,
    records: RecordSet, _ settings: BalanceSettings
  ) throws(FindingsError) {
    let areas = leaves.map { leaf -> Int32 in
      switch settings.configuration.reach {
      case .parent: model.tree.forest.parents[Int(leaf)]
      case .region: model.region(of: leaf)
      case .model: 0
      }
    }
    let reach = areas.map { area in (0..<Int32(leaves.count)).filter { areas[Int($0)] == area } }
    var chosen = homes.map { $0 < 0 ? [] : reach[Int($0)] }
    if let condition = settings.configuration.allowed {
      let isAllowed = try BalanceTargets.allowed(
        ExpressionText(condition.value, at: condition.at), model, leaves: leaves, roots: roots,
        homes: homes, engine: engine, records: records)
      for family in chosen.indices {
        chosen[family] = chosen[family].filter { isAllowed[Int($0)][family] }
      }
    }
    var known: [[Int32]: Int] = [:]
    for set in chosen {
      if let index = known[set] {
        setOfFamily.append(index)
      } else {
        known[set] = sets.count
        setOfFamily.append(sets.count)
        sets.append(set)
      }
    }
  }

  /// For each of the problem's territories and each family whether the condition lets it in.
  private static func allowed(
    _ condition: ExpressionText, _ model: ResolvedModel, leaves: [Int32], roots: [Int32],
    homes: [Int32], engine: LocalEngine, records: RecordSet
  ) throws(FindingsError) -> [[Bool]] {
    let count = records[.account].count
    var from = [Int32](repeating: -1, count: count)
    for (root, home) in zip(roots, homes) where home >= 0 { from[Int(root)] = leaves[Int(home)] }
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
        allowed.append(roots.map { outcomes[Int($0)] == 1 })
      }
    } catch {
      throw FindingsError([error.finding])
    }
    return allowed
  }
}
