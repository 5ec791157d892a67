import Metrics
import Records

/// A replay as tables, for people and for machines.
public struct ReplayTables {
  private let replay: Replay
  private let accounts: Table

  public init(_ replay: Replay, records: RecordSet) {
    self.replay = replay
    accounts = records[.account]
  }

  /// How many accounts and associations are of each kind.
  public var summary: MetricTable {
    let byKind = replay.accountsByKind
    var rows: [(kind: String, pairs: Int, accounts: Int)] = Replay.Kind.allCases.map { kind in
      let pairs =
        kind == .agreed
        ? replay.agreed.reduce(0, +) : replay.differences.count { $0.kind == kind }
      return (kind.words, pairs, byKind[kind] ?? 0)
    }
    rows.append(("in no territory", 0, replay.unassigned.count))
    let assigned = replay.assignedCount
    return MetricTable(
      name: "replay", grain: "a way in which rules and export agree or differ",
      columns: [
        MetricColumn(name: "kind", title: "Kind", unit: .text, cells: .text(rows.map(\.kind))),
        MetricColumn(
          name: "accounts", title: "Accounts", unit: .count,
          cells: .integers(rows.map { Int128($0.accounts) }),
          definition: "Accounts by the last kind in this list that one of their territories is of"),
        MetricColumn(
          name: "share", title: "Share", unit: .rate,
          cells: .ratios(
            rows.enumerated().map { index, row in
              Ratio(
                Int128(row.accounts),
                over: index < Replay.Kind.allCases.count ? Int128(assigned) : 0)
            }),
          definition: "Of the accounts that are in a territory by the rules or by the export"),
        MetricColumn(
          name: "associations", title: "Associations", unit: .count,
          cells: .integers(rows.map { Int128($0.pairs) }),
          definition: "Pairs of an account and a territory"),
      ], notes: notes)
  }

  private var notes: [String] {
    var notes: [String] = []
    let explained = replay.explained
    if explained.isDefined {
      let percent = Exact.decimalText(
        ratio: explained.numerator * 100, over: explained.denominator, places: 2)
      notes.append(
        "\(percent) % of the accounts in a territory agree with the rules of model "
          + "\"\(replay.model.plan.name)\", or differ for a reason.")
    }
    if !replay.isTrusted {
      notes.append(
        "More than 1 % of the accounts differ without a reason: find out why before a notice is "
          + "sent that rests on rules.")
    }
    if !replay.knowsChanges {
      notes.append(
        "No difference can be told to be stale: export SystemModstamp of Account and "
          + "LastModifiedDate of ObjectTerritory2Association.")
    }
    if replay.undecidedElsewhere > 0 {
      notes.append(
        "Of \(replay.undecidedElsewhere) more pairs of an account and a territory, which the "
          + "export does not have, the rules cannot say whether they would be made.")
    }
    return notes
  }

  /// The agreement by territory, in the order of the tree.
  public var territories: MetricTable {
    let tree = replay.model.tree
    let order = tree.forest.order
    let counts = Counts(replay.differences, count: tree.count) { Int($0.pair.territory) }
    return table(
      name: "replay-territories", grain: "a territory", rows: order.map { Int($0) },
      agreed: replay.agreed, counts: counts,
      names: [
        MetricColumn(
          name: "territory", title: "Territory", unit: .text,
          cells: .text(order.map { tree.developerNames[Int($0)] })),
        MetricColumn(
          name: "name", title: "Name", unit: .text,
          cells: .text(order.map { tree.names[Int($0)] })),
      ])
  }

  /// The agreement by rule, in the order of developer names; accounts that only people assigned are
  /// of no rule.
  public var rules: MetricTable {
    let plan = replay.model.plan
    let counts = Counts(replay.differences, count: plan.rules.count) { $0.rule.map { Int($0) } }
    return table(
      name: "replay-rules", grain: "a rule", rows: Array(plan.rules.indices),
      agreed: replay.agreedByRule, counts: counts,
      names: [
        MetricColumn(
          name: "rule", title: "Rule", unit: .text,
          cells: .text(plan.rules.map(\.developerName))),
        MetricColumn(
          name: "name", title: "Name", unit: .text, cells: .text(plan.rules.map(\.name))),
      ])
  }

  private func table(
    name: String, grain: String, rows: [Int], agreed: [Int], counts: Counts,
    names: [MetricColumn]
  ) -> MetricTable {
    let kinds = Replay.Kind.allCases.dropFirst()
    func total(_ row: Int) -> Int {
      agreed[row] + kinds.reduce(0) { $0 + counts[$1, row] }
    }
    return MetricTable(
      name: name, grain: grain,
      columns: names + [
        MetricColumn(
          name: "agreed", title: "Agreed", unit: .count,
          cells: .integers(rows.map { Int128(agreed[$0]) }))
      ]
        + kinds.map { kind in
          MetricColumn(
            name: kind.name, title: kind.title, unit: .count,
            cells: .integers(rows.map { Int128(counts[kind, $0]) }))
        }
        + [
          MetricColumn(
            name: "agreement", title: "Agreement", unit: .rate,
            cells: .ratios(
              rows.map { Ratio(Int128(agreed[$0]), over: Int128(total($0))) }),
            definition: "Agreed associations by all that rules or export have")
        ])
  }

  /// The accounts that differ, a row for each of their territories that does.
  ///
  /// - Parameter limit: at most so many rows; nil: all.
  /// - Returns: the list, with how many rows it has in all.
  public func differences(limit: Int? = nil) -> MetricTable {
    list(
      replay.differences, limit: limit, name: "replay-accounts",
      grain: "an account and a territory on which rules and export differ", isNextRun: false)
  }

  /// What the next run of the rules would move.
  ///
  /// - Parameter limit: at most so many rows; nil: all.
  /// - Returns: the list, with how many rows it has in all.
  public func nextRun(limit: Int? = nil) -> MetricTable {
    list(
      replay.nextRun, limit: limit, name: "next-run",
      grain: "an account and a territory that the next run of the rules joins or parts",
      isNextRun: true)
  }

  private func list(
    _ all: [Replay.Difference], limit: Int?, name: String, grain: String, isNextRun: Bool
  ) -> MetricTable {
    let shown = Array(all.prefix(limit ?? all.count))
    let (tree, plan) = (replay.model.tree, replay.model.plan)
    let rows = shown.map(\.pair.account)
    let firstColumn =
      isNextRun
      ? MetricColumn(
        name: "change", title: "Change", unit: .text,
        cells: .text(shown.map { $0.isExported ? "leaves" : "joins" }))
      : MetricColumn(
        name: "kind", title: "Kind", unit: .text, cells: .text(shown.map(\.kind.words)))
    return MetricTable(
      name: name, grain: grain,
      columns: [
        firstColumn,
        MetricColumn(
          name: "account_id", title: "Account Id", unit: .id(.account),
          cells: .text(TextCells(idsOf: accounts, at: rows))),
        MetricColumn(
          name: "account", title: "Account", unit: .text,
          cells: .text(TextCells(namesOf: accounts, at: rows))),
        MetricColumn(
          name: "territory", title: "Territory", unit: .text,
          cells: .text(shown.map { tree.developerNames[Int($0.pair.territory)] })),
        MetricColumn(
          name: "in_export", title: "In export", unit: .text,
          cells: .text(shown.map { $0.isExported ? "yes" : "no" })),
        MetricColumn(
          name: "rule", title: "Rule", unit: .text,
          cells: .text(shown.map { $0.rule.map { plan.rules[Int($0)].developerName } })),
        MetricColumn(
          name: "criterion", title: "Criterion", unit: .text,
          cells: .text(
            replay.byRules.criterionTexts(
              shown.map { ($0.pair.account, $0.isExported ? [] : [$0.pair.territory]) },
              separator: " and "))),
      ], totalRowCount: all.count)
  }
}

/// How many differences of each kind there are by something.
private struct Counts {
  private var counts: [[Int]]

  init(_ differences: [Replay.Difference], count: Int, by key: (Replay.Difference) -> Int?) {
    counts = [[Int]](
      repeating: [Int](repeating: 0, count: count), count: Replay.Kind.allCases.count)
    for difference in differences {
      if let key = key(difference) { counts[difference.kind.rawValue][key] += 1 }
    }
  }

  subscript(kind: Replay.Kind, row: Int) -> Int { counts[kind.rawValue][row] }
}

extension Replay.Kind {
  /// As a cell of a table has it.
  public var words: String {
    switch self {
    case .fieldNotExported: "field not exported"
    default: name
    }
  }

  /// As a column of data is called.
  var name: String {
    switch self {
    case .agreed: "agreed"
    case .manual: "manual"
    case .excluded: "excluded"
    case .stale: "stale"
    case .fieldNotExported: "field_not_exported"
    case .unsupported: "unsupported"
    case .unexplained: "unexplained"
    }
  }

  var title: String { words.prefix(1).uppercased() + words.dropFirst() }
}
