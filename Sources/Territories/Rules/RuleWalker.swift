import Records

/// Runs rules over rows that follow each other, and gathers what each of them gets.
struct RuleWalker {
  /// What some rows get, row after row.
  struct Found: Sendable {
    /// For each row how many entries it and those before it have.
    var ends: [Int32] = []
    var territories: [Int32] = []
    var causes: [AssignmentCause] = []
    var undecided: [UndecidedPair] = []
  }

  /// A territory that a row may be in.
  private struct Match {
    let position: Int32
    let end: Int32
    let territory: Int32
    var truth: Truth
    /// The rule that matches, or that cannot say.
    let rule: Int32
  }

  private(set) var found = Found()
  private let run: RuleRun
  private let territoriesOfRule: FlatLists
  private let rulesOfTerritory: FlatLists
  private var reader: RuleReader
  /// The rows, plus one, for which a rule or a territory was looked at already.
  private var seenRules: [Int32]
  private var seenTerritories: [Int32]
  private var matches: [Match] = []
  private var pairs: [(territory: Int32, cause: AssignmentCause)] = []
  private var nextAssociation = 0
  private var nextExclusion = 0

  init(_ run: RuleRun) {
    self.run = run
    territoriesOfRule = FlatLists(run.territoriesOfRule)
    rulesOfTerritory = FlatLists(run.territoryRules.ofTerritory)
    reader = RuleReader(run.rules)
    seenRules = [Int32](repeating: 0, count: run.rules.roots.count)
    seenTerritories = [Int32](repeating: 0, count: run.model.tree.count)
  }

  mutating func walk(_ rows: Range<Int>) {
    found.ends.reserveCapacity(rows.count)
    nextAssociation = RuleWalker.first(run.model.associations.count) {
      Int(run.model.associations[$0].pair.account) >= rows.lowerBound
    }
    nextExclusion = RuleWalker.first(run.model.exclusions.count) {
      Int(run.model.exclusions[$0].account) >= rows.lowerBound
    }
    for row in rows { take(row) }
  }

  /// The first of some ascending indices for which something holds, as it does for all behind it.
  private static func first(_ count: Int, where holds: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private mutating func take(_ row: Int) {
    match(row)
    keepLowest()
    let exclusions = takeExclusions(row)
    pairs.removeAll(keepingCapacity: true)
    takeManual(row)
    let manual = pairs.count
    for match in matches where match.truth != .no {
      let isManual = pairs[..<manual].contains { $0.territory == match.territory }
      guard !isManual,
        !run.model.exclusions[exclusions].contains(where: {
          $0.territory == match.territory
        })
      else { continue }
      if match.truth == .yes {
        pairs.append((match.territory, .rule(match.rule)))
      } else {
        found.undecided.append(
          UndecidedPair(
            pair: AccountTerritory(account: Int32(row), territory: match.territory),
            rule: match.rule, reason: run.rules.reason(of: Int(match.rule))))
      }
    }
    if pairs.count > 1 { pairs.sort { $0.territory < $1.territory } }
    for (territory, cause) in pairs {
      found.territories.append(territory)
      found.causes.append(cause)
    }
    found.ends.append(Int32(found.territories.count))
  }

  // MARK: Rules

  /// Every territory of whose rules a row is not known to fail one.
  private mutating func match(_ row: Int) {
    matches.removeAll(keepingCapacity: true)
    reader.move(to: row)
    let stamp = Int32(row) + 1
    run.index.forEachCandidate(reader.classes) { rule in
      guard seenRules[Int(rule)] != stamp else { return }
      seenRules[Int(rule)] = stamp
      guard reader.truth(of: Int(rule)) != .no else { return }
      for position in territoriesOfRule.range(Int(rule)) {
        let territory = territoriesOfRule.elements[position]
        guard seenTerritories[Int(territory)] != stamp else { continue }
        seenTerritories[Int(territory)] = stamp
        guard let (truth, deciding) = self.truth(of: Int(territory)), truth != .no else {
          continue
        }
        let forest = run.model.tree.forest
        matches.append(
          Match(
            position: forest.positions[Int(territory)], end: forest.ends[Int(territory)],
            territory: territory, truth: truth, rule: deciding))
      }
    }
  }

  /// Whether the rules of a territory match the row, and the first that says so.
  private mutating func truth(of territory: Int) -> (Truth, Int32)? {
    let range = rulesOfTerritory.range(territory)
    guard !range.isEmpty else { return nil }
    var deciding = rulesOfTerritory.elements[range.lowerBound]
    var result = Truth.yes
    switch run.combination {
    case .all:
      for position in range {
        let rule = rulesOfTerritory.elements[position]
        let truth = reader.truth(of: Int(rule))
        if truth < result { (result, deciding) = (truth, rule) }
        if result == .no { break }
      }
    case .any:
      result = .no
      for position in range {
        let rule = rulesOfTerritory.elements[position]
        let truth = reader.truth(of: Int(rule))
        if truth > result { (result, deciding) = (truth, rule) }
        if result == .yes { break }
      }
    }
    return (result, deciding)
  }

  /// Of territories on one branch the lowest; where a lower one is not known to match, neither are
  /// those above it.
  private mutating func keepLowest() {
    guard matches.count > 1 else { return }
    matches.sort { $0.position < $1.position }
    // Each is judged before those above it change, which come earlier.
    for index in matches.indices {
      var below = index + 1
      while below < matches.count, matches[below].position < matches[index].end {
        if matches[below].truth == .yes {
          matches[index].truth = .no
          break
        }
        matches[index].truth = .unknown
        below += 1
      }
    }
  }

  // MARK: What people did

  private mutating func takeManual(_ row: Int) {
    let associations = run.model.associations
    while nextAssociation < associations.count,
      Int(associations[nextAssociation].pair.account) == row
    {
      let association = associations[nextAssociation]
      if association.isManual { pairs.append((association.pair.territory, .manual)) }
      nextAssociation += 1
    }
  }

  private mutating func takeExclusions(_ row: Int) -> Range<Int> {
    let start = nextExclusion
    while nextExclusion < run.model.exclusions.count,
      Int(run.model.exclusions[nextExclusion].account) == row
    {
      nextExclusion += 1
    }
    return start..<nextExclusion
  }
}

/// Lists behind each other in one array, which is read without counting references.
private struct FlatLists {
  private let starts: [Int32]
  let elements: [Int32]

  init(_ lists: [[Int32]]) {
    var starts: [Int32] = [0]
    var count: Int32 = 0
    for list in lists {
      count += Int32(list.count)
      starts.append(count)
    }
    self.starts = starts
    elements = Array(lists.joined())
  }

  /// Where the elements of a list stand.
  func range(_ list: Int) -> Range<Int> { Int(starts[list])..<Int(starts[list + 1]) }
}
