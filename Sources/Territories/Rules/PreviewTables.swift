import Metrics
import Records

/// What a model would hold, as tables for people and for machines.
public struct PreviewTables {
  private let simulated: SimulatedAssignment
  private let accounts: Table
  /// The top of the part that is shown; nil: the whole model.
  private let top: Int32?

  /// - Parameters:
  ///   - simulated: what the model would hold.
  ///   - records: the export.
  ///   - top: a territory: it and those below it are shown; nil: all.
  public init(_ simulated: SimulatedAssignment, records: RecordSet, below top: Int32? = nil) {
    self.simulated = simulated
    accounts = records[.account]
    self.top = top
  }

  private var model: ResolvedModel { simulated.model }

  private func isShown(_ territory: Int32) -> Bool {
    top.map { model.tree.forest.isInSubtree(Int(territory), of: Int($0)) } ?? true
  }

  /// - Parameter limit: at most so many rows of each list; nil: all.
  /// - Returns: a table for each question.
  public func all(limit: Int? = nil) -> [MetricTable] {
    let lists = [territories, assigned(limit: limit)]
    return lists + (top == nil ? [unassigned(limit: limit)] : []) + [several(limit: limit)]
  }

  /// How many accounts each territory would get.
  public var territories: MetricTable {
    let tree = model.tree
    var byRule = [Int](repeating: 0, count: tree.count)
    var otherwise = byRule
    for (territory, cause) in zip(simulated.territoriesOfAccount.targets, simulated.causes) {
      if case .rule = cause {
        byRule[Int(territory)] += 1
      } else {
        otherwise[Int(territory)] += 1
      }
    }
    var undecided = [Int](repeating: 0, count: tree.count)
    for pair in simulated.undecided { undecided[Int(pair.pair.territory)] += 1 }
    let below = tree.forest.subtreeSums(zip(byRule, otherwise).map { Int128($0 + $1) })
    let order = tree.forest.order.filter(isShown).map { Int($0) }
    func count(_ title: String, _ name: String, _ value: (Int) -> Int128) -> MetricColumn {
      MetricColumn(name: name, title: title, unit: .count, cells: .integers(order.map(value)))
    }
    return MetricTable(
      name: "preview-territories", grain: "a territory of model \(model.plan.name)",
      columns: [
        count("Level", "level") { Int128(tree.forest.depths[$0]) },
        MetricColumn(
          name: "territory", title: "Territory", unit: .text,
          cells: .text(order.map { tree.developerNames[$0] })),
        MetricColumn(
          name: "name", title: "Name", unit: .text, cells: .text(order.map { tree.names[$0] })),
        count("Accounts", "accounts") { Int128(byRule[$0] + otherwise[$0]) },
        count("Manual or by table", "stated") { Int128(otherwise[$0]) },
        count("With those below", "accounts_below") { below[$0] },
        count("Undecided", "undecided") { Int128(undecided[$0]) },
      ],
      notes: simulated.undecided.isEmpty
        ? []
        : [
          "Undecided accounts are in no territory here: a rule compares a field that was not "
            + "exported, or with an operation that is not supported."
        ])
  }

  /// Which accounts the model would get, and why.
  ///
  /// - Parameter limit: at most so many rows; nil: all.
  /// - Returns: the list, with how many rows it has in all.
  public func assigned(limit: Int? = nil) -> MetricTable {
    let adjacency = simulated.territoriesOfAccount
    var rows: [(account: Int32, position: Int)] = []
    var total = 0
    for account in 0..<accounts.count {
      for position in Int(adjacency.starts[account])..<Int(adjacency.starts[account + 1])
      where isShown(adjacency.targets[position]) {
        total += 1
        if total <= limit ?? Int.max { rows.append((Int32(account), position)) }
      }
    }
    return MetricTable(
      name: "preview-accounts", grain: "an account and a territory that would get it",
      columns: accountColumns(rows.map(\.account)) + [
        MetricColumn(
          name: "territory", title: "Territory", unit: .text,
          cells: .text(
            rows.map { model.tree.developerNames[Int(adjacency.targets[$0.position])] })),
        MetricColumn(
          name: "cause", title: "Cause", unit: .text,
          cells: .text(rows.map { simulated.causes[$0.position].words })),
        MetricColumn(
          name: "rule", title: "Rule", unit: .text,
          cells: .text(
            rows.map { row in
              guard case .rule(let rule) = simulated.causes[row.position] else { return nil }
              return model.plan.rules[Int(rule)].developerName
            })),
        MetricColumn(
          name: "criterion", title: "Criterion", unit: .text,
          cells: .text(
            simulated.criterionTexts(
              rows.map { ($0.account, [adjacency.targets[$0.position]]) }, separator: " and "))),
      ], totalRowCount: total)
  }

  /// Which accounts no territory would get, with what could not be decided about them.
  ///
  /// - Parameter limit: at most so many rows; nil: all.
  /// - Returns: the list, with how many rows it has in all.
  public func unassigned(limit: Int? = nil) -> MetricTable {
    var reasons: [Int32: UndecidedPair] = [:]
    for pair in simulated.undecided.reversed() { reasons[pair.pair.account] = pair }
    let all = (0..<Int32(accounts.count)).filter {
      simulated.territoriesOfAccount.degree(Int($0)) == 0
    }
    let rows = Array(all.prefix(limit ?? all.count))
    return MetricTable(
      name: "preview-unassigned", grain: "an account that no territory would get",
      columns: accountColumns(rows) + [
        MetricColumn(
          name: "undecided", title: "Undecided because", unit: .text,
          cells: .text(
            rows.map { row in
              reasons[row].map {
                "\($0.reason.words): rule \(model.plan.rules[Int($0.rule)].developerName)"
              }
            }))
      ], totalRowCount: all.count)
  }

  /// Which accounts several territories of one type would get.
  ///
  /// - Parameter limit: at most so many rows; nil: all.
  /// - Returns: the list, with how many rows it has in all.
  public func several(limit: Int? = nil) -> MetricTable {
    var rows: [(account: Int32, type: Int32, territories: [Int32])] = []
    for account in 0..<accounts.count where simulated.territoriesOfAccount.degree(account) > 1 {
      let territories = simulated.territoriesOfAccount[account]
      for type in Set(territories.map { model.types[Int($0)] }).sorted() {
        let same = territories.filter { model.types[Int($0)] == type }
        guard same.count > 1, same.contains(where: isShown) else { continue }
        rows.append((Int32(account), type, same))
      }
    }
    let shown = Array(rows.prefix(limit ?? rows.count))
    return MetricTable(
      name: "preview-several",
      grain: "an account that several territories of one type would get",
      columns: accountColumns(shown.map(\.account)) + [
        MetricColumn(
          name: "type", title: "Type", unit: .text,
          cells: .text(
            shown.map { $0.type < 0 ? nil : model.plan.types[Int($0.type)].developerName })),
        MetricColumn(
          name: "territories", title: "Territories", unit: .text,
          cells: .text(
            shown.map { row in
              row.territories.map { model.tree.developerNames[Int($0)] }.joined(separator: ", ")
            })),
      ], totalRowCount: rows.count)
  }

  private func accountColumns(_ rows: [Int32]) -> [MetricColumn] {
    [
      MetricColumn(
        name: "account_id", title: "Account Id", unit: .id(.account),
        cells: .text(TextCells(idsOf: accounts, at: rows))),
      MetricColumn(
        name: "account", title: "Account", unit: .text,
        cells: .text(TextCells(namesOf: accounts, at: rows))),
    ]
  }
}

extension AssignmentCause {
  /// As a cell of a table has it.
  public var words: String {
    switch self {
    case .rule: "rule"
    case .manual: "manual"
    case .table: "table"
    }
  }
}

extension UndecidedPair.Reason {
  /// As a cell of a table has it.
  public var words: String {
    switch self {
    case .fieldNotExported: "field not exported"
    case .unsupported: "unsupported"
    }
  }
}
