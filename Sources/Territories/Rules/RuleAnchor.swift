import Records

/// Classes of rows outside of which a rule cannot match: by column, and how many rows they hold.
///
/// By the anchors of rules a run finds the few that may match a row, and tests no others.
struct RuleAnchor: Sendable {
  /// For each of some columns a bit a class; a row is inside where it is in one of any of them.
  private(set) var classes: [Int: [UInt64]]
  /// How many rows are inside, at most.
  private(set) var rows: Int

  /// The classes of a column that have their bit set, ascending.
  func classes(ofColumn column: Int) -> [Int] {
    (classes[column] ?? []).setBits
  }
}

extension [UInt64] {
  /// The positions of bits that are set, ascending.
  fileprivate var setBits: [Int] {
    var positions: [Int] = []
    for index in indices {
      var word = self[index]
      while word != 0 {
        positions.append(index * 64 + word.trailingZeroBitCount)
        word &= word - 1
      }
    }
    return positions
  }
}

/// Finds the anchors of rules.
struct RuleAnchors {
  private let rules: CompiledRules
  /// For each column how many rows each class has.
  private let counts: [[Int]]
  /// The anchors of items and of their contraries; many rules share an item.
  private var ofItem: [RuleAnchor?] = []
  private var ofContrary: [RuleAnchor?] = []

  init(_ rules: CompiledRules, threads: Int) {
    self.rules = rules
    counts = rules.columns.map { column in
      let parts = Parallel.chunked(column.classes.count, threads: threads) { rows in
        var counts = [Int](repeating: 0, count: column.classCount)
        for row in rows { counts[Int(column.classes[row])] += 1 }
        return counts
      }
      return parts.dropFirst().reduce(into: parts[0]) { all, part in
        for index in all.indices { all[index] += part[index] }
      }
    }
    ofItem = rules.items.map { anchor(ofItem: $0, isNegated: false) }
    ofContrary = rules.items.map { anchor(ofItem: $0, isNegated: true) }
  }

  /// The anchor of a rule; nil where it may match any row.
  func anchor(ofRule rule: Int) -> RuleAnchor? {
    rules.roots[rule].flatMap { anchor(Int($0), isNegated: false) }
  }

  private func anchor(_ node: Int, isNegated: Bool) -> RuleAnchor? {
    switch rules.nodes[node] {
    case .item(let item): return isNegated ? ofContrary[Int(item)] : ofItem[Int(item)]
    case .allItems(let parts):
      let anchors = parts.map {
        (isNegated ? ofContrary : ofItem)[Int(rules.links[Int($0)])]
      }
      return isNegated ? union(anchors) : intersection(anchors)
    case .not(let part): return anchor(Int(part), isNegated: !isNegated)
    case .all(let parts):
      let anchors = anchors(parts, isNegated)
      return isNegated ? union(anchors) : intersection(anchors)
    case .any(let parts):
      let anchors = anchors(parts, isNegated)
      return isNegated ? intersection(anchors) : union(anchors)
    case .unknown: return nil
    }
  }

  private func anchor(ofItem item: CompiledRules.Item, isNegated: Bool) -> RuleAnchor? {
    guard item.base >= 0 else { return nil }
    let column = Int(item.column)
    let count = rules.columns[column].classCount
    var words = Array(rules.bits[item.base / 64..<(item.base / 64 + (count + 63) / 64)])
    if isNegated {
      for index in words.indices { words[index] = ~words[index] }
      if count % 64 > 0 { words[words.count - 1] &= 1 << UInt64(count % 64) - 1 }
    }
    return RuleAnchor(classes: [column: words], rows: rows(words, column))
  }

  private func anchors(_ parts: Range<Int32>, _ isNegated: Bool) -> [RuleAnchor?] {
    parts.map { anchor(Int(rules.links[Int($0)]), isNegated: isNegated) }
  }

  /// The rarest of the parts, all of which must hold; parts about one column are taken together.
  private func intersection(_ parts: [RuleAnchor?]) -> RuleAnchor? {
    var best: RuleAnchor?
    var ofColumn: [Int: [UInt64]] = [:]
    for part in parts {
      guard var anchor = part else { continue }
      if anchor.classes.count == 1, let (column, words) = anchor.classes.first {
        if let others = ofColumn[column] {
          let both = zip(others, words).map { $0 & $1 }
          anchor = RuleAnchor(classes: [column: both], rows: rows(both, column))
        }
        ofColumn[column] = anchor.classes[column]
      }
      if best.map({ anchor.rows < $0.rows }) ?? true { best = anchor }
    }
    return best
  }

  /// All of the parts, any of which may hold.
  private func union(_ parts: [RuleAnchor?]) -> RuleAnchor? {
    var classes: [Int: [UInt64]] = [:]
    for part in parts {
      guard let anchor = part else { return nil }
      for (column, words) in anchor.classes {
        classes[column] = classes[column].map { zip($0, words).map { $0 | $1 } } ?? words
      }
    }
    return RuleAnchor(
      classes: classes, rows: classes.reduce(0) { $0 + rows($1.value, $1.key) })
  }

  private func rows(_ words: [UInt64], _ column: Int) -> Int {
    words.setBits.reduce(0) { $0 + counts[column][$1] }
  }
}
