import Records

/// Runs compiled rules over rows, one row after another; each rule at most once a row.
struct RuleReader {
  private let rules: CompiledRules
  private var row = -1
  /// The class of the present row in each column.
  private(set) var classes: [Int32]
  /// The rows, plus one, for which `truths` hold.
  private var seen: [Int32]
  private var truths: [Truth]

  init(_ rules: CompiledRules) {
    self.rules = rules
    classes = [Int32](repeating: 0, count: rules.columns.count)
    seen = [Int32](repeating: 0, count: rules.roots.count)
    truths = [Truth](repeating: .no, count: rules.roots.count)
  }

  mutating func move(to row: Int) {
    self.row = row
    for index in rules.columns.indices { classes[index] = rules.columns[index].classes[row] }
  }

  /// Whether a rule of the plan matches the present row.
  mutating func truth(of rule: Int) -> Truth {
    if seen[rule] == Int32(row) + 1 { return truths[rule] }
    let truth = rules.roots[rule].map { self.truth(ofNode: Int($0)) } ?? .no
    seen[rule] = Int32(row) + 1
    truths[rule] = truth
    return truth
  }

  private func truth(ofNode node: Int) -> Truth {
    switch rules.nodes[node] {
    case .item(let item): return truth(ofItem: Int(item))
    case .allItems(let parts):
      var result = Truth.yes
      for part in parts {
        result = min(result, truth(ofItem: Int(rules.links[Int(part)])))
        if result == .no { break }
      }
      return result
    case .not(let part): return !truth(ofNode: Int(part))
    case .all(let parts):
      var result = Truth.yes
      for part in parts {
        result = min(result, truth(ofNode: Int(rules.links[Int(part)])))
        if result == .no { break }
      }
      return result
    case .any(let parts):
      var result = Truth.no
      for part in parts {
        result = max(result, truth(ofNode: Int(rules.links[Int(part)])))
        if result == .yes { break }
      }
      return result
    case .unknown: return .unknown
    }
  }

  /// Whether a comparison holds of the present row.
  func truth(ofItem index: Int) -> Truth {
    let item = rules.items[index]
    guard item.column >= 0 else { return .unknown }
    let column = Int(item.column)
    if item.base >= 0 {
      let bit = item.base + Int(classes[column])
      return rules.bits[bit / 64] >> UInt64(bit % 64) & 1 == 1 ? .yes : .no
    }
    guard let test = item.test else { return .unknown }
    return Truth(rules.columns[column].holds(test, ofRow: row))
  }
}
