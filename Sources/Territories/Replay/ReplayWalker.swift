import Records

/// Holds what rules say of some accounts against what the export says.
struct ReplayWalker: Sendable {
  private(set) var differences: [Replay.Difference] = []
  private(set) var agreed: [Int]
  private(set) var agreedByRule: [Int]
  private(set) var unassigned: [Int32] = []
  private(set) var agreedAccounts = 0
  private(set) var undecidedElsewhere = 0
  private let model: ResolvedModel
  private let byRules: SimulatedAssignment

  init(_ model: ResolvedModel, _ byRules: SimulatedAssignment) {
    self.model = model
    self.byRules = byRules
    agreed = [Int](repeating: 0, count: model.tree.count)
    agreedByRule = [Int](repeating: 0, count: model.plan.rules.count)
  }

  mutating func walk(_ rows: Range<Int>) {
    var stated = Cursor(model.associations, from: rows.lowerBound) { Int($0.pair.account) }
    var excluded = Cursor(model.exclusions, from: rows.lowerBound) { Int($0.account) }
    var undecided = Cursor(byRules.undecided, from: rows.lowerBound) { Int($0.pair.account) }
    for row in rows {
      take(
        row, stated.take(row, model.associations), excluded.take(row, model.exclusions),
        undecided.take(row, byRules.undecided))
    }
  }

  private mutating func take(
    _ row: Int, _ stated: ArraySlice<StatedAssociation>, _ excluded: ArraySlice<AccountTerritory>,
    _ undecided: ArraySlice<UndecidedPair>
  ) {
    let start = Int(byRules.territoriesOfAccount.starts[row])
    let end = Int(byRules.territoriesOfAccount.starts[row + 1])
    let first = differences.count
    for association in stated {
      let territory = association.pair.territory
      let position = (start..<end).first {
        byRules.territoriesOfAccount.targets[$0] == territory
      }
      let unknown = undecided.first { $0.pair.territory == territory }
      if association.isManual {
        add(association.pair, .manual, isExported: true, rule: nil)
      } else if let position {
        agreed[Int(territory)] += 1
        if case .rule(let rule) = byRules.causes[position] { agreedByRule[Int(rule)] += 1 }
      } else if let unknown {
        add(
          association.pair, unknown.reason == .unsupported ? .unsupported : .fieldNotExported,
          isExported: true, rule: unknown.rule)
      } else {
        add(association.pair, .unexplained, isExported: true, rule: nil)
      }
    }
    for position in start..<end {
      let territory = byRules.territoriesOfAccount.targets[position]
      guard !stated.contains(where: { $0.pair.territory == territory }) else { continue }
      guard case .rule(let rule) = byRules.causes[position] else { continue }
      let isExcluded = excluded.contains { $0.territory == territory }
      add(
        AccountTerritory(account: Int32(row), territory: territory),
        isExcluded ? .excluded : .unexplained, isExported: false, rule: rule)
    }
    for pair in undecided where !stated.contains(where: { $0.pair == pair.pair }) {
      undecidedElsewhere += 1
    }
    if differences.count == first {
      if stated.isEmpty { unassigned.append(Int32(row)) } else { agreedAccounts += 1 }
    } else {
      differences[first...].sort { $0.pair < $1.pair }
    }
  }

  private mutating func add(
    _ pair: AccountTerritory, _ kind: Replay.Kind, isExported: Bool, rule: Int32?
  ) {
    differences.append(
      Replay.Difference(pair: pair, kind: kind, isExported: isExported, rule: rule))
  }
}

/// Walks a list that is sorted by account together with the accounts.
struct Cursor<Element> {
  private var next: Int
  private let account: (Element) -> Int

  init(_ elements: [Element], from row: Int, account: @escaping (Element) -> Int) {
    self.account = account
    var low = 0
    var high = elements.count
    while low < high {
      let middle = (low + high) / 2
      if account(elements[middle]) < row { low = middle + 1 } else { high = middle }
    }
    next = low
  }

  /// The elements of the next account.
  mutating func take(_ row: Int, _ elements: [Element]) -> ArraySlice<Element> {
    let start = next
    while next < elements.count, account(elements[next]) == row { next += 1 }
    return elements[start..<next]
  }
}
